import TestRandom
import Testing

@testable import TerminalUI

struct SafeTextTests {
  @Test func `lines split at every kind of line end and tabs widen`() {
    #expect(
      SafeText("a\r\nb\n\n\tc\rab\td").lines.map(\.text) == ["a", "b", "", "    c", "ab  d"])
  }

  @Test func `wrapping breaks at blanks and long words at a letter`() {
    let text = SafeText("the quick brown fox\nabcdefghij\n藤乃木しずく")
    #expect(
      text.wrapped(to: 9).map(\.text) == [
        "the quick", "brown fox", "abcdefghi", "j", "藤乃木し", "ずく",
      ])
  }

  @Test func `no wrapped line is wider than asked`() {
    var random = SplitMix(3)
    for _ in 0..<300 {
      let text = SafeText(random.hostileString() + " " + random.hostileString())
      #expect(text.wrapped(to: 6).allSatisfy { $0.width <= 6 })
    }
  }
}
