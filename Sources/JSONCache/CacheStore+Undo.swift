import ParseCore

extension CacheStore {
  /// The edits that take a group of own edits back, newest first: each touched field to what it was,
  /// a create deleted, a delete withdrawn, or made again as a new row when it has left; what the
  /// group made point away from that row points at the new one. Performing them while the group still
  /// waits withdraws it, since what goes back to its base is not sent.
  /// - Throws: `noSuchObject` when a row of the group is gone, `badEdit` when a field was changed
  ///   since by somebody else, so that taking it back would overwrite that, or when all that was to be
  ///   deleted is still there.
  package func inverse(of group: String) throws(CacheError) -> [Edit] {
    let lines = try journal(group: group).reversed()
    let unsent = Set(try outbox().filter(\.isUnsentDelete).map(\.row))
    var edits: [Edit] = []
    var made: [Pointer: Pointer] = [:]
    var makings: [Edit] = []
    var fields: [Pointer: Changes] = [:]
    var order: [Pointer] = []
    var isStillThere = false
    for line in lines {
      let pointer = Pointer(className: line.className, objectId: line.id)
      guard line.field.isEmpty else {
        if fields[pointer] == nil { order.append(pointer) }
        try checkUnchanged(line, unless: fields[pointer]?[line.field] != nil)
        fields[pointer, default: [:]][line.field] = line.old.map { .set($0) } ?? .delete
        continue
      }
      if line.old == nil {
        edits.append(Edit(line.className, id: line.id, .delete))
      } else if unsent.contains(pointer) {
        edits.append(Edit(line.className, id: line.id, .restore))
      } else if try document(className: line.className, id: line.id) != nil {
        // The delete was refused and given up: made again it would stand there twice.
        isStillThere = true
      } else {
        made[pointer] = Pointer(className: line.className, objectId: LocalID.prefix + makeID())
        makings.append(making(line, as: made[pointer]?.objectId))
      }
    }
    let updates = order.compactMap { pointer in
      fields[pointer].map { Edit(pointer.className, id: pointer.objectId, .update($0)) }
    }
    if isStillThere, edits.isEmpty, makings.isEmpty, updates.isEmpty {
      throw .badEdit("it is still there")
    }
    let removed = Set(edits.map { Pointer(className: $0.className, objectId: $0.id ?? "") })
    let kept = updates.filter {
      !removed.contains(Pointer(className: $0.className, objectId: $0.id ?? ""))
    }
    return (makings + kept).map { $0.pointing(to: made) } + edits
  }

  /// - Parameter isNewerKnown: A later line of the group was looked at, which says it all.
  private func checkUnchanged(
    _ line: JournalLine, unless isNewerKnown: Bool
  ) throws(CacheError) {
    if isNewerKnown { return }
    guard let object = try object(className: line.className, id: line.id) else {
      throw CacheError.noSuchObject(className: line.className, id: line.id)
    }
    let now = ChangeRules.value(of: line.field, in: object)
    guard ChangeRules.same(now, line.new) else {
      throw CacheError.badEdit("\(line.field) was changed since")
    }
  }

  private func making(_ line: JournalLine, as id: String?) -> Edit {
    var changes: Changes = [:]
    let object = ParseObject(className: line.className, json: line.old?.object ?? [:])
    for member in object.fields.members { changes[member.key] = .set(member.value) }
    return Edit(line.className, id: id, .create(changes))
  }
}

extension Edit {
  /// The edit with pointers at rows that were made again as pointers at the new ones.
  fileprivate func pointing(to made: [Pointer: Pointer]) -> Edit {
    func moved(_ changes: Changes) -> Changes {
      changes.mapValues { operation in
        guard case .set(let value) = operation, let old = Pointer(anyForm: value),
          let new = made[old]
        else { return operation }
        return .set(new.json)
      }
    }
    switch kind {
    case .create(let changes): return Edit(className, id: id, .create(moved(changes)))
    case .update(let changes): return Edit(className, id: id, .update(moved(changes)))
    case .delete, .restore: return self
    }
  }
}
