import ParseCore

/// A ticket with what its views and orders need. A class, because lists of it are filtered and
/// sorted: copying its thirty fields each time costs more than the answer itself.
final class TicketEntry: Sendable {
  let ticket: SupportTicket
  let row: TicketRow
  let cohort: String
  let views: ViewBits<TicketView>

  init(ticket: SupportTicket, row: TicketRow, cohort: String, _ viewpoint: Viewpoint) {
    self.ticket = ticket
    self.row = row
    self.cohort = cohort
    views = ViewBits { $0.holds(row, viewpoint) }
  }

  var isOpen: Bool { row.isOpen }
  var isInQueue: Bool { row.isInQueue }
  var isBreached: Bool { row.isBreached }
  var isDueSoon: Bool { row.isRunning && row.pressure >= 0.75 && row.pressure < 1 }

  /// The most pressing of Next up. O(tickets).
  static func next(_ entries: [TicketEntry]) -> TicketRow? {
    let bit = ViewBits(TicketView.nextUp)
    return entries.lazy.filter { !$0.views.isDisjoint(with: bit) }
      .min { one, two in
        one.row.pressure == two.row.pressure
          ? one.precedes(two) : one.row.pressure > two.row.pressure
      }?.row
  }

  /// The order of tickets that are alike in all else: heaviest, then oldest first.
  func precedes(_ other: TicketEntry) -> Bool {
    let (first, second) = (row.priority.weight, other.row.priority.weight)
    return first == second ? ticket.meta.precedes(other.ticket.meta) : first > second
  }

  var words: [String] {
    [
      row.number, row.subject, row.studentName, cohort, row.assignee.label, row.status.label,
      row.priority.label,
    ]
  }
}

/// The built-in views of the ticket screen, in the order they are shown.
package enum TicketView: String, CaseIterable, Sendable {
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

  fileprivate func holds(_ row: TicketRow, _ viewpoint: Viewpoint) -> Bool {
    switch self {
    case .nextUp:
      row.isRunning && row.snoozed == nil && (row.isInQueue || row.isMine(viewpoint))
    case .mine: row.isOpen && row.isMine(viewpoint)
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

extension TicketRow {
  fileprivate var isOpen: Bool { !(status.word?.isTerminal ?? false) }
  fileprivate var isInQueue: Bool { assignee == .queue || assignee == .nobody }
  fileprivate var isBreached: Bool { isRunning && pressure >= 1 }

  fileprivate func isMine(_ viewpoint: Viewpoint) -> Bool {
    assigneeID != nil && assigneeID == viewpoint.user
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

  func sorted(_ entries: [TicketEntry], isReversed: Bool) -> [TicketEntry] {
    func order<Key: Comparable>(
      _ descending: Bool = false, _ key: (TicketEntry) -> Key?
    ) -> [TicketEntry] {
      entries.sorted(by: key, descending: descending != isReversed) { $0.precedes($1) }
    }
    return switch self {
    case .pressure: order(true) { pressureRank($0) }
    case .priority: order(true) { Ranked($0.row.priority.weight, Double($0.row.waiting)) }
    case .waiting: order(true) { $0.row.waiting }
    case .age: order(true) { $0.row.age }
    case .oldest: order { $0.ticket.meta.createdAt }
    case .recent: order(true) { $0.ticket.lastMessageAt }
    case .changed: order(true) { $0.ticket.meta.updatedAt }
    case .number: order { FoldedText($0.row.number) }
    case .subject: order { FoldedText($0.row.subject) }
    case .student: order { FoldedText($0.row.studentName) }
    case .with: order { FoldedText($0.row.assignee.label) }
    case .status: order { Self.place($0.row.status) }
    case .back: order { $0.row.snoozed?.until }
    }
  }

  /// New to closed; unknown words behind the known ones.
  private static func place(_ status: Term<TicketStatus>) -> Int {
    status.word.flatMap { TicketStatus.allCases.firstIndex(of: $0) } ?? TicketStatus.allCases.count
  }

  private func pressureRank(_ entry: TicketEntry) -> Ranked {
    if entry.row.isRunning { return Ranked(2, entry.row.pressure) }
    if entry.isOpen { return Ranked(1, entry.row.pressure) }
    return Ranked(0, entry.ticket.meta.updatedAt?.seconds ?? 0)
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
