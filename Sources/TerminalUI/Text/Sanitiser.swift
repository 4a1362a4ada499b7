import Foundation

/// Turns any string into text a terminal cannot act on (reference/terminal.md §3.6).
enum Sanitiser {
  /// Marks kept on one letter. Terminals and ncurses keep few (ncurses four); text that piles up
  /// more is drawn over its neighbours.
  static let marksPerLetter = 2

  /// The count of columns when `raw` is printable ASCII only, else nil.
  static func plainASCIICount(_ raw: String) -> Int? {
    var count = 0
    for byte in raw.utf8 {
      if byte < 0x20 || byte > 0x7E { return nil }
      count += 1
    }
    return count
  }

  /// Whether all of `raw` are letters and signs that stay as they are and take no mark: Latin ones,
  /// dashes, quotes, bullets, `…` and the lines of boxes. Much of what is drawn is, and to compose
  /// text takes ten times as long as this look.
  static func isPlain(_ raw: String) -> Bool {
    raw.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x24F, 0x2010...0x2027, 0x2500...0x259F: true
      default: false
      }
    }
  }

  /// One line: filtered, composed, then freed of stray and surplus marks.
  static func line(_ raw: String) -> String {
    let filtered = filter(raw)
    return limitMarks(filtered.precomposedStringWithCanonicalMapping)
  }

  /// Replaces or drops each scalar by its category, and cuts joined emoji to their first one.
  private static func filter(_ raw: String) -> String {
    var out = String.UnicodeScalarView()
    var previousIsEmoji = false
    var joining = false
    for scalar in raw.unicodeScalars {
      if scalar.value == 0x200D {
        joining = previousIsEmoji
        continue
      }
      if isVariationSelector(scalar) { continue }
      if joining, isPictograph(scalar) {
        joining = false
        continue
      }
      joining = false
      guard let kept = replacement(for: scalar) else { continue }
      out.append(kept)
      if !CellWidth.isZeroWidth(kept) { previousIsEmoji = isPictograph(kept) }
    }
    return String(out)
  }

  /// What a scalar becomes; nil when it is dropped.
  private static func replacement(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x20...0x7E: return scalar
    case 0x09, 0x0A, 0x0D: return " "
    case 0x1B: return "␛"
    case 0x1F3FB...0x1F3FF: return nil
    default: break
    }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .format: return nil
    case .lineSeparator, .paragraphSeparator: return " "
    case .control: return "·"
    case .unassigned, .privateUse, .surrogate:
      return properties.isDefaultIgnorableCodePoint ? nil : "·"
    default: return properties.isDefaultIgnorableCodePoint ? nil : scalar
    }
  }

  private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isVariationSelector
  }

  private static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji
  }

  /// Drops marks that have no letter and those beyond the limit; shows stray jamo as `·`.
  private static func limitMarks(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var base: Unicode.Scalar?
    var marks = 0
    for scalar in text.unicodeScalars {
      guard CellWidth.isZeroWidth(scalar) else {
        out.append(scalar)
        base = scalar
        marks = 0
        continue
      }
      guard let letter = base else { continue }
      if CellWidth.isJoiningJamo(scalar), !isHangul(letter) {
        out.append("·")
        base = "·"
        marks = 0
      } else if marks < marksPerLetter {
        out.append(scalar)
        marks += 1
      }
    }
    return String(out)
  }

  private static func isHangul(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0xA960...0xA97C, 0xAC00...0xD7A3: true
    default: false
    }
  }
}
