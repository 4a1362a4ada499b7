import GRDB
package import ParseCore

/// What a pin holds.
package struct PinSummary: Sendable, Hashable {
  package let name: String
  /// Rows that are here, those that others point to among them; each once.
  package let count: Int
  /// Bytes of their documents.
  package let bytes: Int
  /// When its first row was pinned, and when its last was, or what its query finds last changed.
  package let first: ParseDate
  package let last: ParseDate
  /// The query that keeps it; nil for rows pinned by hand.
  package let query: Query?
  /// When the server was last asked the query; nil where its class is synced as a whole.
  package let askedAt: ParseDate?
}

/// Pins as in Parse's SDKs (reference/parse.md §3.1 to §3.3), made exact: a row is held by each row
/// that was pinned and each of those that points to it, and is let go when the last of them goes.
extension CacheStore {
  /// The pin without a name.
  package static let defaultPin = "_default"

  /// Pins rows under a name. Pinning a row again keeps its first time and renews what it points to.
  /// - Parameter depth: How many pointers to follow; what they lead to is held by the row.
  package func pin(
    _ pointers: [Pointer], name: String = defaultPin, depth: Int = 0, now: ParseDate
  ) throws(CacheError) {
    try write { try $0.pin(pointers, name: name, depth: depth, byQuery: false, now: now) }
  }

  /// Makes the pin hold these rows and no others, with what they point to. Rows that it holds already
  /// keep their time; when it holds just these nothing is written.
  package func replacePin(
    _ pointers: [Pointer], name: String, depth: Int = 0, now: ParseDate
  ) throws(CacheError) {
    let wanted = Set(pointers)
    guard try read({ db in try PinnedQuery.held(by: name, byQuery: false, db) }) != wanted else {
      return
    }
    try write { transaction in
      let held = try PinnedQuery.held(by: name, byQuery: false, transaction.db)
      try transaction.unpin(Array(held.subtracting(wanted)), name: name)
      try transaction.pin(
        Array(wanted.subtracting(held)), name: name, depth: depth, byQuery: false, now: now)
    }
  }

  /// Lets go of rows and of what they alone hold. Rows of other pins are not touched.
  package func unpin(_ pointers: [Pointer], name: String = defaultPin) throws(CacheError) {
    try write { try $0.unpin(pointers, name: name) }
  }

  /// Takes the whole pin away, its query too.
  /// - Returns: False when there is no such pin.
  @discardableResult
  package func unpinAll(name: String = defaultPin) throws(CacheError) -> Bool {
    try write { transaction in
      var count = 0
      for table in ["pins", "pin_targets", "pin_queries"] {
        try transaction.run("DELETE FROM \(table) WHERE name = ?", [name])
        count += transaction.db.changesCount
      }
      return count > 0
    }
  }

  /// The rows under a name that are here, by class and id. Unknown names hold nothing.
  package func pinned(name: String = defaultPin) throws(CacheError) -> [Pointer] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT className, objectId FROM (
            SELECT className, objectId FROM pins WHERE name = ?1
            UNION SELECT className, objectId FROM pin_targets WHERE name = ?1
          ) JOIN documents USING (className) WHERE id = objectId AND removal = 0
          ORDER BY className, objectId
          """, arguments: [name]
      ).map { Pointer(className: $0[0], objectId: $0[1]) }
    }
  }

  /// Whether the pin names the row itself, not only what leads to it.
  package func isPinned(
    _ pointer: Pointer, name: String = defaultPin
  ) throws(CacheError) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: "SELECT EXISTS (SELECT 1 FROM pins WHERE name = ? AND className = ? AND objectId = ?)",
        arguments: [name, pointer.className, pointer.objectId]) ?? false
    }
  }

  /// How many times a row is held: once by each pin that names it and once by each pinned row that
  /// leads to it. 0 when nothing holds it.
  package func pinCount(_ pointer: Pointer) throws(CacheError) -> Int {
    try read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT (SELECT count(*) FROM pins WHERE className = ?1 AND objectId = ?2)
          + (SELECT count(*) FROM pin_targets WHERE className = ?1 AND objectId = ?2)
          """, arguments: [pointer.className, pointer.objectId]) ?? 0
    }
  }

  /// All pins by name. Costs a look at every pinned row.
  package func pins() throws(CacheError) -> [PinSummary] {
    try readUnmapped { db in
      let queries = Dictionary(
        try PinnedQuery.all(db).map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
      return try Row.fetchAll(db, sql: Self.summary).map {
        PinSummary(
          name: $0[0], count: $0[1], bytes: $0[2], first: ParseDate(milliseconds: $0[3]),
          last: ParseDate(milliseconds: $0[4]), query: queries[$0[0]]?.query,
          askedAt: queries[$0[0]]?.askedAt)
      }
    }
  }

  private static let summary = """
    WITH held AS (
      SELECT name, className, objectId FROM pins
      UNION SELECT name, className, objectId FROM pin_targets
    ), sizes AS (
      SELECT name, count(*) AS rows, sum(length(CAST(document AS BLOB))) AS bytes
      FROM held JOIN documents ON documents.className = held.className AND id = objectId
      WHERE removal = 0 GROUP BY name
    ), times AS (
      SELECT name, min(at) AS first, max(at) AS last FROM (
        SELECT name, pinnedAt AS at FROM pins UNION ALL SELECT name, pinnedAt FROM pin_queries
      ) GROUP BY name
    )
    SELECT name, coalesce(rows, 0), coalesce(bytes, 0), first, last
    FROM times LEFT JOIN sizes USING (name) ORDER BY name
    """
}
