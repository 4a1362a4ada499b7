import ParseCore

/// The built-in views of the pipeline, in the order they are shown.
package enum PipelineView: String, ListView, Sendable {
  case all, mine
  case needsCare = "needs-care"
  case closing, overdue
  case noStep = "no-step"
  case quiet, won, lost
  case noData = "no-data"
  case snoozed, closed

  package func title(today: CivilDay) -> String {
    switch self {
    case .all: "All board"
    case .mine: "My open"
    case .needsCare: "Needs care"
    case .closing:
      "Closing in "
        + Wording.month(year: today.civil.year, month: today.civil.month).prefix { $0 != " " }
    case .overdue: "Overdue close"
    case .noStep: "No next step"
    case .quiet: "Quiet too long"
    case .won: "Won this quarter"
    case .lost: "Lost this quarter"
    case .noData: "Missing data"
    case .snoozed: "Snoozed"
    case .closed: "All closed"
    }
  }

  var sort: DealSort {
    switch self {
    case .won, .lost, .closed: .changed
    default: .care
    }
  }

  func holds(_ row: DealRow) -> Bool {
    switch self {
    case .all: row.isOpen
    case .mine: row.isOpen && row.isMine
    case .needsCare: row.isOpen && row.severity >= .soon && row.snoozed == nil
    case .closing: row.isOpen && row.closesThisMonth
    case .overdue: row.isOverdue
    case .noStep: row.isOpen && row.nextStep == .none
    case .quiet: row.isOpen && row.isQuiet
    case .won: row.stage.word == .won && row.isThisQuarter
    case .lost: row.stage.word == .lost && row.isThisQuarter
    case .noData: row.lacksData
    case .snoozed: row.isOpen && row.snoozed != nil
    case .closed: !row.isOpen
    }
  }

  /// Whether a closed deal stands on the board beside the open ones of the view.
  func boardHolds(closed row: DealRow) -> Bool {
    switch self {
    case .all, .won, .lost, .closed: true
    case .mine: row.isMine
    default: false
    }
  }

  var showsClosed: Bool {
    switch self {
    case .all, .won, .lost, .closed, .mine: true
    default: false
    }
  }
}

/// The orders of the deal list and of the lanes.
package enum DealSort: String, CaseIterable, Sendable {
  case care
  /// The seeds' two orders are `close` and `changed` (reference/domain.md §1.4).
  case close, changed
  case amount, weighted, title, stage, company, quiet, owner

  package var title: String {
    switch self {
    case .care: "Next step"
    case .close: "Close date"
    case .changed: "Last change"
    case .amount: "Amount"
    case .weighted: "Weighted"
    case .title: "Deal"
    case .stage: "Stage"
    case .company: "Company"
    case .quiet: "Quiet"
    case .owner: "Owner"
    }
  }

  func order(isReversed: Bool) -> RowOrder<DealRow> {
    func by<Key: Comparable>(
      _ descending: Bool = false, clock: Bool = false, _ key: @escaping (DealRow) -> Key?
    ) -> RowOrder<DealRow> {
      RowOrder(
        by: key, descending: descending != isReversed, movesByClock: clock,
        ties: DealRow.boardOrder)
    }
    func text(_ key: @escaping (DealRow) -> String?) -> RowOrder<DealRow> {
      RowOrder(byText: key, descending: isReversed, ties: DealRow.boardOrder)
    }
    return switch self {
    case .care: RowOrder(isReversed: isReversed, DealRow.boardOrder)
    case .close: by { $0.closeDay }
    case .changed: by(true) { $0.changedAt }
    case .amount: by(true) { $0.amount }
    case .weighted: by(true) { $0.weighted }
    case .title: text { $0.title }
    case .stage: by { Self.place($0.stage) }
    case .company: text { $0.company.isEmpty ? nil : $0.company }
    case .quiet: by(true, clock: true) { $0.quietDays }
    case .owner: text { $0.owner.isEmpty ? nil : $0.owner }
    }
  }

  private static func place(_ stage: Term<Stage>) -> Int {
    stage.word.flatMap { Stage.allCases.firstIndex(of: $0) } ?? Stage.allCases.count
  }
}
