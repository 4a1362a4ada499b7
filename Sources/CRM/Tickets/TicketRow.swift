import ParseCore

package final class TicketRow: ListRow {
  package typealias View = TicketView

  package let number: String
  /// Seconds since the last message; frozen when resolved or closed.
  package let waiting: Int
  /// What of the waiting counts against the promise: all, or the office time within it.
  package let counted: Int
  /// Counted waiting over the priority's response target.
  package let pressure: Double
  package let priority: Term<TicketPriority>
  package let status: Term<TicketStatus>
  package let subject: String
  private let studentID: PackedID
  package let studentName: String
  package let assignee: Assignee
  private let assignedToID: PackedID
  /// Seconds since arrival; frozen when resolved or closed.
  package let age: Int
  /// When it comes back, while it is put aside on this machine.
  package let snoozed: Snoozed?
  let meta: RecordMeta
  private let message: CompactDate
  /// Of the student.
  let cohort: String
  /// With the viewer.
  let isMine: Bool

  init(_ ticket: SupportTicket, _ school: School, _ viewpoint: Viewpoint) {
    let clock = TicketClock(ticket, viewpoint)
    let student = school.students[ticket.studentID]
    meta = ticket.meta
    number = ticket.ticketNumber
    waiting = clock.waiting
    counted = clock.counted
    pressure = clock.pressure
    snoozed = school.snoozed(.ticket, ticket.id, viewpoint)
    priority = ticket.priority
    status = ticket.status
    subject = ticket.subject
    studentID = ticket.studentID
    studentName = student?.fullName ?? ""
    assignee = school.assignee(ticket.assignedTo, viewpoint)
    assignedToID = ticket.assignedToID
    age = clock.age
    message = CompactDate(ticket.lastMessageAt)
    cohort = student?.cohort ?? ""
    isMine = ticket.assignedTo != nil && ticket.assignedTo == viewpoint.user
  }
}

extension TicketRow {
  package var id: RecordID { meta.id }
  package var isUnsent: Bool { meta.isUnsent }
  package var student: RecordID? { studentID.id }
  package var assigneeID: RecordID? { assignedToID.id }
  var lastMessageAt: ParseDate? { message.date }

  /// New, open, and words nobody knows.
  package var isRunning: Bool { status.word?.isRunning ?? true }

  /// Not resolved and not closed; unknown words count as open.
  var isOpen: Bool { !(status.word?.isTerminal ?? false) }
  var isInQueue: Bool { assignee == .queue || assignee == .nobody }
  var isBreached: Bool { isRunning && pressure >= 1 }
  var isDueSoon: Bool { isRunning && pressure >= 0.75 && pressure < 1 }

  package var severity: Severity {
    guard isRunning else { return .plain }
    return pressure >= 1 ? .late : pressure >= 0.75 ? .soon : .plain
  }

  var words: [String] {
    [number, subject, studentName, cohort, assignee.label, status.label, priority.label]
  }
}
