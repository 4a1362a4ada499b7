import TestRandom
import CRM
import ParseCore
import Testing

/// As time goes on, kept answers equal those worked out from all rows at that time.
@Suite struct LiveClockTests {
  /// How far the clock goes between two looks, in seconds.
  private static let minutes = [60, 60, 1, 61, 600]
  private static let hours = [3_600, 7_200, 60, 25_000]
  private static let days = [86_400, 40_000, 86_399, 60, 300_000]

  @Test(arguments: 1...3, [minutes, hours, days])
  func `kept answers equal those of all rows as time goes on`(seed: UInt64, steps: [Int]) {
    var change = RandomChanges(seed: seed * 31)
    let live = LiveSchool()
    live.complete = Set(SchoolClass.allCases)
    for _ in 0..<200 { change.apply(to: live) }
    let requests = change.requests()
    var viewpoint = Self.viewpoint(hasOffice: seed != 2)
    var orders: [ViewRequest: RecordIDs] = [:]
    for step in 0..<24 {
      for _ in 0..<change.random.next(3) { change.apply(to: live) }
      for _ in 0..<change.random.next(12) where !live.prepare(7) { break }
      for request in requests where change.random.next(9) == 0 {
        let previous = orders[request] ?? []
        let kept = live.answer(request, viewpoint, previous: previous)
        let whole = live.school.answer(request, viewpoint, previous: previous)
        #expect(difference(kept, whole) == nil, "step \(step), \(request)")
        // Now and then a screen is left and comes back in its own order.
        orders[request] = change.random.next(4) == 0 ? nil : kept.order
      }
      viewpoint.now = viewpoint.now.advanced(bySeconds: steps[change.random.next(steps.count)])
    }
  }

  @Test func `the panes of before are there while only the clock has moved`() {
    let live = LiveSchool()
    live.complete = Set(SchoolClass.allCases)
    live.put(.student, "s1", ["fullName": "Ada", "cohort": "A"])
    let ticket: JSONObject = [
      "ticketNumber": "T-1", "student": .to(.student, "s1"), "priority": "high",
      "status": "open", "lastMessageAt": now.json,
    ]
    live.put(.ticket, "t1", ticket)
    var viewpoint = Self.viewpoint(hasOffice: false)
    #expect(live.quadBefore(viewpoint) == nil)
    let shown = live.answer(.quad(), viewpoint)
    #expect(live.quadBefore(viewpoint) == nil)

    viewpoint.now = viewpoint.now.advanced(bySeconds: 60)
    #expect(live.quadBefore(viewpoint).map { difference(.quad($0), shown) } == .some(nil))
    // Another screen has been brought up to the minute meanwhile.
    _ = live.answer(.tickets(ListRequest()), viewpoint)
    #expect(live.quadBefore(viewpoint).map { difference(.quad($0), shown) } == .some(nil))
    #expect(
      difference(live.answer(.quad(), viewpoint), live.school.answer(.quad(), viewpoint)) == nil)
    #expect(live.quadBefore(viewpoint) == nil)

    viewpoint.now = viewpoint.now.advanced(bySeconds: 60)
    live.put(.ticket, "t1", ticket)
    #expect(live.quadBefore(viewpoint) == nil)
    viewpoint.now = viewpoint.now.advanced(bySeconds: 86_400)
    _ = live.answer(.quad(), viewpoint)
    viewpoint.now = viewpoint.now.advanced(bySeconds: 86_400)
    #expect(live.quadBefore(viewpoint) == nil)
  }

  /// Each state of a ticket around the instants at which its clock changes something.
  @Test(arguments: [-3_600, -14_401, -14_400, -14_399, 119, 121, 3_600, -86_400 * 7])
  func `a ticket is late from the second on`(messageAt: Int) {
    let live = LiveSchool()
    live.complete = Set(SchoolClass.allCases)
    live.put(.student, "s1", ["fullName": "Ada", "cohort": "A"])
    live.put(
      .ticket, "t1",
      [
        "ticketNumber": "T-1", "student": .to(.student, "s1"), "priority": "high",
        "status": "open", "lastMessageAt": now.advanced(bySeconds: messageAt).json,
      ])
    let requests: [ViewRequest] = [
      .completion(ListRequest(view: "seed-order")), .tickets(ListRequest()), .quad(),
    ]
    for hasOffice in [false, true] {
      var viewpoint = Self.viewpoint(hasOffice: hasOffice)
      let end = now.advanced(bySeconds: 9 * 3600)
      while viewpoint.now < end {
        for request in requests {
          let kept = live.answer(request, viewpoint)
          let whole = live.school.answer(request, viewpoint)
          #expect(difference(kept, whole) == nil, "\(viewpoint.now.iso), \(request)")
        }
        viewpoint.now = viewpoint.now.advanced(bySeconds: 1201)
      }
    }
  }

  @Test func `a clock that is put back starts anew`() {
    let live = LiveSchool()
    live.complete = Set(SchoolClass.allCases)
    live.put(
      .ticket, "t1", ["status": "open", "lastMessageAt": ago(minutes: 10).json])
    for minutes in [0, 30, 10, 40] {
      let viewpoint = look(at: ago(minutes: -minutes))
      let request = ViewRequest.tickets(ListRequest(view: "all"))
      guard case .tickets(let answer) = live.answer(request, viewpoint) else {
        Issue.record("no tickets")
        return
      }
      #expect(answer.list.rows.map(\.waiting) == [(10 + minutes) * 60])
    }
  }

  /// In a zone whose clocks are put back and forward within the office hours of the next two days.
  private static func viewpoint(hasOffice: Bool) -> Viewpoint {
    var viewpoint = Viewpoint(
      user: "user1", role: .coordinator, now: now,
      zone: ZoneOffsets(
        first: 7_200,
        changes: [
          .init(at: now.advanced(bySeconds: 2 * 3_600), seconds: 3_600),
          .init(at: now.advanced(bySeconds: 20 * 3_600), seconds: 7_200),
        ]))
    if hasOffice { viewpoint.officeHours = OfficeHours("mon-sun 8-19") }
    return viewpoint
  }
}
