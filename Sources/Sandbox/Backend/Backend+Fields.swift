import ParseCore

/// From the body of a save to checked operations.
extension Backend {
  /// Reads a body against the class: names, ACL shape, types, new columns.
  mutating func changes(
    _ body: JSONObject, on className: String, action: String, caller: Caller
  ) throws(ParseError) -> Changes {
    var changes: Changes = [:]
    for member in body.members {
      let name = member.key
      if name.hasPrefix("_") || Self.skipped.contains(name) { continue }
      if className == "_User", name == "password" || name == "authData" { continue }
      if name == "ACL" {
        changes[name] = try aclOperation(member.value)
        continue
      }
      guard Self.isFieldName(name) else { throw .refused(105, "Invalid field name: \(name).") }
      if name == "createdAt" || name == "updatedAt" {
        throw .mismatch(className, name, expected: "Date", got: "String")
      }
      guard let operation = Operation(member.value) else {
        if member.value["__op"] == "Increment" { throw .internalError }
        continue
      }
      let checked = try normalised(operation)
      try checkType(checked, of: name, on: className, action: action, caller: caller)
      changes[name] = operation == .set(.null) ? .delete : checked
    }
    return changes
  }

  private static let skipped: Set<String> = ["objectId", "className", "__type", "sessionToken"]

  /// A letter, then letters, digits and `_`; parts of a dotted name likewise.
  static func isFieldName(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let first = parts.first?.first, isLetter(first) else { return false }
    return parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy {
          isLetter($0) || $0 == UInt8(ascii: "_")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Only `true` entries are kept; shapes as recorded: text is refused, an unknown right is a 500.
  private func aclOperation(_ value: JSON) throws(ParseError) -> Operation {
    if value == .null || value["__op"] == "Delete" { return .delete }
    guard let object = value.object else { throw .refused(-1, "ACL must be a Parse ACL.") }
    for member in object.members {
      for right in member.value.object?.members ?? [] where !["read", "write"].contains(right.key) {
        throw .internalError
      }
    }
    var acl = ACL(object)
    acl.entries = acl.entries.filter { $0.value.read || $0.value.write }
    return .set(acl.json)
  }

  /// Dates in their one written form, expanded objects as pointers.
  private func normalised(_ operation: Operation) throws(ParseError) -> Operation {
    switch operation {
    case .set(let value): .set(try normalised(value).asDoubles)
    case .increment(let amount):
      .increment(amount.double.isFinite ? JSONNumber(amount.double) : JSONNumber(0))
    default: operation
    }
  }

  private func normalised(_ value: JSON) throws(ParseError) -> JSON {
    switch value["__type"]?.string {
    case "Date"?:
      guard let iso = value["iso"]?.string else { throw .refused(111, "This is not a valid Date") }
      guard let date = ParseDate(iso: iso) else { throw .internalError }
      return date.json
    case "Pointer"?, "Object"?:
      guard let pointer = Pointer(value) else { throw .refused(111, "This is not a valid Pointer") }
      return pointer.json
    default: return value
    }
  }

  private mutating func checkType(
    _ operation: Operation, of name: String, on className: String, action: String, caller: Caller
  ) throws(ParseError) {
    guard let given = ClassSchema.Field(of: operation) else { return }
    if name.contains(".") { return }
    if let field = schemas[className]?[name] {
      guard field.accepts(given) else {
        throw .mismatch(className, name, expected: field.text, got: given.text)
      }
      return
    }
    if schemas[className] == nil { schemas[className] = ClassSchema(className: className) }
    _ = try schemas[className]?.permissions
      .grant("addField", to: caller, on: className, action: action)
    schemas[className]?.set(given, for: name)
  }
}

extension ClassSchema.Field {
  init?(of operation: Operation) {
    switch operation {
    case .set(let value): self.init(of: value)
    case .delete: return nil
    case .increment: self.init(type: "Number")
    case .add, .addUnique, .remove: self.init(type: "Array")
    case .addRelation(let targets), .removeRelation(let targets):
      guard let target = targets.first else { return nil }
      self.init(type: "Relation", targets: [target.className])
    }
  }
}

extension JSON {
  /// Numbers as JavaScript has them: doubles, so whole ones beyond 2^53 lose digits, there is no
  /// negative zero to see, and what is too big becomes null (reference/parse.md §1.4).
  fileprivate var asDoubles: JSON {
    switch self {
    case .number(let number):
      let value = number.double
      if !value.isFinite { return .null }
      if value == value.rounded(), abs(value) < 1e21 { return .number(Self.whole(value)) }
      return .number(JSONNumber(value))
    case .array(let values): return .array(values.map(\.asDoubles))
    case .object(let object):
      return .object(
        JSONObject(object.members.map { .init(key: $0.key, value: $0.value.asDoubles) }))
    case .null, .bool, .string: return self
    }
  }

  /// A whole number below 1e21, which JavaScript writes without an exponent: the shortest digits
  /// that tell it from its neighbours, then zeros.
  private static func whole(_ value: Double) -> JSONNumber {
    if let exact = Int64(exactly: value), abs(exact) < 1 << 53 { return .integer(exact) }
    // "1.2345e+19", or below 2^54 "9007199254740992.0".
    let parts = value.magnitude.description.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else {
      return .literal(String(value.description.prefix { $0 != "." }))
    }
    let digits = parts[0].filter { $0 != "." }
    let zeros = String(repeating: "0", count: max(0, exponent + 1 - digits.count))
    return .literal((value < 0 ? "-" : "") + digits + zeros)
  }
}
