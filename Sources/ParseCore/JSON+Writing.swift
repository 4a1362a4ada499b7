extension JSON {
  /// The value as compact JSON, members in their order.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The value as compact JSON in UTF-8.
  package var bytes: [UInt8] {
    var buffer: [UInt8] = []
    write(into: &buffer)
    return buffer
  }

  /// Appends the value as compact JSON. Control characters are escaped, all else is plain UTF-8.
  package func write(into buffer: inout [UInt8]) {
    switch self {
    case .null: buffer.append(contentsOf: "null".utf8)
    case .bool(let value): buffer.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let number): buffer.append(contentsOf: number.text.utf8)
    case .string(let text): Self.write(text, into: &buffer)
    case .array(let values):
      buffer.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { buffer.append(UInt8(ascii: ",")) }
        value.write(into: &buffer)
      }
      buffer.append(UInt8(ascii: "]"))
    case .object(let object): object.write(into: &buffer)
    }
  }

  static func write(_ text: String, into buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "\""))
    defer { buffer.append(UInt8(ascii: "\"")) }
    guard needsEscape(text.utf8Span.span) else {
      buffer.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): buffer.append(contentsOf: #"\""#.utf8)
      case UInt8(ascii: "\\"): buffer.append(contentsOf: #"\\"#.utf8)
      case 0x0A: buffer.append(contentsOf: #"\n"#.utf8)
      case 0x0D: buffer.append(contentsOf: #"\r"#.utf8)
      case 0x09: buffer.append(contentsOf: #"\t"#.utf8)
      case 0..<0x20, 0x7F:
        let hex = String(byte, radix: 16)
        buffer.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
      default: buffer.append(byte)
      }
    }
  }

  /// Looks at every byte whatever it finds, which the compiler turns into wide instructions.
  private static func needsEscape(_ bytes: Span<UInt8>) -> Bool {
    var found: UInt8 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      found |= byte < 0x20 ? 1 : 0
      found |= byte == UInt8(ascii: "\"") ? 1 : 0
      found |= byte == UInt8(ascii: "\\") ? 1 : 0
      found |= byte == 0x7F ? 1 : 0
    }
    return found != 0
  }
}

extension JSONObject {
  package var text: String { JSON.object(self).text }

  func write(into buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      member.write(into: &buffer)
    }
    buffer.append(UInt8(ascii: "}"))
  }
}

extension JSONObject.Member {
  func write(into buffer: inout [UInt8]) {
    JSON.write(key, into: &buffer)
    buffer.append(UInt8(ascii: ":"))
    value.write(into: &buffer)
  }
}
