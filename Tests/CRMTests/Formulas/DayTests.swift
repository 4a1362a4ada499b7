import CRM
import ParseCore
import Testing

extension ZoneOffsets {
  /// Daylight saving ended on 5 April 2026 at 14:00 UTC the day before, began on 27 September.
  static let auckland = ZoneOffsets(
    first: 13 * 3600,
    changes: [
      Change(at: instant("2026-04-04T14:00:00.000Z"), seconds: 12 * 3600),
      Change(at: instant("2026-09-26T14:00:00.000Z"), seconds: 13 * 3600),
    ])
  static let honolulu = ZoneOffsets(first: -10 * 3600)
  static let hoChiMinh = ZoneOffsets(first: 7 * 3600)
  /// Half an hour off; daylight saving began on 8 March 2026 at 05:30 UTC, ended on 1 November.
  static let stJohns = ZoneOffsets(
    first: -12_600,
    changes: [
      Change(at: instant("2026-03-08T05:30:00.000Z"), seconds: -9000),
      Change(at: instant("2026-11-01T04:30:00.000Z"), seconds: -12_600),
    ])
}

/// reference/domain.md §5.2.
struct DayTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let zone: ZoneOffsets
    let instant: String
    /// Year, month, day.
    let day: [Int]

    var testDescription: String { "\(name) \(instant)" }
  }

  private func look(_ zone: ZoneOffsets, at time: String) -> Viewpoint {
    Viewpoint(user: nil, role: nil, now: instant(time), zone: zone)
  }

  private func parts(_ day: CivilDay?) -> [Int]? {
    day.map { [$0.civil.year, $0.civil.month, $0.civil.day] }
  }

  static let instants = [
    Case(
      name: "Auckland", zone: .auckland, instant: "2026-04-04T10:59:59.000Z", day: [2026, 4, 4]),
    Case(
      name: "Auckland", zone: .auckland, instant: "2026-04-04T11:00:00.000Z", day: [2026, 4, 5]),
    // The day of 25 hours ends an hour later in UTC.
    Case(
      name: "Auckland", zone: .auckland, instant: "2026-04-05T11:59:59.000Z", day: [2026, 4, 5]),
    Case(
      name: "Auckland", zone: .auckland, instant: "2026-04-05T12:00:00.001Z", day: [2026, 4, 6]),
    // The day of 23 hours.
    Case(
      name: "Auckland", zone: .auckland, instant: "2026-09-26T12:00:00.001Z", day: [2026, 9, 27]),
    Case(
      name: "Auckland", zone: .auckland, instant: "2026-09-27T10:59:59.000Z", day: [2026, 9, 27]),
    Case(
      name: "Auckland", zone: .auckland, instant: "2026-09-27T11:00:00.000Z", day: [2026, 9, 28]),
    Case(
      name: "Honolulu", zone: .honolulu, instant: "2026-11-20T09:59:59.000Z", day: [2026, 11, 19]),
    Case(
      name: "Honolulu", zone: .honolulu, instant: "2026-11-20T10:00:00.000Z", day: [2026, 11, 20]),
    Case(
      name: "Ho Chi Minh", zone: .hoChiMinh, instant: "2026-11-20T16:59:59.000Z",
      day: [2026, 11, 20]),
    Case(
      name: "Ho Chi Minh", zone: .hoChiMinh, instant: "2026-11-20T17:00:00.000Z",
      day: [2026, 11, 21]),
    Case(
      name: "St John's", zone: .stJohns, instant: "2026-03-08T03:29:59.000Z", day: [2026, 3, 7]),
    Case(
      name: "St John's", zone: .stJohns, instant: "2026-03-08T03:30:00.000Z", day: [2026, 3, 8]),
    Case(
      name: "St John's", zone: .stJohns, instant: "2026-03-09T02:29:59.000Z", day: [2026, 3, 8]),
    Case(
      name: "St John's", zone: .stJohns, instant: "2026-03-09T02:30:00.000Z", day: [2026, 3, 9]),
    Case(
      name: "St John's", zone: .stJohns, instant: "2026-11-02T03:29:59.000Z", day: [2026, 11, 1]),
    Case(
      name: "St John's", zone: .stJohns, instant: "2026-11-02T03:30:00.000Z", day: [2026, 11, 2]),
  ]

  @Test(arguments: instants) func `an instant falls on the day of its own clocks`(test: Case) {
    let here = look(test.zone, at: "2026-11-20T12:00:00.000Z")
    #expect(parts(here.day(at: instant(test.instant))) == test.day)
    #expect(parts(look(test.zone, at: test.instant).today) == test.day)
  }

  static let zones: [(String, ZoneOffsets)] = [
    ("Pacific/Auckland", .auckland), ("Pacific/Honolulu", .honolulu),
    ("Asia/Ho_Chi_Minh", .hoChiMinh), ("America/St_Johns", .stJohns),
  ]

  @Test(arguments: zones) func `a day written at midnight or noon is that day everywhere`(
    name: String, zone: ZoneOffsets
  ) {
    let here = look(zone, at: "2026-11-20T12:00:00.000Z")
    for time in ["00:00:00.000Z", "12:00:00.000Z"] {
      #expect(parts(here.day(of: instant("2026-12-31T" + time))) == [2026, 12, 31])
    }
    for number in 20_400..<20_800 {
      let day = CivilDay(number: number)
      #expect(here.day(of: day.stored) == day)
      #expect(day.stored.iso.hasSuffix("T12:00:00.000Z"))
    }
    #expect(here.day(of: nil) == nil)
  }

  @Test(arguments: [
    ("2026-12-31T22:00:00.000Z", [2027, 1, 1]), ("2026-06-30T11:59:59.000Z", [2026, 6, 30]),
    ("2026-06-30T12:00:00.001Z", [2026, 7, 1]),
  ]) func `a field with another time is an instant`(time: String, day: [Int]) {
    let here = look(.auckland, at: "2026-11-20T12:00:00.000Z")
    #expect(parts(here.day(of: instant(time))) == day)
  }

  @Test(arguments: zones) func `days count one by one over clock changes`(
    name: String, zone: ZoneOffsets
  ) {
    let start = instant("2026-01-01T12:00:00.000Z")
    let here = look(zone, at: start.iso)
    for hours in stride(from: 0, to: 366 * 24, by: 1) {
      let one = here.day(at: start.advanced(bySeconds: hours * 3600))
      let next = here.day(at: start.advanced(bySeconds: (hours + 1) * 3600))
      #expect((0...1).contains(next - one))
    }
    // 23, 24 or 25 hours: the days of a year are 365 in every zone.
    let last = look(zone, at: "2027-01-01T12:00:00.000Z").today
    #expect(last - here.today == 365)
  }

  @Test func `weeks begin on Monday and quarters by the calendar`() {
    let sunday = CivilDay(year: 2026, month: 11, day: 22)
    #expect(sunday.weekday == 6)
    #expect(sunday.monday == CivilDay(year: 2026, month: 11, day: 16))
    #expect(sunday.quarterStart == CivilDay(year: 2026, month: 10, day: 1))
    #expect(
      CivilDay(year: 2026, month: 3, day: 31).quarterStart
        == CivilDay(year: 2026, month: 1, day: 1))
  }

  @Test func `ages are seconds, whatever the clocks did`() {
    let here = look(.stJohns, at: "2026-11-01T12:00:00.000Z")
    #expect(here.seconds(since: instant("2026-10-31T12:00:00.000Z")) == 86_400)
    #expect(here.days(since: instant("2026-10-31T12:00:00.001Z")) == 0)
    #expect(here.seconds(since: instant("2026-11-02T12:00:00.000Z")) == 0)
  }

  @Test(arguments: [ZoneOffsets.auckland, .honolulu, .hoChiMinh, .stJohns])
  func `a zone's changes are found to the second`(zone: ZoneOffsets) {
    let found = ZoneOffsets(
      around: instant("2026-07-01T00:00:00.000Z"), offset: zone.seconds(at:))
    #expect(found == zone)
  }

  /// From, zone and now, days to add, expected.
  @Test(arguments: [
    // 10:30 on 31 October is 10:30 on 2 November, an hour more of seconds away.
    ("2026-10-31T13:00:00.000Z", "St John's", 2, "2026-11-02T14:00:00.000Z"),
    // 09:00 on 4 April is 09:00 on 5 April in Auckland.
    ("2026-04-03T20:00:00.000Z", "Auckland", 1, "2026-04-04T21:00:00.000Z"),
    ("2026-04-04T21:00:00.000Z", "Auckland", -1, "2026-04-03T20:00:00.000Z"),
    ("2026-10-31T13:00:00.000Z", "Honolulu", 2, "2026-11-02T13:00:00.000Z"),
    // A day without a time stays one.
    ("2026-10-31T12:00:00.000Z", "St John's", 2, "2026-11-02T12:00:00.000Z"),
  ]) func `a time of day stays when days are added`(
    from: String, name: String, days: Int, expected: String
  ) {
    let zones = ["St John's": ZoneOffsets.stJohns, "Auckland": .auckland, "Honolulu": .honolulu]
    let view = look(zones[name] ?? .honolulu, at: "2026-10-30T12:00:00.000Z")
    #expect(view.moved(instant(from), byDays: days) == instant(expected))
  }

  @Test(arguments: ["2026-01-15T12:00:00.000Z", "2026-07-15T12:00:00.000Z"])
  func `a time the clocks skip or show twice is read by those before`(now: String) {
    let view = look(.stJohns, at: now)
    let half = Int64(5400)
    // 02:30 on 8 March does not exist, 01:30 on 1 November is there twice.
    #expect(
      view.instant(CivilDay(year: 2026, month: 3, day: 8), secondsIntoDay: half + 3600)
        == instant("2026-03-08T06:00:00.000Z"))
    #expect(
      view.instant(CivilDay(year: 2026, month: 11, day: 1), secondsIntoDay: half)
        == instant("2026-11-01T04:00:00.000Z"))
    #expect(
      view.instant(CivilDay(year: 2026, month: 7, day: 1), secondsIntoDay: half)
        == instant("2026-07-01T04:00:00.000Z"))
  }
}
