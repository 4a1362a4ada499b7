import GRDB
package import ParseCore

/// What a pin holds.
package struct PinSummary: Sendable, Hashable {
  package let name: String
  package let count: Int
  /// When the oldest and the newest of its rows were pinned.
  package let first: ParseDate
  package let last: ParseDate
}

extension CacheStore {
  /// The pin without a name, as in Parse's SDKs (reference/parse.md §3.1).
  package static let defaultPin = "_default"

  /// Pins rows under a name. Pinning a row again keeps its first time.
  package func pin(
    _ pointers: [Pointer], name: String = defaultPin, now: ParseDate
  ) throws(CacheError) {
    try write { transaction in
      for pointer in pointers {
        let id = try transaction.row(pointer.className, pointer.objectId)?.id ?? pointer.objectId
        try transaction.run(
          "INSERT OR IGNORE INTO pins VALUES (?, ?, ?, ?)",
          [name, pointer.className, id, now.milliseconds])
        transaction.touch(pointer.className)
      }
    }
  }

  /// Pins what a query finds now and remembers the query, so that it can be asked again.
  /// - Returns: How many rows match.
  @discardableResult
  package func pinQuery(_ query: Query, name: String, now: ParseDate) throws(CacheError) -> Int {
    let found = try self.query(query, now: now)
    try pin(found.compactMap(\.pointer), name: name, now: now)
    try write { transaction in
      try transaction.run(
        "INSERT OR REPLACE INTO pin_queries VALUES (?, ?, ?, ?)",
        [name, query.className, query.savedForm.text, now.milliseconds])
    }
    return found.count
  }

  /// The query a pin was made by.
  package func pinnedQuery(name: String) throws(CacheError) -> Query? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT className, query FROM pin_queries WHERE name = ?", arguments: [name])
      return try row.flatMap { row in
        try JSON(text: row[1]).object.map { Query(className: row[0], savedForm: $0) }
      }
    }
  }

  package func unpin(_ pointers: [Pointer], name: String = defaultPin) throws(CacheError) {
    try write { transaction in
      for pointer in pointers {
        try transaction.run(
          "DELETE FROM pins WHERE name = ? AND className = ? AND objectId = ?",
          [name, pointer.className, pointer.objectId])
        transaction.touch(pointer.className)
      }
    }
  }

  /// Takes the whole pin away, its query too.
  package func unpinAll(name: String = defaultPin) throws(CacheError) {
    let pinned = try pinned(name: name)
    try unpin(pinned, name: name)
    try write { try $0.run("DELETE FROM pin_queries WHERE name = ?", [name]) }
  }

  /// The rows under a name, in the order of class and id. Unknown names hold nothing.
  package func pinned(name: String = defaultPin) throws(CacheError) -> [Pointer] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT className, objectId FROM pins WHERE name = ?", arguments: [name]
      ).map { Pointer(className: $0[0], objectId: $0[1]) }
    }
  }

  package func pins() throws(CacheError) -> [PinSummary] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT name, count(*), min(pinnedAt), max(pinnedAt) FROM pins GROUP BY name ORDER BY name
          """
      ).map {
        PinSummary(
          name: $0[0], count: $0[1], first: ParseDate(milliseconds: $0[2]),
          last: ParseDate(milliseconds: $0[3]))
      }
    }
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
