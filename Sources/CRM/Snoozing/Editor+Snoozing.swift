package import ParseCore

extension Editor {
  /// Puts rows aside until a moment, on this machine alone. Whoever may read a row may do so.
  package func snooze(
    _ kind: SchoolClass, _ ids: [RecordID], until: ParseDate
  ) throws(Refusal) -> Edit {
    let when = Wording.moment(until, viewpoint)
    guard until > viewpoint.now else { throw Refusal("\(when) is past; choose a later time.") }
    return try snoozing(kind, ids, done: "snoozed until \(when)") { id in
      if let refusal = overRefusal(kind, id) { return .failure(refusal) }
      guard let seen = school.snoozeMark(kind, id) else {
        return .failure(Refusal("That \(kind.singular) is not here any more."))
      }
      return .success(SnoozeChange(kind, id, Snooze(until: until, seen: seen)))
    }
  }

  /// Takes rows back that were put aside.
  package func wake(_ kind: SchoolClass, _ ids: [RecordID]) throws(Refusal) -> Edit {
    try snoozing(kind, ids, done: "not snoozed any more") { id in
      guard school.snoozed(kind, id, viewpoint) != nil else {
        return .failure(Refusal("\(school.label(kind, id) ?? "That row") is not snoozed."))
      }
      return .success(SnoozeChange(kind, id, nil))
    }
  }

  private func snoozing(
    _ kind: SchoolClass, _ ids: [RecordID], done: String,
    change: (RecordID) -> Result<SnoozeChange, Refusal>
  ) throws(Refusal) -> Edit {
    var changes: [SnoozeChange] = []
    var reason: Refusal?
    for id in ids where !changes.contains(where: { $0.id == id }) {
      switch change(id) {
      case .success(let change): changes.append(change)
      case .failure(let refusal): reason = reason ?? refusal
      }
    }
    guard let first = changes.first else {
      throw reason ?? Refusal("There is no \(kind.singular) to put aside.")
    }
    let label = school.label(kind, first.id) ?? kind.singular
    let what = changes.count == 1 ? label : "\(changes.count) \(kind.plural)"
    return Edit(words: "\(what) \(done)", writes: [], snoozes: changes)
  }

  /// What is over does not come back, so it cannot be put aside either.
  private func overRefusal(_ kind: SchoolClass, _ id: RecordID) -> Refusal? {
    switch kind {
    case .ticket:
      guard let row = school.tickets[id], !row.isOpen else { return nil }
      return Refusal("\(row.label) is \(row.status.label); there is nothing to wait for.")
    case .deal:
      guard let row = school.deals[id], !row.isOpen else { return nil }
      return Refusal("\(row.title) is \(row.stage.label); there is nothing to wait for.")
    default: return nil
    }
  }
}
