/// One field's constraint, already compiled.
typealias QueryTest = @Sendable (QueryFieldValues) -> Bool

/// The tree of a compiled `where`.
indirect enum QueryCondition: Sendable {
  case all([QueryCondition])
  case any([QueryCondition])
  case none([QueryCondition])
  case field(QueryPath, QueryTest)
  case near(QueryPath, GeoPoint, QueryTest)
  case subquery(QueryPath, QuerySubquery)
  case relatedTo(Pointer, key: String)
  case members(Set<String>)
}

extension QueryCondition {
  func holds(for object: ParseObject, rows: (any QueryRows)?) -> Bool {
    switch self {
    case .all(let parts): return parts.allSatisfy { $0.holds(for: object, rows: rows) }
    case .any(let parts): return parts.contains { $0.holds(for: object, rows: rows) }
    case .none(let parts):
      if rows == nil, needsRows { return false }
      return !parts.contains { $0.holds(for: object, rows: rows) }
    case .field(let path, let test), .near(let path, _, let test):
      return test(path.values(in: object, rows: rows))
    case .members(let ids): return object.objectId.map(ids.contains) ?? false
    case .subquery, .relatedTo:
      guard let rows else { return false }
      return resolved(rows).holds(for: object, rows: rows)
    }
  }

  func resolved(_ rows: any QueryRows) -> QueryCondition {
    switch self {
    case .all(let parts): .all(parts.map { $0.resolved(rows) })
    case .any(let parts): .any(parts.map { $0.resolved(rows) })
    case .none(let parts): .none(parts.map { $0.resolved(rows) })
    case .subquery(let path, let subquery): .field(path, subquery.test(rows))
    case .relatedTo(let owner, let key): .members(rows.relationMembers(of: owner, key: key))
    case .field, .near, .members: self
    }
  }

  var needsRows: Bool {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): parts.contains(where: \.needsRows)
    case .subquery, .relatedTo: true
    case .field, .near, .members: false
    }
  }

  var subqueryClassNames: Set<String> {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts):
      parts.reduce(into: []) { $0.formUnion($1.subqueryClassNames) }
    case .subquery(_, let subquery):
      subquery.predicate.subqueryClassNames.union([subquery.className])
    case .field, .near, .relatedTo, .members: []
    }
  }

  var nearest: (QueryPath, GeoPoint)? {
    switch self {
    case .near(let path, let point, _): return (path, point)
    case .all(let parts):
      for part in parts { if let found = part.nearest { return found } }
      return nil
    default: return nil
    }
  }
}
