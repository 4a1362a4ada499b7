extension JSON {
  /// The value as compact JSON, members in their order.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The value as compact JSON in UTF-8.
  package var bytes: [UInt8] {
    var buffer = ByteWriter()
    write(into: &buffer)
    return buffer.bytes
  }

  /// Appends the value as compact JSON. Control characters are escaped, all else is plain UTF-8.
  package func write(into buffer: inout ByteWriter) {
    switch self {
    case .null: buffer.append("null")
    case .bool(let value): buffer.append(value ? "true" : "false")
    case .number(let number): buffer.append(number.text)
    case .string(let text): Self.write(text, into: &buffer)
    case .array(let values):
      buffer.append(UInt8(ascii: "["))
      let values = values.span
      for index in values.indices {
        if index > 0 { buffer.append(UInt8(ascii: ",")) }
        values[index].write(into: &buffer)
      }
      buffer.append(UInt8(ascii: "]"))
    case .object(let object): object.write(into: &buffer)
    }
  }

  static func write(_ text: String, into buffer: inout ByteWriter) {
    buffer.append(UInt8(ascii: "\""))
    defer { buffer.append(UInt8(ascii: "\"")) }
    if buffer.appendPlain(text.utf8Span.span) { return }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): buffer.append(#"\""#)
      case UInt8(ascii: "\\"): buffer.append(#"\\"#)
      case 0x0A: buffer.append(#"\n"#)
      case 0x0D: buffer.append(#"\r"#)
      case 0x09: buffer.append(#"\t"#)
      case 0..<0x20, 0x7F:
        let hex = String(byte, radix: 16)
        buffer.append("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
      default: buffer.append(byte)
      }
    }
  }
}

extension JSONObject {
  package var text: String { JSON.object(self).text }

  func write(into buffer: inout ByteWriter) {
    buffer.append(UInt8(ascii: "{"))
    let members = members.span
    for index in members.indices {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      members[index].write(into: &buffer)
    }
    buffer.append(UInt8(ascii: "}"))
  }
}

extension JSONObject.Member {
  func write(into buffer: inout ByteWriter) {
    JSON.write(key, into: &buffer)
    buffer.append(UInt8(ascii: ":"))
    value.write(into: &buffer)
  }
}
