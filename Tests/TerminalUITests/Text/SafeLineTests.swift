import TestRandom
import Testing

@testable import TerminalUI

struct SafeLineTests {
  @Test(arguments: [
    ("plain", "plain"), ("\u{1B}[35mred", "␛[35mred"), ("a\u{7}b\u{8}c", "a·b·c"),
    ("a\r\nb\tc", "a  b c"), ("\u{1B}]52;c;aGk=\u{7}", "␛]52;c;aGk=·"), ("a\u{9B}31m", "a·31m"),
    ("abc\u{202E}def\u{2069}", "abcdef"), ("a\u{200B}b\u{FEFF}c\u{AD}d", "abcd"),
    ("x\u{E0041}\u{E007F}y", "xy"), ("❤\u{FE0F}", "❤"), ("a\u{2028}b\u{2029}c", "a b c"),
    ("nul\u{0}", "nul·"), ("\u{E000}\u{10FFFF}\u{378}", "···"), ("e\u{301}", "é"),
    ("e\u{34F}\u{301}", "é"), ("z\u{300}\u{301}\u{302}\u{303}", "z\u{300}\u{301}"),
    ("\u{301}x", "x"), ("👨\u{200D}👩\u{200D}👧!", "👨!"), ("👍🏽", "👍"),
    ("क\u{94D}\u{200D}ष", "क\u{94D}ष"), ("\u{1112}\u{1161}\u{11AB}", "한"), ("a\u{1161}", "a·"),
    ("עברית", "עברית"), ("\u{3164}\u{115F}\u{FFA0}x", "x"), ("\u{7F}", "·"),
  ])
  func `hostile text becomes harmless`(raw: String, expected: String) {
    #expect(Array(SafeLine(raw).text.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func `what is taken as plain is what sanitising would leave`() {
    var plain = 0
    for value in UInt32(0)..<0x3100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for raw in [String(Character(scalar)), "a\(scalar)\(scalar)b"] where Sanitiser.isPlain(raw) {
        plain += 1
        #expect(Array(Sanitiser.line(raw).unicodeScalars) == Array(raw.unicodeScalars))
      }
    }
    #expect(plain > 1000)
    for raw in ["e\u{301}", "soft\u{AD}hyphen", "a\u{202E}b", "\u{1B}[m", "藤", "👍"] {
      #expect(!Sanitiser.isPlain(raw), "\(raw.debugDescription)")
    }
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("藤乃木", 6), ("Żdźbłowska", 10), ("한새벽", 6), ("👍🏽", 2), ("🇳🇴", 2),
    ("e\u{301}\u{302}", 1), ("\u{1B}", 1), ("ｶﾞ", 2), ("क\u{94D}ष", 2),
  ])
  func `width counts columns`(raw: String, width: Int) {
    #expect(SafeLine(raw).width == width)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("藤乃木", 5, "藤乃…"), ("藤乃木", 4, "藤…"), ("ab cdef", 4, "ab…"), ("🇳🇴🇸🇪", 3, "🇳🇴…"),
    ("abc", -1, ""),
  ])
  func `a cut ends at a whole letter`(raw: String, columns: Int, expected: String) {
    let cut = SafeLine(raw).cut(to: columns)
    #expect(cut.text == expected)
    #expect(cut.width <= max(0, columns))
  }

  @Test func `joined lines add their widths`() {
    let line: SafeLine = "藤" + "a\("\u{1B}b")"
    #expect(line.text == "藤a␛b")
    #expect(line.width == 5)
    #expect([SafeLine("a"), "b"].joined(by: ", ").text == "a, b")
    #expect(SafeLine("ab").repeated(2) == "abab")
  }

  @Test func `random scalars never leave a forbidden one`() {
    var random = SplitMix(7)
    for _ in 0..<3000 {
      let line = SafeLine(random.hostileString())
      for scalar in line.text.unicodeScalars {
        #expect(!isForbidden(scalar), "U+\(String(scalar.value, radix: 16))")
      }
      var columns = 0
      line.forEachCell { _, width in columns += width }
      #expect(columns == line.width)
      #expect(SafeLine(line.text) == line)
    }
  }

  @Test func `random bytes never leave a forbidden scalar`() {
    var random = SplitMix(11)
    for _ in 0..<1000 {
      let bytes = (0..<20).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let line = SafeLine(String(decoding: bytes, as: UTF8.self))
      #expect(!line.text.unicodeScalars.contains(where: isForbidden))
    }
  }

  private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    let categories: [Unicode.GeneralCategory] = [
      .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
    ]
    return categories.contains(properties.generalCategory) || properties.isVariationSelector
      || properties.isDefaultIgnorableCodePoint
  }
}

extension SplitMix {
  /// Scalars from the ranges that hurt most, mixed with any other.
  mutating func hostileString() -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0...0x9F, 0x20...0x7E, 0x300...0x36F, 0x200B...0x206F, 0x1100...0x11FF, 0x1F300...0x1F6FF,
      0xFE00...0xFEFF, 0xE0000...0xE01FF, 0x4E00...0x4FFF, 0x900...0x97F, 0...0x10FFFF,
    ]
    var view = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &self) {
      let range = ranges.randomElement(using: &self) ?? 0x20...0x7E
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { view.append(scalar) }
    }
    return String(view)
  }
}
