/// Finds where a value ends without making anything of it.
enum JSONSkipping {
  static func value(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONError) {
    JSONReading.skipBlanks(bytes, &offset)
    var depth = 0
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        try text(bytes, &offset)
        if depth == 0 { return }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        offset += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
        offset += 1
        if depth == 0 { return }
      case UInt8(ascii: ",") where depth == 0: return
      default: offset += 1
      }
    }
    throw JSONError(reason: .unexpectedEnd, offset: offset)
  }

  private static func text(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONError) {
    offset += 1
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\\"): offset += 2
      case UInt8(ascii: "\""):
        offset += 1
        return
      default: offset += 1
      }
    }
    throw JSONError(reason: .unexpectedEnd, offset: offset)
  }
}
