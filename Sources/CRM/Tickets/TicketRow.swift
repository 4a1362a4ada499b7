package import ParseCore

package final class TicketRow: ListRow, ClockedTicket {
  package typealias View = TicketView

  // What all rows are looked at for comes first, so that it lies together.
  package let meta: RecordMeta
  /// With the viewer.
  let isMine: Bool
  package let status: Term<TicketStatus>
  package let priority: Term<TicketPriority>
  /// Counted waiting over the priority's response target.
  package let pressure: Double
  /// Seconds since the last message; frozen when resolved or closed.
  package let waiting: Int
  package let assignee: Assignee
  private let away: SnoozedBox?
  let assignedToID: PackedID
  package let number: String
  /// What of the waiting counts against the promise: all, or the office time within it.
  package let counted: Int
  package let subject: String
  private let studentID: PackedID
  package let studentName: String
  /// Seconds since arrival; frozen when resolved or closed.
  package let age: Int
  private let message: CompactDate
  /// Of the student.
  let cohort: String

  convenience init(_ ticket: SupportTicket, _ school: borrowing School, _ viewpoint: Viewpoint) {
    var edge = ClockEdge()
    self.init(ticket, school, viewpoint, &edge)
  }

  init(
    _ ticket: SupportTicket, _ school: borrowing School, _ viewpoint: Viewpoint,
    _ edge: inout ClockEdge
  ) {
    let clock = TicketClock(ticket, viewpoint)
    let student = school.students[ticket.studentID]
    meta = ticket.meta
    number = ticket.ticketNumber
    waiting = clock.waiting
    counted = clock.counted
    pressure = clock.pressure
    away = SnoozedBox(school.snoozed(.ticket, ticket.id, viewpoint))
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
    isMine =
      viewpoint.role == .learner
      || ticket.assignedTo != nil && ticket.assignedTo == viewpoint.user
    note(viewpoint, in: &edge)
  }

  /// A row that only the clock has changed.
  init(
    _ row: TicketRow, _ school: borrowing School, _ viewpoint: Viewpoint, _ edge: inout ClockEdge
  ) {
    let clock = TicketClock(row, viewpoint)
    meta = row.meta
    number = row.number
    waiting = clock.waiting
    counted = clock.counted
    pressure = clock.pressure
    away = SnoozedBox(school.snoozed(.ticket, row.id, viewpoint))
    priority = row.priority
    status = row.status
    subject = row.subject
    studentID = row.studentID
    studentName = row.studentName
    assignee = row.assignee
    assignedToID = row.assignedToID
    age = clock.age
    message = row.message
    cohort = row.cohort
    isMine = row.isMine
    note(viewpoint, in: &edge)
  }

  /// Until when the row shows what it does.
  private func note(_ viewpoint: Viewpoint, in edge: inout ClockEdge) {
    TicketClock.note(self, viewpoint, in: &edge)
    if away != nil { edge.noteSeconds(viewpoint) }
  }
}

extension TicketRow {
  /// Part of the summary and of somebody's load.
  var isWeighed: Bool { isOpen }

  /// When it comes back, while it is put aside on this machine.
  package var snoozed: Snoozed? { away?.snoozed }
  package var lastMessageAt: ParseDate? { message.date }
  package var packedID: PackedID { meta.packedID }
  package var id: RecordID { meta.id }
  package var isUnsent: Bool { meta.isUnsent }
  package var student: RecordID? { studentID.id }
  package var assigneeID: RecordID? { assignedToID.id }

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
