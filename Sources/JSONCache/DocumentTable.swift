import GRDB
package import ParseCore

/// Objects by class and id in the cache's own table engine, for a server that is itself the truth:
/// what is put in is there, no edits wait, nothing is merged.
///
/// One process at a time has a file, and the file bears a mark of its own, so that neither a cache
/// nor another program's database is taken for one.
package struct DocumentTable: Sendable {
  private let store: CacheStore

  /// - Parameter path: The file, made with mode 0600 when missing; nil for memory.
  /// - Throws: `foreignFile` for what is no file of this kind, `locked` while another process has
  ///   it.
  package init(path: String?) throws(CacheError) {
    if let path { try DocumentFile.claim(path) }
    store = try CacheStore(path: path, makeID: { "" })
    guard try store.tryBecomeSyncer() else { throw .locked }
  }

  /// Inserts or overwrites some objects and takes others out, in one transaction that is on the
  /// disk when this returns. Objects without an objectId are passed over.
  package func commit(put: [ParseObject], remove: [Pointer] = []) throws(CacheError) {
    try store.write { transaction in
      for pointer in remove {
        try transaction.run(
          "DELETE FROM documents WHERE className = ? AND id = ?",
          [pointer.className, pointer.objectId])
        transaction.touch(pointer.className)
      }
      for object in put {
        guard let id = object.objectId else { continue }
        let known = try transaction.row(object.className, id)
        try transaction.save(
          DocumentRow(row: known?.row, className: object.className, id: id, server: object))
      }
    }
  }

  /// All objects of a class in the order they were first put.
  package func objects(className: String) throws(CacheError) -> [ParseObject] {
    try store.documents(where: "className = ? ORDER BY row", [className])
      .map { document throws(CacheError) in try document.object() }
  }

  package func classNames() throws(CacheError) -> [String] {
    try store.rowCounts().keys.sorted()
  }

  package func close() throws(CacheError) { try store.close() }
}
