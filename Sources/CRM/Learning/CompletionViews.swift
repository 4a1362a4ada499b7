import ParseCore

/// The built-in views of the completion screen, in the order they are shown.
package enum CompletionView: String, ListView, Sendable {
  case mine
  case atRisk = "at-risk"
  case behind, stalled
  case notStarted = "not-started"
  case nearly
  case atTarget = "at-target"
  case noActive = "no-active"
  case snoozed
  /// All students in the order of the seeds' first query, `-currentCompletionRate`.
  case seedOrder = "seed-order"

  package var title: String {
    switch self {
    case .mine: "My students"
    case .atRisk: "At risk"
    case .behind: "Behind"
    case .stalled: "Stalled"
    case .notStarted: "Not started"
    case .nearly: "Nearly there"
    case .atTarget: "At target"
    case .noActive: "No active course"
    case .snoozed: "Snoozed"
    case .seedOrder: "By completion"
    }
  }

  package var sort: CompletionSort {
    switch self {
    case .mine, .atRisk, .snoozed: .risk
    case .behind: .gap
    case .stalled, .notStarted: .stalled
    case .nearly, .atTarget, .seedOrder: .completion
    case .noActive: .name
    }
  }

  /// Behind is more than 10 pp short, nearly there 10 pp or less, by stored rates that may enter
  /// statistics.
  func holds(_ row: CompletionRow) -> Bool {
    switch self {
    case .mine: row.isMine
    case .atRisk: row.isAtRisk && row.snoozed == nil
    case .behind: row.countedGap.map { $0 < -10 } ?? false
    case .stalled: row.isStalled
    case .notStarted: row.isNotStarted
    case .nearly: row.countedGap.map { $0 >= -10 && $0 < 0 } ?? false
    case .atTarget: row.countedGap.map { $0 >= 0 } ?? false
    case .noActive: row.activeEnrollments == 0
    case .snoozed: row.snoozed != nil
    case .seedOrder: true
    }
  }
}

/// The orders of the completion list.
package enum CompletionSort: String, CaseIterable, Sendable {
  /// Most points first, then the largest shortfall.
  case risk
  case completion, gap, stalled, score, tickets, active, name, cohort, owner, changed

  package var title: String {
    switch self {
    case .risk: "Risk"
    case .completion: "Completion"
    case .gap: "Gap to target"
    case .stalled: "Days without progress"
    case .score: "Latest score"
    case .tickets: "Open tickets"
    case .active: "Active courses"
    case .name: "Student"
    case .cohort: "Cohort"
    case .owner: "Owner"
    case .changed: "Last change"
    }
  }

  func order(isReversed: Bool) -> RowOrder<CompletionRow> {
    func by<Key: Comparable>(
      _ descending: Bool = false, clock: Bool = false, _ key: @escaping (CompletionRow) -> Key?
    ) -> RowOrder<CompletionRow> {
      RowOrder(
        by: key, descending: descending != isReversed, movesByClock: clock, ties: Self.ties)
    }
    func text(_ key: @escaping (CompletionRow) -> String?) -> RowOrder<CompletionRow> {
      RowOrder(byText: key, descending: isReversed, ties: Self.ties)
    }
    return switch self {
    case .risk: by(true, clock: true) { $0.risk.points }
    case .completion:
      RowOrder(
        by: { $0.completion }, descending: !isReversed,
        ties: { $0.packedID.precedes($1.packedID) })
    case .gap: by { $0.countedGap }
    case .stalled: by(true, clock: true) { $0.idleDays }
    case .score: by { $0.lastScore }
    case .tickets: by(true) { $0.openTickets }
    case .active: by(true) { $0.activeEnrollments }
    case .name: text { $0.name }
    case .cohort: text { $0.cohort }
    case .owner: text { $0.owner }
    case .changed: by(true) { $0.changedAt }
    }
  }

  private static func ties(_ one: CompletionRow, _ two: CompletionRow) -> Bool {
    switch (one.countedGap, two.countedGap) {
    case (let first?, let second?) where first != second: first < second
    case (_?, nil): true
    case (nil, _?): false
    default: one.meta.precedes(two.meta)
    }
  }
}

extension CompletionRow {
  /// The longest time without progress, started or not.
  fileprivate var idleDays: Int? {
    [stalledDays, notStartedDays].compactMap { $0 }.max()
  }
}
