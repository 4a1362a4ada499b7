import Foundation

/// Text as search compares it: letters without case, marks, width and invisible signs, so that
/// `nguyet` finds `Nguyệt` (reference/domain.md §7.3: NFKC, case fold, strip marks).
package struct FoldedText: Sendable, Hashable {
  package let bytes: [UInt8]

  package init(_ text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    Self.append(text, to: &bytes)
    self.bytes = bytes
  }

  /// Several fields as one text; a word of a search cannot reach across two of them.
  package init(fields: [String]) {
    var bytes: [UInt8] = []
    for field in fields where !field.isEmpty {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
      Self.append(field, to: &bytes)
    }
    self.bytes = bytes
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      for byte in text.utf8 {
        bytes.append(byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
      }
      return
    }
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: continue
      default: bytes.append(contentsOf: plain(scalar).utf8)
      }
    }
  }

  /// Lower case, and letters whose bar or hook Unicode does not decompose as their base letter.
  private static func plain(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "đ", "Đ", "ð", "Ð": "d"
    case "ł", "Ł": "l"
    case "ø", "Ø": "o"
    case "ħ", "Ħ": "h"
    case "ŧ", "Ŧ": "t"
    case "ı": "i"
    case "ß", "ẞ": "ss"
    case "æ", "Æ": "ae"
    case "œ", "Œ": "oe"
    case "þ", "Þ": "th"
    case "ς": "σ"
    default: scalar.properties.lowercaseMapping
    }
  }

  fileprivate func contains(_ word: [UInt8]) -> Bool {
    guard let first = word.first, word.count <= bytes.count else { return word.isEmpty }
    var start = 0
    let end = bytes.count - word.count
    while start <= end {
      if bytes[start] == first, bytes[start..<start + word.count].elementsEqual(word) {
        return true
      }
      start += 1
    }
    return false
  }
}

/// The words of a filter: each must occur, in any order, also within a word.
package struct SearchWords: Sendable, Hashable {
  private let words: [[UInt8]]

  package init(_ filter: String) {
    words = FoldedText(filter).bytes
      .split { $0 == UInt8(ascii: " ") || ($0 >= 0x09 && $0 <= 0x0D) }
      .map(Array.init)
  }

  private init(words: [[UInt8]]) { self.words = words }

  /// One word each.
  var each: [SearchWords] { words.map { SearchWords(words: [$0]) } }

  /// No words: everything matches, and nothing needs folding.
  package var isEmpty: Bool { words.isEmpty }

  package func matches(_ text: FoldedText) -> Bool { words.allSatisfy(text.contains) }

  /// - Parameter fields: folded only when there are words to find.
  package func matches(_ fields: @autoclosure () -> [String]) -> Bool {
    isEmpty || matches(FoldedText(fields: fields()))
  }
}

/// A text compared by its bytes. The standard hash of text that is not ASCII normalizes it first,
/// which would be most of the time spent where many rows are grouped.
struct ExactText: Sendable, Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool {
    let (one, other) = (left.text.utf8Span.span, right.text.utf8Span.span)
    guard one.count == other.count else { return false }
    for place in one.indices where one[place] != other[place] { return false }
    return true
  }

  func hash(into hasher: inout Hasher) {
    // FNV-1a, 64 bits.
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hasher.combine(sum)
  }
}
