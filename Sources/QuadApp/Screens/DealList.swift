import CRM
import TerminalUI

/// The deals as rows with the forecast below: what the pipeline shows as a list.
struct DealList: ListScreen {
  enum Action: Sendable, Hashable {}
  static let table: [ActionRow<Action>] = []

  var model = ListModel()
  var answer: PipelineAnswer?
  var observed = ObservedHistory()

  var trail: String { "Pipeline" }
  var views: [ViewCount] { answer?.views ?? [] }
  var list: Rows<DealRow> { answer?.list ?? Rows() }
  func id(of row: DealRow) -> RecordID { row.id }
  func look(_ row: DealRow) -> RowLook { RowLook(row.severity, isUnsent: row.isUnsent) }
  var detailRows: Int {
    answer.map { ForecastTable.wantedRows($0, observed) } ?? 14
  }
  static var hasSummary: Bool { true }
  static var subject: SchoolClass? { .deal }
  var emptyWords: [SafeLine] { ["No deals yet.", "i records the first one"] }

  static let sorts: [SortOrder] = [
    SortOrder("care", "What needs care first", column: "step", descending: true),
    SortOrder("close", "Close date", column: "close"),
    SortOrder("amount", "Amount, largest first", column: "amount", descending: true),
    SortOrder("stage", "Stage", column: "stage"),
    SortOrder("company", "Company", column: "company"),
    SortOrder("quiet", "Longest quiet first", column: "quiet", descending: true),
    SortOrder("owner", "Owner", column: "owner"),
    SortOrder("title", "Title", column: "deal"),
    SortOrder("changed", "Latest change first", column: "changed", descending: true),
  ]

  static let columns: [Column<DealRow>] = [
    title,
    Column("stage", title: "Stage", width: .fixed(11), from: 100) { row, cell in
      [row.stage == .missing ? row.stage.quoted(cell.glyphs) : row.stage.span]
    },
    amount, close,
    Column("company", title: "Company", width: .fixed(18), from: 80) { row, _ in
      [Span(SafeLine(row.company), .dim)]
    },
    step,
    Column("quiet", title: "Quiet", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine("\(row.quietDays)d"), row.isOpen && row.isQuiet ? .warn : .faint)]
    },
    Column("owner", title: "Owner", width: .fixed(5), from: 100) { row, _ in
      [Span(SafeLine(row.owner), .dim)]
    },
    Column("weighted", title: "Weighted", width: .fixed(8), align: .right, from: 160) { row, _ in
      [Span(SafeLine(Wording.compact(row.weighted)), .dim)]
    },
  ]

  /// Below the strip, where the lane is the stage.
  static let laneColumns: [Column<DealRow>] = [
    title,
    Column("company", title: "Company", width: .fixed(14), from: 70) { row, _ in
      [Span(SafeLine(row.company.isEmpty ? row.contact : row.company), .dim)]
    },
    amount,
    Column("step", title: "Next step", width: .fixed(17)) { row, cell in
      [
        row.isOpen
          ? row.stage.word == nil ? row.stage.inWords(cell.glyphs) : row.nextStep.span
          : Span(SafeLine(row.lostReason ?? ""), .dim)
      ]
    },
    close,
  ]

  private static let title = Column<DealRow>(
    "deal", title: "Deal", width: .flex, isMain: true
  ) { row, _ in [Span(SafeLine(row.title))] }

  private static let amount = Column<DealRow>(
    "amount", title: "Amount", width: .fixed(9), align: .right
  ) { row, cell in [row.amountSpan(cell.glyphs)] }

  private static let close = Column<DealRow>(
    "close", title: "Close", width: .fixed(8), align: .right
  ) { row, _ in [row.closeSpan()] }

  private static let step = Column<DealRow>("step", title: "Next step", width: .fixed(17)) {
    row, _ in [row.stepSpan]
  }

  /// Of closed deals: why and when instead of what is next.
  static let closedColumns: [Column<DealRow>] = [
    title,
    Column("stage", title: "Stage", width: .fixed(11)) { row, _ in [row.stage.span] },
    amount,
    Column("company", title: "Company", width: .fixed(16), from: 80) { row, _ in
      [Span(SafeLine(row.company), .dim)]
    },
    Column("reason", title: "Reason", width: .fixed(20), from: 100) { row, _ in
      [Span(SafeLine(row.lostReason ?? ""), .dim)]
    },
    Column("changed", title: "Touched", width: .fixed(9), align: .right) { row, _ in
      [Span(SafeLine("\(row.quietDays)d"), .faint)]
    },
    Column("owner", title: "Owner", width: .fixed(5), from: 100) { row, _ in
      [Span(SafeLine(row.owner), .dim)]
    },
  ]

  /// Fewer than a hundred columns: the stage is left out and the company narrow.
  var isNarrow = false
  var card: DealCard?

  private var showsClosed: Bool { ["won", "lost", "closed"].contains(activeView?.id ?? "") }
  var shownColumns: [Column<DealRow>] {
    comingBack(showsClosed ? Self.closedColumns : isNarrow ? Self.laneColumns : Self.columns)
  }
  /// The columns below the strip of lanes.
  var stripColumns: [Column<DealRow>] { comingBack(Self.laneColumns) }

  /// Whether the view in force is that of what is put aside.
  var isPutAside: Bool { activeView?.id == PipelineView.snoozed.rawValue }

  private func comingBack(_ columns: [Column<DealRow>]) -> [Column<DealRow>] {
    guard isPutAside else { return columns }
    return columns.map { $0.id == "close" ? Self.back : $0 }
  }

  /// Of what is put aside: when it comes back instead of when it closes.
  private static let back = Column<DealRow>(
    "back", title: "Back", width: .fixed(8), align: .right
  ) { row, _ in [Span(SafeLine(row.snoozed?.words ?? ""))] }

  /// A closed view starts with its latest change.
  var order: SortOrder? {
    let sort = model.request.sort ?? (showsClosed ? "changed" : "care")
    return Self.sorts.first { $0.id == sort } ?? Self.sorts.first
  }

  func watches(_ context: Context) -> [Slot.Part: ViewRequest] { [:] }
  mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {}
  mutating func perform(_ action: Action, _ context: Context) -> [Command] {}

  /// `30 open of 46`, in a view `11 of 30 open`.
  func counts(_ context: Context) -> [Span] {
    guard let summary = answer?.summary else { return [] }
    let plus = list.isComplete ? "" : "+"
    if list.rows.first?.isOpen == false {
      return .shown(list.rows.count, of: list.all, isComplete: list.isComplete)
    }
    let isWhole = activeView?.id == views.first?.id && model.request.filter.isEmpty
    return isWhole
      ? [
        Span(SafeLine("\(Wording.count(summary.open))\(plus) open")),
        Span(SafeLine(" of \(Wording.count(summary.all))\(plus)"), .dim),
      ]
      : [
        Span(SafeLine(Wording.count(list.rows.count))),
        Span(SafeLine(" of \(Wording.count(summary.open))\(plus) open"), .dim),
      ]
  }

  func summary(_ context: Context) -> [Span] {
    guard let summary = answer?.summary else { return [] }
    let plus = list.isComplete ? "" : "+"
    let missing = [
      Span(SafeLine("\(summary.withoutAmount)"), .strong), Span(" without amount", .dim),
    ]
    return .fitting(
      [
        [Span(SafeLine("\(summary.open)\(plus)"), .strong), Span(" open", .dim)],
        [Span(SafeLine(Wording.compact(summary.weighted) + plus + " weighted"), .dim)],
        [Span(SafeLine(Wording.compact(summary.sum) + plus), .strong), Span(" sum", .dim)],
        summary.withoutAmount > 0 ? missing : [],
        [
          Span("won this quarter ", .dim), Span(SafeLine("\(summary.wonThisQuarter) "), .strong),
          Span(SafeLine(Wording.compact(summary.wonSum)), .dim),
        ],
        [
          Span("won of closed ", .dim), Span(SafeLine(Wording.share(summary.winRate)), .strong),
          Span(SafeLine(" n \(summary.closedThisQuarter)"), .faint),
        ],
      ], width: context.size.columns - 2)
  }

  /// The forecast, and the deal under the cursor where it leaves room.
  func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let answer else { return }
    let forecast = ForecastTable(
      answer: answer, observed: observed, viewpoint: context.viewpoint)
    forecast.draw(&canvas)
    guard canvas.size.rows >= detailRows + Self.leastDeal, let card,
      card.row.id == model.cursorID
    else { return }
    canvas.area(canvas.bounds.inset(top: detailRows + 2)) {
      DealDetail(card: card, context: context).draw(&$0)
    }
  }

  /// Rows of the deal under the cursor, with two blank lines above.
  private static let leastDeal = 8

  /// Whether the detail has room for the deal under the cursor.
  func wantsCard(_ context: Context) -> Bool {
    (layout(context).detail?.rows ?? 0) >= detailRows + Self.leastDeal
  }
}

extension [Span] {
  /// As many facts, from the first, as fit whole.
  static func fitting(_ facts: [[Span]], width: Int) -> [Span] {
    var line: [Span] = []
    for fact in facts where !fact.isEmpty {
      let longer = line.isEmpty ? fact : line + [Span("   ")] + fact
      if longer.width > width { break }
      line = longer
    }
    return line
  }
}
