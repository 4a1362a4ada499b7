import GRDB

extension CacheStore {
  /// Gives the present rows of a class one after another, in no particular order: all at once they
  /// would take as much memory as the file.
  package func forEachDocument(
    className: String, _ body: (CachedDocument) throws(CacheError) -> Void
  ) throws(CacheError) {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "\(CachedDocument.selection) WHERE className = ? AND removal = 0")
      let rows = try Row.fetchCursor(statement, arguments: [className])
      while let row = try rows.next() { try body(try CachedDocument(row)) }
    }
  }

  /// Lets go of the readers and the pages they hold, after much was read at once.
  package func releaseReaders() {
    (writer as? DatabasePool)?.releaseMemoryEventually()
  }
}
