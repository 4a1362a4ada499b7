package import ParseCore

/// One enrollment as a card shows it.
package struct CourseProgress: Sendable, Hashable {
  package enum Pace: Sendable, Hashable {
    case ended
    case reached
    case stalled(days: Int)
    case notStarted(days: Int)
    /// Percentage points a week, and weeks to the target at that pace on a straight line.
    case moving(perWeek: Double, weeksToTarget: Double?)
    case unknown
  }

  package let enrollment: RecordID
  package let courseCode: String
  package let courseTitle: String
  package let instructor: String
  package let progress: Double?
  package let target: Double?
  package let isActive: Bool
  package let pace: Pace
  package let enrolledAt: ParseDate?
  package let changedAt: ParseDate?
  package let isUnsent: Bool

  package var gap: Double? {
    guard let progress, let target else { return nil }
    return progress - target
  }
}

/// Where a learner stands among those who enrolled in the same course within 14 days.
package struct PeerRank: Sendable, Hashable {
  package let courseCode: String
  /// The learner included; at least eight.
  package let peers: Int
  /// 1 for the furthest; equal progress shares the better rank.
  package let rank: Int
}

/// A learner's scored tries as one line.
package struct ScoreSummary: Sendable, Hashable {
  package let tries: Int
  package let quizzes: Int
  package let best: Double?
  package let median: Double?
  /// Quizzes whose best try reaches the mark.
  package let passing: Int
  /// Points a week, the Theil–Sen slope; nil below three tries or without time between them.
  package let perWeek: Double?
}

/// A learner across all domains: courses, quizzes, tickets, risk.
package struct StudentCard: Sendable {
  package let row: CompletionRow
  package let email: String?
  package let createdAt: ParseDate?
  /// In the active course with the largest shortfall; nil below eight peers.
  package let peerRank: PeerRank?
  package let scores: ScoreSummary
  /// The stored completion minus the mean progress of the active courses; nil without either.
  package let drift: Double?
  /// The stored last score minus the newest scored try; nil without either.
  package let scoreDrift: Double?
  /// The contact with the same e-mail.
  package let contact: PersonRow?
  package let courses: [CourseProgress]
  /// Newest first.
  package let attempts: [AttemptRow]
  /// Newest first.
  package let tickets: [TicketBrief]
  /// Tickets of the last 30 days.
  package let recentTickets: Int
  /// All rows that the risk rests on are here, as far as they are open to the viewer.
  package let isComplete: Bool
}
