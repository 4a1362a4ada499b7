/// Paths of the REST API below the mount path (reference/parse.md §1.2).
enum ParsePath {
  static func collection(_ className: String) -> String {
    switch className {
    case "_User": "/users"
    case "_Role": "/roles"
    case "_Session": "/sessions"
    case "_Installation": "/installations"
    default: "/classes/" + escape(className)
    }
  }

  static func object(_ className: String, _ objectId: String) -> String {
    collection(className) + "/" + escape(objectId)
  }

  static func function(_ name: String) -> String { "/functions/" + escape(name) }

  /// Escapes all but the unreserved characters (RFC 3986 §2.3), so that no name can leave its
  /// segment.
  private static func escape(_ segment: String) -> String {
    var escaped = ""
    for byte in segment.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        escaped += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
      }
    }
    return escaped
  }
}
