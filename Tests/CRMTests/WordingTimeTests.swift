import CRM
import ParseCore
import Testing

struct WordingTimeTests {
  private static let day = 86_400

  @Test(arguments: [
    (0, "now"), (59, "now"), (60, "1m"), (3599, "59m"), (3600, "1h"), (86_399, "23h"),
    (day, "1d"), (41 * day, "41d"), (42 * day, "6w"), (121 * day, "17w"), (122 * day, "4mo"),
    (430 * day, "14mo"), (-5, "now"),
  ])
  func `an age has one unit`(seconds: Int, words: String) {
    #expect(Wording.age(seconds) == words)
  }

  @Test(arguments: [
    (0, "now"), (720, "12m"), (18_600, "5h10"), (7560, "2h06"), (35_999, "9h59"),
    (36_000, "10h"), (172_799, "47h"), (172_800, "2d"), (40 * day, "40d"),
  ])
  func `waiting is exact while it is short`(seconds: Int, words: String) {
    #expect(Wording.waiting(seconds) == words)
  }

  @Test(arguments: [
    (-2, "2d late"), (0, "today"), (1, "tomorrow"), (2, "in 2d"), (40, "in 40d"),
  ])
  func `days ahead`(days: Int, words: String) {
    #expect(Wording.ahead(days: days) == words)
  }

  @Test func `targets in hours, a week in days`() {
    #expect(
      TicketPriority.allCases.map { Wording.target($0.responseTarget) } == [
        "48h", "24h", "4h", "1h",
      ])
    #expect(
      TicketPriority.allCases.map { Wording.target($0.ageTarget) } == ["7d", "72h", "24h", "8h"])
  }

  @Test(arguments: [(0, "today"), (1, "1d"), (41, "41d"), (42, "6w"), (281, "9mo")])
  func `a touch is told by the day`(days: Int, words: String) {
    #expect(Wording.touch(days: days) == words)
    #expect(Wording.touched(days: days) == (days == 0 ? "today" : words + " ago"))
  }

  @Test(arguments: [(0, "just now"), (59, "just now"), (60, "1m ago"), (86_400, "1d ago")])
  func `what has just been is not told as now ago`(seconds: Int, words: String) {
    #expect(Wording.ago(seconds) == words)
  }

  @Test func `a day in a list shows the year only when it is another one`() {
    let today = CivilDay(year: 2026, month: 11, day: 20)
    #expect(Wording.day(CivilDay(year: 2026, month: 12, day: 14), today: today) == "14 Dec")
    #expect(Wording.day(CivilDay(year: 2027, month: 1, day: 1), today: today) == "Jan 2027")
    #expect(Wording.date(CivilDay(year: 2027, month: 1, day: 1), today: today) == "1 Jan 2027")
    #expect(Wording.date(CivilDay(year: 2026, month: 1, day: 1), today: today) == "1 Jan")
    #expect(Wording.longDay(CivilDay(year: 2026, month: 12, day: 1)) == "Tue 1 Dec 2026")
    #expect(Wording.longDay(CivilDay(year: 1969, month: 12, day: 31)) == "Wed 31 Dec 1969")
  }

  @Test(arguments: [(0, "14:06"), (13 * 3600, "03:06"), (-10 * 3600, "04:06"), (20_700, "19:51")])
  func `a time is in the zone`(offset: Int, words: String) {
    #expect(Wording.time(instant("2026-11-20T14:06:59.000Z"), look(zoneOffset: offset)) == words)
  }

  @Test func `a moment names its day by distance`() {
    #expect(Wording.moment(instant("2026-11-20T14:06:00.000Z"), look()) == "today 14:06")
    #expect(Wording.moment(instant("2026-11-19T09:02:00.000Z"), look()) == "Thu 19 Nov 09:02")
    #expect(
      Wording.moment(instant("2025-11-20T09:02:00.000Z"), look()) == "Thu 20 Nov 2025 09:02")
  }
}

struct CivilDayTests {
  private static let auckland = 13 * 3600
  private static let honolulu = -10 * 3600

  @Test(arguments: [
    ("2026-11-20T14:12:00.000Z", auckland, 21), ("2026-11-20T14:12:00.000Z", honolulu, 20),
    ("2026-11-20T10:59:59.999Z", auckland, 20), ("2026-11-20T11:00:00.000Z", auckland, 21),
    ("2026-11-20T09:59:59.999Z", honolulu, 19), ("2026-11-20T10:00:00.000Z", honolulu, 20),
  ])
  func `an instant falls on the day of the zone`(iso: String, offset: Int, day: Int) {
    #expect(CivilDay(instant(iso), zoneOffset: offset).civil.day == day)
  }

  @Test(arguments: [auckland, honolulu, 0])
  func `midnight and noon UTC are days everywhere`(offset: Int) {
    for time in ["00:00:00.000", "12:00:00.000"] {
      let date = instant("2026-12-14T\(time)Z")
      #expect(CivilDay(field: date, zoneOffset: offset) == CivilDay(year: 2026, month: 12, day: 14))
      #expect(CivilDay.isWholeDay(date))
    }
  }

  @Test func `any other time in a date column is an instant`() {
    let date = instant("2026-12-14T22:30:00.000Z")
    #expect(!CivilDay.isWholeDay(date))
    #expect(CivilDay(field: date, zoneOffset: Self.auckland).civil.day == 15)
    #expect(CivilDay(field: date, zoneOffset: Self.honolulu).civil.day == 14)
  }

  @Test(arguments: [auckland, honolulu])
  func `a written day reads back`(offset: Int) {
    let day = CivilDay(year: 2028, month: 2, day: 29)
    #expect(day.stored.iso == "2028-02-29T12:00:00.000Z")
    #expect(CivilDay(field: day.stored, zoneOffset: offset) == day)
  }

  @Test func `days before 1970 count down`() {
    #expect(CivilDay(instant("1969-12-31T23:59:59.999Z"), zoneOffset: 0).number == -1)
    #expect(CivilDay(number: -1).weekday == 2)
    #expect(CivilDay(number: 0).weekday == 3)
  }

  @Test func `weeks start on Monday and quarters on their first day`() {
    let day = CivilDay(year: 2026, month: 11, day: 20)
    #expect(day.monday == CivilDay(year: 2026, month: 11, day: 16))
    #expect(day.quarterStart == CivilDay(year: 2026, month: 10, day: 1))
    #expect(CivilDay(year: 2026, month: 12, day: 1) - day == 11)
  }

  @Test func `a viewpoint's today is the day of its zone`() {
    #expect(look(zoneOffset: Self.auckland).today.civil.day == 21)
    #expect(look(zoneOffset: Self.honolulu).today.civil.day == 20)
    #expect(look().seconds(since: now.advanced(bySeconds: 90)) == 0)
    #expect(look().days(since: ago(days: 2)) == 2)
  }
}
