import ParseCore

/// `/schemas` and `/purge`, for the master key only.
extension Backend {
  mutating func schemaRoute(_ call: Call) throws(ParseError) -> Answer? {
    guard call.caller.isMaster else { throw .masterKeyRequired }
    guard call.path.count > 1 else {
      guard call.method == "GET" else { return nil }
      let all = schemas.keys.sorted().compactMap { schemas[$0]?.json }
      return Answer(["results": .array(all)])
    }
    let name = call.path[1]
    switch call.method {
    case "GET":
      guard let schema = schemas[name] else {
        throw .refused(103, "Class \(name) does not exist.")
      }
      return Answer(schema.json)
    case "POST", "PUT":
      try checkClassName(name, body: call.body)
      return Answer(try change(name, call))
    case "DELETE":
      let count = tables[name]?.count ?? 0
      guard count == 0 else {
        throw .refused(
          255, "Class \(name) is not empty, contains \(count) objects, cannot drop schema.")
      }
      schemas[name] = nil
      return Answer([:])
    default: return nil
    }
  }

  private func checkClassName(_ name: String, body: JSONObject) throws(ParseError) {
    if let other = body["className"]?.string, other != name {
      throw .refused(103, "Class name mismatch between \(other) and \(name).")
    }
    guard name.hasPrefix("_") || (Self.isFieldName(name) && !name.contains(".")) else {
      throw .refused(
        103,
        "Invalid classname: \(name), classnames can only have alphanumeric characters and _, "
          + "and must start with an alpha character ")
    }
  }

  private mutating func change(_ name: String, _ call: Call) throws(ParseError) -> JSON {
    if call.method == "POST", schemas[name] != nil, !name.hasPrefix("_") {
      throw .refused(103, "Class \(name) already exists.")
    }
    if call.method == "PUT", schemas[name] == nil {
      throw .refused(103, "Class \(name) does not exist.")
    }
    var schema = schemas[name] ?? ClassSchema(className: name)
    for member in call.body["fields"]?.object?.members ?? [] {
      if member.value["__op"] == "Delete" {
        guard schema[member.key] != nil else {
          throw .refused(255, "Field \(member.key) does not exist, cannot delete.")
        }
        schema.remove(member.key)
        for var row in tables[name]?.rows.map({ $0 }) ?? [] {
          row.fields[member.key] = nil
          store(row)
        }
      } else {
        schema.set(try ClassSchema.field(member.value), for: member.key)
      }
    }
    if let permissions = call.body["classLevelPermissions"]?.object {
      schema.permissions = ClassPermissions(permissions)
    }
    schema.addIndexes(call.body["indexes"]?.object)
    schemas[name] = schema
    return schema.json
  }

  mutating func purge(_ call: Call) throws(ParseError) -> Answer? {
    guard call.caller.isMaster else { throw .masterKeyRequired }
    guard call.path.count == 2, call.method == "DELETE" else { return nil }
    for row in tables[call.path[1]]?.rows.map({ $0 }) ?? [] { remove(row) }
    return Answer([:])
  }
}
