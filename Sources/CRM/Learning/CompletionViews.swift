import ParseCore

/// The built-in views of the completion screen, in the order they are shown.
package enum CompletionView: String, CaseIterable, Sendable {
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

  /// Behind is more than 10 pp short, nearly there 10 pp or less.
  ///
  /// - Parameter gap: of the stored rate, where that may enter statistics.
  func holds(_ row: CompletionRow, gap: Double?, isMine: Bool, isNotStarted: Bool) -> Bool {
    switch self {
    case .mine: isMine
    case .atRisk: row.isAtRisk && row.snoozed == nil
    case .behind: gap.map { $0 < -10 } ?? false
    case .stalled: row.isStalled
    case .notStarted: isNotStarted
    case .nearly: gap.map { $0 >= -10 && $0 < 0 } ?? false
    case .atTarget: gap.map { $0 >= 0 } ?? false
    case .noActive: row.activeEnrollments == 0
    case .snoozed: row.snoozed != nil
    case .seedOrder: true
    }
  }
}

extension CompletionRow {
  var isAtRisk: Bool { risk.points >= 3 }
  var isStalled: Bool { (stalledDays ?? 0) >= EnrollmentState.stalledFrom }
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

  func sorted(_ learners: [Learner], isReversed: Bool) -> [Learner] {
    func order<Key: Comparable>(
      _ descending: Bool = false, _ key: (Learner) -> Key?
    ) -> [Learner] {
      learners.sorted(by: key, descending: descending != isReversed, ties: Self.ties)
    }
    return switch self {
    case .risk: order(true) { $0.row.risk.points }
    case .completion:
      learners.sorted(
        by: { $0.row.completion }, descending: !isReversed,
        ties: { $0.row.id.utf8.lexicographicallyPrecedes($1.row.id.utf8) })
    case .gap: order { $0.gap }
    case .stalled: order(true) { $0.idleDays }
    case .score: order { $0.row.lastScore }
    case .tickets: order(true) { $0.row.openTickets }
    case .active: order(true) { $0.row.activeEnrollments }
    case .name: order { FoldedText($0.row.name) }
    case .cohort: order { FoldedText($0.row.cohort) }
    case .owner: order { FoldedText($0.row.owner) }
    case .changed: order(true) { $0.row.changedAt }
    }
  }

  private static func ties(_ one: Learner, _ two: Learner) -> Bool {
    switch (one.gap, two.gap) {
    case (let first?, let second?) where first != second: first < second
    case (_?, nil): true
    case (nil, _?): false
    default: one.student.meta.precedes(two.student.meta)
    }
  }
}

extension Learner {
  /// The longest time without progress, started or not.
  fileprivate var idleDays: Int? {
    [row.stalledDays, notStartedDays].compactMap { $0 }.max()
  }
}
