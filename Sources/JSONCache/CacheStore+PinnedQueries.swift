import GRDB
package import ParseCore

/// A query by which a pin is kept, and how far the server was asked for it.
package struct PinnedQuery: Sendable, Hashable {
  package let name: String
  package let query: Query
  /// How many pointers the pin follows.
  package let depth: Int
  /// The latest `updatedAt` that the query itself brought; nil before the first answer, and where the
  /// class is synced as a whole.
  package var lastUpdatedAt: ParseDate?
  /// When the last answer came, by this machine's clock.
  package var askedAt: ParseDate?
  /// When the rows were last compared with the server's.
  package var walkedAt: ParseDate?

  package init(
    name: String, query: Query, depth: Int = 0, lastUpdatedAt: ParseDate? = nil,
    askedAt: ParseDate? = nil, walkedAt: ParseDate? = nil
  ) {
    self.name = name
    self.query = query
    self.depth = depth
    self.lastUpdatedAt = lastUpdatedAt
    self.askedAt = askedAt
    self.walkedAt = walkedAt
  }

  /// Whether a change of rows of these classes can change what the query finds. One with subqueries
  /// depends on other classes and is always asked.
  func depends(on classNames: Set<String>) -> Bool {
    classNames.contains(query.className) || query.filter.text.contains("\"className\"")
  }
}

extension CacheStore {
  /// Pins what a query finds and remembers the query, by which `refreshPins` keeps the pin. One
  /// transaction, so an interruption leaves the pin as it was.
  /// - Returns: How many rows match.
  @discardableResult
  package func pinQuery(
    _ query: Query, name: String, depth: Int = 0, now: ParseDate
  ) throws(CacheError) -> Int {
    try write { transaction in
      try transaction.run(
        """
        INSERT OR REPLACE INTO pin_queries (name, className, query, pinnedAt, depth)
        VALUES (?, ?, ?, ?, ?)
        """,
        [name, query.className, query.savedForm.text, now.milliseconds, depth])
      return try transaction.refreshPin(name, query, depth: depth, now: now)
    }
  }

  /// Asks the queries of pins over these classes again: new matches come in, others go, rows pinned
  /// by hand stay. Writes nothing when those that follow no pointers find what they found before.
  package func refreshPins(of classNames: Set<String>, now: ParseDate) throws(CacheError) {
    let stale = try read { db in
      try PinnedQuery.all(db).filter { try $0.depends(on: classNames) && $0.isStale(db, now) }
    }
    guard !stale.isEmpty else { return }
    try write { transaction in
      for pin in try PinnedQuery.all(transaction.db)
      where stale.contains(where: { $0.name == pin.name }) {
        try transaction.refreshPin(pin.name, pin.query, depth: pin.depth, now: now)
        try transaction.run(
          "UPDATE pin_queries SET pinnedAt = ? WHERE name = ?", [now.milliseconds, pin.name])
      }
    }
  }

  /// The query a pin was made by.
  package func pinnedQuery(name: String) throws(CacheError) -> Query? {
    try pinnedQueries().first { $0.name == name }?.query
  }

  /// All pinned queries by name.
  package func pinnedQueries() throws(CacheError) -> [PinnedQuery] {
    try read { db in try PinnedQuery.all(db) }
  }

  /// Notes how far the server was asked, unless the pin has another query by now.
  package func setPinMark(_ pin: PinnedQuery) throws(CacheError) {
    try write { transaction in
      try transaction.run(
        """
        UPDATE pin_queries SET lastUpdatedAt = ?, askedAt = ?, walkedAt = ?
        WHERE name = ? AND className = ? AND query = ?
        """,
        [
          pin.lastUpdatedAt?.iso, pin.askedAt?.milliseconds, pin.walkedAt?.milliseconds, pin.name,
          pin.query.className, pin.query.savedForm.text,
        ])
    }
  }

  /// The ids of what the pin's query finds here now, and what its rows point to that is not here.
  package func contents(
    of pin: PinnedQuery, now: ParseDate
  ) throws(CacheError) -> (rows: Set<String>, missing: [Pointer]) {
    try read { db in
      let rows = try QueryReader(pin.query, now: now, db).answer()
      let missing = try Row.fetchAll(
        db,
        sql: """
          SELECT DISTINCT className, objectId FROM pin_targets WHERE name = ? AND NOT EXISTS (
          SELECT 1 FROM documents WHERE documents.className = pin_targets.className
          AND documents.id = pin_targets.objectId)
          """, arguments: [pin.name]
      ).map { Pointer(className: $0[0], objectId: $0[1]) }
      return (Set(rows.compactMap(\.objectId)), missing)
    }
  }
}

extension PinnedQuery {
  static func all(_ db: Database) throws -> [PinnedQuery] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT name, className, query, depth, lastUpdatedAt, askedAt, walkedAt FROM pin_queries
        ORDER BY name
        """
    ).compactMap { row in
      guard let form = try JSON(text: row[2]).object else { return nil }
      return PinnedQuery(
        name: row[0], query: Query(className: row[1], savedForm: form), depth: row[3],
        lastUpdatedAt: (row[4] as String?).flatMap(ParseDate.init(iso:)),
        askedAt: (row[5] as Int64?).map(ParseDate.init(milliseconds:)),
        walkedAt: (row[6] as Int64?).map(ParseDate.init(milliseconds:)))
    }
  }

  /// Whether the pin's rows are others than the query finds now, or may point to others.
  fileprivate func isStale(_ db: Database, _ now: ParseDate) throws -> Bool {
    if depth > 0 { return true }
    let matches = Set(try QueryReader(query, now: now, db).answer().compactMap(\.pointer))
    let byHand = try Self.held(by: name, byQuery: false, db)
    return try Self.held(by: name, byQuery: true, db) != matches.subtracting(byHand)
  }

  /// The rows a pin names itself.
  static func held(by name: String, byQuery: Bool, _ db: Database) throws -> Set<Pointer> {
    let rows = try Row.fetchAll(
      db, sql: "SELECT className, objectId FROM pins WHERE name = ? AND byQuery = ?",
      arguments: [name, byQuery])
    return Set(rows.map { Pointer(className: $0[0], objectId: $0[1]) })
  }
}

extension Query {
  fileprivate var savedForm: JSONObject {
    var form: JSONObject = ["where": .object(filter)]
    if !order.isEmpty { form["order"] = .string(order.map(\.text).joined(separator: ",")) }
    if let limit { form["limit"] = .integer(limit) }
    if skip > 0 { form["skip"] = .integer(skip) }
    return form
  }

  fileprivate init(className: String, savedForm: JSONObject) {
    self.init(
      className, where: savedForm["where"]?.object ?? [:],
      order: Query.Order.list(savedForm["order"]?.string ?? ""), limit: savedForm["limit"]?.int,
      skip: savedForm["skip"]?.int ?? 0)
  }
}
