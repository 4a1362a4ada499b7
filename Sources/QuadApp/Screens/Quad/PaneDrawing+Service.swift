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
    Column("pressure", title: " Pressure", width: .fixed(16), from: wideFrom) { row, cell in
      [Span(" ")]
        + PressureBar(pressure: row.pressure, style: row.severity.barStyle)
        .spans(width: cell.width - 6, glyphs: cell.glyphs)
        + [Span(right(SafeLine(Wording.pressure(row.pressure)), 5), row.pressureStyle)]
    },
    ratio,
    Column("subject", title: "Subject", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.subject))]
    },
    Column("student", title: "Student", width: .fixed(23), from: 95) { row, _ in
      [Span(SafeLine(row.studentName), .dim)]
    },
  ]

  static let stackedTicketColumns: [Column<TicketRow>] = [
    Column("ticket", title: "", width: .fixed(7)) { row, _ in
      [Span(SafeLine(row.number.isEmpty ? "new" : row.number), .dim)]
    },
    Column("wait", title: "", width: .fixed(4), align: .right) { row, _ in
      [Span(SafeLine(Wording.waiting(row.waiting)), row.severity.style)]
    },
    Column("ratio", title: "", width: .fixed(4), align: .right) { row, _ in
      [Span(SafeLine(Wording.pressure(row.pressure)), row.pressureStyle)]
    },
    Column("subject", title: "", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.subject))]
    },
    Column("student", title: "", width: .fixed(17), from: 70) { row, _ in
      [Span(SafeLine(row.studentName), .dim)]
    },
  ]

  /// The pressure as a number alone.
  private static let ratio = Column<TicketRow>(
    "ratio", title: "Press", width: .fixed(5), align: .right
  ) { row, _ in [Span(SafeLine(Wording.pressure(row.pressure)), row.pressureStyle)] }

  /// With the bar where there is room, else with the number alone.
  private func ticketColumns(_ columns: Int) -> [Column<TicketRow>] {
    Self.ticketColumns.compactMap { column in
      guard column.id == "ratio" else { return column }
      return columns >= Self.wideFrom ? nil : Self.ratio
    }
  }

  func drawTickets(_ canvas: inout Canvas) {
    let foot = Self.footRows(canvas.size.rows)
    let columns = canvas.size.columns
    draw(
      ticketColumns(columns), ticketRows, &canvas,
      Rect(row: 3, column: 0, columns: columns, rows: canvas.size.rows - 3 - foot))
    guard foot > 0 else { return }
    let top = canvas.size.rows - foot + 1
    drawLoads(&canvas, row: top)
    if columns >= Self.wideFrom { drawDays(&canvas, row: top, column: 46) }
  }

  private func drawLoads(_ canvas: inout Canvas, row: Int) {
    canvas.put("Open by person", row: row, column: 3, style: .dim)
    let loads = answer.tickets.loads
    let full = Double(loads.map(\.open).max() ?? 1)
    for (line, load) in loads.prefix(4).enumerated() {
      canvas.put(
        SafeLine(load.name), row: row + 1 + line, column: 3, width: 6,
        style: load.user == nil ? .faint : .text)
      let bar = AmountBar(heavy: Double(load.open), full: full, lead: Double(load.late))
        .spans(width: 18, glyphs: canvas.glyphs)
      canvas.put(bar, row: row + 1 + line, column: 10)
      canvas.put(SafeLine("\(load.open)"), row: row + 1 + line, column: 28, width: 3, align: .right)
      if load.late > 0 {
        canvas.put(SafeLine("\(load.late) late"), row: row + 1 + line, column: 32, style: .bad)
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
}

extension TicketRow {
  /// The pressure's number: dim while there is time.
  fileprivate var pressureStyle: Style { severity == .plain ? .dim : severity.style }
}
