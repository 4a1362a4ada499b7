/// Reading of JSON text between quotes, with its escapes.
enum JSONTextReading {
  /// Reads from the opening quote to the closing one.
  ///
  /// A lone surrogate escape, which JavaScript servers do send, becomes U+FFFD; bytes that are not
  /// UTF-8 and raw control characters are errors.
  static func text(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONError) -> String {
    offset += 1
    let start = offset
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        let text = try decode(bytes.extracting(start..<offset), at: start)
        offset += 1
        return text
      case UInt8(ascii: "\\"):
        return try escapedText(bytes, &offset, start: start)
      case 0..<0x20: throw JSONError(reason: .badString, offset: offset)
      default: offset += 1
      }
    }
    throw JSONError(reason: .unexpectedEnd, offset: offset)
  }

  private static func decode(_ bytes: Span<UInt8>, at offset: Int) throws(JSONError) -> String {
    do {
      return String(copying: try UTF8Span(validating: bytes))
    } catch {
      throw JSONError(reason: .badString, offset: offset)
    }
  }

  private static func escapedText(
    _ bytes: Span<UInt8>, _ offset: inout Int, start: Int
  ) throws(JSONError) -> String {
    var buffer: [UInt8] = []
    for index in start..<offset { buffer.append(bytes[index]) }
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return try decode(buffer.span, at: start)
      case UInt8(ascii: "\\"): try escape(bytes, &offset, into: &buffer)
      case 0..<0x20: throw JSONError(reason: .badString, offset: offset - 1)
      default: buffer.append(byte)
      }
    }
    throw JSONError(reason: .unexpectedEnd, offset: offset)
  }

  private static func escape(
    _ bytes: Span<UInt8>, _ offset: inout Int, into buffer: inout [UInt8]
  ) throws(JSONError) {
    guard offset < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: offset) }
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "u"):
      let scalar = try scalar(bytes, &offset)
      buffer.append(contentsOf: String(Character(scalar)).utf8)
    default: throw JSONError(reason: .badString, offset: offset - 1)
    }
  }

  private static func scalar(
    _ bytes: Span<UInt8>, _ offset: inout Int
  ) throws(JSONError) -> Unicode.Scalar {
    let first = try codeUnit(bytes, &offset)
    if UTF16.isLeadSurrogate(first), offset + 1 < bytes.count,
      bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
    {
      var next = offset + 2
      let second = try codeUnit(bytes, &next)
      if UTF16.isTrailSurrogate(second) {
        offset = next
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
      }
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private static func codeUnit(
    _ bytes: Span<UInt8>, _ offset: inout Int
  ) throws(JSONError) -> UInt16 {
    guard offset + 4 <= bytes.count else {
      throw JSONError(reason: .unexpectedEnd, offset: bytes.count)
    }
    var value: UInt16 = 0
    for _ in 0..<4 {
      let byte = bytes[offset]
      let digit: UInt16
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt16(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt16(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt16(byte - UInt8(ascii: "A")) + 10
      default: throw JSONError(reason: .badString, offset: offset)
      }
      value = value << 4 | digit
      offset += 1
    }
    return value
  }
}
