import GRDB
package import ParseCore

/// Objects by class and id in the cache's own table engine, for a server that is itself the truth:
/// what is put in is there, no edits wait, nothing is merged.
package struct DocumentTable: Sendable {
  private let store: CacheStore

  /// - Parameter path: The file, made with mode 0600 when missing; nil for memory.
  package init(path: String?) throws(CacheError) {
    store = try CacheStore(path: path, makeID: { "" })
  }

  /// Inserts or overwrites in one transaction. Objects without an objectId are passed over.
  package func put(_ objects: [ParseObject]) throws(CacheError) {
    try store.write { transaction in
      for object in objects {
        guard let id = object.objectId else { continue }
        let known = try transaction.row(object.className, id)
        try transaction.save(
          DocumentRow(row: known?.row, className: object.className, id: id, server: object))
      }
    }
  }

  package func remove(className: String, ids: [String]) throws(CacheError) {
    try store.write { transaction in
      for id in ids {
        try transaction.run(
          "DELETE FROM documents WHERE className = ? AND id = ?", [className, id])
        transaction.touch(className)
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

  package func value(_ key: String) throws(CacheError) -> JSON? { try store.savedState(key) }

  package func setValue(_ key: String, _ value: JSON?) throws(CacheError) {
    try store.setSavedState(key, value)
  }

  package func close() throws(CacheError) { try store.close() }
}
