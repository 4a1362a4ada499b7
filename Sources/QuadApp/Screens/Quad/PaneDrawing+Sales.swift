import CRM
import TerminalUI

extension PaneDrawing {
  static let dealColumns: [Column<DealRow>] = [
    Column("deal", title: "Needs care", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.title))]
    },
    Column("company", title: "Company", width: .fixed(20), from: companyFrom) { row, _ in
      [Span(SafeLine(row.company.isEmpty ? row.contact : row.company), .dim)]
    },
    Column("amount", title: "Amount", width: .fixed(9), align: .right) { row, cell in
      [row.amountSpan(cell.glyphs)]
    },
    Column("close", title: "Close", width: .fixed(8), align: .right, from: 58) { row, _ in
      [row.closeSpan()]
    },
    Column("step", title: "Next step", width: .growing(16, 17)) { row, _ in [row.stepSpan] },
    Column("owner", title: "", width: .fixed(5), align: .right, from: wideFrom) { row, _ in
      [Span(SafeLine(row.owner), .dim)]
    },
  ]

  static let stackedDealColumns: [Column<DealRow>] = [
    Column("deal", title: "", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.title))]
    },
    Column("amount", title: "", width: .fixed(9), align: .right) { row, cell in
      [row.wordyAmountSpan(cell.glyphs)]
    },
    Column("step", title: "", width: .growing(16, 17)) { row, _ in [row.stepSpan] },
    Column("close", title: "", width: .fixed(14), align: .right, from: 70) { row, _ in
      [row.closeSpan(prefix: "close ")]
    },
  ]

  /// Columns of the pane from which the company stands beside its deal.
  private static let companyFrom = 95
  private static let stageRows = 4
  private static let barStart = 20
  private static let careWidth = 19

  func drawPipeline(_ canvas: inout Canvas) {
    let columns = canvas.size.columns
    drawStages(&canvas)
    let top = 3 + 1 + Self.stageRows + 1
    draw(
      Self.dealColumns, dealRows, &canvas,
      Rect(row: top, column: 0, columns: columns, rows: canvas.size.rows - top))
  }

  private func drawStages(_ canvas: inout Canvas) {
    let lanes = answer.pipeline.lanes.filter { $0.stage.word?.isOpen ?? false }
    let start = Self.barStart
    let room = max(4, canvas.size.columns - start - 8 - Self.careWidth - 2)
    canvas.put([Span(left("Stage", 12), .dim), Span(" n", .dim)], row: 3, column: 3)
    let head = [
      Span(canvas.glyphs.bar, Style(.chart2)), Span(" weighted ", .dim),
      Span(canvas.glyphs.rule, .rule), Span(" sum", .dim),
    ]
    if head.width <= room { canvas.put(head, row: 3, column: start) }
    canvas.put("Sum", row: 3, column: start + room, width: 6, align: .right, style: .dim)
    canvas.put("Care", row: 3, column: start + room + 8, style: .dim)
    let full = lanes.map(\.sum).max() ?? 1
    for (line, lane) in lanes.prefix(Self.stageRows).enumerated() {
      draw(lane, &canvas, row: 4 + line, room: room, full: full)
    }
  }

  private func draw(
    _ lane: CRM.Lane, _ canvas: inout Canvas, row: Int, room: Int, full: Double
  ) {
    let start = Self.barStart
    canvas.put(SafeLine(lane.title), row: row, column: 3)
    canvas.put(
      SafeLine(Wording.count(lane.count, within: 4)), row: row, column: 13, width: 4, align: .right,
      style: .dim)
    canvas.put(
      AmountBar(heavy: lane.weighted, total: lane.sum, full: full)
        .spans(width: room, glyphs: canvas.glyphs), row: row, column: start)
    canvas.put(
      SafeLine(Wording.compact(lane.sum)), row: row, column: start + room, width: 6,
      align: .right)
    var care: [[Span]] = []
    if lane.late > 0 { care.append([Span(SafeLine("\(Wording.count(lane.late)) late"), .bad)]) }
    if lane.noStep > 0 {
      care.append([Span(SafeLine("\(Wording.count(lane.noStep)) no step"), .warn)])
    }
    canvas.put(
      [Span](care.joined(separator: [Span("  ")])), row: row, column: start + room + 8)
  }
}
