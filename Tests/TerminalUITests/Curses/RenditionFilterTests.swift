import TestRandom
import Glibc
import TestTerminal
import Testing

@testable import TerminalUI

/// Fewer bytes, the same picture.
struct RenditionFilterTests {
  /// The output with ESC as `^`.
  private func filtered(_ pieces: String...) -> String {
    var filter = RenditionFilter()
    // The terminal is as ncurses thinks it is.
    _ = filter.filter(bytes("^(B^[m.")[...])
    let out = pieces.flatMap { filter.filter(bytes($0)[...]) }
    return String(decoding: out, as: UTF8.self).replacing("\u{1B}", with: "^")
  }

  private func bytes(_ text: String) -> [UInt8] {
    Array(text.replacing("^", with: "\u{1B}").utf8)
  }

  @Test(arguments: [
    // Several changes before a letter become one.
    ("^[39m^(B^[mx", "x"),
    ("^[38;5;203mx^[39m^(B^[my", "^[38;5;203mx^[my"),
    ("^[38;5;203mx^[39m^(B^[0;1my", "^[38;5;203mx^[0;1my"),
    // The background stays while the foreground changes.
    (
      "^[48;5;236mx^[38;5;179m^[48;5;236my^[39;49m^[48;5;236mz",
      "^[48;5;236mx^[38;5;179my^[39mz"
    ),
    (
      "^(B^[0;1m^[48;5;236mx^(B^[0m^[48;5;236my", "^[1;48;5;236mx^[22my"
    ),
    ("^[4mx^[24my^[7mz^[27mw", "^[4mx^[my^[7mz^[mw"),
    ("^[1;2mx^[22;2my", "^[1;2mx^[0;2my"),
    ("^[31;103mx^[39my^[49mz", "^[31;103mx^[39my^[mz"),
    // Moves wait for nothing; a blank shows no letter's colour, but it shows a line and a tint.
    ("^[31mx^[5;7H^[32my", "^[31mx^[5;7H^[32my"),
    ("^[31mx^[m  ^[31my", "^[31mx  y"),
    ("^[4mx^[m y", "^[4mx^[m y"),
    ("^[31mx^[m^[K^[31my", "^[31mx^[Ky"),
    ("^[44mx^[m^[Ky", "^[44mx^[m^[Ky"),
    ("^[44mx^[m\ny", "^[44mx^[m\ny"),
    // DECRC brings back the rendition of DECSC.
    ("^[31mx^7^[my^8z", "^[31mx^7^[my^8z"),
    // What is sent at the end leaves nothing behind.
    ("^[31mx^(B^[m", "^[31mx^[m"),
    ("^(0x^(Bx", "^(0x^(Bx"),
    ("^[31mx^[m\u{F}^[32my^[m\u{F}z", "^[31mx\u{F}^[32my^[mz"),
    ("\u{F}\u{E}x\u{F}y\u{F}", "\u{F}\u{E}x\u{F}y"),
    // What it does not know goes on as it is, with all that follows.
    ("^[1mx^[3my^[31m^[32mz", "^[1mx^[3my^[31m^[32mz"),
    ("^[38;9;1mx^[31m^[32my", "^[38;9;1mx^[31m^[32my"),
    ("^[31mx^[m^]52;c;aGk=\u{7}y", "^[31mx^]52;c;aGk=\u{7}^[my"),
    ("^[?25l^[?12l^[?25h^]0;t\u{7}", "^[?25l^[?12l^[?25h^]0;t\u{7}"),
  ])
  func `the same in fewer bytes`(input: String, output: String) {
    #expect(filtered(input) == output)
  }

  @Test func `a terminal of which nothing is known is reset first`() {
    var filter = RenditionFilter()
    let out = filter.filter(bytes("^[31mx")[...])
    #expect(out == bytes("^[0;31mx"))
  }

  @Test func `a sequence may come in pieces`() {
    #expect(filtered("^[38;5", ";203", "mx^", "[m", "y") == "^[38;5;203mx^[my")
  }

  @Test(arguments: 0..<40)
  func `the terminal shows the same`(seed: UInt64) {
    // A constant string and an unused answer: the widths of letters are those of UTF-8.
    _ = unsafe setlocale(LC_CTYPE, "C.UTF-8")
    var random = SplitMix(seed)
    var filter = RenditionFilter()
    var plain = Glass(columns: 12, rows: 5)
    var thrifty = Glass(columns: 12, rows: 5)
    var (before, after) = (0, 0)
    for _ in 0..<60 {
      let piece = bytes((0..<12).map { _ in random.piece() }.joined())
      let cut = Int.random(in: 0...piece.count, using: &random)
      plain.write(piece)
      let out = filter.filter(piece[..<cut]) + filter.filter(piece[cut...])
      thrifty.write(out)
      before += piece.count
      after += out.count
      #expect(plain.text == thrifty.text)
      for row in 0..<5 {
        for column in 0..<12 {
          #expect(plain.look(row, column) == thrifty.look(row, column))
        }
      }
    }
    #expect(plain.violations == [] && thrifty.violations == [])
    #expect(after < before)
  }
}

extension Glass {
  fileprivate func look(_ row: Int, _ column: Int) -> Ink {
    let ink = ink(row: row, column: column)
    return letter(row: row, column: column) == " " ? ink.onBlank : ink
  }
}

extension SplitMix {
  /// Something ncurses sends.
  fileprivate mutating func piece() -> String {
    let pieces = [
      "a", "b ", "━", "藤", " ", "  ", "^[m", "^(B^[m", "^(B^[0;1m", "^[39m", "^[49m", "^[39;49m",
      "^[1m", "^[2m", "^[4m", "^[24m", "^[7m", "^[27m", "^[22m", "^[31m", "^[38;5;203m",
      "^[48;5;236m", "^[97m", "^[104m", "^[K", "^[3X", "^[2P", "^[2@", "^[J", "^[2b", "\n", "\r",
      "\u{8}", "^[3;4H", "^[2d", "^[5G", "^[C", "^M", "^7", "^8", "^[2;4r", "^[1;5r",
    ]
    return pieces.randomElement(using: &self) ?? ""
  }
}
