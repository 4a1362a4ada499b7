/// Text compared by its bytes: no canonical equivalence, code point order.
struct ByteText: Sendable, Hashable, Comparable {
  let string: String

  init(_ string: String) { self.string = string }

  /// Unequal strings differ in their bytes too, and that test is the fast one.
  static func == (left: ByteText, right: ByteText) -> Bool {
    left.string == right.string && left.string.utf8.elementsEqual(right.string.utf8)
  }

  static func < (left: ByteText, right: ByteText) -> Bool {
    let (left, right) = (left.string.utf8Span.span, right.string.utf8Span.span)
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }

  func hash(into hasher: inout Hasher) { hasher.combine(string) }
}

/// A field's value as the server's database holds it.
enum QueryValue: Sendable, Hashable {
  case missing
  case null
  case bool(Bool)
  case number(JSONNumber)
  case text(ByteText)
  case date(ParseDate)
  case pointer(Pointer)
  case array([JSON])
  /// Places, polygons, bytes, maps.
  case other(JSON)
}

extension QueryValue {
  init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .text(ByteText(value))
    case .array(let values): self = .array(values)
    case .object(let object): self = Self.typed(object) ?? .other(json)
    }
  }

  /// Expanded objects count as their pointer, files as their name.
  private static func typed(_ object: JSONObject) -> QueryValue? {
    guard let type = object["__type"]?.string else { return nil }
    switch type {
    case "Pointer", "Object": return Pointer(.object(object)).map(QueryValue.pointer)
    case "Date": return ParseDate(value: .object(object)).map(QueryValue.date)
    case "File": return object["name"]?.string.map { .text(ByteText($0)) }
    default: return nil
    }
  }

  /// Below, equal or above within one type; nil across types, which never compare.
  func compared(to other: QueryValue) -> Int? {
    switch (self, other) {
    case (.number(let left), .number(let right)): Self.sign(left, right)
    case (.text(let left), .text(let right)): Self.sign(left, right)
    case (.date(let left), .date(let right)): Self.sign(left, right)
    case (.bool(let left), .bool(let right)): Self.sign(left ? 1 : 0, right ? 1 : 0)
    case (.pointer(let left), .pointer(let right)): Self.sign(left.sortText, right.sortText)
    case (.pointer(let left), .text(let right)): Self.sign(ByteText(left.objectId), right)
    default: nil
    }
  }

  static func sign<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
    left < right ? -1 : left == right ? 0 : 1
  }
}

extension Pointer {
  /// The text that MongoDB stores for a pointer, by which it sorts.
  var sortText: ByteText { ByteText("\(className)$\(objectId)") }
}
