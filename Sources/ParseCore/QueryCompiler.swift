/// Turns a `where` into conditions, refusing what the server refuses, in the server's order: lists
/// first, then names, then each constraint.
struct QueryCompiler {
  let now: ParseDate

  func compile(_ filter: JSONObject) throws(ParseError) -> QueryCondition {
    try checkLists(filter)
    try checkNames(filter)
    return try condition(filter)
  }

  /// The server walks `$or` and `$and` before it has checked them, so a wrong type is its own fault
  /// and answers as an internal error.
  private func checkLists(_ filter: JSONObject) throws(ParseError) {
    for name in ["$or", "$and"] {
      guard let list = filter[name] else { continue }
      guard let branches = list.array else {
        throw ParseError(code: 1, message: "\(name) is not a list")
      }
      for case .object(let branch) in branches { try checkLists(branch) }
    }
  }

  private func checkNames(_ filter: JSONObject) throws(ParseError) {
    if filter["ACL"] != nil { throw ParseError.badQuery("Cannot query on ACL.") }
    let joined = filter["$or"] != nil || filter["$and"] != nil
    for member in filter.members {
      if let word = QueryLogic(rawValue: member.key) {
        try checkBranches(member.value, of: word)
      } else if member.key == "$relatedTo", !joined {
        continue
      } else if !QueryPath.isValid(member.key) {
        throw ParseError(code: 105, message: "Invalid key name: \(member.key)")
      }
      if member.value["$regex"] != nil, let options = member.value["$options"]?.string,
        !QueryRegex.areOptions(options)
      {
        throw ParseError.badQuery("Bad $options value for query: \(options)")
      }
    }
  }

  private func checkBranches(_ list: JSON, of word: QueryLogic) throws(ParseError) {
    guard let branches = list.array, word != .nor || !branches.isEmpty else {
      throw ParseError.badQuery("Bad \(word.rawValue) format - use an array value.")
    }
    for branch in branches {
      guard let branch = branch.object else {
        throw ParseError.badQuery("Bad \(word.rawValue) format - use an array of objects.")
      }
      try checkNames(branch)
    }
  }

  private func condition(_ filter: JSONObject) throws(ParseError) -> QueryCondition {
    var parts: [QueryCondition] = []
    for member in filter.members {
      if let word = QueryLogic(rawValue: member.key) {
        var branches: [QueryCondition] = []
        for case .object(let branch) in member.value.array ?? [] {
          branches.append(try condition(branch))
        }
        parts.append(word.condition(branches))
      } else if member.key == "$relatedTo" {
        parts.append(try relatedTo(member.value))
      } else {
        parts += try constraints(member.value, on: QueryPath(member.key))
      }
    }
    if parts.count == 1, let only = parts.first { return only }
    return .all(parts)
  }

  private func relatedTo(_ value: JSON) throws(ParseError) -> QueryCondition {
    guard let owner = Pointer(value["object"]), let key = value["key"]?.string else {
      throw ParseError.badQuery("improper usage of $relatedTo")
    }
    return .relatedTo(owner, key: key)
  }

  /// A value is operators only when no name in it lacks the `$`, as on the server.
  private func constraints(
    _ value: JSON, on path: QueryPath
  ) throws(ParseError) -> [QueryCondition] {
    // No operators at all: the server then looks for an empty map.
    if value == .object([:]) { return [.field(path) { $0.equals(.other(value), bareIds: false) }] }
    guard let object = value.object,
      object.members.allSatisfy({ $0.key.utf8.first == UInt8(ascii: "$") })
    else {
      let operand = try QueryOperand(path: path, now: now).literal(value)
      return [.field(path) { $0.equals(operand, bareIds: false) }]
    }
    var conditions: [QueryCondition] = []
    let constraint = QueryConstraint(path: path, all: object, now: now)
    for member in object.members {
      guard let name = QueryOperator(rawValue: member.key) else {
        throw ParseError.badJSON("bad constraint: \(member.key)")
      }
      if let condition = try name.condition(member.value, constraint) {
        conditions.append(condition)
      }
    }
    return conditions
  }
}

/// The words that join whole filters.
enum QueryLogic: String, CaseIterable {
  case or = "$or"
  case and = "$and"
  case nor = "$nor"

  func condition(_ branches: [QueryCondition]) -> QueryCondition {
    switch self {
    case .or: .any(branches)
    case .and: .all(branches)
    case .nor: .none(branches)
    }
  }
}
