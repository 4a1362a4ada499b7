import GRDB
import ParseCore

/// Reads the rows that match a query from one snapshot of the cache. SQL brings candidates, perhaps
/// in order; the query engine decides which of them match and how they are sorted.
struct QueryReader {
  private let db: Database
  private let query: Query
  private let predicate: QueryPredicate
  private let others: OtherRows?
  private let narrowing: Narrowing

  init(_ query: Query, now: ParseDate, _ db: Database) throws {
    self.db = db
    self.query = query
    let predicate = try QueryPredicate(query.filter, className: query.className, now: now)
    others = try OtherRows(predicate, db)
    self.predicate = others.map(predicate.resolved(rows:)) ?? predicate
    narrowing = Narrowing(query.filter)
  }

  /// The answer: matched, ordered, then `skip` and `limit`.
  func answer() throws -> [ParseObject] {
    let ordering = try QueryOrdering(query.order, near: predicate)
    let rest = ordering.sorted(try firstMatches() ?? matches()).dropFirst(max(0, query.skip))
    return Array(query.limit.map { rest.prefix(max(0, $0)) } ?? rest)
  }

  /// All rows that match, in no order.
  func matches() throws -> [ParseObject] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: "SELECT document FROM documents WHERE \(condition(narrowing.loose))"),
      arguments: arguments)
    var found: [ParseObject] = []
    while let row = try rows.next() {
      if let object = try match(row) { found.append(object) }
    }
    return found
  }

  /// Enough matches to hold the first `skip + limit` of the answer: all odd ones, and the others in
  /// the order of their columns until there are enough and no further one ties. Nil when the query
  /// has no limit or its first key no column.
  private func firstMatches() throws -> [ParseObject]? {
    guard let limit = query.limit, !predicate.sortsByDistance, let order = ColumnOrder(query.order)
    else { return nil }
    let wanted = max(0, limit) + max(0, query.skip)
    var (found, odd) = try oddMatches()
    let places = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT row, \(order.columns.joined(separator: ", ")) FROM documents
          WHERE \(condition(narrowing.strict)) ORDER BY \(order.terms.joined(separator: ", "))
          """), arguments: arguments)
    let document = try db.cachedStatement(sql: "SELECT document FROM documents WHERE row = ?")
    var count = 0
    var last: [DatabaseValue] = []
    while count < wanted || !order.isTotal, let place = try places.next() {
      let values = order.isTotal ? [] : place.databaseValues.dropFirst().map(\.self)
      if count >= wanted, values != last { break }
      guard odd.insert(place[0]).inserted,
        let row = try Row.fetchOne(document, arguments: [place[0] as Int64]),
        let object = try match(row)
      else { continue }
      found.append(object)
      count += 1
      last = values
    }
    return found
  }

  /// The matches among rows whose columns do not tell their place, and the numbers of all such rows.
  private func oddMatches() throws -> ([ParseObject], Set<Int64>) {
    let conditions = narrowing.loose + ["odd IS NOT NULL"]
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT document, row FROM documents INDEXED BY documents_odd
          WHERE \(condition(conditions))
          """), arguments: arguments)
    var found: [ParseObject] = []
    var numbers: Set<Int64> = []
    while let row = try rows.next() {
      numbers.insert(row[1])
      if let object = try match(row) { found.append(object) }
    }
    return (found, numbers)
  }

  /// A partial index is used only where the class stands in the SQL itself.
  private func condition(_ narrowing: [String]) -> String {
    let isKnown = DocumentColumn.indexes.contains { $0.className == query.className }
    let name = isKnown ? ["className = '\(query.className)'"] : []
    return (name + ["className = ?", "removal = 0"] + narrowing).joined(separator: " AND ")
  }

  private var arguments: StatementArguments {
    StatementArguments([query.className] + narrowing.arguments)
  }

  private func match(_ row: Row) throws -> ParseObject? {
    let object = try DocumentCodec.object(className: query.className, bytes: row.bytes(at: 0))
    return predicate.matches(object, rows: others) ? object : nil
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
