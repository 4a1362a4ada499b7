/// The `where` of a query, compiled once and asked of many objects.
///
/// Answers as REST find on Parse Server with MongoDB does (reference/parse.md §3.8): text is
/// compared by its UTF-8 bytes, pointers by class and id, dates by the millisecond, and a
/// constraint on an array holds when an element meets it.
package struct QueryPredicate: Sendable {
  /// Objects of another class never match; nil asks about any.
  package let className: String?
  let condition: QueryCondition

  /// - Parameters:
  ///   - className: the class asked; objects of another one then never match.
  ///   - now: the instant that `$relativeTime` counts from.
  /// - Throws: the code the server would answer: 102, 105, 107 or 1. An operator that cannot be
  ///   done here is a 107 that names it.
  package init(
    _ filter: JSONObject, className: String? = nil, now: ParseDate
  ) throws(ParseError) {
    self.className = className
    condition = try QueryCompiler(now: now).compile(filter)
  }

  /// Takes what came over the wire; anything but an object is an error as on the server.
  package init(
    json: JSON, className: String? = nil, now: ParseDate
  ) throws(ParseError) {
    switch json {
    case .object(let filter):
      try self.init(filter, className: className, now: now)
    case .array(let values) where !values.isEmpty:
      throw ParseError(code: 105, message: "Invalid key name: 0")
    default: throw ParseError.badJSON("where is not an object")
    }
  }

  private init(_ condition: QueryCondition, className: String?) {
    self.condition = condition
    self.className = className
  }

  /// Whether the object belongs to the answer.
  ///
  /// With subqueries and many objects ask `resolved(rows:)` first, which runs each of them once.
  /// - Parameter rows: the other rows that `$inQuery`, `$notInQuery`, `$select`, `$dontSelect`,
  ///   `$relatedTo` and constraints on relations read. Without them such a constraint, and its
  ///   negation too, holds for no object, because nothing is known.
  package func matches(_ object: ParseObject, rows: (any QueryRows)? = nil) -> Bool {
    if let className, object.className != className { return false }
    return condition.holds(for: object, rows: rows)
  }

  /// The same predicate with each subquery replaced by what it finds now.
  /// - Complexity: O(rows of the classes asked) for each subquery.
  package func resolved(rows: any QueryRows) -> QueryPredicate {
    needsRows ? QueryPredicate(condition.resolved(rows), className: className) : self
  }

  /// The objects that match, in their order; each subquery runs once.
  package func filter(_ objects: [ParseObject], rows: (any QueryRows)? = nil) -> [ParseObject] {
    let predicate = rows.map(resolved(rows:)) ?? self
    return objects.filter { predicate.matches($0, rows: rows) }
  }

  /// Whether a subquery or `$relatedTo` has still to be resolved. Constraints on relation fields
  /// are not counted: each object has its own members, so `matches` always needs the rows for them.
  package var needsRows: Bool { condition.needsRows }

  /// The classes whose rows the subqueries read.
  package var subqueryClassNames: Set<String> { condition.subqueryClassNames }

  /// The angle in radians to the point of `$nearSphere`, by which the server sorts before all keys.
  /// Nil without that operator or without a place.
  package func distance(of object: ParseObject) -> Double? {
    guard let (path, point) = condition.nearest else { return nil }
    return path.values(in: object, rows: nil).points.map { $0.angle(to: point) }.min()
  }

  package var sortsByDistance: Bool { condition.nearest != nil }
}

/// The rows beside the one asked about, for the operators that look at other objects.
package protocol QueryRows: Sendable {
  /// All rows of a class that the asker may read.
  func rows(_ className: String) -> [ParseObject]

  /// The objectIds of the members of a relation field.
  func relationMembers(of owner: Pointer, key: String) -> Set<String>
}
