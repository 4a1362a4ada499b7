package import ParseCore

extension CacheStore {
  /// Makes edits durable: overlay, outbox record and journal in ONE transaction. When this returns
  /// they survive a power cut; when it throws nothing of the batch has happened.
  /// - Parameters:
  ///   - group: Names the batch for undo.
  ///   - state: Saved state that goes with the edits, by key.
  /// - Throws: `noSuchObject` for a row that is gone, `badEdit` for an operation that does not fit,
  ///   `fullDisk` and the like.
  package func perform(
    _ edits: [Edit], group: String, now: ParseDate, saving state: [String: JSON] = [:]
  ) throws(CacheError) -> [EditOutcome] {
    try write { transaction in
      for (key, value) in state { try transaction.save(value, as: key) }
      return try edits.map { edit in
        let editing = Editing(
          transaction: transaction, className: edit.className, group: group, now: now,
          makeID: makeID)
        switch edit.kind {
        case .create(let changes): return try editing.create(edit.id, changes)
        case .update(let changes): return try editing.update(edit.id ?? "", changes)
        case .delete: return try editing.delete(edit.id ?? "")
        case .restore(let changes): return try editing.restore(edit.id ?? "", changes)
        }
      }
    }
  }
}

/// The steps of one edit inside its transaction.
private struct Editing {
  let transaction: CacheTransaction
  let className: String
  let group: String
  let now: ParseDate
  let makeID: @Sendable () -> String

  func create(_ chosen: String?, _ changes: Changes) throws -> EditOutcome {
    let id = chosen ?? LocalID.prefix + makeID()
    guard LocalID.isLocal(id), try transaction.row(className, id) == nil else {
      throw CacheError.badEdit("a new row needs a new local id")
    }
    try check(changes, on: ParseObject(className: className))
    let row = DocumentRow(className: className, id: id, localId: id, pending: [changes])
    let record = try transaction.append(
      .create, row, changes: changes, base: [:], requestId: makeID(), group: group, at: now)
    try transaction.save(row)
    try note(id, field: "", old: nil, new: .object(row.effective.json))
    return EditOutcome(id: id, record: record)
  }

  func update(_ id: String, _ changes: Changes) throws -> EditOutcome {
    let row = try present(id)
    let before = row.effective
    let wanted = ChangeRules.effective(changes, on: before)
    guard !wanted.isEmpty else { return EditOutcome(id: row.id, record: nil) }
    try check(wanted, on: before)
    let record = try put(wanted, on: row, before: before)
    try transaction.overlay(row)
    let after = ChangeRules.apply([wanted], to: before)
    for field in wanted.keys.sorted() {
      try note(
        row.id, field: field, old: ChangeRules.value(of: field, in: before),
        new: ChangeRules.value(of: field, in: after))
    }
    return EditOutcome(id: row.id, record: record)
  }

  /// Into the last record of the row when that has not been sent, else into a new one. What that
  /// takes back to its base is not sent at all.
  private func put(_ wanted: Changes, on row: DocumentRow, before: ParseObject) throws -> Int64? {
    let base = ChangeRules.values(of: wanted.keys, in: before)
    guard let last = try transaction.records(className, row.id).last, last.takesMore,
      let merged = ChangeRules.merge(wanted, onto: last.changes)
    else {
      return try transaction.append(
        .update, row, changes: wanted, base: base, requestId: makeID(), group: group, at: now)
    }
    let bases = base.merging(last.base) { _, first in first }
    let left = last.kind == .create ? merged : merged.filter { !isBack($0.value, bases[$0.key]) }
    if left.isEmpty, last.kind == .update {
      try transaction.drop(last)
      return nil
    }
    try transaction.replace(
      last, changes: left, base: bases.filter { left[$0.key] != nil }, requestId: makeID(),
      group: group)
    return last.id
  }

  private func isBack(_ operation: ParseCore.Operation, _ base: JSON?) -> Bool {
    switch operation {
    case .set(let value): ChangeRules.same(value, base)
    case .delete: base?.isNull ?? true
    default: false
    }
  }

  /// A row whose create never left is gone at once, unless other edits build on it.
  func delete(_ id: String) throws -> EditOutcome {
    let row = try present(id)
    let records = try transaction.records(className, row.id)
    try note(row.id, field: "", old: .object(row.effective.json), new: nil)
    let isUnsent = records.first?.kind == .create && records.allSatisfy(\.takesMore)
    if isUnsent, try !isNeeded(row.id) {
      for record in records { try transaction.drop(record) }
      try transaction.erase(row)
      return EditOutcome(id: row.id, record: nil)
    }
    let record = try transaction.append(
      .delete, row, changes: [:], base: [:], requestId: makeID(), group: group, at: now)
    try transaction.overlay(row)
    return EditOutcome(id: row.id, record: record)
  }

  func restore(_ id: String, _ changes: Changes) throws -> EditOutcome {
    guard let row = try transaction.row(className, id), row.removal == .pending,
      let last = try transaction.records(className, row.id).last, last.kind == .delete,
      !last.mayHaveArrived, last.state != .sending
    else { return try create(nil, changes) }
    try transaction.drop(last)
    try transaction.overlay(row)
    try note(row.id, field: "", old: nil, new: .object(row.effective.json))
    return EditOutcome(id: row.id, record: nil)
  }

  private func isNeeded(_ id: String) throws -> Bool {
    try OutboxRecord.all(transaction.db).contains { $0.objectId != id && $0.dependsOn.contains(id) }
  }

  private func present(_ id: String) throws -> DocumentRow {
    guard let row = try transaction.row(className, id), row.removal == .none else {
      throw CacheError.noSuchObject(className: className, id: id)
    }
    return row
  }

  private func check(_ changes: Changes, on object: ParseObject) throws {
    do {
      _ = try object.applying(changes)
    } catch {
      throw CacheError.badEdit(error.message)
    }
  }

  private func note(_ id: String, field: String, old: JSON?, new: JSON?) throws {
    try transaction.note(
      JournalLine(
        at: now, source: JournalRules.ownSource, group: group, className: className, id: id,
        field: field, old: old, new: new))
  }
}
