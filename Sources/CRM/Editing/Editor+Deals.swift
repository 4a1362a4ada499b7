import ParseCore

extension Editor {
  package func claim(deals ids: [RecordID]) throws(Refusal) -> Edit {
    try assign(deals: ids, to: try me())
  }

  package func assign(deals ids: [RecordID], to user: RecordID) throws(Refusal) -> Edit {
    let isMe = user == viewpoint.user
    let name = isMe ? "you" : school.users[user]?.username ?? "somebody"
    return try edit(ids, in: school.deals, many: { "\($0) deals owned by \(name)" }) { deal in
      if deal.assignedTo == user {
        return .leave("\(deal.title) is \(isMe ? "yours" : "\(name)'s") already.")
      }
      let owner = school.users[deal.assignedTo]?.username ?? "nobody"
      return .change(
        ["assignedTo": .set(SchoolClass.user.pointer(user))],
        words: "\(deal.title) owned by \(name), was \(owner)")
    }
  }

  package func move(deals ids: [RecordID], to stage: Stage) throws(Refusal) -> Edit {
    try edit(ids, in: school.deals, many: { "\($0) deals moved to \(stage.rawValue)" }) {
      move($0, to: stage)
    }
  }

  /// One stage on, or back.
  package func stepStage(forward: Bool, deals ids: [RecordID]) throws(Refusal) -> Edit {
    let many = { (count: Int) in "\(count) deals moved one stage \(forward ? "on" : "back")" }
    return try edit(ids, in: school.deals, many: many) { deal in
      guard let stage = deal.stage.word, stage != .lost else {
        return .leave("\(deal.title) is \(deal.stage.label); pick its stage from the list.")
      }
      guard let next = stage.stepped(forward: forward) else {
        return .leave("\(deal.title) is \(stage.rawValue) already.")
      }
      return move(deal, to: next)
    }
  }

  package func win(deals ids: [RecordID]) throws(Refusal) -> Edit {
    try edit(ids, in: school.deals, many: { "\($0) deals won" }) { close($0, as: .won) }
  }

  /// Marks deals lost and writes why as the first line of their notes: `[lost] price: too dear`.
  /// An empty reason writes no line.
  package func lose(deals ids: [RecordID], reason: String) throws(Refusal) -> Edit {
    let line = FormText.singleLine(reason)
    return try edit(ids, in: school.deals, many: { "\($0) deals lost" }) { deal in
      guard case .change(var changes, let words) = close(deal, as: .lost) else {
        return close(deal, as: .lost)
      }
      if !line.isEmpty {
        let notes = [Deal.lostMark + line, deal.notes ?? ""].filter { !$0.isEmpty }
        changes["notes"] = .set(.string(notes.joined(separator: "\n")))
      }
      return .change(changes, words: line.isEmpty ? words : words + ", \(line)")
    }
  }

  /// Sets the expected close; nil clears it.
  package func setCloseDay(_ day: CivilDay?, deals ids: [RecordID]) throws(Refusal) -> Edit {
    let words = day.map { "close \(Wording.date($0, today: today))" } ?? "have no close date"
    return try edit(ids, in: school.deals, many: { "\($0) deals \(words)" }) {
      close($0, on: day)
    }
  }

  /// Moves the expected close by days, from the stored day, or from today when there is none.
  package func pushClose(byDays days: Int, deals ids: [RecordID]) throws(Refusal) -> Edit {
    let way = days < 0 ? "\(-days) days earlier" : "\(days) days later"
    return try edit(ids, in: school.deals, many: { "\($0) deals close \(way)" }) {
      close($0, on: (viewpoint.day(of: $0.expectedCloseDate) ?? today) + days)
    }
  }

  /// Moves the expected close to the last day of its month, or of the next one when it is there.
  package func pushCloseToMonthEnd(deals ids: [RecordID]) throws(Refusal) -> Edit {
    try edit(ids, in: school.deals, many: { "\($0) deals close at a month's end" }) {
      let day = viewpoint.day(of: $0.expectedCloseDate) ?? today
      let end = day.endOfMonth
      return close($0, on: end == day ? (day + 1).endOfMonth : end)
    }
  }

  /// Sets the amount; nil clears it, which is not zero.
  package func setAmount(_ amount: Double?, deals ids: [RecordID]) throws(Refusal) -> Edit {
    let now = Self.words(amount: amount)
    return try edit(ids, in: school.deals, many: { "\($0) deals at \(now)" }) { deal in
      if deal.amount == amount { return .leave("\(deal.title) is at \(now) already.") }
      let operation: ParseCore.Operation = amount.map { .set(.number(JSONNumber($0))) } ?? .delete
      return .change(
        ["amount": operation],
        words: "\(deal.title) at \(now), was \(Self.words(amount: deal.amount))")
    }
  }

  var today: CivilDay { viewpoint.today }

  private static func words(amount: Double?) -> String {
    amount.map { Wording.exactMoney($0) } ?? "no amount"
  }

  private func move(_ deal: Deal, to stage: Stage) -> Outcome {
    if deal.stage.word == stage {
      return .leave("\(deal.title) is in \(stage.rawValue) already.")
    }
    return .change(
      ["stage": .set(.string(stage.rawValue))],
      words: "\(deal.title) moved from \(deal.stage.label) to \(stage.rawValue)")
  }

  private func close(_ deal: Deal, as stage: Stage) -> Outcome {
    if deal.stage.word == stage { return .leave("\(deal.title) is \(stage.rawValue) already.") }
    return .change(
      ["stage": .set(.string(stage.rawValue))],
      words: "\(deal.title) \(stage.rawValue), was \(deal.stage.label)")
  }

  private func close(_ deal: Deal, on day: CivilDay?) -> Outcome {
    let old = viewpoint.day(of: deal.expectedCloseDate)
    let was = old.map { Wording.date($0, today: today) } ?? "no date"
    guard old != day else {
      return .leave(
        day == nil ? "\(deal.title) has no close date." : "\(deal.title) closes \(was) already.")
    }
    guard let day else {
      return .change(
        ["expectedCloseDate": .delete], words: "\(deal.title) has no close date, was \(was)")
    }
    return .change(
      ["expectedCloseDate": .set(day.stored.json)],
      words: "\(deal.title) closes \(Wording.date(day, today: today)), was \(was)")
  }
}

extension Deal {
  /// Starts the line of the notes that says why a deal was lost (reference/domain.md §1.4).
  package static let lostMark = "[lost] "

  /// Why it was lost, from the first line of its notes.
  package var lostReason: String? {
    guard let line = notes?.split(separator: "\n").first, line.hasPrefix(Self.lostMark) else {
      return nil
    }
    return String(line.dropFirst(Self.lostMark.count))
  }
}
