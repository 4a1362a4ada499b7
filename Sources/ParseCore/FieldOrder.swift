/// The byte order of an object's field names, with their JSON text. Rows of a class nearly always
/// have the same names in the same order, so that one serves for a whole page of them.
package struct FieldOrder: Sendable {
  /// A member's place in the object, and where its name's text ends in `texts`.
  struct Place: Sendable {
    let index: Int
    let end: Int
  }

  private let names: [String]
  private let isASCII: Bool
  /// The members in byte order of their names.
  let places: [Place]
  /// `"name":` of each of them.
  let texts: [UInt8]

  package init(_ fields: JSONObject) {
    let names = fields.keys
    self.names = names
    isASCII = names.allSatisfy { name in name.utf8.allSatisfy { $0 < 0x80 } }
    var texts = ByteWriter()
    var places: [Place] = []
    for index in Self.order(of: names) {
      JSON.write(names[index], into: &texts)
      texts.append(UInt8(ascii: ":"))
      places.append(Place(index: index, end: texts.count))
    }
    self.places = places
    self.texts = texts.bytes
  }

  /// Whether the object has these names in this order.
  package func fits(_ fields: JSONObject) -> Bool {
    let members = fields.members.span
    guard isASCII, members.count == names.count else { return false }
    for index in members.indices {
      // Letters that Swift takes for an ASCII one, as the Kelvin sign, are longer.
      guard members[index].key == names[index],
        members[index].key.utf8.count == names[index].utf8.count
      else { return false }
    }
    return true
  }

  /// Compares the first eight bytes as a number, which nearly always tell two names apart.
  private static func order(of names: [String]) -> [Int] {
    names.enumerated().map { (prefix: prefix($0.element.utf8Span.span), index: $0.offset) }
      .sorted { left, right in
        guard left.prefix == right.prefix else { return left.prefix < right.prefix }
        return names[left.index].utf8.lexicographicallyPrecedes(names[right.index].utf8)
      }
      .map(\.index)
  }

  private static func prefix(_ bytes: Span<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    for index in 0..<8 {
      prefix = prefix << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0)
    }
    return prefix
  }
}
