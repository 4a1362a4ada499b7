import ParseCore

extension Editor {
  /// Makes tickets mine; a new one becomes open.
  package func claim(tickets ids: [RecordID]) throws(Refusal) -> Edit {
    let user = try me()
    return try edit(ids, in: school.tickets, many: { "\($0) tickets claimed" }) { ticket in
      if ticket.assignedTo == user { return .leave("\(ticket.label) is yours already.") }
      var changes = assignment(to: user)
      if ticket.status.word == .new { changes["status"] = .set(status(.open)) }
      return .change(changes, words: "\(ticket.label) claimed, \(was(ticket))")
    }
  }

  package func assign(tickets ids: [RecordID], to user: RecordID) throws(Refusal) -> Edit {
    let name = school.users[user]?.username ?? "somebody"
    return try edit(ids, in: school.tickets, many: { "\($0) tickets handed to \(name)" }) {
      ticket in
      if ticket.assignedTo == user { return .leave("\(ticket.label) is with \(name) already.") }
      let words = "\(ticket.label) handed to \(name), \(was(ticket))"
      return .change(assignment(to: user), words: words)
    }
  }

  /// Gives tickets back to the queue user, the stand-in for "nobody yet" (product.md D8).
  package func release(tickets ids: [RecordID]) throws(Refusal) -> Edit {
    guard let queue = school.queueUser(viewpoint) else {
      throw Refusal("There is no queue user; the settings name one.")
    }
    return try edit(ids, in: school.tickets, many: { "\($0) tickets back in the queue" }) {
      ticket in
      if isInQueue(ticket) { return .leave("\(ticket.label) is in the queue already.") }
      let words = "\(ticket.label) back in the queue, \(was(ticket))"
      return .change(assignment(to: queue.id), words: words)
    }
  }

  package func setPriority(
    _ priority: TicketPriority, tickets ids: [RecordID]
  ) throws(Refusal) -> Edit {
    try edit(ids, in: school.tickets, many: { "\($0) tickets set to \(priority.rawValue)" }) {
      change(of: $0, priority: priority)
    }
  }

  /// One priority up, or down. An unknown word counts as normal.
  package func bumpPriority(up: Bool, tickets ids: [RecordID]) throws(Refusal) -> Edit {
    let many = { (count: Int) in "\(count) tickets one priority \(up ? "up" : "down")" }
    return try edit(ids, in: school.tickets, many: many) { ticket in
      let rank = (ticket.priority.word ?? .normal).rank + (up ? 1 : -1)
      guard let next = TicketPriority.allCases.first(where: { $0.rank == rank }) else {
        return .leave("\(ticket.label) is \(ticket.priority.label) already.")
      }
      return change(of: ticket, priority: next)
    }
  }

  package func setStatus(
    _ status: TicketStatus, tickets ids: [RecordID]
  ) throws(Refusal) -> Edit {
    try edit(ids, in: school.tickets, many: { "\($0) tickets set to \(status.rawValue)" }) {
      change(of: $0, status: status)
    }
  }

  /// One status on, or back, in the order new, open, pending, resolved, closed.
  package func stepStatus(forward: Bool, tickets ids: [RecordID]) throws(Refusal) -> Edit {
    let many = { (count: Int) in "\(count) tickets one status \(forward ? "on" : "back")" }
    return try edit(ids, in: school.tickets, many: many) { ticket in
      guard let word = ticket.status.word else {
        return .leave("\(ticket.label) has a status Quad does not know; pick one.")
      }
      guard let next = word.neighbour(forward: forward) else {
        return .leave("\(ticket.label) is \(word.rawValue) already.")
      }
      return change(of: ticket, status: next)
    }
  }

  package func resolve(tickets ids: [RecordID]) throws(Refusal) -> Edit {
    try edit(ids, in: school.tickets, many: { "\($0) tickets resolved" }) {
      change(of: $0, status: .resolved)
    }
  }

  /// Restarts the clock after an answer given elsewhere.
  package func touch(tickets ids: [RecordID]) throws(Refusal) -> Edit {
    try edit(ids, in: school.tickets, many: { "\($0) tickets answered, their clocks restart" }) {
      .change(
        ["lastMessageAt": .set(viewpoint.now.json)],
        words: "\($0.label) answered, its clock restarts")
    }
  }

  private func change(of ticket: SupportTicket, priority: TicketPriority) -> Outcome {
    if ticket.priority.word == priority {
      return .leave("\(ticket.label) is \(priority.rawValue) already.")
    }
    return .change(
      ["priority": .set(.string(priority.rawValue))],
      words: "\(ticket.label) is \(priority.rawValue), was \(ticket.priority.label)")
  }

  private func change(of ticket: SupportTicket, status word: TicketStatus) -> Outcome {
    if ticket.status.word == word {
      return .leave("\(ticket.label) is \(word.rawValue) already.")
    }
    return .change(
      ["status": .set(status(word))],
      words: "\(ticket.label) is \(word.rawValue), was \(ticket.status.label)")
  }

  private func status(_ word: TicketStatus) -> JSON { .string(word.rawValue) }

  private func assignment(to user: RecordID) -> Changes {
    ["assignedTo": .set(SchoolClass.user.pointer(user))]
  }

  private func isInQueue(_ ticket: SupportTicket) -> Bool {
    guard let user = school.users[ticket.assignedTo] else { return false }
    return viewpoint.queueUsernames.contains(user.username)
  }

  private func was(_ ticket: SupportTicket) -> String {
    guard let id = ticket.assignedTo else { return "was with nobody" }
    guard let user = school.users[id] else { return "was with somebody hidden" }
    if viewpoint.queueUsernames.contains(user.username) { return "was with the queue" }
    return id == viewpoint.user ? "was with you" : "was with \(user.username)"
  }
}

extension School {
  /// The user who stands for "nobody yet"; of several the first by name.
  package func queueUser(_ viewpoint: Viewpoint) -> User? {
    users.all.filter { viewpoint.queueUsernames.contains($0.username) }
      .min { $0.username < $1.username }
  }
}

extension CaseIterable where Self: Equatable {
  /// The word before or after in the vocabulary's order.
  func neighbour(forward: Bool) -> Self? {
    let words = Array(Self.allCases)
    guard let index = words.firstIndex(of: self) else { return nil }
    let next = index + (forward ? 1 : -1)
    return words.indices.contains(next) ? words[next] : nil
  }
}
