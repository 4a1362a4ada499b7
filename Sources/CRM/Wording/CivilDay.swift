package import ParseCore

/// A day of the calendar, counted from 1970-01-01, without a zone of its own.
package struct CivilDay: Sendable, Hashable, Comparable {
  package let number: Int

  package init(number: Int) { self.number = number }

  package init(year: Int, month: Int, day: Int) {
    number = ParseDate.dayNumber(year: year, month: month, day: day)
  }

  /// The day an instant falls on.
  ///
  /// - Parameter zoneOffset: seconds east of UTC at that instant.
  package init(_ instant: ParseDate, zoneOffset: Int) {
    let local = instant.milliseconds + Int64(zoneOffset) * 1000
    number = Int((Double(local) / 86_400_000).rounded(.down))
  }

  /// The day a date column means: 00:00:00.000Z and 12:00:00.000Z are how days are written, so they
  /// keep their UTC date; any other time is an instant (reference/domain.md §5.2).
  package init(field date: ParseDate, zoneOffset: Int) {
    self.init(date, zoneOffset: Self.isWholeDay(date) ? 0 : zoneOffset)
  }

  /// Whether a date column holds a day rather than an instant.
  package static func isWholeDay(_ date: ParseDate) -> Bool {
    date.milliseconds.isMultiple(of: 43_200_000)
  }

  /// How a day is written: noon UTC is the same day from UTC−12 to UTC+11:59.
  package var stored: ParseDate {
    ParseDate(milliseconds: Int64(number) * 86_400_000 + 43_200_000)
  }

  package var civil: (year: Int, month: Int, day: Int) { ParseDate.civil(day: number) }

  /// 0 for Monday to 6 for Sunday. 1970-01-01 was a Thursday.
  package var weekday: Int { ((number + 3) % 7 + 7) % 7 }

  package var monday: CivilDay { self - weekday }

  func isInMonth(of other: CivilDay) -> Bool {
    (civil.year, civil.month) == (other.civil.year, other.civil.month)
  }

  /// The first day of the quarter.
  package var quarterStart: CivilDay {
    let date = civil
    return CivilDay(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1)
  }

  package static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }

  package static func + (day: CivilDay, days: Int) -> CivilDay {
    CivilDay(number: day.number + days)
  }

  package static func - (day: CivilDay, days: Int) -> CivilDay {
    CivilDay(number: day.number - days)
  }

  /// Days from `right` to `left`.
  package static func - (left: CivilDay, right: CivilDay) -> Int { left.number - right.number }
}

extension Viewpoint {
  package var today: CivilDay { day(at: now) }

  /// The day an instant falls on where the one who looks is, by the clocks of that day.
  package func day(at instant: ParseDate) -> CivilDay {
    CivilDay(instant, zoneOffset: zone.seconds(at: instant))
  }

  /// The day a date column means to the one who looks.
  package func day(field: ParseDate) -> CivilDay {
    CivilDay(field: field, zoneOffset: zone.seconds(at: field))
  }

  package func day(of field: ParseDate?) -> CivilDay? { field.map(day(field:)) }

  /// The instant of a time of day by the clocks of that day. A time they skip or show twice is read
  /// by those before the change.
  package func instant(_ day: CivilDay, secondsIntoDay seconds: Int64) -> ParseDate {
    let local = Int64(day.number) * 86_400_000 + seconds * 1000
    let utc = ParseDate(milliseconds: local)
    // No zone is a day or more from UTC, so these are the clocks of the day before and after.
    let readings = [-86_400, 86_400].map { away in
      utc.advanced(bySeconds: -zone.seconds(at: utc.advanced(bySeconds: away)))
    }
    let isShown = { (instant: ParseDate) in
      instant.milliseconds + Int64(zone.seconds(at: instant)) * 1000 == local
    }
    return readings.first(where: isShown) ?? readings[0]
  }

  /// The same time of day some days later by the clocks, which differs from whole days of seconds
  /// where they change in between. Days stored without a time stay that.
  package func moved(_ field: ParseDate, byDays days: Int) -> ParseDate {
    if CivilDay.isWholeDay(field) { return field.advanced(bySeconds: days * 86_400) }
    let day = day(at: field)
    let local = field.milliseconds + Int64(zone.seconds(at: field)) * 1000
    let rest = (local - Int64(day.number) * 86_400_000) / 1000
    return instant(day + days, secondsIntoDay: rest)
  }

  /// Whole seconds since an instant; zero for one ahead.
  package func seconds(since instant: ParseDate) -> Int {
    max(0, Int((now.milliseconds - instant.milliseconds) / 1000))
  }

  /// Whole days of 86 400 s since an instant; zero for one ahead.
  package func days(since instant: ParseDate) -> Int { seconds(since: instant) / 86_400 }

  /// When `days(since:)` will read otherwise.
  func nextDay(since instant: ParseDate) -> ParseDate {
    instant.advanced(bySeconds: (days(since: instant) + 1) * 86_400)
  }
}
