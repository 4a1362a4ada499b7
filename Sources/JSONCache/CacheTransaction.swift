import GRDB

/// One write transaction: its connection, its sequence number and what it has touched.
final class CacheTransaction {
  let db: Database
  /// The number rows written by this transaction carry.
  let sequence: Int64
  private(set) var classNames: Set<String> = []
  private(set) var outbox = false

  init(_ db: Database) throws {
    self.db = db
    sequence = try CacheTransaction.sequence(db) + 1
  }

  static func sequence(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT sequence FROM clock") ?? 0
  }

  func touch(_ className: String) { classNames.insert(className) }

  func touchOutbox() { outbox = true }

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
