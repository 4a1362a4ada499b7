/// Quiz titles as their spelling variants compare: `Quiz 3: Loops`, `quiz 3 - loops` and
/// `QUIZ 3 LOOPS` are one. Signs that tell titles apart, as in `C++` and `C#`, stay.
package enum QuizTitle {
  package static func fold(_ title: String) -> String {
    let parts = FoldedText(title).bytes.split { isSeparator($0) }
    // The en and em dash are three bytes each; between blanks they are a part of their own.
    let words = parts.filter { !dashes.contains(Array($0)) }
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  private static let dashes: Set<[UInt8]> = [Array("–".utf8), Array("—".utf8), Array("·".utf8)]

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20: true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: ";"),
      UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }
}

extension QuizKey {
  /// One text for the key, as lists keep their rows in place by it.
  package var id: String { course + "/" + foldedTitle }
}
