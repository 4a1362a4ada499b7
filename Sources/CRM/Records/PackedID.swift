import ParseCore

/// A row's id, or none, in eight bytes, where an optional text takes sixteen: a school has millions.
///
/// Parse's objectIds are ten letters and digits (reference/parse.md §1), six bits each. Any other id,
/// as of rows not sent yet, is a `SharedText`.
package struct PackedID: Sendable, Hashable {
  private let bits: UInt64

  private static let none = UInt64.max
  private static let sharedMark = UInt64(1) << 63
  private static let longest = 10

  package init(_ id: RecordID?) {
    bits =
      id.map { Self.packed($0.utf8) ?? Self.sharedMark | UInt64(SharedText($0).number) }
      ?? Self.none
  }

  var id: RecordID? {
    if bits == Self.none { return nil }
    guard bits & Self.sharedMark == 0 else {
      return SharedText(number: UInt32(truncatingIfNeeded: bits)).text
    }
    return unsafe String(unsafeUninitializedCapacity: Self.longest) { letters in
      var (rest, count) = (bits, 0)
      while rest != 0 {
        unsafe letters[count] = Self.letter(UInt8(truncatingIfNeeded: rest & 63))
        rest >>= 6
        count += 1
      }
      return count
    }
  }

  var isNone: Bool { bits == Self.none }

  /// The empty id in place of none.
  var orEmpty: PackedID { isNone ? PackedID("") : self }

  /// The order of the texts' bytes, as the server orders ids. Letters and digits stand in the order of
  /// ASCII, and the end of a text before all of them.
  func precedes(_ other: PackedID) -> Bool {
    guard (bits | other.bits) & Self.sharedMark == 0 else {
      return (id ?? "").utf8.lexicographicallyPrecedes((other.id ?? "").utf8)
    }
    let place = UInt64((bits ^ other.bits).trailingZeroBitCount / 6 * 6)
    return bits >> place & 63 < other.bits >> place & 63
  }

  /// The high half of a product depends on all bits (Knuth, volume 3, section 6.4).
  var hash: Int {
    let product = bits &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product ^ (product >> 32))
  }

  /// The first letter stands lowest. Nil for what has another form.
  private static func packed(_ letters: String.UTF8View) -> UInt64? {
    guard letters.count <= longest else { return nil }
    var (bits, place) = (UInt64(0), UInt64(0))
    for letter in letters {
      guard let digit = digit(letter) else { return nil }
      bits |= UInt64(digit) << place
      place += 6
    }
    return bits
  }

  /// 1 to 62; zero stands behind the last letter.
  private static func digit(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0") + 1
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): letter - UInt8(ascii: "A") + 11
    case UInt8(ascii: "a")...UInt8(ascii: "z"): letter - UInt8(ascii: "a") + 37
    default: nil
    }
  }

  private static func letter(_ digit: UInt8) -> UInt8 {
    switch digit {
    case ...10: digit - 1 + UInt8(ascii: "0")
    case ...36: digit - 11 + UInt8(ascii: "A")
    default: digit - 37 + UInt8(ascii: "a")
    }
  }
}

/// What a row is about, of any class, or nothing.
struct PackedPointer: Sendable {
  let id: PackedID
  /// Empty for nothing.
  let className: SharedText

  init(_ pointer: Pointer?) {
    id = PackedID(pointer?.objectId)
    className = Self.className(pointer)
  }

  init(id: PackedID, className: SharedText) {
    self.id = id
    self.className = className
  }

  static func className(_ pointer: Pointer?) -> SharedText {
    SharedText(pointer?.className ?? "")
  }

  var pointer: Pointer? { id.id.map { Pointer(className: className.text, objectId: $0) } }
}
