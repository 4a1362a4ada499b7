import CNcurses
import Glibc
import Testing

@testable import TerminalUI

struct CellWidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("藤", 2), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("😀", 2), ("\u{301}", 0),
    ("\u{20DD}", 0), ("\u{1161}", 0), ("─", 1), ("…", 1), ("►", 1), ("\u{3000}", 2), ("❤", 1),
  ])
  func `scalars take their columns`(letter: String, columns: Int) throws {
    let scalar = try #require(letter.unicodeScalars.first)
    #expect(CellWidth.columns(of: scalar) == columns)
  }

  @Test(arguments: [("é", 2), ("─", 2), ("a", 1), ("藤", 2), ("Я", 2), ("\u{301}", 0)])
  func `ambiguous letters take two columns when told so`(letter: String, columns: Int) throws {
    let scalar = try #require(letter.unicodeScalars.first)
    #expect(CellWidth.columns(of: scalar, ambiguous: 2) == columns)
  }

  @Test func `every sign of the house is one column wide`() {
    for glyphs in [Glyphs.unicode, .ascii] {
      for child in Mirror(reflecting: glyphs).children {
        if let sign = child.value as? SafeLine { #expect(sign.width == 1) }
        if let signs = child.value as? [SafeLine] { #expect(signs.allSatisfy { $0.width == 1 }) }
      }
    }
  }

  /// ncurses asks the C library, so the two tables must agree wherever text can come from.
  @Test func `the table agrees with the C library`() throws {
    // The pointer is a constant string and the answer is only compared with nil.
    try #require(unsafe setlocale(LC_CTYPE, "C.UTF-8") != nil)
    var differing: [String] = []
    for value in UInt32(0xA0)..<0x2FFFF {
      guard let scalar = Unicode.Scalar(value), SafeLine(String(scalar)).text == String(scalar),
        !SafeLine(String(scalar)).isEmpty
      else { continue }
      let system = Int(cncurses_wcwidth(value))
      // Scalars newer than the C library have no width there; the driver shows them as a dot.
      if system >= 0, system != CellWidth.columns(of: scalar) {
        differing.append(String(value, radix: 16))
      }
    }
    #expect(differing == [])
  }
}
