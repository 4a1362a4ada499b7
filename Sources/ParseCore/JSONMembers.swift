/// The members of a JSON object by their places in its bytes, read one by one when asked for.
///
/// For reading a few fields of many documents: no value becomes a tree, so a document of 300 bytes
/// costs one small array. Only for documents this program has written itself: what is not asked for
/// is scanned for its end and not checked.
package struct JSONMembers: Sendable {
  private struct Member {
    let key: Range<Int>
    let value: Range<Int>
  }

  private let bytes: [UInt8]
  private let members: [Member]

  /// - Complexity: O(bytes).
  package init(bytes: [UInt8]) throws(JSONError) {
    self.bytes = bytes
    members = try Self.members(bytes.span, in: 0..<bytes.count)
  }

  package func text(_ name: String) -> String? { find(name).flatMap { text(at: $0) } }

  package func number(_ name: String) -> JSONNumber? {
    guard let place = find(name) else { return nil }
    var offset = place.lowerBound
    // Anything but a number reads as missing, as a wrong type does.
    return try? JSONReading.value(bytes.span, &offset, depth: 0).number
  }

  package func bool(_ name: String) -> Bool? {
    guard let place = find(name) else { return nil }
    switch bytes[place.lowerBound] {
    case UInt8(ascii: "t"): return true
    case UInt8(ascii: "f"): return false
    default: return nil
    }
  }

  /// A Date value, or plain ISO text.
  package func date(_ name: String) -> ParseDate? {
    guard let place = find(name) else { return nil }
    guard let inner = object(at: place) else {
      return text(at: place).flatMap(ParseDate.init(iso:))
    }
    guard isText(inner, "__type", "Date"), let iso = find("iso", in: inner) else { return nil }
    return text(at: iso).flatMap(ParseDate.init(iso:))
  }

  /// A pointer, an expanded object, or an array whose first element is one.
  package func pointer(_ name: String) -> Pointer? {
    guard var place = find(name) else { return nil }
    if bytes[place.lowerBound] == UInt8(ascii: "[") {
      var offset = place.lowerBound + 1
      JSONReading.skipBlanks(bytes.span, &offset)
      place = offset..<place.upperBound
    }
    guard let inner = object(at: place),
      isText(inner, "__type", "Pointer") || isText(inner, "__type", "Object")
        || (find("__type", in: inner) == nil && inner.count == 2),
      let className = find("className", in: inner).flatMap({ text(at: $0) }),
      let objectId = find("objectId", in: inner).flatMap({ text(at: $0) })
    else { return nil }
    return Pointer(className: className, objectId: objectId)
  }

  private func object(at place: Range<Int>) -> [Member]? {
    guard bytes[place.lowerBound] == UInt8(ascii: "{") else { return nil }
    // A value that is no object after all reads as missing.
    return try? Self.members(bytes.span, in: place)
  }

  private func text(at place: Range<Int>) -> String? {
    guard bytes[place.lowerBound] == UInt8(ascii: "\"") else { return nil }
    var offset = place.lowerBound
    // Bytes that are no text read as missing.
    return try? JSONTextReading.text(bytes.span, &offset)
  }

  private func isText(_ members: [Member], _ name: String, _ expected: String) -> Bool {
    guard let place = find(name, in: members), place.count == expected.utf8.count + 2 else {
      return false
    }
    return matches(place.lowerBound + 1, expected)
  }

  private func find(_ name: String) -> Range<Int>? { find(name, in: members) }

  /// Of members with the same name the last one counts.
  private func find(_ name: String, in members: [Member]) -> Range<Int>? {
    let length = name.utf8.count
    return members.last { $0.key.count == length && matches($0.key.lowerBound, name) }?.value
  }

  private func matches(_ start: Int, _ expected: String) -> Bool {
    let wanted = expected.utf8Span.span
    for index in 0..<wanted.count where bytes[start + index] != wanted[index] { return false }
    return true
  }

  private static func members(
    _ bytes: Span<UInt8>, in place: Range<Int>
  ) throws(JSONError) -> [Member] {
    var members: [Member] = []
    members.reserveCapacity(12)
    var offset = place.lowerBound
    JSONReading.skipBlanks(bytes, &offset)
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "{") else {
      throw JSONError(reason: .unexpectedByte, offset: offset)
    }
    offset += 1
    while true {
      JSONReading.skipBlanks(bytes, &offset)
      guard offset < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: offset) }
      switch bytes[offset] {
      case UInt8(ascii: "}"): return members
      case UInt8(ascii: ","), UInt8(ascii: ":"): offset += 1
      default:
        let key = offset
        try JSONSkipping.value(bytes, &offset)
        let keyEnd = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: ":") { offset += 1 }
        offset += 1
        JSONReading.skipBlanks(bytes, &offset)
        let value = offset
        try JSONSkipping.value(bytes, &offset)
        guard key + 2 <= keyEnd, value < offset else {
          throw JSONError(reason: .unexpectedByte, offset: key)
        }
        members.append(Member(key: key + 1..<keyEnd - 1, value: value..<offset))
      }
    }
  }
}
