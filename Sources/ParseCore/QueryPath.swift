/// A field's name, perhaps dotted into maps and lists.
struct QueryPath: Sendable, Hashable {
  let text: String
  let head: String
  let rest: [String]

  init(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    self.text = text
    head = parts.first ?? text
    rest = Array(parts.dropFirst())
  }

  /// A letter, then letters, digits, `_` and dots.
  static func isValid(_ name: String) -> Bool {
    let bytes = name.utf8
    guard let first = bytes.first, isLetter(first) else { return false }
    return bytes.dropFirst().allSatisfy { byte in
      isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: ".")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }

  var isSystemDate: Bool { text == "createdAt" || text == "updatedAt" }

  /// The values at the end of the path: one in general, several through a list of maps.
  ///
  /// A list of plain values on the way gives none at all, not even a missing one, as on MongoDB.
  func values(in object: ParseObject, rows: (any QueryRows)?) -> QueryFieldValues {
    switch head {
    case "createdAt": return ends([object.createdAt.map(QueryValue.date) ?? .missing])
    case "updatedAt": return ends([object.updatedAt.map(QueryValue.date) ?? .missing])
    case "objectId":
      return ends([object.objectId.map { .text(ByteText($0)) } ?? .missing])
    default: break
    }
    guard let value = object.fields[head] else { return ends([.missing]) }
    if rest.isEmpty {
      if let rows, let owner = object.pointer, value["__type"]?.string == "Relation" {
        return QueryFieldValues(
          relation: value, members: rows.relationMembers(of: owner, key: head))
      }
      return QueryFieldValues([QueryValue(value)])
    }
    var found: [QueryValue] = []
    Self.walk(value, rest[...], into: &found)
    return QueryFieldValues(found)
  }

  private func ends(_ values: [QueryValue]) -> QueryFieldValues {
    QueryFieldValues(rest.isEmpty ? values : [.missing])
  }

  private static func walk(
    _ value: JSON, _ names: ArraySlice<String>, into found: inout [QueryValue]
  ) {
    guard let name = names.first else {
      found.append(QueryValue(value))
      return
    }
    let rest = names.dropFirst()
    switch value {
    case .object(let object) where object["__type"] == nil:
      if let next = object[name] { walk(next, rest, into: &found) } else { found.append(.missing) }
    case .array(let values):
      if let index = Int(name), values.indices.contains(index) {
        walk(values[index], rest, into: &found)
      }
      for case .object(let object) in values { walk(.object(object), names, into: &found) }
    default: found.append(.missing)
    }
  }
}

/// What a path found in one object.
struct QueryFieldValues {
  let ends: [QueryValue]

  init(_ ends: [QueryValue]) { self.ends = ends }

  init(relation: JSON, members: Set<String>) {
    let className = relation["className"]?.string ?? ""
    ends = members.map { .pointer(Pointer(className: className, objectId: $0)) }
  }

  var exists: Bool { ends.contains { $0 != .missing } }

  /// Whether a value is null or not there, which equality with null asks.
  var holdsNull: Bool {
    ends.contains { end in
      switch end {
      case .missing, .null: true
      case .array(let values): values.contains(where: \.isNull)
      default: false
      }
    }
  }

  /// Asks each value, and of a list each element; nested lists are not opened.
  func contains(_ test: (QueryValue) -> Bool) -> Bool {
    ends.contains { end in
      if case .array(let values) = end {
        return values.contains { test(QueryValue($0)) } || test(end)
      }
      return end != .missing && test(end)
    }
  }

  /// - Parameter bareIds: whether a text stands for a pointer with that id, which the server allows
  ///   in operators but not in plain equality.
  func equals(_ operand: QueryValue, bareIds: Bool) -> Bool {
    if operand == .null { return holdsNull }
    return contains { $0 == operand } || bareIds && pointerIds.contains { $0 == operand }
  }

  func isIn(_ operands: Set<QueryValue>) -> Bool {
    if operands.contains(.null), holdsNull { return true }
    return contains(operands.contains) || pointerIds.contains(where: operands.contains)
  }

  /// The ids of pointers that are a field's value; within lists the server takes no bare ids.
  private var pointerIds: [QueryValue] {
    ends.compactMap { end in
      guard case .pointer(let pointer) = end else { return nil }
      return .text(ByteText(pointer.objectId))
    }
  }

  var points: [GeoPoint] {
    var points: [GeoPoint] = []
    for end in ends {
      switch end {
      case .array(let values): points += values.compactMap(GeoPoint.init(_:))
      case .other(let json): points += GeoPoint(json).map { [$0] } ?? []
      default: break
      }
    }
    return points
  }
}
