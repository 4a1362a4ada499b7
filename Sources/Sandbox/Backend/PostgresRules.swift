import ParseCore

/// Where a Parse Server on PostgreSQL answers otherwise than one on MongoDB, as recorded from 8.2.2
/// (reference/parse.md §3.8). Plans, estimates and the order of rows in a heap are not imitated.
struct PostgresRules {
  let schema: ClassSchema

  private static let given = [
    "objectId": "String", "createdAt": "Date", "updatedAt": "Date", "ACL": "ACL",
  ]
  private static let bounds: Set<String> = ["$gt", "$gte", "$lt", "$lte"]
  private static let known: Set<String> = bounds.union([
    "$ne", "$eq", "$in", "$nin", "$exists", "$all", "$regex", "$options", "$text", "$nearSphere",
    "$maxDistance", "$maxDistanceInKilometers", "$maxDistanceInMiles", "$maxDistanceInRadians",
    "$within", "$geoWithin", "$geoIntersects", "$containedBy", "$inQuery", "$notInQuery",
    "$select", "$dontSelect", "$relativeTime",
  ])

  /// Text may not hold NUL, and a value of an indexed column must fit into a third of a page.
  static let largestIndexedBytes = 2704

  /// The filter as this database takes it.
  /// - Throws: the database's faults: an unknown column, a value of another type than the column's.
  func read(_ filter: JSON) throws(ParseError) -> JSON {
    guard let object = filter.object else { return filter }
    var read: JSONObject = [:]
    for member in object.members {
      if member.key.hasPrefix("$") {
        var branches: [JSON] = []
        for branch in member.value.array ?? [] { branches.append(try self.read(branch)) }
        read[member.key] = member.value.array == nil ? member.value : .array(branches)
      } else if Backend.isFieldName(member.key) {
        let column = try column(member.key)
        read[member.key] = try constraint(member.value, on: column)
      } else {
        read[member.key] = member.value
      }
    }
    return .object(read)
  }

  /// - Throws: the fault of an order that reaches through a pointer.
  func check(_ order: [Query.Order]) throws(ParseError) {
    for part in order where part.field.contains(".") { _ = try column(part.field) }
  }

  /// The column's type; nil inside of a map.
  private func column(_ name: String) throws(ParseError) -> String? {
    let root = rootName(name)
    guard let type = Self.given[root] ?? schema[root]?.type else { throw .sql("42703") }
    if root == name { return type }
    guard type == "Object" || type == "Array" else { throw .sql("42883") }
    return nil
  }

  private func constraint(_ value: JSON, on type: String?) throws(ParseError) -> JSON {
    guard let object = value.object, object["__type"] == nil, !object.members.isEmpty,
      object.members.contains(where: { $0.key.hasPrefix("$") })
    else {
      if type == "Array", value.object == nil, value.array == nil, value != .null {
        throw .sql("42883")
      }
      return try cast(value, to: type)
    }
    guard object.members.allSatisfy({ $0.key.hasPrefix("$") }) else { throw .sql("22P02") }
    var read = object
    for member in object.members {
      switch member.key {
      case let bound where Self.bounds.contains(bound):
        guard member.value != "" else { throw Self.unsupported(value) }
        read[bound] = try cast(member.value, to: type)
      case "$in":
        read["$in"] = member.value.array.map { .array($0.filter { $0 != .null }) } ?? member.value
      case "$nin", "$notInQuery":
        if read["$exists"] == nil { read["$exists"] = true }
      case "$regex":
        guard member.value.string != nil else { throw .internalError }
      case "$options": read["$options"] = options(member.value)
      case "$text": try checkText(member.value)
      case "$maxDistanceInKilometers", "$maxDistanceInMiles": read[member.key] = nil
      case let name where !Self.known.contains(name): throw Self.unsupported(value)
      default: continue
      }
    }
    return .object(read)
  }

  private static func unsupported(_ value: JSON) -> ParseError {
    .refused(119, "Postgres doesn't support this query type yet \(value.text)")
  }

  /// A text for a number column is read as a number; other types do not meet.
  private func cast(_ value: JSON, to type: String?) throws(ParseError) -> JSON {
    switch (type, value) {
    case ("Number"?, .string(let text)):
      guard let number = Double(text) else { throw .sql("22P02") }
      return .number(JSONNumber(number))
    case ("String"?, .number), ("String"?, .bool), ("Number"?, .bool): throw .sql("42883")
    default: return value
    }
  }

  /// `m` and `s` are left out: the whole text is one line.
  private func options(_ value: JSON) -> JSON? {
    guard let letters = value.string, letters.allSatisfy({ "imsx".contains($0) }) else {
      return value
    }
    let kept = letters.filter { $0 != "m" && $0 != "s" }
    return kept.isEmpty ? nil : .string(kept)
  }

  private func checkText(_ value: JSON) throws(ParseError) {
    guard value["$search"]?["$caseSensitive"]?.bool == true else { return }
    throw .refused(
      107,
      "bad $text: $caseSensitive not supported, please use $regex or create a separate lower case "
        + "column.")
  }
}

extension Backend {
  /// - Throws: the fault of a value PostgreSQL cannot store.
  func checkStorable(_ changes: Changes, of className: String) throws(ParseError) {
    guard options.database == .postgreSQL else { return }
    let indexed = Set(
      (schemas[className]?.indexes?.members ?? []).flatMap { $0.value.object?.keys ?? [] })
    for (name, operation) in changes {
      guard case .set(let value) = operation else { continue }
      if value.holdsNul { throw .internalError }
      let size = value.string?.utf8.count ?? 0
      if indexed.contains(name), size > PostgresRules.largestIndexedBytes { throw .internalError }
    }
  }
}

extension JSON {
  fileprivate var holdsNul: Bool {
    switch self {
    case .string(let text): text.utf8.contains(0)
    case .array(let values): values.contains { $0.holdsNul }
    case .object(let object): object.members.contains { $0.value.holdsNul }
    case .null, .bool, .number: false
    }
  }
}
