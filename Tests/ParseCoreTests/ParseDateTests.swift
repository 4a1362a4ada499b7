import TestRandom
import ParseCore
import Testing

struct ParseDateTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00.000Z", 0), ("2024-02-29T12:30:45.678Z", 1_709_209_845_678),
    ("1965-01-01T00:00:00.000Z", -157_766_400_000), ("1969-12-31T23:59:59.999Z", -1),
    ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ("0001-01-01T00:00:00.000Z", -62_135_596_800_000),
  ])
  func `an instant reads and writes`(_ iso: String, _ milliseconds: Int64) throws {
    #expect(ParseDate.isCanonical(iso))
    let date = try #require(ParseDate(iso: iso))
    #expect(date.milliseconds == milliseconds)
    #expect(date.iso == iso)
  }

  @Test(arguments: [
    "2024-03-10T12:00:00Z", "2024-03-10T13:00:00.000+01:00", "2024-03-10T06:30:00-0530",
    "2024-03-10 12:00:00.000Z", "2024-03-10T13:00:00+0100", "2024-03-10T12:00:00.0000001Z",
    "2024-03-10T12:00Z",
  ])
  func `other spellings mean the same instant`(_ iso: String) {
    #expect(!ParseDate.isCanonical(iso))
    #expect(ParseDate(iso: iso)?.iso == "2024-03-10T12:00:00.000Z")
  }

  @Test(arguments: [
    "", "2024", "2024-13-01", "2023-02-29", "2024-00-10", "2024-03-10T24:00:00Z",
    "2024-03-10T12:60:00Z", "2024-03-10T12:00:00.Z", "2024-03-10T12:00:00X", "yesterday",
    "2024-03-10T12:00:00+1", "2023-02-29T00:00:00.000Z", "２０２４-03-10", "2024-03-10T12:00:00ZZ",
  ])
  func `what is no date is refused`(_ text: String) {
    #expect(!ParseDate.isCanonical(text))
    #expect(ParseDate(iso: text) == nil)
  }

  @Test(arguments: [
    (1.0005, 1001), (-0.25, -250), (.infinity, Int64.max), (-1e300, .min), (.nan, 0),
  ])
  func `seconds round to milliseconds and stay within 64 bits`(
    _ seconds: Double, _ milliseconds: Int64
  ) {
    #expect(ParseDate(seconds: seconds).milliseconds == milliseconds)
  }

  @Test func `any instant survives its text`() {
    var random = SplitMix(4)
    for _ in 0..<2000 {
      let date = ParseDate(
        milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
      #expect(ParseDate(iso: date.iso) == date)
    }
  }

  @Test func `any text is read or refused`() {
    var random = SplitMix(5)
    let pieces = ["2", "0", "9", "-", ":", "T", "Z", "+", ".", " ", "é"]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0..<30, using: &random)).map { _ in random.pick(pieces) }
      if let date = ParseDate(iso: text.joined()) { #expect(ParseDate(iso: date.iso) == date) }
    }
  }
}
