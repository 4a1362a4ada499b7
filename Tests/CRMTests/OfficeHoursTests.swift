import CRM
import ParseCore
import Testing

/// 20 November 2026 is a Friday.
struct OfficeHoursTests {
  @Test(
    arguments: [
      ("mon-fri 8-17", [0, 1, 2, 3, 4], 8 * 3600, 17 * 3600),
      ("Mon,Wed 9:00-12:30", [0, 2], 9 * 3600, 12 * 3600 + 1800),
      ("sun-thu 7-15", [6, 0, 1, 2, 3], 7 * 3600, 15 * 3600),
      ("sat 0-24", [5], 0, 86_400),
    ] as [(String, Set<Int>, Int, Int)])
  func `hours are read`(text: String, days: Set<Int>, opens: Int, closes: Int) throws {
    let hours = try #require(OfficeHours(text))
    #expect(hours.days == days && hours.opens == opens && hours.closes == closes)
  }

  @Test(arguments: [
    "", "mon-fri", "8-17", "mon-fri 17-8", "mon-fri 8-25", "mon-xyz 8-17", "mon-fri 8:60-17",
    "mon--fri 8-17", "mon-tue-fri 8-17", "mon-fri 8-17-19", "mon-fri -8", ", 8-17",
  ])
  func `what is no hours is refused`(text: String) {
    #expect(OfficeHours(text) == nil)
  }

  @Test(
    arguments: [
      ("2026-11-20T14:00:00.000Z", "2026-11-20T16:00:00.000Z", 2.0),
      ("2026-11-20T16:00:00.000Z", "2026-11-23T09:00:00.000Z", 2),
      ("2026-11-21T09:00:00.000Z", "2026-11-22T20:00:00.000Z", 0),
      ("2026-11-20T03:00:00.000Z", "2026-11-20T23:00:00.000Z", 9),
      ("2026-10-01T12:00:00.000Z", "2026-11-20T12:00:00.000Z", 36 * 9.0),
      ("2026-11-20T16:00:00.000Z", "2026-11-20T14:00:00.000Z", 0),
    ])
  func `office time is counted`(from: String, to: String, hours: Double) throws {
    let office = try #require(OfficeHours("mon-fri 8-17"))
    let seconds = office.seconds(from: instant(from), to: instant(to), ZoneOffsets(first: 0))
    #expect(Double(seconds) == hours * 3600)
  }

  /// The same, counted second by second in steps of 15 minutes.
  @Test(arguments: [0, 7200, -18_000])
  func `any span is what its quarters of an hour are`(offset: Int) throws {
    let office = try #require(OfficeHours("sun-tue,thu 7:15-15:45"))
    let zone = ZoneOffsets(first: offset)
    let start = instant("2026-11-13T05:00:00.000Z")
    var counted = 0
    for step in 0..<2000 {
      let quarter = start.advanced(bySeconds: step * 900)
      let day = CivilDay(quarter, zoneOffset: offset)
      let time = Int(quarter.seconds) + offset - day.number * 86_400
      #expect(office.seconds(from: start, to: quarter, zone) == counted)
      if office.days.contains(day.weekday), (office.opens..<office.closes).contains(time) {
        counted += 900
      }
    }
  }

  @Test func `pressure is of the office time, waiting of all`() throws {
    var school = School.whole()
    // Friday 16:00; the viewer looks on Monday at 9:00, so two office hours have passed.
    school.put(
      .ticket, "t1",
      [
        "ticketNumber": "T-1", "status": "open", "priority": "high",
        "lastMessageAt": instant("2026-11-20T16:00:00.000Z").json,
      ])
    var monday = look(at: instant("2026-11-23T09:00:00.000Z"))
    let all = try #require(school.ticketCard("t1", monday)?.row)
    #expect(all.waiting == 65 * 3600 && all.counted == all.waiting && all.severity == .late)
    monday.officeHours = OfficeHours("mon-fri 8-17")
    let office = try #require(school.ticketCard("t1", monday)?.row)
    #expect(office.waiting == 65 * 3600 && office.counted == 2 * 3600)
    #expect(office.pressure == 0.5 && office.severity == .plain)
    #expect(monday.officeHours?.words == "Mon Tue Wed Thu Fri 8:00 to 17:00")
  }
}
