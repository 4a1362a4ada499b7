import ParseCore

/// Reading rows as one caller may.
extension Backend {
  /// Answers `{"results": […]}`, with `count` when asked.
  func find(
    _ className: String, _ request: FindRequest, as caller: Caller
  ) throws(ParseError) -> JSONObject {
    guard schemas[className] != nil || caller.isMaster || options.allowsClassCreation else {
      throw .missingClass(className)
    }
    if options.database == .postgreSQL, let schema = schemas[className] {
      try PostgresRules(schema: schema).check(request.order)
    }
    let rows = try rowsMatching(request.filter, of: className, as: caller)
    var answer: JSONObject = [:]
    if request.limit == 0 {
      answer["results"] = []
    } else {
      let page = try ordered(rows.rows, request, near: rows.predicate)
        .dropFirst(request.skip).prefix(request.limit)
      var results: [JSON] = []
      results.reserveCapacity(page.count)
      for row in page { results.append(.object(try shown(row, request, to: caller))) }
      answer["results"] = .array(results)
    }
    if request.counts { answer["count"] = .integer(rows.rows.count) }
    return answer
  }

  func get(
    _ className: String, _ id: String, _ request: FindRequest, as caller: Caller
  ) throws(ParseError) -> JSONObject {
    guard schemas[className] != nil || caller.isMaster || options.allowsClassCreation else {
      throw .missingClass(className)
    }
    guard let row = try readable(className, id, as: caller) else { throw .notFound }
    return try shown(row, request, to: caller)
  }

  /// The row if class and ACL let the caller read it.
  func readable(
    _ className: String, _ id: String, as caller: Caller
  ) throws(ParseError) -> ParseObject? {
    let grant = try grant("get", of: className, to: caller)
    guard let row = row(className, id), caller.mayRead(row), isGranted(grant, row, caller),
      isOwnSession(row, caller)
    else { return nil }
    return row
  }

  private func grant(
    _ operation: String, of className: String, to caller: Caller
  ) throws(ParseError) -> ClassPermissions.Grant {
    if className == "_Installation", !caller.isMaster, operation == "find" {
      throw .refused(
        119,
        "Clients aren't allowed to perform the find operation on the installation collection.")
    }
    if className == "_Session", !caller.isMaster, caller.userId == nil { throw .invalidSession }
    return try schemas[className]?.permissions.grant(operation, to: caller, on: className) ?? .all
  }

  /// Sessions have no ACL; everyone sees only his own.
  private func isOwnSession(_ row: ParseObject, _ caller: Caller) -> Bool {
    row.className != "_Session" || caller.isMaster || Pointer(row.fields["user"]) == caller.user
  }

  /// All rows of the class the caller may see and the filter wants, in the order they were made.
  func rowsMatching(
    _ filter: JSON, of className: String, as caller: Caller
  ) throws(ParseError) -> (rows: [ParseObject], predicate: QueryPredicate) {
    let grant = try grant("find", of: className, to: caller)
    try refuseProtected(filter, of: className, caller)
    var filter = filter
    if options.database == .postgreSQL, let schema = schemas[className] {
      filter = try PostgresRules(schema: schema).read(filter)
    }
    let predicate = try QueryPredicate(json: filter, className: className, now: options.now())
    let visible = VisibleRows(backend: self, caller: caller)
    let resolved = predicate.resolved(rows: visible)
    let rows =
      tables[className]?.rows.filter { row in
        caller.mayRead(row) && isGranted(grant, row, caller) && isOwnSession(row, caller)
          && resolved.matches(row, rows: visible)
      } ?? []
    return (rows, resolved)
  }

  /// A protected field cannot be asked for (reference/domain.md T8).
  private func refuseProtected(
    _ filter: JSON, of className: String, _ caller: Caller
  ) throws(ParseError) {
    let lost = schemas[className]?.permissions.protectedFields(from: caller) ?? []
    guard !lost.isEmpty, let filter = filter.object else { return }
    for member in filter.members {
      for part in member.value.array ?? [] where member.key.hasPrefix("$") {
        try refuseProtected(part, of: className, caller)
      }
      if lost.contains(rootName(member.key)) {
        throw .refused(
          119, "This user is not allowed to query \(member.key) on class \(className)")
      }
    }
  }

  private func ordered(
    _ rows: [ParseObject], _ request: FindRequest, near: QueryPredicate
  ) throws(ParseError) -> [ParseObject] {
    if request.order.isEmpty && !near.sortsByDistance { return rows }
    return try QueryOrdering(
      request.order, near: near, missingLast: options.database == .postgreSQL, breaksTies: false
    ).sorted(rows)
  }

  /// The row as the caller gets it: without protected fields, with what he included, cut to his
  /// keys.
  func shown(
    _ row: ParseObject, _ request: FindRequest, to caller: Caller
  ) throws(ParseError) -> JSONObject {
    var json = stripped(row, for: caller)
    var paths = request.include
    if request.includesAll { paths += json.keys.filter { isPointer(json[$0]) } }
    for path in paths {
      try expand(&json, path.split(separator: ".").map(String.init)[...], caller)
    }
    if let keys = request.keys { json = json.cut(to: keys) }
    for key in request.excludedKeys where !Self.alwaysShown.contains(key) { json[key] = nil }
    return json
  }

  static let alwaysShown: Set<String> = ["objectId", "createdAt", "updatedAt", "ACL"]

  private func isPointer(_ value: JSON?) -> Bool {
    Pointer(value) != nil || value?.array?.contains { Pointer($0) != nil } == true
  }

  /// The wire form of a row without the fields its reader may not see.
  func stripped(_ row: ParseObject, for caller: Caller) -> JSONObject {
    guard let schema = schemas[row.className] else { return row.json }
    var row = row
    row.fields = row.fields.ordered(schema.names)
    var json = row.json
    for name in schema.names where schema[name]?.type == "Relation" {
      if let target = schema[name]?.targets.first {
        json[name] = ["__type": "Relation", "className": .string(target)]
      }
    }
    if row.className == "_User" {
      json["password"] = nil
      json["authData"] = nil
      if row.objectId == caller.userId { return json }
    }
    if caller.isMaster { return json }
    var lost = schema.permissions.protectedFields(from: caller)
    for rule in schema.permissions.protectedByOwner() {
      if caller.user != nil, Pointer(row.fields[rule.field]) == caller.user {
        lost.formIntersection(rule.lost)
      }
    }
    for field in lost { json[field] = nil }
    return json
  }

  /// Puts the target in place of the pointer. A target that is gone or hidden takes the field with
  /// it; a class the caller may not get at all fails the query (reference/domain.md T3).
  private func expand(
    _ json: inout JSONObject, _ path: ArraySlice<String>, _ caller: Caller
  ) throws(ParseError) {
    guard let name = path.first, let value = json[name] else { return }
    if let list = value.array {
      var expanded: [JSON] = []
      for element in list {
        if Pointer(element) == nil {
          expanded.append(element)
        } else if let element = try target(element, path.dropFirst(), caller) {
          expanded.append(element)
        }
      }
      json[name] = .array(expanded)
    } else if Pointer(value) != nil {
      json[name] = try target(value, path.dropFirst(), caller)
    } else if var object = value.object {
      try expand(&object, path.dropFirst(), caller)
      json[name] = .object(object)
    }
  }

  private func target(
    _ value: JSON, _ rest: ArraySlice<String>, _ caller: Caller
  ) throws(ParseError) -> JSON? {
    guard let pointer = Pointer(value) else { return value }
    var found: JSONObject
    if value["__type"] == "Object", let object = value.object {
      found = object
    } else {
      guard let row = try readable(pointer.className, pointer.objectId, as: caller) else {
        return nil
      }
      found = stripped(row, for: caller)
      found["__type"] = "Object"
      found["className"] = .string(pointer.className)
    }
    if !rest.isEmpty { try expand(&found, rest, caller) }
    return .object(found)
  }
}

/// What subqueries read: rows under the asker's own rights.
struct VisibleRows: QueryRows {
  let backend: Backend
  let caller: Caller

  func rows(_ className: String) -> [ParseObject] {
    backend.tables[className]?.rows.filter { caller.mayRead($0) } ?? []
  }

  func relationMembers(of owner: Pointer, key: String) -> Set<String> {
    let relation = RelationKey(className: owner.className, objectId: owner.objectId, field: key)
    return backend.relations[relation] ?? []
  }
}

extension JSONObject {
  /// The named members first, in that order; an ACL comes last.
  fileprivate func ordered(_ names: [String]) -> JSONObject {
    var ordered = JSONObject()
    for name in names { ordered[name] = self[name] }
    for member in members where member.key != "ACL" { ordered[member.key] = member.value }
    ordered["ACL"] = self["ACL"]
    return ordered
  }

  /// The members a `keys` parameter names; of a dotted name that part of the inner object.
  func cut(to keys: [String]) -> JSONObject {
    var cut: JSONObject = [:]
    for member in members {
      let inner = keys.filter { $0.hasPrefix(member.key + ".") }
        .map { String($0.dropFirst(member.key.count + 1)) }
      if keys.contains(member.key) || Backend.alwaysShown.contains(member.key) {
        cut[member.key] = member.value
      } else if !inner.isEmpty, let object = member.value.object {
        var part = object.cut(to: inner)
        part["__type"] = object["__type"]
        part["className"] = object["className"]
        cut[member.key] = .object(part)
      }
    }
    return cut
  }
}
