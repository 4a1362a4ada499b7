package enum Role: String, Vocabulary {
  case admin, coordinator, instructor, sales, learner

  package static let aliases: [String: Role] = [
    "administrator": .admin, "teacher": .instructor, "student": .learner, "support": .coordinator,
    "agent": .coordinator, "rep": .sales, "salesperson": .sales,
  ]
}

package enum Stage: String, Vocabulary {
  case lead, qualified, proposal, negotiation, won, lost

  package static let aliases: [String: Stage] = [
    "new": .lead, "prospect": .lead, "prospecting": .lead, "qualification": .qualified,
    "proposition": .proposal, "quote": .proposal, "closed_won": .won, "closed_lost": .lost,
  ]

  package static let open: [Stage] = [.lead, .qualified, .proposal, .negotiation]

  package var isOpen: Bool { self != .won && self != .lost }

  /// One stage on, or back: lead, qualified, proposal, negotiation, won; nil past either end, and for
  /// lost, which is beside them.
  package func stepped(forward: Bool) -> Stage? {
    let next = self == .lost ? nil : neighbour(forward: forward)
    return next == .lost ? nil : next
  }

  /// Chance of being won, 0 to 1. Quad's own defaults (reference/domain.md §1.4).
  package var chance: Double {
    switch self {
    case .lead: 0.10
    case .qualified: 0.25
    case .proposal: 0.50
    case .negotiation: 0.80
    case .won: 1
    case .lost: 0
    }
  }

  /// Days without touch after which an open deal counts as quiet; nil for closed stages.
  package var quietLimit: Int? {
    switch self {
    case .lead: 7
    case .qualified: 14
    case .proposal: 21
    case .negotiation: 10
    case .won, .lost: nil
    }
  }
}

package enum ActivityType: String, Vocabulary {
  case call, email, meeting, note, task

  package static let aliases: [String: ActivityType] = [
    "e_mail": .email, "mail": .email, "phone": .call, "event": .meeting, "appointment": .meeting,
    "todo": .task,
  ]
}

package enum CourseStatus: String, Vocabulary {
  case draft, active, completed, archived

  package static let aliases: [String: CourseStatus] = [
    "published": .active, "open": .active, "running": .active, "unpublished": .draft,
    "concluded": .completed, "finished": .completed, "deleted": .archived, "inactive": .archived,
  ]
}

package enum AttemptStatus: String, Vocabulary {
  case inProgress = "in_progress"
  case submitted, graded, passed, failed, abandoned, voided

  package static let aliases: [String: AttemptStatus] = [
    "completed": .submitted, "complete": .submitted, "finished": .submitted, "started": .inProgress,
    "overdue": .inProgress, "pass": .passed, "fail": .failed, "cancelled": .voided,
    "invalid": .voided,
  ]

  package var isScored: Bool {
    switch self {
    case .submitted, .graded, .passed, .failed: true
    case .inProgress, .abandoned, .voided: false
    }
  }
}

package enum TicketStatus: String, Vocabulary {
  case new, open, pending, resolved, closed

  package static let aliases: [String: TicketStatus] = [
    "assigned": .open, "in_progress": .open, "active": .open, "waiting": .pending,
    "waiting_on_learner": .pending, "on_hold": .pending, "hold": .pending, "snoozed": .pending,
    "solved": .resolved, "answered": .resolved, "done": .closed, "archived": .closed,
    "merged": .closed, "rejected": .closed, "duplicate": .closed, "declined": .closed,
  ]

  package var isRunning: Bool { self == .new || self == .open }
  package var isTerminal: Bool { self == .resolved || self == .closed }
}

package enum TicketPriority: String, Vocabulary, Comparable {
  case low, normal, high, urgent

  package static let aliases: [String: TicketPriority] = [
    "medium": .normal, "2_normal": .normal, "1_low": .low, "3_high": .high, "critical": .urgent,
    "emergency": .urgent, "p1": .urgent, "p2": .high, "p3": .normal, "p4": .low,
  ]

  package var rank: Int {
    switch self {
    case .low: 1
    case .normal: 2
    case .high: 3
    case .urgent: 4
    }
  }

  package static func < (left: TicketPriority, right: TicketPriority) -> Bool {
    left.rank < right.rank
  }

  /// Seconds from the last message to an answer; Quad's own defaults (reference/domain.md §1.3).
  package var responseTarget: Int {
    switch self {
    case .urgent: 3600
    case .high: 4 * 3600
    case .normal: 24 * 3600
    case .low: 48 * 3600
    }
  }

  /// Seconds from arrival to the end.
  package var ageTarget: Int {
    switch self {
    case .urgent: 8 * 3600
    case .high: 24 * 3600
    case .normal: 72 * 3600
    case .low: 7 * 86_400
    }
  }
}

extension Term<ActivityType> {
  /// The word in a line of words: `mail` for the stored `email`.
  package var said: String { word == .email ? "mail" : label }
}
