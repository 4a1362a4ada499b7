import CRM
import TerminalUI

/// The deals as rows: what the pipeline shows as a list, and below the lane strip when narrow.
struct DealList: ListScreen {
  enum Action: Sendable, Hashable {}
  static let table: [ActionRow<Action>] = []

  var model = ListModel()
  var answer: PipelineAnswer?
  var card: DealCard?
  /// Rows of the lane strip above the table, when it stands there.
  var topInset = 0

  var trail: String { "Pipeline" }
  var views: [ViewCount] { answer?.views ?? [] }
  var list: Rows<DealRow> { answer?.list ?? Rows() }
  func id(of row: DealRow) -> RecordID { row.id }
  func look(_ row: DealRow) -> RowLook { RowLook(row.severity, isUnsent: row.isUnsent) }
  var detailRows: Int { 14 }
  static var hasSummary: Bool { true }
  var emptyWords: [SafeLine] { ["No deals yet.", "n records the first one"] }

  static let sorts: [SortOrder] = [
    SortOrder("care", "What needs care first", column: "step"),
    SortOrder("close", "Close date", column: "close"),
    SortOrder("amount", "Amount, largest first", column: "amount", descending: true),
    SortOrder("changed", "Latest change first", column: "quiet"),
    SortOrder("title", "Title", column: "deal"),
  ]

  static let columns: [Column<DealRow>] = [
    Column("deal", title: "Deal", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.title))]
    },
    Column("stage", title: "Stage", width: .fixed(11), from: 100) { row, _ in [row.stage.span] },
    Column("company", title: "Company", width: .between(14, 20), from: 80) { row, _ in
      [Span(SafeLine(row.company), .dim)]
    },
    Column("amount", title: "Amount", width: .fixed(9), align: .right) { row, _ in [row.amountSpan]
    },
    Column("step", title: "Next step", width: .fixed(15)) { row, _ in [row.stepSpan] },
    Column("close", title: "Close", width: .fixed(8), align: .right) { row, _ in [row.closeSpan()]
    },
    Column("quiet", title: "Quiet", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine("\(row.quietDays)d"), .faint)]
    },
    Column("owner", title: "Owner", width: .fixed(6), from: 100) { row, _ in
      [Span(SafeLine(row.owner), .dim)]
    },
    Column("weighted", title: "Weighted", width: .fixed(8), align: .right, from: 160) { row, _ in
      [Span(SafeLine(Wording.compact(row.weighted)), .dim)]
    },
  ]

  func watches(_ context: Context) -> [Slot.Part: ViewRequest] { [:] }
  mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {}
  mutating func perform(_ action: Action, _ context: Context) -> [Command] {}

  func summary(_ context: Context) -> [Span] {
    guard let summary = answer?.summary else { return [] }
    return .facts([
      [Span(SafeLine("\(summary.open)"), .strong), Span(" open", .dim)],
      [Span(SafeLine(Wording.compact(summary.weighted)), .strong), Span(" weighted", .dim)],
      [Span(SafeLine(Wording.compact(summary.sum)), .strong), Span(" sum", .dim)],
      summary.withoutAmount > 0
        ? [Span(SafeLine("\(summary.withoutAmount) without amount"), .warn)] : [],
      [
        Span("won this quarter ", .dim), Span(SafeLine("\(summary.wonThisQuarter) ")),
        Span(SafeLine(Wording.compact(summary.wonSum)), .strong),
      ],
      [
        Span("won of closed ", .dim), Span(SafeLine(Wording.share(summary.winRate)), .strong),
        Span(SafeLine(" n \(summary.closedThisQuarter)"), .faint),
      ],
    ])
  }

  func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let answer else { return }
    ForecastTable(answer: answer).draw(&canvas)
  }

  func drawViewsLine(_ canvas: inout Canvas, _ context: Context) { drawViews(&canvas, context) }

  /// At narrow sizes: the table from row 7 and the deal under the cursor below it.
  func drawBelowStrip(_ canvas: inout Canvas, _ context: Context) {
    let layout = layout(context)
    drawRows(&canvas, layout.table, context)
    if let detail = layout.detail, let card, card.row.id == model.cursorID {
      canvas.area(detail) { DealDetail(card: card, context: context).draw(&$0) }
    }
  }
}

extension DealRow {
  var amountSpan: Span {
    amount.map { Span(SafeLine(Wording.money($0))) } ?? Span("∅", .warn)
  }

  var stepSpan: Span {
    stage.word?.isOpen == false ? Span("", .faint) : nextStep.span
  }

  /// `14 Dec`, `6d late` for an open deal, `no date`.
  func closeSpan(prefix: SafeLine = "") -> Span {
    guard let closeDay, let daysToClose else { return Span("no date", isOpen ? .warn : .faint) }
    if isOpen, daysToClose < 0 {
      return Span(prefix + SafeLine(Wording.ahead(days: daysToClose)), .bad)
    }
    let today = CivilDay(number: closeDay - daysToClose)
    return Span(SafeLine(Wording.day(CivilDay(number: closeDay), today: today)), .dim)
  }

  var isOpen: Bool { stage.word?.isOpen ?? true }
}
