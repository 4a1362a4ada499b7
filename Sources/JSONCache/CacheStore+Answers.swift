import GRDB
package import ParseCore

extension CacheStore {
  /// The server took a record: its answer becomes part of the server's state, the record goes, and
  /// for a create every mention of the local id becomes the objectId. One transaction.
  /// - Parameters:
  ///   - answer: The body of the answer (reference/parse.md §1.5). Ignored for a delete.
  ///   - isRow: It is the whole row instead, found on the server after the answer was lost, with
  ///     what others wrote since.
  package func acknowledge(
    _ id: Int64, answer: JSONObject, isRow: Bool = false, now: ParseDate
  ) throws(CacheError) {
    try write { transaction in
      let record = try transaction.record(id)
      try transaction.drop(record)
      guard var row = try transaction.row(record.className, record.objectId) else { return }
      switch record.kind {
      case .delete:
        row.removal = .gone
        row.removedAt = now.milliseconds
        try transaction.overlay(row)
      case .update:
        row.take(answer, of: record)
        try transaction.overlay(row)
        try transaction.rebase(row, after: record, isRow ? [:] : answer)
      case .create:
        try transaction.acknowledgeCreate(record, answer, isRow: isRow, row)
      }
    }
  }

  /// The user says that the row on the server is the one of this create: mentions of its local id
  /// become mentions of that row.
  package func takeAsArrived(_ id: Int64, now: ParseDate) throws(CacheError) {
    let record = try outbox().first { $0.id == id }
    guard let record, let objectId = record.mayBe,
      let row = try serverObject(className: record.className, id: objectId)
    else { throw CacheError.noSuchRecord(id) }
    try acknowledge(id, answer: row.json, isRow: true, now: now)
  }
}

extension DocumentRow {
  /// Lays an acknowledged save and its answer over the server's state, unless a later state of the
  /// row came first (an event can overtake the answer).
  fileprivate mutating func take(_ answer: JSONObject, of record: OutboxRecord) {
    let said = ParseObject(className: className, json: answer)
    let known = server?.updatedAt
    if let known, let saved = said.updatedAt ?? said.createdAt, known >= saved { return }
    let base = server ?? ParseObject(className: className, objectId: id)
    var next = ChangeRules.apply([record.changes], to: base)
    next.objectId = said.objectId ?? next.objectId
    next.createdAt = said.createdAt ?? next.createdAt
    next.updatedAt = said.updatedAt ?? said.createdAt ?? next.updatedAt
    for member in said.fields.members {
      let isUnset = member.value["__op"]?.string == "Delete"
      next.fields[member.key] = isUnset ? nil : member.value
    }
    server = next
  }
}

extension CacheTransaction {
  /// Later records of the row were made on top of the one acknowledged: what it wrote is their base,
  /// as the server took it. What others wrote is not: the user has not seen it.
  fileprivate func rebase(
    _ row: DocumentRow, after record: OutboxRecord, _ answer: JSONObject
  ) throws {
    for later in try records(row.className, row.id) {
      var base = later.base
      for field in later.changes.keys {
        let said = answer[field].map { $0["__op"]?.string == "Delete" ? JSON.null : $0 }
        switch record.changes[field] {
        case .set(let value): base[field] = said ?? value
        case .delete: base[field] = said ?? .null
        case nil: base[field] = said ?? base[field]
        // The answer holds what others added too; the base has the sum that the user saw.
        default: break
        }
      }
      try run(
        "UPDATE outbox SET base = ?, baseUpdatedAt = ? WHERE id = ?",
        [DocumentCodec.text(base), row.server?.updatedAt?.iso, later.id])
    }
  }

  /// A row nobody here knows may be a create of ours whose answer was lost: then it becomes that
  /// row, so that no twin shows until the create is looked for.
  /// - Returns: True when the row was taken so.
  func adopt(_ incoming: ParseObject) throws -> Bool {
    let unsure = try unsureCreates()
    for record in unsure where record.className == incoming.className && record.isLikely(incoming) {
      guard let row = try self.row(record.className, record.objectId) else { continue }
      try drop(record)
      try acknowledgeCreate(record, incoming.json, isRow: true, row)
      return true
    }
    return false
  }

  /// The same for rows that came before their creates were in doubt: an event can overtake an answer
  /// that is then lost. Reads all rows of the classes concerned.
  func adoptKnown() throws {
    let unsure = try unsureCreates()
    for name in Set(unsure.map(\.className)).sorted() {
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT \(DocumentRow.columns) FROM documents WHERE className = ? AND localId IS NULL
          AND removal = 0 AND json_extract(document, '$.createdAt') >= ? ORDER BY row
          """,
        arguments: [name, unsure.filter { $0.className == name }.map(\.since.iso).min()])
      for row in rows {
        if let object = try DocumentRow(row).server { _ = try adopt(object) }
      }
    }
  }

  fileprivate func acknowledgeCreate(
    _ record: OutboxRecord, _ answer: JSONObject, isRow: Bool, _ row: DocumentRow
  ) throws {
    guard let objectId = answer["objectId"]?.string, !objectId.isEmpty else {
      throw CacheError.badDocument(className: record.className)
    }
    var row = row
    let local = row.id
    // An event may have brought the new row before the answer came: its state counts, our row stays.
    if let early = try self.row(record.className, objectId) {
      row.server = early.server
      row.server?.objectId = objectId
      try run("DELETE FROM documents WHERE row = ?", [early.row])
    }
    row.id = objectId
    row.take(answer, of: record)
    try run(
      "UPDATE outbox SET objectId = ? WHERE className = ? AND objectId = ?",
      [objectId, record.className, local])
    try run(
      "UPDATE journal SET objectId = ? WHERE className = ? AND objectId = ?",
      [objectId, record.className, local])
    try rename(pinned: record.className, local, to: objectId)
    try rewriteMentions(of: local, as: objectId, since: record.madeAt)
    try overlay(row)
    try rebase(row, after: record, isRow ? [:] : answer)
  }

  /// Local ids are unique texts, so replacing the quoted id rewrites exactly the pointers to it. Only
  /// rows with waiting edits can hold one: the server never saw it.
  private func rewriteMentions(
    of local: String, as objectId: String, since time: ParseDate
  ) throws {
    let quoted = ["\"\(local)\"", "\"\(objectId)\""]
    let numbers = try Int64.fetchAll(
      db, sql: "SELECT row FROM documents WHERE pending IS NOT NULL AND instr(pending, ?) > 0",
      arguments: [local])
    for number in numbers {
      try run(
        "UPDATE documents SET pending = replace(pending, ?, ?) WHERE row = ?",
        StatementArguments(quoted) + [number])
      if let row = try row(number) { try save(row) }
    }
    try run(
      "UPDATE outbox SET changes = replace(changes, ?1, ?2), base = replace(base, ?1, ?2)",
      StatementArguments(quoted))
    try run(
      """
      UPDATE journal SET old = replace(old, ?1, ?2), new = replace(new, ?1, ?2)
      WHERE at >= ?3 AND groupId IS NOT NULL
      """, StatementArguments(quoted) + [time.milliseconds])
  }
}

extension OutboxRecord {
  /// How far clocks of this machine and the server may differ when a lost create is looked for.
  private static let clockSkewSeconds = 600

  /// The plain values of a create, by which its row is known again. Dates, lists and maps are left
  /// out, since a server may rewrite them.
  package var signature: [String: JSON] {
    changes.compactMapValues { operation -> JSON? in
      guard case .set(let value) = operation else { return .none }
      switch value {
      case .string, .number, .bool: return value
      // JSON has a nil literal of its own, which is null and no absence.
      case .null, .array, .object: return Pointer(value).map { _ in value }
      }
    }.filter { $0.key != "ACL" }
  }

  /// By the server's clock the row of a create is not older.
  package var since: ParseDate {
    (firstSentAt ?? madeAt).advanced(bySeconds: -Self.clockSkewSeconds)
  }

  /// The row is of about the time the create left, with all its plain values.
  package func isLikely(_ row: ParseObject) -> Bool {
    guard let created = row.createdAt, created >= since, !signature.isEmpty,
      !strangers.contains(row.objectId ?? "")
    else { return false }
    return signature.allSatisfy { ChangeRules.same(row[$0.key], $0.value) }
  }
}
