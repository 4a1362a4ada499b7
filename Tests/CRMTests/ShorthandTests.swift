import TestRandom
import CRM
import ParseCore
import Testing

struct ShorthandTests {
  /// `now` is Friday 20 November 2026.
  static let today = CivilDay(year: 2026, month: 11, day: 20)

  @Test(arguments: [
    ("today", "2026-11-20"), ("TOM", "2026-11-21"), ("tomorrow", "2026-11-21"),
    ("yesterday", "2026-11-19"), ("fri", "2026-11-27"), ("sat", "2026-11-21"),
    ("thursday", "2026-11-26"), ("+3d", "2026-11-23"), ("3d", "2026-11-23"),
    ("-1w", "2026-11-13"), ("+2w", "2026-12-04"), ("+3m", "2027-02-20"), ("+1y", "2027-11-20"),
    ("eom", "2026-11-30"), ("eoq", "2026-12-31"), ("eoy", "2026-12-31"),
    ("25.11", "2026-11-25"), ("25.11.", "2026-11-25"), ("19.11", "2027-11-19"),
    ("20.11", "2026-11-20"), ("29.2", "2028-02-29"), ("1.2.27", "2027-02-01"),
    ("25.11.2025", "2025-11-25"), ("2026-12-01", "2026-12-01"), (" 2026-2-3 ", "2026-02-03"),
  ]) func `days are understood`(text: String, expected: String) {
    #expect(
      DayShorthand(today: Self.today).parse(text)?.stored
        == instant(expected + "T12:00:00.000Z"))
  }

  @Test(arguments: [
    "", "someday", "fr", "31.11", "29.2.2027", "2026-13-01", "+d", "+-3d", "99999d", "25/11",
    "1.1.202", "+9999y", "０.1", "٣d", "2026-12-01-2",
  ]) func `what is not a day is not guessed`(text: String) {
    #expect(DayShorthand(today: Self.today).parse(text) == nil)
  }

  @Test(arguments: [("fri", "2026-11-13"), ("mon", "2026-11-16"), ("25.11", "2025-11-25")])
  func `looking back a name means the last such day`(text: String, expected: String) {
    #expect(
      DayShorthand(today: Self.today, prefersPast: true).parse(text)?.stored
        == instant(expected + "T12:00:00.000Z"))
  }

  @Test func `the end of a month is clamped`() {
    let last = CivilDay(year: 2027, month: 1, day: 31)
    #expect(last.adding(months: 1) == CivilDay(year: 2027, month: 2, day: 28))
    #expect(last.adding(months: -2) == CivilDay(year: 2026, month: 11, day: 30))
  }

  @Test(arguments: [
    ("12k", 12_000.0), ("1.5m", 1_500_000), ("1,5M", 1_500_000), ("2b", 2e9),
    ("1 200,50", 1200.5), ("1\u{202F}200.5", 1200.5), ("1'200", 1200), ("1.200", 1200),
    ("1,200", 1200), ("1.200.000", 1_200_000), ("1.200.000,5", 1_200_000.5),
    ("1,200,000.25", 1_200_000.25), ("0.125", 0.125), ("0,500", 0.5), ("12.5", 12.5),
    ("1.005m", 1_005_000), (".5", 0.5), ("-3", -3), ("\u{2212}3", -3), ("007", 7), ("0", 0),
  ]) func `amounts are understood`(text: String, expected: Double) {
    #expect(AmountShorthand.parse(text) == expected)
  }

  @Test(arguments: ["", "k", "12kk", "1.2.3", "1,2,3", "1.20.000", "--1", "1e5", "٣", "∞", "abc"])
  func `what is not an amount is not guessed`(text: String) {
    #expect(AmountShorthand.parse(text) == nil)
  }

  @Test(arguments: [("41", 41.0), ("41 %", 41), ("41,5%", 41.5), ("0.125", 0.125), ("1.250", 1.25)])
  func `percentages never group`(text: String, expected: Double) {
    #expect(AmountShorthand.percent(text) == expected)
  }

  @Test(arguments: [
    ("now", "2026-11-20T14:12:00.000Z"), ("9:05", "2026-11-20T07:05:00.000Z"),
    ("tom 14:30", "2026-11-21T12:30:00.000Z"), ("-2h", "2026-11-20T12:12:00.000Z"),
    ("-30min", "2026-11-20T13:42:00.000Z"), ("2h", "2026-11-20T16:12:00.000Z"),
  ]) func `moments are in the viewer's zone`(text: String, expected: String) {
    let shorthand = MomentShorthand(viewpoint: look(zoneOffset: 7200))
    #expect(shorthand.parse(text) == .instant(instant(expected)))
  }

  @Test func `a day alone stays a day`() {
    #expect(MomentShorthand(viewpoint: look()).parse("today") == .day(Self.today))
    #expect(MomentShorthand(viewpoint: look()).parse("25:00") == nil)
    #expect(MomentShorthand(viewpoint: look(), prefersPast: true).parse("2h") == nil)
  }

  @Test func `random text never stops the program and every answer is in range`() {
    var random = SplitMix(42)
    let alphabet = Array("0123456789.,-+ kmbdwyhin:%'today fri eom\u{A0}\u{2212}٣é\n\0")
    for _ in 0..<20_000 {
      let length = Int(random.next() % 12)
      let text = String(
        (0..<length).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
      if let amount = AmountShorthand.parse(text) { #expect(amount.isFinite) }
      if let percent = AmountShorthand.percent(text) { #expect(percent.isFinite) }
      if let day = DayShorthand(today: Self.today).parse(text) {
        #expect(day.stored.iso.count == 24)
      }
      _ = MomentShorthand(viewpoint: look(), prefersPast: true).parse(text)
    }
  }

  @Test func `text is cleaned of what cannot be shown`() {
    #expect(FormText.singleLine("  a\r\n\tb\u{1B}c  ") == "a b c")
    #expect(FormText.lines("\n a\r\nb\u{7}\rc\t \n") == "a\nb\nc")
  }
}
