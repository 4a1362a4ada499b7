import GRDB

/// One write transaction: its connection, its sequence number and what it has touched.
final class CacheTransaction {
  let db: Database
  /// The number rows written by this transaction carry.
  let sequence: Int64
  private(set) var classNames: Set<String> = []
  private(set) var outbox = false
  /// Creates of which the answer was lost. Read once: a page of rows asks for them row by row.
  private var lostCreates: [OutboxRecord]?

  /// Looked up once: a page of rows uses it row by row.
  private var inserting: [Int: RowWriter] = [:]
  private var updating: RowWriter?

  init(_ db: Database) throws {
    self.db = db
    sequence = try CacheTransaction.sequence(db) + 1
  }

  func unsureCreates() throws -> [OutboxRecord] {
    if let lostCreates { return lostCreates }
    let found = try OutboxRecord.all(
      db, where: "kind = 'create' AND state = 'waiting' AND unsure = 1")
    lostCreates = found
    return found
  }

  /// Writes this many rows at once.
  func insertion(of count: Int) throws -> RowWriter {
    if let writer = inserting[count] { return writer }
    let writer = RowWriter(try db.cachedStatement(sql: DocumentRow.insert(count)))
    inserting[count] = writer
    return writer
  }

  func change() throws -> RowWriter {
    let writer = try updating ?? RowWriter(try db.cachedStatement(sql: DocumentRow.update))
    updating = writer
    return writer
  }

  static func sequence(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT sequence FROM clock") ?? 0
  }

  func touch(_ className: String) { classNames.insert(className) }

  func touchOutbox() {
    outbox = true
    lostCreates = nil
  }

  /// Writes the sequence number when anything changed; nil when nothing did.
  func finish() throws -> CacheNotice? {
    guard outbox || !classNames.isEmpty else { return nil }
    try run("UPDATE clock SET sequence = ?", [sequence])
    return CacheNotice(classNames: classNames, sequence: sequence, outbox: outbox)
  }

  /// Runs one statement, compiled once per connection.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
