import ParseCore

/// The built-in views of the pipeline, in the order they are shown.
package enum PipelineView: String, CaseIterable, Sendable {
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

  func holds(_ row: DealRow, _ viewpoint: Viewpoint) -> Bool {
    switch self {
    case .all: row.isOpen
    case .mine: row.isOpen && row.ownerID != nil && row.ownerID == viewpoint.user
    case .needsCare: row.isOpen && row.severity >= .soon && row.snoozed == nil
    case .closing: row.isOpen && row.closes(inMonthOf: viewpoint.today)
    case .overdue: row.isOverdue
    case .noStep: row.isOpen && row.nextStep == .none
    case .quiet: row.isOpen && row.isQuiet
    case .won: row.stage.word == .won && row.hasChangedThisQuarter(viewpoint)
    case .lost: row.stage.word == .lost && row.hasChangedThisQuarter(viewpoint)
    case .noData: row.lacksData
    case .snoozed: row.isOpen && row.snoozed != nil
    case .closed: !row.isOpen
    }
  }

  /// Whether a closed deal stands on the board beside the open ones of the view.
  func boardHolds(closed row: DealRow, _ viewpoint: Viewpoint) -> Bool {
    switch self {
    case .all, .won, .lost, .closed: true
    case .mine: row.ownerID != nil && row.ownerID == viewpoint.user
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

extension DealRow {
  func closes(inMonthOf today: CivilDay) -> Bool {
    guard let closeDay else { return false }
    let date = CivilDay(number: closeDay).civil
    return (date.year, date.month) == (today.civil.year, today.civil.month)
  }

  /// Won and lost have no day of their own: the last change stands for it.
  func hasChangedThisQuarter(_ viewpoint: Viewpoint) -> Bool {
    guard let changedAt else { return false }
    return viewpoint.day(at: changedAt) >= viewpoint.today.quarterStart
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

  func sorted(_ entries: [DealEntry], isReversed: Bool) -> [DealEntry] {
    func order<Key: Comparable>(
      _ descending: Bool = false, _ key: (DealRow) -> Key?
    ) -> [DealEntry] {
      entries.sorted(
        by: { key($0.row) }, descending: descending != isReversed, ties: DealEntry.boardOrder)
    }
    switch self {
    case .care:
      let sorted = entries.sorted(by: DealEntry.boardOrder)
      return isReversed ? sorted.reversed() : sorted
    case .close: return order { $0.closeDay }
    case .changed: return order(true) { $0.changedAt }
    case .amount: return order(true) { $0.amount }
    case .weighted: return order(true) { $0.weighted }
    case .title: return order { FoldedText($0.title) }
    case .stage: return order { Self.place($0.stage) }
    case .company: return order { $0.company.isEmpty ? nil : FoldedText($0.company) }
    case .quiet: return order(true) { $0.quietDays }
    case .owner: return order { $0.owner.isEmpty ? nil : FoldedText($0.owner) }
    }
  }

  private static func place(_ stage: Term<Stage>) -> Int {
    stage.word.flatMap { Stage.allCases.firstIndex(of: $0) } ?? Stage.allCases.count
  }
}
