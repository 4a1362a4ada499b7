/// The constraint operators of a `where`, by their names on the wire.
///
/// A new operator is one case here and its line in `condition`.
enum QueryOperator: String, CaseIterable, Sendable {
  case equal = "$eq"
  case notEqual = "$ne"
  case less = "$lt"
  case lessOrEqual = "$lte"
  case greater = "$gt"
  case greaterOrEqual = "$gte"
  case isIn = "$in"
  case notIn = "$nin"
  case all = "$all"
  case containedBy = "$containedBy"
  case exists = "$exists"
  case regex = "$regex"
  case options = "$options"
  case text = "$text"
  case inQuery = "$inQuery"
  case notInQuery = "$notInQuery"
  case select = "$select"
  case dontSelect = "$dontSelect"
  case nearSphere = "$nearSphere"
  case maxDistance = "$maxDistance"
  case maxRadians = "$maxDistanceInRadians"
  case maxMiles = "$maxDistanceInMiles"
  case maxKilometers = "$maxDistanceInKilometers"
  case within = "$within"
  case geoWithin = "$geoWithin"
  case geoIntersects = "$geoIntersects"
}

/// What an operator may look at beside its own operand.
struct QueryConstraint {
  let path: QueryPath
  /// All operators on the field, for `$options` and the distances.
  let all: JSONObject
  let now: ParseDate

  var operand: QueryOperand { QueryOperand(path: path, now: now) }
}

extension QueryOperator {
  /// The condition of one operator; nil for one that only modifies another.
  func condition(
    _ value: JSON, _ constraint: QueryConstraint
  ) throws(ParseError) -> QueryCondition? {
    let path = constraint.path
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .field(path, try comparison(value, constraint))
    case .isIn, .notIn, .all, .containedBy:
      return .field(path, try membership(value, constraint))
    case .exists:
      let wanted = value.isTruthy
      return .field(path) { $0.exists == wanted }
    case .regex:
      let regex = try QueryRegex(value, options: constraint.all["$options"])
      return .field(path) { $0.matches(regex) }
    case .text:
      let search = try QueryTextSearch(value)
      return .field(path) { $0.contains(search.holds) }
    case .inQuery, .notInQuery, .select, .dontSelect:
      return .subquery(path, try QuerySubquery(self, value, now: constraint.now))
    case .nearSphere: return try near(value, constraint)
    case .within: return .field(path, try within(value))
    case .geoWithin: return .field(path, try geoWithin(value))
    case .geoIntersects: return .field(path, try geoIntersects(value))
    case .options:
      if constraint.all["$regex"] != nil { return nil }
      throw ParseError(code: 1, message: "$options needs a $regex")
    case .maxDistance, .maxRadians, .maxMiles, .maxKilometers: return nil
    }
  }

  private func comparison(
    _ value: JSON, _ constraint: QueryConstraint
  ) throws(ParseError) -> QueryTest {
    if value["$relativeTime"] != nil, self == .equal || self == .notEqual {
      throw ParseError.badJSON("$relativeTime can only be used with $lt, $lte, $gt and $gte")
    }
    let operand = try constraint.operand.value(value)
    switch self {
    case .equal: return { $0.equals(operand, bareIds: true) }
    case .notEqual: return { !$0.equals(operand, bareIds: true) }
    case .lessOrEqual, .greaterOrEqual:
      if operand == .null { return { $0.holdsNull } }
      let wrong = self == .lessOrEqual ? 1 : -1
      return { values in
        values.contains { $0.compared(to: operand).map { $0 != wrong } ?? false }
      }
    default:
      let right = self == .less ? -1 : 1
      return { values in values.contains { $0.compared(to: operand) == right } }
    }
  }

  private func membership(
    _ value: JSON, _ constraint: QueryConstraint
  ) throws(ParseError) -> QueryTest {
    guard let list = value.array else { throw ParseError.badJSON("bad \(rawValue) value") }
    if self == .all { return try every(list, constraint) }
    var operands: Set<QueryValue> = []
    for item in list {
      for value in item.array ?? [item] { operands.insert(try constraint.operand.value(value)) }
    }
    let wanted = operands
    switch self {
    case .isIn: return { $0.isIn(wanted) }
    case .notIn: return { !$0.isIn(wanted) }
    default: return { $0.hasNoElement(outside: wanted) }
    }
  }

  private func every(
    _ list: [JSON], _ constraint: QueryConstraint
  ) throws(ParseError) -> QueryTest {
    let patterns = list.filter { $0["$regex"] != nil }
    guard patterns.isEmpty || patterns.count == list.count else {
      throw ParseError.badJSON("All $all values must be of regex type or none")
    }
    var regexes: [QueryRegex] = []
    for pattern in patterns {
      regexes.append(try QueryRegex(pattern["$regex"] ?? nil, options: pattern["$options"]))
    }
    var operands: [QueryValue] = []
    if patterns.isEmpty {
      for item in list { operands.append(try constraint.operand.interior(item)) }
    }
    let (wanted, found) = (operands, regexes)
    return { values in
      !list.isEmpty && wanted.allSatisfy { values.equals($0, bareIds: false) }
        && found.allSatisfy { values.matches($0) }
    }
  }
}

extension QueryFieldValues {
  /// Whether no list holds an element outside the set; what is not a list passes, as on the server.
  func hasNoElement(outside wanted: Set<QueryValue>) -> Bool {
    ends.allSatisfy { end in
      guard case .array(let values) = end else { return true }
      return values.allSatisfy { wanted.contains(QueryValue($0)) }
    }
  }

  func matches(_ regex: QueryRegex) -> Bool {
    contains { value in
      if case .text(let text) = value { regex.matches(text.string) } else { false }
    }
  }
}

extension JSON {
  /// JavaScript's truth: all but null, false, 0 and empty text.
  var isTruthy: Bool {
    switch self {
    case .null: false
    case .bool(let value): value
    case .number(let value): value.double != 0
    case .string(let value): !value.isEmpty
    case .array, .object: true
    }
  }
}
