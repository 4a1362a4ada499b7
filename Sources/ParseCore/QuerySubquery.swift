/// A constraint by the rows of another query. A limit inside it is ignored, as on the server.
struct QuerySubquery: Sendable {
  let className: String
  let predicate: QueryPredicate
  /// The field whose values count, for `$select`; nil to count the rows themselves.
  private let key: QueryPath?
  private let negated: Bool

  init(_ name: QueryOperator, _ value: JSON, now: ParseDate) throws(ParseError) {
    negated = name == .notInQuery || name == .dontSelect
    let query: JSON?
    if name == .select || name == .dontSelect {
      query = value["query"]
      guard let key = value["key"]?.string, !key.isEmpty, value.object?.count == 2 else {
        throw ParseError.badQuery("improper usage of \(name.rawValue)")
      }
      self.key = QueryPath(key)
    } else {
      query = value
      key = nil
    }
    guard let className = query?["className"]?.string, !className.isEmpty,
      key != nil || query?["where"]?.object != nil
    else { throw ParseError.badQuery("improper usage of \(name.rawValue)") }
    self.className = className
    predicate = try QueryPredicate(
      query?["where"]?.object ?? [:], className: className, now: now)
  }

  /// Runs the subquery; the test that comes back only looks into a set.
  func test(_ rows: any QueryRows) -> QueryTest {
    let found = predicate.filter(rows.rows(className), rows: rows)
    var values: Set<QueryValue> = []
    for row in found {
      if let key {
        for end in key.values(in: row, rows: nil).ends {
          if case .array(let elements) = end {
            values.formUnion(elements.map(QueryValue.init(_:)))
          } else if end != .missing {
            values.insert(end)
          }
        }
      } else if let pointer = row.pointer {
        values.insert(.pointer(pointer))
      }
    }
    let (wanted, negated) = (values, negated)
    return { $0.isIn(wanted) != negated }
  }
}
