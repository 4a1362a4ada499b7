package import ParseCore

package struct TicketBrief: Sendable, Hashable {
  package let id: RecordID
  package let number: String
  package let priority: Term<TicketPriority>
  package let status: Term<TicketStatus>
  package let subject: String
  /// Seconds since arrival.
  package let age: Int
  /// Seconds since the last message; frozen when resolved or closed.
  package let waiting: Int
  /// Seconds; of the ticket's priority.
  package let responseTarget: Int
  package let assignee: Assignee
  package let severity: Severity
  package let isUnsent: Bool

  /// New, open, and words nobody knows.
  package var isRunning: Bool { status.word?.isRunning ?? true }
  /// Not resolved and not closed; unknown words count as open.
  package var isOpen: Bool { !(status.word?.isTerminal ?? false) }
}

package struct TicketSummary: Sendable, Hashable {
  package var open = 0
  package var all = 0
  package var breached = 0
  package var dueSoon = 0
  package var unassigned = 0
  /// Seconds, over running tickets.
  package var medianWait: Int?
  package var ninetiethWait: Int?

  package init() {}
}

package struct PersonLoad: Sendable, Hashable {
  /// Nil for the queue.
  package var user: RecordID?
  package var name: String
  package var role: Term<Role>
  package var open: Int
  package var late: Int
  /// The open tickets by priority, low 1 to urgent 4; zero for deals.
  package var weight = 0

  package init(user: RecordID?, name: String, role: Term<Role>, open: Int, late: Int) {
    self.user = user
    self.name = name
    self.role = role
    self.open = open
    self.late = late
  }
}

package struct TicketsAnswer: Sendable {
  package var views: [ViewCount]
  package var list: Rows<TicketRow>
  package var summary: TicketSummary
  /// Heaviest first.
  package var loads: [PersonLoad]
  /// The top of Next up, whatever the view and the filter of the list.
  package var next: TicketRow?

  package init(
    views: [ViewCount], list: Rows<TicketRow>, summary: TicketSummary, loads: [PersonLoad],
    next: TicketRow? = nil
  ) {
    self.views = views
    self.list = list
    self.summary = summary
    self.loads = loads
    self.next = next
  }
}

package struct TicketCard: Sendable {
  package let row: TicketRow
  /// Seconds; of the ticket's priority.
  package let responseTarget: Int
  package let ageTarget: Int
  package let lastMessageAt: ParseDate?
  package let createdAt: ParseDate?
  package let otherTickets: Int
  package let otherOpen: Int
  package let student: StudentCard?
}
