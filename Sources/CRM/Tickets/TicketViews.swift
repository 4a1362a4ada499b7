import ParseCore

/// The built-in views of the ticket screen, in the order they are shown.
package enum TicketView: String, ListView, Sendable {
  case nextUp = "next-up"
  case mine, unassigned, breached
  case urgentHigh = "urgent-high"
  case waiting, quiet, snoozed, open, closed, all

  package var title: String {
    switch self {
    case .nextUp: "Next up"
    case .mine: "Mine"
    case .unassigned: "Unassigned"
    case .breached: "Breached"
    case .urgentHigh: "Urgent+high"
    case .waiting: "Waiting on learner"
    case .quiet: "Quiet 7d"
    case .snoozed: "Snoozed"
    case .open: "Open"
    case .closed: "Closed"
    case .all: "All"
    }
  }

  package var sort: TicketSort {
    switch self {
    case .nextUp, .mine, .unassigned, .breached, .urgentHigh, .open, .all: .pressure
    case .waiting, .quiet: .waiting
    case .snoozed: .back
    case .closed: .changed
    }
  }

  func holds(_ row: TicketRow) -> Bool {
    switch self {
    case .nextUp: row.isRunning && row.snoozed == nil && (row.isInQueue || row.isMine)
    case .mine: row.isOpen && row.isMine
    case .unassigned: row.isOpen && row.isInQueue
    case .breached: row.isBreached
    case .urgentHigh: row.isOpen && row.priority.effective >= .high
    case .waiting: row.status.word == .pending
    case .quiet: row.isOpen && row.waiting >= 7 * 86_400
    case .snoozed: row.isOpen && row.snoozed != nil
    case .open: row.isOpen
    case .closed: !row.isOpen
    case .all: true
    }
  }
}

/// The orders of the ticket list.
package enum TicketSort: String, CaseIterable, Sendable {
  /// Running tickets by pressure, then paused ones, then the ended ones, latest first.
  case pressure
  /// Heaviest first, the oldest message first within one.
  case priority
  case waiting, age, oldest, recent, changed, number, subject, student, with, status
  /// What comes back first from being put aside first.
  case back

  package var title: String {
    switch self {
    case .pressure: "Pressure"
    case .priority: "Priority, then longest wait"
    case .waiting: "Waiting"
    case .age: "Age"
    case .oldest: "Oldest first"
    case .recent: "Latest message"
    case .changed: "Last change"
    case .number: "Number"
    case .subject: "Subject"
    case .student: "Student"
    case .with: "With"
    case .status: "Status"
    case .back: "Back from snooze"
    }
  }

  func order(isReversed: Bool) -> RowOrder<TicketRow> {
    func by<Key: Comparable>(
      _ descending: Bool = false, clock: Bool = false, _ key: @escaping (TicketRow) -> Key?
    ) -> RowOrder<TicketRow> {
      RowOrder(
        by: key, descending: descending != isReversed, movesByClock: clock, ties: Self.ties)
    }
    func text(_ key: @escaping (TicketRow) -> String?) -> RowOrder<TicketRow> {
      RowOrder(byText: key, descending: isReversed, ties: Self.ties)
    }
    return switch self {
    case .pressure: by(true, clock: true, Self.pressureRank)
    case .priority: by(true, clock: true) { Ranked($0.priority.weight, Double($0.waiting)) }
    case .waiting: by(true, clock: true) { $0.waiting }
    case .age: by(true, clock: true) { $0.age }
    case .oldest: by { $0.meta.createdAt }
    case .recent: by(true) { $0.lastMessageAt }
    case .changed: by(true) { $0.meta.updatedAt }
    case .number: text { $0.number }
    case .subject: text { $0.subject }
    case .student: text { $0.studentName }
    case .with: text { $0.assignee.label }
    case .status: by { Self.place($0.status) }
    case .back: by(clock: true) { $0.snoozed?.until }
    }
  }

  /// Heavier first, then older.
  private static func ties(_ one: TicketRow, _ two: TicketRow) -> Bool {
    let (first, second) = (one.priority.weight, two.priority.weight)
    return first == second ? one.meta.precedes(two.meta) : first > second
  }

  /// New to closed; unknown words behind the known ones.
  private static func place(_ status: Term<TicketStatus>) -> Int {
    status.word.flatMap { TicketStatus.allCases.firstIndex(of: $0) } ?? TicketStatus.allCases.count
  }

  private static func pressureRank(_ row: TicketRow) -> Ranked {
    if row.isRunning { return Ranked(2, row.pressure) }
    if row.isOpen { return Ranked(1, row.pressure) }
    return Ranked(0, row.meta.updatedAt?.seconds ?? 0)
  }
}

/// A value within a group of rows.
private struct Ranked: Comparable {
  let group: Int
  let value: Double

  init(_ group: Int, _ value: Double) {
    self.group = group
    self.value = value
  }

  static func < (left: Ranked, right: Ranked) -> Bool {
    left.group == right.group ? left.value < right.value : left.group < right.group
  }
}
