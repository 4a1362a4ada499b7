/// Why bytes are not JSON, and at which byte that shows.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Reason: String, Sendable {
    case unexpectedByte = "unexpected byte"
    case unexpectedEnd = "unexpected end"
    case badNumber = "bad number"
    case badString = "bad text"
    case tooDeep = "nested too deep"
    case trailingBytes = "something after the value"
  }

  package let reason: Reason
  package let offset: Int

  package init(reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  package var description: String { "not JSON: \(reason.rawValue) at byte \(offset)" }
}

extension JSON {
  /// Reads one value, RFC 8259. Of members with the same name the last one counts.
  /// - Complexity: O(bytes). Nesting is limited to 512 levels.
  package init(bytes: [UInt8]) throws(JSONError) {
    var offset = 0
    self = try JSONReading.value(bytes.span, &offset, depth: 0)
    JSONReading.skipBlanks(bytes.span, &offset)
    if offset < bytes.count { throw JSONError(reason: .trailingBytes, offset: offset) }
  }

  package init(text: String) throws(JSONError) { try self.init(bytes: Array(text.utf8)) }
}

/// The reader's steps over a span of bytes, which cannot be stored in a struct.
enum JSONReading {
  static let maximumDepth = 512

  static func skipBlanks(_ bytes: Span<UInt8>, _ offset: inout Int) {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  static func value(
    _ bytes: Span<UInt8>, _ offset: inout Int, depth: Int
  ) throws(JSONError) -> JSON {
    skipBlanks(bytes, &offset)
    guard offset < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: offset) }
    guard depth < maximumDepth else { throw JSONError(reason: .tooDeep, offset: offset) }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return try object(bytes, &offset, depth: depth)
    case UInt8(ascii: "["): return try array(bytes, &offset, depth: depth)
    case UInt8(ascii: "\""): return .string(try JSONTextReading.text(bytes, &offset))
    case UInt8(ascii: "t"): return try word("true", .bool(true), bytes, &offset)
    case UInt8(ascii: "f"): return try word("false", .bool(false), bytes, &offset)
    case UInt8(ascii: "n"): return try word("null", .null, bytes, &offset)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try number(bytes, &offset))
    default: throw JSONError(reason: .unexpectedByte, offset: offset)
    }
  }

  private static func word(
    _ word: StaticString, _ value: JSON, _ bytes: Span<UInt8>, _ offset: inout Int
  ) throws(JSONError) -> JSON {
    let expected = word.description.utf8
    for byte in expected {
      guard offset < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: offset) }
      guard bytes[offset] == byte else {
        throw JSONError(reason: .unexpectedByte, offset: offset)
      }
      offset += 1
    }
    return value
  }

  private static func object(
    _ bytes: Span<UInt8>, _ offset: inout Int, depth: Int
  ) throws(JSONError) -> JSON {
    offset += 1
    var members: [JSONObject.Member] = []
    members.reserveCapacity(depth == 0 ? 16 : 4)
    skipBlanks(bytes, &offset)
    if try take(UInt8(ascii: "}"), bytes, &offset) { return .object(JSONObject()) }
    while true {
      skipBlanks(bytes, &offset)
      guard offset < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: offset) }
      guard bytes[offset] == UInt8(ascii: "\"") else {
        throw JSONError(reason: .unexpectedByte, offset: offset)
      }
      let key = try JSONTextReading.text(bytes, &offset)
      skipBlanks(bytes, &offset)
      guard try take(UInt8(ascii: ":"), bytes, &offset) else {
        throw JSONError(reason: .unexpectedByte, offset: offset)
      }
      members.append(.init(key: key, value: try value(bytes, &offset, depth: depth + 1)))
      skipBlanks(bytes, &offset)
      if try take(UInt8(ascii: ","), bytes, &offset) { continue }
      guard try take(UInt8(ascii: "}"), bytes, &offset) else {
        throw JSONError(reason: .unexpectedByte, offset: offset)
      }
      return .object(JSONObject(unique(members)))
    }
  }

  /// Drops earlier members of a repeated key. Keys are compared by a few of their bytes first, so a
  /// list of twenty costs integer comparisons only.
  private static func unique(_ members: [JSONObject.Member]) -> [JSONObject.Member] {
    guard members.count <= 64 else {
      return Set(members.map(\.key)).count == members.count ? members : lastOfEach(members)
    }
    // Pointers and dates, of which a row has many: no list of prints.
    guard members.count > 4 else {
      for later in members.indices.dropFirst() {
        for earlier in 0..<later where members[earlier].key == members[later].key {
          return lastOfEach(members)
        }
      }
      return members
    }
    let prints = members.map { fingerprint($0.key) }
    for later in prints.indices.dropFirst() {
      for earlier in 0..<later
      where prints[earlier] == prints[later] && members[earlier].key == members[later].key {
        return lastOfEach(members)
      }
    }
    return members
  }

  private static func fingerprint(_ key: String) -> UInt32 {
    let bytes = key.utf8Span.span
    guard bytes.count > 0 else { return 0 }
    let middle = bytes[bytes.count / 2]
    return UInt32(truncatingIfNeeded: bytes.count) << 24 | UInt32(bytes[0]) << 16
      | UInt32(middle) << 8 | UInt32(bytes[bytes.count - 1])
  }

  private static func lastOfEach(_ members: [JSONObject.Member]) -> [JSONObject.Member] {
    var seen: Set<String> = []
    return members.reversed().filter { seen.insert($0.key).inserted }.reversed()
  }

  private static func array(
    _ bytes: Span<UInt8>, _ offset: inout Int, depth: Int
  ) throws(JSONError) -> JSON {
    offset += 1
    var values: [JSON] = []
    skipBlanks(bytes, &offset)
    if try take(UInt8(ascii: "]"), bytes, &offset) { return .array([]) }
    while true {
      values.append(try value(bytes, &offset, depth: depth + 1))
      skipBlanks(bytes, &offset)
      if try take(UInt8(ascii: ","), bytes, &offset) { continue }
      guard try take(UInt8(ascii: "]"), bytes, &offset) else {
        throw JSONError(reason: .unexpectedByte, offset: offset)
      }
      return .array(values)
    }
  }

  private static func take(
    _ byte: UInt8, _ bytes: Span<UInt8>, _ offset: inout Int
  ) throws(JSONError) -> Bool {
    guard offset < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: offset) }
    guard bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  private static func number(
    _ bytes: Span<UInt8>, _ offset: inout Int
  ) throws(JSONError) -> JSONNumber {
    let start = offset
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    let firstDigit = offset
    var magnitude: Int64 = 0
    while offset < bytes.count, let digit = digit(bytes[offset]) {
      if offset - firstDigit < 18 { magnitude = magnitude * 10 + Int64(digit) }
      offset += 1
    }
    let digits = offset - firstDigit
    guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
      throw JSONError(reason: .badNumber, offset: start)
    }
    let whole = offset
    try fractionAndExponent(bytes, &offset, start: start)
    if whole == offset, digits <= 18, !(magnitude == 0 && firstDigit > start) {
      return .integer(firstDigit > start ? -magnitude : magnitude)
    }
    var text = ""
    for index in start..<offset { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    return JSONNumber(literal: text)
  }

  private static func fractionAndExponent(
    _ bytes: Span<UInt8>, _ offset: inout Int, start: Int
  ) throws(JSONError) {
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      try digits(bytes, &offset, start: start)
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < bytes.count,
        bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
      {
        offset += 1
      }
      try digits(bytes, &offset, start: start)
    }
  }

  private static func digits(
    _ bytes: Span<UInt8>, _ offset: inout Int, start: Int
  ) throws(JSONError) {
    let first = offset
    while offset < bytes.count, digit(bytes[offset]) != nil { offset += 1 }
    if offset == first { throw JSONError(reason: .badNumber, offset: start) }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : nil
  }
}
