import GRDB
package import ParseCore

/// Small values by key: last screen, snoozes, the signed-in user's id.
extension CacheStore {
  package func savedState(_ key: String) throws(CacheError) -> JSON? {
    try read { db in
      try String.fetchOne(
        db, sql: "SELECT value FROM saved_state WHERE key = ?", arguments: [key]
      ).map { try JSON(text: $0) }
    }
  }

  /// All values whose key starts with `prefix`.
  package func savedStates(prefix: String) throws(CacheError) -> [String: JSON] {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT key, value FROM saved_state WHERE substr(key, 1, length(?1)) = ?1",
        arguments: [prefix])
      return Dictionary(try rows.map { ($0[0], try JSON(text: $0[1])) }) { _, last in last }
    }
  }

  /// Nil forgets the key. Sends no notice.
  package func setSavedState(_ key: String, _ value: JSON?) throws(CacheError) {
    try write { transaction in
      if let value {
        try transaction.save(value, as: key)
      } else {
        try transaction.run("DELETE FROM saved_state WHERE key = ?", [key])
      }
    }
  }
}

extension CacheTransaction {
  func save(_ value: JSON, as key: String) throws {
    try run("INSERT OR REPLACE INTO saved_state VALUES (?, ?)", [key, value.text])
  }
}
