import GRDB
import ParseCore

/// The outbox as rows, inside a transaction.
extension OutboxRecord {
  static let columns = """
    id, madeAt, className, objectId, kind, changes, base, baseUpdatedAt, requestId, state, code, \
    words, tries, firstSentAt, nextTryAt, groupId, refusals, unsure
    """

  init(_ row: Row) throws {
    let className: String = row[2]
    guard let kind = Kind(rawValue: row[4]), let state = State(rawValue: row[9]) else {
      throw CacheError.badDocument(className: className)
    }
    self.init(
      id: row[0], madeAt: ParseDate(milliseconds: row[1]), className: className, objectId: row[3],
      kind: kind, changes: try DocumentCodec.changes(row[5], className: className),
      base: try DocumentCodec.values(row[6], className: className),
      baseUpdatedAt: (row[7] as String?).flatMap(ParseDate.init(iso:)), requestId: row[8],
      state: state, code: row[10], words: row[11], tries: row[12], refusals: row[16],
      mayHaveArrived: row[17],
      firstSentAt: (row[13] as Int64?).map(ParseDate.init(milliseconds:)),
      nextTryAt: (row[14] as Int64?).map(ParseDate.init(milliseconds:)), group: row[15])
  }

  static func all(
    _ db: Database, where condition: String = "1", _ arguments: StatementArguments = []
  ) throws -> [OutboxRecord] {
    let statement = try db.cachedStatement(
      sql: "SELECT \(columns) FROM outbox WHERE \(condition) ORDER BY id")
    return try Row.fetchAll(statement, arguments: arguments).map { try OutboxRecord($0) }
  }
}

extension OutboxRecord {
  /// What waits, is due and is the first of its row, oldest first.
  static func due(_ db: Database, now: ParseDate) throws -> [OutboxRecord] {
    try all(
      db,
      where: """
        state = 'waiting' AND coalesce(nextTryAt, 0) <= ? AND NOT EXISTS (
        SELECT 1 FROM outbox AS earlier WHERE earlier.className = outbox.className
        AND earlier.objectId = outbox.objectId AND earlier.id < outbox.id)
        """, [now.milliseconds])
  }
}

extension CacheTransaction {
  func records(_ className: String, _ id: String) throws -> [OutboxRecord] {
    try OutboxRecord.all(db, where: "className = ? AND objectId = ?", [className, id])
  }

  func record(_ id: Int64) throws -> OutboxRecord {
    guard let record = try OutboxRecord.all(db, where: "id = ?", [id]).first else {
      throw CacheError.noSuchRecord(id)
    }
    return record
  }

  /// - Returns: The record's number.
  func append(
    _ kind: OutboxRecord.Kind, _ row: DocumentRow, changes: Changes, base: [String: JSON],
    requestId: String, group: String, at time: ParseDate
  ) throws -> Int64 {
    try run(
      """
      INSERT INTO outbox (madeAt, className, objectId, kind, changes, base, baseUpdatedAt,
      requestId, state, groupId) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)
      """,
      [
        time.milliseconds, row.className, row.id, kind.rawValue,
        JSONObject(changes: changes).text, DocumentCodec.text(base),
        row.server?.updatedAt?.iso, requestId, group,
      ])
    touchOutbox()
    return db.lastInsertedRowID
  }

  /// Puts other content into a record that has not reached the server, under a new request id.
  func replace(
    _ record: OutboxRecord, changes: Changes, base: [String: JSON], requestId: String,
    group: String
  ) throws {
    try run(
      """
      UPDATE outbox SET changes = ?, base = ?, requestId = ?, groupId = ?, state = 'waiting',
      code = NULL, words = NULL, tries = 0, refusals = 0, unsure = 0, firstSentAt = NULL,
      nextTryAt = NULL WHERE id = ?
      """,
      [
        JSONObject(changes: changes).text, DocumentCodec.text(base), requestId, group, record.id,
      ])
    touchOutbox()
  }

  /// The user says that a create in conflict is not this row. It is in doubt as before, under a new
  /// request id.
  func deny(_ stranger: String, _ record: OutboxRecord, _ requestId: String) throws {
    let strangers = record.strangers.union([stranger]).sorted().map(JSON.string)
    try run(
      """
      UPDATE outbox SET state = 'waiting', words = NULL, refusals = 0, unsure = 1, requestId = ?,
      base = ? WHERE id = ?
      """, [requestId, DocumentCodec.text(["strangers": .array(strangers)]), record.id])
    touchOutbox()
  }

  func drop(_ record: OutboxRecord) throws {
    try run("DELETE FROM outbox WHERE id = ?", [record.id])
    touchOutbox()
  }

  /// Makes the row's overlay what the outbox says, and writes the row.
  func overlay(_ row: DocumentRow) throws {
    var row = row
    let waiting = try records(row.className, row.id)
    let sets = waiting.filter { $0.kind != .delete }.map(\.changes)
    row.pending = sets.isEmpty ? nil : sets
    if row.removal != .gone {
      row.removal = waiting.contains { $0.kind == .delete } ? .pending : .none
    }
    try save(row)
  }
}
