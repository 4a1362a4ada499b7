extension School {
  /// The ticket list of a view, with the numbers beside it.
  ///
  /// O(n log n) in tickets: each is looked at once for all views and sums.
  ///
  /// - Parameter previous: the ids as last shown, empty to take the sorted order.
  package func tickets(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> TicketsAnswer {
    tickets(
      request, viewpoint, previous: previous,
      entries: tickets.all.map { ticketEntry($0, viewpoint) })
  }

  func tickets(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID], entries: [TicketEntry]
  ) -> TicketsAnswer {
    let view = request.view.flatMap(TicketView.init(rawValue:)) ?? .nextUp
    let words = SearchWords(request.filter)
    let bit = ViewBits(view)
    let shown = entries.filter { !$0.views.isDisjoint(with: bit) && words.matches($0.words) }
    let sort = request.sort.flatMap(TicketSort.init(rawValue:)) ?? view.sort
    return TicketsAnswer(
      views: ViewCount.all(entries.lazy.map(\.views), title: \.title),
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed).map(\.row), all: entries.count,
        isComplete: complete.contains(.ticket), previous: previous, id: \.id),
      summary: ticketSummary(entries), loads: ticketLoads(entries, viewpoint),
      next: TicketEntry.next(entries))
  }

  func ticketEntry(_ ticket: SupportTicket, _ viewpoint: Viewpoint) -> TicketEntry {
    let clock = TicketClock(ticket, viewpoint)
    let student = students[ticket.student]
    let row = TicketRow(
      id: ticket.id, number: ticket.ticketNumber, waiting: clock.waiting,
      counted: clock.counted,
      pressure: clock.pressure, priority: ticket.priority, status: ticket.status,
      subject: ticket.subject, student: ticket.student, studentName: student?.fullName ?? "",
      assignee: assignee(ticket.assignedTo, viewpoint), assigneeID: ticket.assignedTo,
      age: clock.age, isUnsent: ticket.meta.isUnsent,
      snoozed: snoozed(.ticket, ticket.id, viewpoint))
    return TicketEntry(ticket: ticket, row: row, cohort: student?.cohort ?? "", viewpoint)
  }

  /// Who a pointer to a user means on a ticket (product.md D8).
  package func assignee(_ id: RecordID?, _ viewpoint: Viewpoint) -> Assignee {
    guard let id else { return .nobody }
    guard let user = users[id] else { return complete.contains(.user) ? .hidden : .awaited }
    return viewpoint.queueUsernames.contains(user.username) ? .queue : .person(user.username)
  }

  private func ticketSummary(_ entries: [TicketEntry]) -> TicketSummary {
    var summary = TicketSummary()
    summary.all = entries.count
    var waits: [Double] = []
    for entry in entries where entry.isOpen {
      summary.open += 1
      if entry.isBreached { summary.breached += 1 }
      if entry.isDueSoon { summary.dueSoon += 1 }
      if entry.isInQueue { summary.unassigned += 1 }
      if entry.row.isRunning { waits.append(Double(entry.row.waiting)) }
    }
    waits.sort()
    summary.medianWait = Statistics.quantile(0.5, ofSorted: waits).map(Int.init)
    summary.ninetiethWait = Statistics.quantile(0.9, ofSorted: waits).map(Int.init)
    return summary
  }

  /// Open tickets per person, heaviest first: all staff, the queue, and hidden people who have some.
  package func ticketLoads(_ viewpoint: Viewpoint) -> [PersonLoad] {
    ticketLoads(tickets.all.map { ticketEntry($0, viewpoint) }, viewpoint)
  }

  private func ticketLoads(_ entries: [TicketEntry], _ viewpoint: Viewpoint) -> [PersonLoad] {
    var queue = PersonLoad(user: nil, name: "queue", role: .missing, open: 0, late: 0)
    var people: [RecordID: PersonLoad] = [:]
    for user in users.all where user.role.word != .learner {
      guard !viewpoint.queueUsernames.contains(user.username) else { continue }
      people[user.id] = PersonLoad(
        user: user.id, name: user.username, role: user.role, open: 0, late: 0)
    }
    for entry in entries where entry.isOpen {
      if let id = entry.row.assigneeID, !entry.isInQueue {
        let role = users[id]?.role ?? .missing
        people[
          id,
          default: PersonLoad(
            user: id, name: entry.row.assignee.label, role: role, open: 0, late: 0)
        ].add(entry)
      } else {
        queue.add(entry)
      }
    }
    return (people.values + [queue]).sorted { one, two in
      if one.open != two.open { return one.open > two.open }
      if one.late != two.late { return one.late > two.late }
      return (one.name, one.user ?? "") < (two.name, two.user ?? "")
    }
  }
}

extension PersonLoad {
  fileprivate mutating func add(_ entry: TicketEntry) {
    open += 1
    late += entry.isBreached ? 1 : 0
    weight += entry.row.priority.effective.rank
  }
}
