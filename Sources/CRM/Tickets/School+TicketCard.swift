import ParseCore

extension School {
  /// One ticket with its learner's situation; nil when the ticket is not here.
  package func ticketCard(_ id: RecordID, _ viewpoint: Viewpoint) -> TicketCard? {
    guard let ticket = tickets[id] else { return nil }
    let others = ticket.student.map { tickets[.student, $0].filter { $0.id != id } } ?? []
    let priority = ticket.priority.effective
    return TicketCard(
      row: TicketRow(ticket, self, viewpoint), responseTarget: priority.responseTarget,
      ageTarget: priority.ageTarget, lastMessageAt: ticket.lastMessageAt,
      createdAt: ticket.meta.createdAt, otherTickets: others.count,
      otherOpen: others.count { $0.isOpen },
      student: ticket.student.flatMap { studentCard($0, viewpoint) })
  }

  /// A learner's tickets, newest first.
  func ticketBriefs(
    of student: RecordID, _ viewpoint: Viewpoint
  ) -> [TicketBrief] {
    tickets[.student, student]
      .sorted { $1.meta.precedes($0.meta) }
      .map { ticket in
        let row = TicketRow(ticket, self, viewpoint)
        return TicketBrief(
          id: row.id, number: row.number, priority: row.priority, status: row.status,
          subject: row.subject, age: ticket.meta.createdAt.map(viewpoint.seconds(since:)) ?? 0,
          waiting: row.waiting, responseTarget: ticket.priority.effective.responseTarget,
          assignee: row.assignee, severity: row.severity, isUnsent: row.isUnsent)
      }
  }

  /// Tickets that arrived and ended on each of the last `days` days, oldest first. Ended is the last
  /// change of a ticket that is over, which is an approximation (reference/domain.md §5.4).
  package func ticketFlow(
    days: Int, _ viewpoint: Viewpoint
  ) -> (opened: [Int], closed: [Int]) {
    var opened = Array(repeating: 0, count: days)
    var closed = opened
    let first = viewpoint.today - (days - 1)
    func place(_ instant: ParseDate?) -> Int? {
      guard let instant else { return nil }
      let day = viewpoint.day(at: instant) - first
      return opened.indices.contains(day) ? day : nil
    }
    for ticket in tickets.all {
      if let day = place(ticket.meta.createdAt) { opened[day] += 1 }
      if !ticket.isOpen, let day = place(ticket.meta.updatedAt) { closed[day] += 1 }
    }
    return (opened, closed)
  }
}

extension SupportTicket {
  /// Not resolved and not closed; unknown words count as open.
  package var isOpen: Bool { !(status.word?.isTerminal ?? false) }
}
