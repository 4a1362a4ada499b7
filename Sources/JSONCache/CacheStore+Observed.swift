import GRDB
package import ParseCore

/// A field of a class whose changes are read from the journal.
package struct ObservedField: Sendable, Hashable {
  package let className: String
  package let field: String

  package init(_ className: String, _ field: String) {
    self.className = className
    self.field = field
  }
}

extension CacheStore {
  /// The journal's lines of these fields after a line, oldest first, and the number of its last line
  /// of any field, for the next call.
  package func journal(
    of fields: [ObservedField], after number: Int64, since time: ParseDate
  ) throws(CacheError) -> (lines: [JournalLine], last: Int64) {
    try read { db in
      let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM journal") ?? 0
      guard last > number else { return ([], last) }
      let condition = fields.map { _ in "(className = ? AND field = ?)" }.joined(separator: " OR ")
      let words = fields.flatMap { [$0.className, $0.field] }
      let lines = try CacheStore.lines(
        db, "id > ? AND id <= ? AND at >= ? AND (\(condition))",
        [number, last, time.milliseconds] + StatementArguments(words))
      return (lines, last)
    }
  }
}
