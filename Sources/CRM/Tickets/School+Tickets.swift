extension School {
  /// The ticket list of a view, with the numbers beside it.
  ///
  /// O(n log n) in tickets: each is looked at once for all views and sums.
  ///
  /// - Parameter previous: the ids as last shown, empty to take the sorted order.
  package func tickets(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> TicketsAnswer {
    let rows = ticketRows(viewpoint)
    return tickets(
      viewpoint,
      Listing(
        rows, TicketRow.selection(request), isComplete: complete.contains(.ticket),
        previous: previous), open: rows.filter(\.isOpen))
  }

  private func ticketRows(_ viewpoint: Viewpoint) -> [TicketRow] {
    tickets.all.map { TicketRow($0, self, viewpoint) }
  }

  /// - Parameter open: all tickets that are.
  func tickets(
    _ viewpoint: Viewpoint, _ tickets: Listing<TicketRow>, open: [TicketRow]
  ) -> TicketsAnswer {
    TicketsAnswer(
      views: tickets.views(\.title), list: tickets.list,
      summary: ticketSummary(open, all: tickets.rows.count),
      loads: ticketLoads(open, viewpoint), next: TicketRow.next(open))
  }

  /// Who a pointer to a user means on a ticket (product.md D8).
  package func assignee(_ id: RecordID?, _ viewpoint: Viewpoint) -> Assignee {
    guard let id else { return .nobody }
    guard let user = users[id] else { return complete.contains(.user) ? .hidden : .awaited }
    return viewpoint.queueUsernames.contains(user.username) ? .queue : .person(user.username)
  }

  private func ticketSummary(_ open: [TicketRow], all: Int) -> TicketSummary {
    var summary = TicketSummary()
    summary.all = all
    var waits: [Double] = []
    for row in open {
      summary.open += 1
      if row.isBreached { summary.breached += 1 }
      if row.isDueSoon { summary.dueSoon += 1 }
      if row.isInQueue { summary.unassigned += 1 }
      if row.isRunning { waits.append(Double(row.waiting)) }
    }
    waits.sort()
    summary.medianWait = Statistics.quantile(0.5, ofSorted: waits).map(Int.init)
    summary.ninetiethWait = Statistics.quantile(0.9, ofSorted: waits).map(Int.init)
    return summary
  }

  /// Open tickets per person, heaviest first: all staff, the queue, and hidden people who have some.
  package func ticketLoads(_ viewpoint: Viewpoint) -> [PersonLoad] {
    ticketLoads(ticketRows(viewpoint).filter(\.isOpen), viewpoint)
  }

  /// One who has a ticket and is no user here, or none who may have one.
  private func stranger(_ row: TicketRow) -> PersonLoad {
    PersonLoad(
      user: row.assigneeID, name: row.assignee.label,
      role: row.assigneeID.flatMap { users[$0]?.role } ?? .missing, open: 0, late: 0)
  }

  private func ticketLoads(_ open: [TicketRow], _ viewpoint: Viewpoint) -> [PersonLoad] {
    var queue = PersonLoad(user: nil, name: "queue", role: .missing, open: 0, late: 0)
    var people: [PackedID: PersonLoad] = [:]
    for user in users.all where user.role.word != .learner {
      guard !viewpoint.queueUsernames.contains(user.username) else { continue }
      people[PackedID(user.id)] = PersonLoad(
        user: user.id, name: user.username, role: user.role, open: 0, late: 0)
    }
    for row in open {
      if row.assignedToID.isNone || row.isInQueue {
        queue.add(row)
      } else {
        // A default would capture the school, and copy it for each row.
        if people[row.assignedToID] == nil { people[row.assignedToID] = stranger(row) }
        people[row.assignedToID]?.add(row)
      }
    }
    return (people.values + [queue]).sorted { one, two in
      if one.open != two.open { return one.open > two.open }
      if one.late != two.late { return one.late > two.late }
      return (one.name, one.user ?? "") < (two.name, two.user ?? "")
    }
  }
}

extension TicketRow {
  /// The most pressing of Next up. O(rows).
  static func next(_ rows: [TicketRow]) -> TicketRow? {
    rows.lazy.filter(TicketView.nextUp.holds).min { one, two in
      if one.pressure != two.pressure { return one.pressure > two.pressure }
      let (first, second) = (one.priority.weight, two.priority.weight)
      return first == second ? one.meta.precedes(two.meta) : first > second
    }
  }

  static func selection(_ request: ListRequest) -> ListSelection<TicketRow> {
    let view = request.view.flatMap(TicketView.init(rawValue:)) ?? .nextUp
    let sort = request.sort.flatMap(TicketSort.init(rawValue:)) ?? view.sort
    return ListSelection(
      view, filter: request.filter, sort.order(isReversed: request.isReversed))
  }
}

extension PersonLoad {
  fileprivate mutating func add(_ row: TicketRow) {
    open += 1
    late += row.isBreached ? 1 : 0
    weight += row.priority.effective.rank
  }
}
