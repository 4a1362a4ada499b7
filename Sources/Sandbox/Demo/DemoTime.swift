import ParseCore

extension ParseDate {
  static let millisecondsPerDay = 86_400_000.0

  func ago(days: Double) -> ParseDate { adding(days: -days) }

  func ago(hours: Double) -> ParseDate { adding(days: -hours / 24) }

  func adding(days: Double) -> ParseDate {
    ParseDate(milliseconds: milliseconds + Int64(days * Self.millisecondsPerDay))
  }

  func days(until other: ParseDate) -> Double {
    Double(other.milliseconds - milliseconds) / Self.millisecondsPerDay
  }

  /// Whole days since 1970 in UTC.
  var dayNumber: Int { Int((Double(milliseconds) / Self.millisecondsPerDay).rounded(.down)) }

  /// 0 is Sunday; 1970-01-01 was a Thursday.
  var weekday: Int { (dayNumber % 7 + 11) % 7 }

  var hour: Int { Int(milliseconds / 3_600_000 - Int64(dayNumber) * 24) }

  init(dayNumber: Int, hour: Double = 0) {
    self.init(milliseconds: Int64(dayNumber) * 86_400_000 + Int64(hour * 3_600_000))
  }

  /// The last Sunday of March or October before `now`, 01:00Z: the hour clocks change in Europe.
  static func lastClockChange(before now: ParseDate) -> ParseDate {
    let year = ParseDate.civil(day: now.dayNumber).year
    let candidates = [(year, 10), (year, 3), (year - 1, 10)].map { year, month in
      let last = ParseDate.dayNumber(year: year, month: month, day: 31)
      let weekday = ParseDate(dayNumber: last).weekday
      return ParseDate(dayNumber: last - weekday, hour: 1)
    }
    return candidates.first { $0 < now } ?? now
  }
}
