import GRDB
package import ParseCore

extension CacheStore {
  /// Everything that waits, in the order it was made. What waits for a record that failed is a
  /// failure too, with words that say so.
  package func outbox() throws(CacheError) -> [OutboxRecord] {
    try read { db in OutboxHolds.explain(try OutboxRecord.all(db)) }
  }

  /// How many records are in each state.
  package func outboxCounts() throws(CacheError) -> [OutboxRecord.State: Int] {
    try read { db in
      if try Self.mayHold(db) {
        return Dictionary(
          grouping: OutboxHolds.explain(try OutboxRecord.all(db)), by: \.state
        ).mapValues(\.count)
      }
      var counts: [OutboxRecord.State: Int] = [:]
      let rows = try Row.fetchAll(
        db, sql: "SELECT state, count(*) FROM outbox GROUP BY state")
      for row in rows {
        if let state = OutboxRecord.State(rawValue: row[0]) { counts[state] = row[1] }
      }
      return counts
    }
  }

  /// Without a failure and without a pointer to a new row nothing can be held.
  private static func mayHold(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM outbox
        WHERE state IN ('failed', 'conflict') OR instr(changes, '"\(LocalID.prefix)') > 0)
        """) ?? false
  }

  /// When the next postponed record is due; nil when none is postponed.
  package func nextTry() throws(CacheError) -> ParseDate? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: "SELECT min(nextTryAt) FROM outbox WHERE state = 'waiting' AND nextTryAt IS NOT NULL"
      ).map(ParseDate.init(milliseconds:))
    }
  }

  /// Takes the records that may leave now and marks them as sending: due, the first of their row,
  /// with every row they point at known to the server, and a delete with nothing before it that it
  /// waits for. An update is looked at before it leaves,
  /// see `leave`; the others leave at once.
  package func beginSending(limit: Int, now: ParseDate) throws(CacheError) -> [OutboxRecord] {
    try write { transaction in
      var ready: [OutboxRecord] = []
      let due = try OutboxRecord.due(transaction.db, now: now)
      let others =
        due.contains { $0.kind == .delete }
        ? try OutboxRecord.all(transaction.db, where: "kind <> 'delete'") : []
      for record in due {
        guard ready.count < limit else { break }
        guard record.dependsOn.isEmpty, !others.contains(where: { $0.isAwaited(by: record) })
        else { continue }
        try transaction.run(
          """
          UPDATE outbox SET state = 'sending', tries = tries + 1, firstSentAt =
          CASE kind WHEN 'update' THEN firstSentAt ELSE coalesce(firstSentAt, ?) END WHERE id = ?
          """, [now.milliseconds, record.id])
        transaction.touchOutbox()
        ready.append(try transaction.record(record.id))
      }
      return ready
    }
  }

  /// After a restart: what had left may or may not have arrived, so it waits again under its request
  /// id, to be looked for first.
  package func recoverSending() throws(CacheError) {
    try write { transaction in
      try transaction.run(
        """
        UPDATE outbox SET state = 'waiting', unsure = max(unsure, firstSentAt IS NOT NULL)
        WHERE state = 'sending'
        """, [])
      if transaction.db.changesCount > 0 {
        transaction.touchOutbox()
        try transaction.adoptKnown()
      }
    }
  }

  /// Back to waiting until a time.
  /// - Parameters:
  ///   - mayHaveArrived: No answer came, or one that does not tell. It counts if the record had left.
  ///   - refused: The server had trouble, which counts towards giving up.
  package func postpone(
    _ id: Int64, until time: ParseDate?, mayHaveArrived: Bool, refused: Bool
  ) throws(CacheError) {
    try change(
      id,
      """
      state = 'waiting', code = NULL, words = NULL, nextTryAt = ?1, refusals = refusals + ?3,
      unsure = max(unsure, ?2 AND firstSentAt IS NOT NULL),
      firstSentAt = CASE WHEN unsure OR ?2 THEN firstSentAt END
      """, [time?.milliseconds, mayHaveArrived ? 1 : 0, refused ? 1 : 0])
  }

  /// Back to waiting as if it had not left: the request surely did not reach the server.
  package func unsend(_ id: Int64) throws(CacheError) {
    try change(
      id,
      """
      state = 'waiting', tries = max(tries - 1, 0), nextTryAt = NULL,
      firstSentAt = CASE WHEN tries <= 1 THEN NULL ELSE firstSentAt END
      """, [])
  }

  /// The server refused it; it stays until the user changes, retries or discards it.
  /// - Parameter mayHaveArrived: It was given up without a clear answer.
  package func fail(
    _ id: Int64, code: Int?, words: String, mayHaveArrived: Bool = false
  ) throws(CacheError) {
    try change(
      id, "state = 'failed', code = ?, words = ?, nextTryAt = NULL, unsure = ?",
      [code, words, mayHaveArrived ? 1 : 0])
  }

  /// The row changed on the server in a field this record changes.
  /// - Parameter mayHaveArrived: Nobody can tell whether the record is in what is there now.
  package func markConflict(
    _ id: Int64, words: String, mayHaveArrived: Bool = false
  ) throws(CacheError) {
    try change(
      id,
      """
      state = 'conflict', code = NULL, words = ?, nextTryAt = NULL, unsure = max(unsure, ?)
      """, [words, mayHaveArrived])
  }

  /// A create whose answer was lost may have become this row; the user decides.
  package func markConflict(
    _ id: Int64, words: String, mayBe row: ParseObject
  ) throws(CacheError) {
    try change(
      id,
      """
      state = 'conflict', code = NULL, words = ?, nextTryAt = NULL,
      base = json_set(base, '$.objectId', ?)
      """, [words, row.objectId])
  }

  /// An update leaves now; from here on it may have arrived.
  /// - Parameter base: The touched fields as they are on the server now: by that it is told later
  ///   whether it arrived.
  package func leave(
    _ id: Int64, base: [String: JSON], updatedAt: ParseDate?, now: ParseDate
  ) throws(CacheError) {
    try change(
      id, "base = ?, baseUpdatedAt = ?, firstSentAt = coalesce(firstSentAt, ?)",
      [DocumentCodec.text(base), updatedAt?.iso, now.milliseconds])
  }

  private func change(
    _ id: Int64, _ assignments: String, _ arguments: StatementArguments
  ) throws(CacheError) {
    try write { transaction in
      let record = try transaction.record(id)
      try transaction.run("UPDATE outbox SET \(assignments) WHERE id = ?", arguments + [id])
      transaction.touchOutbox()
      transaction.touch(record.className)
      if record.kind == .create, !record.mayHaveArrived { try transaction.adoptKnown() }
    }
  }

  /// Sends a failed or conflicting record again, or the one that holds it. A refused one gets a new request id, because the old
  /// one is used up (reference/parse.md §1.9), and the server's present values as its base; one that
  /// may have arrived keeps both, so that it is looked for. A create that is not the row it may have
  /// become is looked for among the others.
  package func retry(_ id: Int64) throws(CacheError) {
    try write { transaction in
      let known = OutboxHolds.explain(try OutboxRecord.all(transaction.db))
      let holder = known.first { $0.id == id }?.heldBy
      let record = try transaction.record(holder ?? id)
      let id = record.id
      guard record.state == .failed || record.state == .conflict else {
        throw CacheError.noSuchRecord(id)
      }
      if record.state == .failed, record.mayHaveArrived {
        try transaction.run(
          "UPDATE outbox SET state = 'waiting', code = NULL, words = NULL, refusals = 0 WHERE id = ?",
          [id])
        transaction.touchOutbox()
        return
      }
      if let stranger = record.mayBe { return try transaction.deny(stranger, record, makeID()) }
      let row = try transaction.row(record.className, record.objectId)
      try transaction.replace(
        record, changes: record.changes,
        base: ChangeRules.values(of: record.changes.keys, in: row?.server),
        requestId: makeID(), group: record.group)
      try transaction.run(
        "UPDATE outbox SET baseUpdatedAt = ? WHERE id = ?", [row?.server?.updatedAt?.iso, id])
    }
  }

  /// Makes every postponed record due at once.
  package func retryWaiting() throws(CacheError) {
    try write { transaction in
      try transaction.run(
        "UPDATE outbox SET nextTryAt = NULL WHERE state = 'waiting' AND nextTryAt IS NOT NULL", [])
      if transaction.db.changesCount > 0 { transaction.touchOutbox() }
    }
  }

  /// Gives a change up; the row shows the server's state again. Discarding a create discards what
  /// waits for the same row too, discarding what a delete waits for that delete: rows would point at
  /// nothing.
  package func discard(_ id: Int64) throws(CacheError) {
    try write { transaction in
      let record = try transaction.record(id)
      guard record.state != .sending else { throw CacheError.noSuchRecord(id) }
      try transaction.drop(record)
      for delete in try OutboxRecord.all(transaction.db, where: "kind = 'delete'")
      where delete.isUnsentDelete && record.isAwaited(by: delete) {
        try transaction.drop(delete)
        if let row = try transaction.row(delete.className, delete.objectId) {
          try transaction.overlay(row)
        }
      }
      guard let row = try transaction.row(record.className, record.objectId) else { return }
      if record.kind == .create {
        for other in try transaction.records(record.className, record.objectId) {
          try transaction.drop(other)
        }
        try transaction.erase(row)
      } else {
        try transaction.overlay(row)
      }
    }
  }
}
