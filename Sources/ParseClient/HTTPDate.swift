import ParseCore

extension ParseDate {
  /// Reads the `Date` header of an answer, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7, whose
  /// two older forms no server of ours sends). Exact to a second.
  init?(httpDate text: String) {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]),
      let month = Self.monthNames.firstIndex(of: String(words[2])), let year = Int(words[3])
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]),
      (0...60).contains(clock[2]), (1970...9999).contains(year),
      (1...Self.days(inMonth: month + 1, of: year)).contains(day)
    else { return nil }
    let days = Self.dayNumber(year: year, month: month + 1, day: day)
    let seconds = days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    self.init(milliseconds: Int64(seconds) * 1000)
  }

  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
