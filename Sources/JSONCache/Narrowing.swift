import GRDB
import ParseCore

/// A condition in SQL that every matching row meets. Rows that meet it may still not match: the
/// query engine decides (product.md D4). What cannot be narrowed safely adds nothing.
struct Narrowing {
  /// One condition; of a column it holds for values of the column's own type only.
  private struct Part {
    let condition: String
    let column: DocumentColumn?
    let arguments: [any DatabaseValueConvertible]
  }

  private var parts: [Part] = []

  /// For rows whose columns say all: nothing odd among them (`DocumentColumn.oddity`).
  var strict: [String] { parts.map(\.condition) }

  /// For all rows: what a column cannot tell passes.
  var loose: [String] {
    parts.map { part in
      guard let column = part.column else { return part.condition }
      return "(\(part.condition) OR \(column.name) = \(DocumentColumn.other))"
    }
  }

  var arguments: [any DatabaseValueConvertible] { parts.flatMap(\.arguments) }

  init(_ filter: JSONObject) {
    for member in filter.members {
      switch member.key {
      case "objectId": narrowId(member.value)
      case "$and":
        for part in member.value.array ?? [] {
          if let part = part.object { parts += Narrowing(part).parts }
        }
      default:
        if let column = DocumentColumn.byField[member.key] { narrow(column, member.value) }
      }
    }
  }

  private mutating func add(
    _ condition: String, _ values: [any DatabaseValueConvertible], of column: DocumentColumn? = nil
  ) {
    parts.append(Part(condition: condition, column: column, arguments: values))
  }

  private mutating func narrowId(_ constraint: JSON) {
    if let id = constraint.string {
      add("id = ?", [id])
    } else if let ids = constraint["$in"]?.array?.map(\.string), !ids.contains(nil),
      ids.count <= 500
    {
      add("id IN (\(Self.marks(ids.count)))", ids.compactMap(\.self))
    }
  }

  private mutating func narrow(_ column: DocumentColumn, _ constraint: JSON) {
    guard let object = constraint.object, object["__type"] == nil else {
      narrowEquality(column, [constraint])
      return
    }
    if let values = object["$in"]?.array, values.count <= 500 { narrowEquality(column, values) }
    if let value = object["$eq"] { narrowEquality(column, [value]) }
    for (name, sign) in [("$lt", "<"), ("$lte", "<="), ("$gt", ">"), ("$gte", ">=")] {
      guard let bound = object[name], let value = Self.value(of: bound, for: column.kind),
        column.kind != .pointer
      else { continue }
      add("\(column.name) \(sign) ?", [value], of: column)
    }
  }

  private mutating func narrowEquality(_ column: DocumentColumn, _ values: [JSON]) {
    let known = values.compactMap { Self.value(of: $0, for: column.kind) }
    guard known.count == values.count, !known.isEmpty else { return }
    let isOne = known.count == 1
    add("\(column.name) \(isOne ? "= ?" : "IN (\(Self.marks(known.count)))")", known, of: column)
  }

  /// The value as the column stores it; nil when the column cannot tell.
  private static func value(
    of json: JSON, for kind: DocumentColumn.Kind
  ) -> (any DatabaseValueConvertible)? {
    switch kind {
    case .text:
      // SQLite's JSON functions end a text at NUL.
      guard let text = json.string, !text.utf8.contains(0) else { return nil }
      return text
    case .number:
      // Beyond 2^53 the engine compares doubles and SQLite integers.
      guard let number = json.number, abs(number.double) < 9_007_199_254_740_992 else {
        return nil
      }
      return number.int ?? number.double
    case .instant: return ParseDate(value: json)?.iso
    case .date:
      guard json["__type"]?.string == "Date", let date = ParseDate(value: json) else { return nil }
      return date.iso
    case .pointer: return Pointer(json)?.objectId
    }
  }

  private static func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ",")
  }
}
