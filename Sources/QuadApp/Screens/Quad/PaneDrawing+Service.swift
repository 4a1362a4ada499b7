import CRM
import TerminalUI

extension PaneDrawing {
  static let ticketColumns: [Column<TicketRow>] = [
    Column("ticket", title: "Next up", width: .fixed(7)) { row, _ in
      [Span(SafeLine(row.number.isEmpty ? "new" : row.number), .dim)]
    },
    Column("wait", title: "Wait", width: .fixed(5), align: .right) { row, _ in
      [Span(SafeLine(Wording.waiting(row.waiting)), row.severity.style)]
    },
    Column("pressure", title: "Pressure", width: .fixed(14), from: 70) { row, cell in
      PressureBar(pressure: row.pressure, style: row.severity.barStyle)
        .spans(width: cell.width - 5, glyphs: cell.glyphs)
        + [
          Span(
            right(SafeLine(Wording.pressure(row.pressure)), 5),
            row.severity == .plain ? .dim : row.severity.style)
        ]
    },
    Column("subject", title: "Subject", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.subject))]
    },
  ]

  func drawTickets(_ canvas: inout Canvas) {
    let foot = Self.footRows(canvas.size.rows)
    let columns = canvas.size.columns
    draw(
      Self.ticketColumns, answer.tickets.list.rows, &canvas,
      Rect(row: 3, column: 0, columns: columns, rows: canvas.size.rows - 3 - foot))
    guard foot > 0 else { return }
    let top = canvas.size.rows - foot + 1
    drawLoads(&canvas, row: top)
    if columns >= 75 { drawDays(&canvas, row: top, column: 46) }
  }

  private func drawLoads(_ canvas: inout Canvas, row: Int) {
    canvas.put("Open by person", row: row, column: 3, style: .dim)
    let loads = answer.tickets.loads
    let full = Double(loads.map(\.open).max() ?? 1)
    for (line, load) in loads.prefix(4).enumerated() {
      canvas.put(
        SafeLine(load.name), row: row + 1 + line, column: 3, width: 8,
        style: load.user == nil ? .faint : .text)
      let bar = AmountBar(heavy: Double(load.open), full: full, lead: Double(load.late))
        .spans(width: 18, glyphs: canvas.glyphs)
      canvas.put(bar, row: row + 1 + line, column: 12)
      canvas.put(SafeLine("\(load.open)"), row: row + 1 + line, column: 30, width: 3, align: .right)
      if load.late > 0 {
        canvas.put(SafeLine("\(load.late) late"), row: row + 1 + line, column: 34, style: .bad)
      }
    }
  }

  private func drawDays(_ canvas: inout Canvas, row: Int, column: Int) {
    canvas.put("Opened and closed, 14 days", row: row, column: column, style: .dim)
    let most = Double(max(1, (answer.opened + answer.closed).max() ?? 1))
    let lines = [("opened", answer.opened), ("closed", answer.closed)]
    for (line, entry) in lines.enumerated() {
      canvas.put(SafeLine(entry.0), row: row + 1 + line, column: column, style: .dim)
      canvas.put(
        Columns(entry.1.map(Double.init), scale: 0...most).spans(width: 14, glyphs: canvas.glyphs),
        row: row + 1 + line, column: column + 8)
      canvas.put(
        SafeLine("\(entry.1.reduce(0, +))"), row: row + 1 + line, column: column + 22, width: 5,
        align: .right)
    }
    canvas.put(
      "closed = last change to resolved", row: row + 4, column: column, style: .faint)
  }

  static let dealColumns: [Column<DealRow>] = [
    Column("deal", title: "Needs care", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.title))]
    },
    Column("amount", title: "Amount", width: .fixed(8), align: .right) { row, _ in [row.amountSpan]
    },
    Column("close", title: "Close", width: .fixed(8), align: .right, from: 58) { row, _ in
      [row.closeSpan()]
    },
    Column("step", title: "Next step", width: .fixed(16)) { row, _ in [row.stepSpan] },
    Column("owner", title: "", width: .fixed(5), align: .right, from: 70) { row, _ in
      [Span(SafeLine(row.owner), .dim)]
    },
  ]

  func drawPipeline(_ canvas: inout Canvas) {
    let columns = canvas.size.columns
    drawStages(&canvas)
    let top = 9
    draw(
      Self.dealColumns, answer.pipeline.list.rows, &canvas,
      Rect(row: top, column: 0, columns: columns, rows: canvas.size.rows - top))
  }

  private func drawStages(_ canvas: inout Canvas) {
    let lanes = answer.pipeline.lanes.filter { $0.stage.word?.isOpen ?? false }
    let barStart = 20
    let room = max(6, canvas.size.columns - barStart - 30)
    canvas.put(
      [Span(left("Stage", 12), .dim), Span("n", .dim)], row: 3, column: 3)
    canvas.put(
      [
        Span(canvas.glyphs.bar, Style(.chart2)), Span(" weighted ", .dim),
        Span(canvas.glyphs.rule, .rule), Span(" sum", .dim),
      ], row: 3, column: barStart, width: room)
    canvas.put("Sum", row: 3, column: barStart + room, width: 6, align: .right, style: .dim)
    canvas.put("Care", row: 3, column: barStart + room + 8, style: .dim)
    let full = lanes.map(\.sum).max() ?? 1
    for (line, lane) in lanes.prefix(4).enumerated() {
      let row = 4 + line
      canvas.put(SafeLine(lane.title), row: row, column: 3)
      canvas.put(
        SafeLine("\(lane.count)"), row: row, column: 15, width: 2, align: .right, style: .dim)
      canvas.put(
        AmountBar(heavy: lane.weighted, total: lane.sum, full: full)
          .spans(width: room, glyphs: canvas.glyphs), row: row, column: barStart)
      canvas.put(
        SafeLine(Wording.compact(lane.sum)), row: row, column: barStart + room, width: 6,
        align: .right)
      var care: [[Span]] = []
      if lane.late > 0 { care.append([Span(SafeLine("\(lane.late) late"), .bad)]) }
      if lane.noStep > 0 { care.append([Span(SafeLine("\(lane.noStep) no step"), .warn)]) }
      canvas.put(
        [Span](care.joined(separator: [Span("  ")])), row: row, column: barStart + room + 8)
    }
  }
}
