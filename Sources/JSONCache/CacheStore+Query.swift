import GRDB
package import ParseCore

extension CacheStore {
  /// The rows a find on the server would give, from the cache: matched, ordered (with `objectId`
  /// last), then `skip` and `limit`. Without a limit all of them come. `include` and `keys` are not
  /// done here.
  /// - Parameter now: The instant `$relativeTime` counts from.
  /// - Throws: `badQuery` for what the engine cannot answer exactly.
  /// - Complexity: O(candidates) decoded, where candidates are what the indexes leave.
  package func query(_ query: Query, now: ParseDate) throws(CacheError) -> [ParseObject] {
    let matches = try self.matches(query, now: now)
    do {
      let predicate = try QueryPredicate(query.filter, className: query.className, now: now)
      let sorted = try QueryOrdering(query.order, near: predicate).sorted(matches)
      let rest = sorted.dropFirst(max(0, query.skip))
      return Array(query.limit.map { rest.prefix(max(0, $0)) } ?? rest)
    } catch {
      throw CacheError(error, className: query.className)
    }
  }

  /// How many rows match, whatever the limit.
  package func count(_ query: Query, now: ParseDate) throws(CacheError) -> Int {
    try matches(query, now: now).count
  }

  private func matches(_ query: Query, now: ParseDate) throws(CacheError) -> [ParseObject] {
    let narrowing = Narrowing(query.filter)
    return try read { db in
      let predicate = try QueryPredicate(query.filter, className: query.className, now: now)
      let others = try OtherRows(predicate, db)
      let resolved = others.map(predicate.resolved(rows:)) ?? predicate
      let isKnown = DocumentColumn.indexes.contains { $0.className == query.className }
      // A partial index is used only where the class stands in the SQL itself.
      let classCondition = isKnown ? ["className = '\(query.className)'"] : []
      let conditions = classCondition + ["className = ?", "removal = 0"] + narrowing.conditions
      let condition = conditions.joined(separator: " AND ")
      let arguments = StatementArguments([query.className] + narrowing.arguments)
      let rows = try Row.fetchCursor(
        db, sql: "SELECT document FROM documents WHERE \(condition)", arguments: arguments)
      var found: [ParseObject] = []
      while let row = try rows.next() {
        let object = try DocumentCodec.object(className: query.className, text: row[0])
        if resolved.matches(object, rows: others) { found.append(object) }
      }
      return found
    }
  }
}

/// The rows that subqueries read, taken in the same snapshot. Members of relations are not cached.
private struct OtherRows: QueryRows {
  private let classes: [String: [ParseObject]]

  /// Nil when the predicate asks for no other rows.
  init?(_ predicate: QueryPredicate, _ db: Database) throws {
    guard predicate.needsRows else { return nil }
    var classes: [String: [ParseObject]] = [:]
    for name in predicate.subqueryClassNames {
      let texts = try String.fetchAll(
        db, sql: "SELECT document FROM documents WHERE className = ? AND removal = 0",
        arguments: [name])
      classes[name] = try texts.map { try DocumentCodec.object(className: name, text: $0) }
    }
    self.classes = classes
  }

  func rows(_ className: String) -> [ParseObject] { classes[className] ?? [] }

  func relationMembers(of owner: Pointer, key: String) -> Set<String> { [] }
}
