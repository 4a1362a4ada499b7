import ParseCore

/// The stages of `/aggregate` that dashboards use, in MongoDB's own words: `$match`, `$group` with
/// `$sum`, `$avg`, `$min` and `$max`, `$sort`, `$skip`, `$limit`, `$count`, `$project`
/// (mongodb.com/docs/manual/reference/operator/aggregation-pipeline).
struct Aggregation: Sendable {
  private enum Stage: Sendable {
    case match(JSON)
    case group(key: JSON, fields: [(name: String, fold: Fold)])
    case sort([(key: String, isDescending: Bool)])
    case skip(Int)
    case limit(Int)
    case count(String)
    case project([String])
  }

  /// One accumulator over one operand: a constant or `$field`.
  private struct Fold: Sendable {
    enum Kind: String { case sum = "$sum", average = "$avg", least = "$min", greatest = "$max" }

    let kind: Kind
    let operand: JSON
  }

  private let stages: [Stage]

  /// - Parameter json: a list of stages, or one object that holds them.
  /// - Throws: 102 for a stage this server does not know.
  init(_ json: JSON) throws(ParseError) {
    var stages: [Stage] = []
    for part in json.array ?? [json] {
      for member in part.object?.members ?? [] {
        stages.append(try Self.stage(member.key, member.value))
      }
    }
    self.stages = stages
  }

  private static func stage(_ name: String, _ value: JSON) throws(ParseError) -> Stage {
    switch name {
    case "$match": return .match(value)
    case "$group": return try group(value)
    case "$sort":
      return .sort((value.object?.members ?? []).map { ($0.key, $0.value.int == -1) })
    case "$skip": return .skip(try number(value, name))
    case "$limit": return .limit(try number(value, name))
    case "$count": return .count(value.string ?? "count")
    case "$project":
      let members = value.object?.members ?? []
      return .project(members.filter { $0.value.int == 1 || $0.value == true }.map(\.key))
    default: throw .refused(102, "Unrecognized pipeline stage name: '\(name)'")
    }
  }

  private static func number(_ value: JSON, _ name: String) throws(ParseError) -> Int {
    guard let number = value.int, number >= 0 else {
      throw .refused(102, "invalid argument to \(name) stage")
    }
    return number
  }

  private static func group(_ value: JSON) throws(ParseError) -> Stage {
    guard let object = value.object, let key = object["_id"] else {
      throw .refused(102, "a group specification must include an _id")
    }
    var fields: [(name: String, fold: Fold)] = []
    for member in object.members where member.key != "_id" {
      guard let operation = member.value.object?.members.first,
        let kind = Fold.Kind(rawValue: operation.key)
      else { throw .refused(102, "unknown group operator of '\(member.key)'") }
      fields.append((member.key, Fold(kind: kind, operand: operation.value)))
    }
    return .group(key: key, fields: fields)
  }

  /// MongoDB's names of the columns that Parse calls otherwise.
  private static func column(_ name: String) -> String {
    switch name {
    case "_id": "objectId"
    case "_created_at": "createdAt"
    case "_updated_at": "updatedAt"
    default: name
    }
  }
}

extension Aggregation {
  func results(
    _ rows: [ParseObject], className: String, now: ParseDate
  ) throws(ParseError) -> [JSON] {
    var rows = rows
    var isGrouped = false
    for stage in stages {
      switch stage {
      case .match(let filter):
        let predicate = try QueryPredicate(json: filter, className: className, now: now)
        rows = rows.filter { predicate.matches($0) }
      case .group(let key, let fields):
        rows = Self.grouped(rows, key, fields, className)
        isGrouped = true
      case .sort(let keys):
        let order = keys.map {
          Query.Order(isGrouped ? $0.key : Self.column($0.key), descending: $0.isDescending)
        }
        let everything = try QueryPredicate([:], className: className, now: now)
        rows = try QueryOrdering(order, near: everything).sorted(rows)
      case .skip(let count): rows = Array(rows.dropFirst(count))
      case .limit(let count): rows = Array(rows.prefix(count))
      case .count(let name):
        rows = [ParseObject(className: className, fields: [name: .integer(rows.count)])]
      case .project(let names):
        for index in rows.indices {
          rows[index].fields = JSONObject(
            rows[index].fields.members.filter { names.contains($0.key) || $0.key == "_id" })
        }
      }
    }
    return rows.map { row in
      // A group's key comes as `objectId`, whatever its type.
      .object(JSONObject(row.json.members.map { $0.key == "_id" ? $0.named("objectId") : $0 }))
    }
  }

  /// Groups in the order their keys are first met.
  private static func grouped(
    _ rows: [ParseObject], _ key: JSON, _ fields: [(name: String, fold: Fold)], _ className: String
  ) -> [ParseObject] {
    var order: [JSON] = []
    var members: [JSON: [ParseObject]] = [:]
    for row in rows {
      let value = value(key, of: row) ?? .null
      if members[value] == nil { order.append(value) }
      members[value, default: []].append(row)
    }
    return order.map { value in
      let rows = members[value] ?? []
      var answer: JSONObject = ["_id": value]
      for field in fields { answer[field.name] = folded(rows, field.fold) }
      return ParseObject(className: className, fields: answer)
    }
  }

  /// A constant, or what `$field` or `$field.part` names.
  private static func value(_ expression: JSON, of row: ParseObject) -> JSON? {
    guard let text = expression.string, text.hasPrefix("$") else { return expression }
    let parts = text.dropFirst().split(separator: ".").map(String.init)
    guard let name = parts.first else { return nil }
    var value = row[column(name)]
    for part in parts.dropFirst() { value = value?[part] }
    return value
  }

  private static func folded(_ rows: [ParseObject], _ fold: Fold) -> JSON {
    let values = rows.compactMap { value(fold.operand, of: $0) }
    let numbers = values.compactMap(\.double)
    switch fold.kind {
    case .sum: return .number(JSONNumber(numbers.reduce(0, +)))
    case .average:
      if numbers.isEmpty { return .null }
      return .number(JSONNumber(numbers.reduce(0, +) / Double(numbers.count)))
    case .least, .greatest:
      if numbers.count == values.count {
        let end = fold.kind == .least ? numbers.min() : numbers.max()
        return end.map { .number(JSONNumber($0)) } ?? .null
      }
      let texts = values.compactMap { $0["iso"]?.string ?? $0.string }
      let end = fold.kind == .least ? texts.min() : texts.max()
      return end.map(JSON.string) ?? .null
    }
  }
}

extension JSONObject.Member {
  fileprivate func named(_ key: String) -> JSONObject.Member {
    JSONObject.Member(key: key, value: value)
  }
}

extension Backend {
  /// `GET /aggregate/<Class>?pipeline=[…]` or `?distinct=field`.
  func aggregate(_ call: Call) throws(ParseError) -> Answer? {
    guard call.caller.isMaster else { throw .masterKeyRequired }
    guard call.method == "GET", call.path.count == 2 else { return nil }
    let className = call.path[1]
    let rows = tables[className].map { Array($0.rows) } ?? []
    if let field = call.body["distinct"]?.string {
      var seen: Set<JSON> = []
      let values = rows.compactMap { $0[field] }.filter { seen.insert($0).inserted }
      return Answer(["results": .array(values)])
    }
    guard let text = call.body["pipeline"] else {
      throw .refused(102, "Invalid parameter for query: pipeline")
    }
    guard let pipeline = text.string.map({ try? JSON(text: $0) }) ?? text else {
      throw .refused(107, "pipeline is not JSON")
    }
    let results = try Aggregation(pipeline)
      .results(rows, className: className, now: options.now())
    return Answer(["results": .array(results)])
  }
}
