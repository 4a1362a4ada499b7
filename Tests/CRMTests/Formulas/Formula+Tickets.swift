import CRM
import ParseCore
import Testing

extension Formula {
  private static func school(
    _ status: String = "open", _ priority: String = "normal", message: ParseDate? = ago(hours: 6),
    created: ParseDate? = ago(hours: 30), updated: ParseDate? = ago(hours: 2)
  ) -> School {
    var school = School.whole()
    school.put(.student, "s1", ["fullName": "Zoë"])
    add(&school, "t1", status, priority, message: message, created: created, updated: updated)
    return school
  }

  private static func add(
    _ school: inout School, _ id: String, _ status: String = "open", _ priority: String = "normal",
    message: ParseDate? = ago(hours: 6), created: ParseDate? = ago(hours: 30),
    updated: ParseDate? = ago(hours: 2), with user: String = "u1"
  ) {
    var fields: JSONObject = [
      "status": .string(status), "priority": .string(priority), "student": .to(.student, "s1"),
      "assignedTo": .to(.user, user),
    ]
    fields["lastMessageAt"] = message?.json
    school.put(.ticket, id, created: created, updated: updated, fields)
  }

  private static func clock(_ school: School) throws -> TicketClock {
    TicketClock(try #require(school.tickets["t1"]), now: now)
  }

  private static func waiting(_ school: School) throws -> Double {
    Double(try clock(school).waiting) / 3600
  }

  private static func recent(_ ages: [Int]) throws -> Double {
    var school = School.whole()
    school.put(.student, "s1")
    for (place, days) in ages.enumerated() {
      add(&school, "t\(place)", created: ago(days: days))
    }
    return Double(try #require(school.studentCard("s1", look())).recentTickets)
  }

  private static func load(_ user: String?) throws -> PersonLoad {
    var school = School.whole()
    school.put(.user, "u1", ["username": "mara", "role": "coordinator"])
    school.put(.user, "q", ["username": "triage", "role": "coordinator"])
    add(&school, "t1", "open", "urgent")
    add(&school, "t2", "pending", "low")
    add(&school, "t3", "resolved", "urgent")
    add(&school, "t4", "odd", "P0")
    add(&school, "t5", "new", "high", with: "q")
    return try #require(school.ticketLoads(look()).first { $0.user == user })
  }

  /// Waits of running tickets of 1, 2, 4 and 9 hours, a paused and an ended one.
  private static let waits: School = {
    var school = School.whole()
    for hours in [1, 2, 4, 9] { add(&school, "t\(hours)", message: ago(hours: hours)) }
    add(&school, "paused", "pending", message: ago(days: 9))
    add(&school, "ended", "closed", message: ago(days: 9))
    return school
  }()

  private static func flow(_ zone: ZoneOffsets) -> (opened: [Int], closed: [Int]) {
    var school = School.whole()
    add(
      &school, "t1", "closed", created: instant("2026-11-18T22:00:00.000Z"),
      updated: instant("2026-11-19T23:30:00.000Z"))
    add(&school, "t2", created: instant("2026-11-20T01:00:00.000Z"))
    return school.ticketFlow(
      days: 3, Viewpoint(user: nil, role: nil, now: now, zone: zone))
  }

  static let tickets: [Formula] = [
    Formula("5.4 waiting", "hours since the last message", 6) { try waiting(school()) },
    Formula("5.4 waiting", "an unknown status runs", 6) { try waiting(school("odd")) },
    Formula("5.4 waiting", "no message counts from arrival", 30) {
      try waiting(school(message: nil))
    },
    Formula("5.4 waiting", "a message ahead counts from arrival", 30) {
      try waiting(school(message: ago(hours: -3)))
    },
    Formula("5.4 waiting", "ended is frozen at the last change", 4) {
      try waiting(school("resolved"))
    },
    Formula("5.4 waiting", "nothing known is zero", 0) {
      try waiting(school(message: nil, created: nil, updated: nil))
    },
    Formula("5.4 pressure", "6 h of 24", 0.25) { try clock(school()).pressure },
    Formula("5.4 pressure", "6 h of 1", 6) { try clock(school("open", "urgent")).pressure },
    Formula("5.4 pressure", "6 h of 4", 1.5) { try clock(school("open", "high")).pressure },
    Formula("5.4 pressure", "6 h of 48", 0.125) { try clock(school("open", "low")).pressure },
    Formula("5.4 pressure", "an unknown priority is normal", 0.25) {
      try clock(school("open", "P0")).pressure
    },
    Formula("5.4 slack", "18 h left", 18 * 3600) { Double(try clock(school()).slack) },
    Formula("5.4 slack", "breached by 2 h", -2 * 3600) {
      Double(try clock(school("open", "high")).slack)
    },
    Formula("5.4 age clock", "30 h", 30) { Double(try clock(school()).age) / 3600 },
    Formula("5.4 age clock", "frozen when ended", 28) {
      Double(try clock(school("closed")).age) / 3600
    },
    Formula("5.4 age clock", "42 h of 72 left", 42) {
      Double(try clock(school()).ageSlack) / 3600
    },
    Formula("5.4 repeat contact", "three of 30 days, one older", 3) { try recent([0, 5, 30, 31]) },
    Formula("5.4 repeat contact", "none", 0) { try recent([]) },
    Formula("5.4 load", "open ones, unknown words among them", 3) { Double(try load("u1").open) },
    // Urgent 4, low 1, unknown as normal 2.
    Formula("5.4 load", "by rank", 7) { Double(try load("u1").weight) },
    Formula("5.4 load", "an urgent one is late", 1) { Double(try load("u1").late) },
    Formula("5.4 load", "the queue's is nobody's", 3) { Double(try load(nil).weight) },
    Formula("5.4 opened/closed", "opened on the 18th in UTC", 1) {
      Double(flow(ZoneOffsets(first: 0)).opened[0])
    },
    Formula("5.4 opened/closed", "the 19th in Ho Chi Minh City", 1) {
      Double(flow(.hoChiMinh).opened[1])
    },
    Formula("5.4 opened/closed", "closed on the 19th in UTC", 1) {
      Double(flow(ZoneOffsets(first: 0)).closed[1])
    },
    // There it is the 21st already, so the 20th is the second of three days.
    Formula("5.4 opened/closed", "the 20th in Auckland", 1) { Double(flow(.auckland).closed[1]) },
    Formula("5.4 opened/closed", "opened on the 19th in Honolulu", 1) {
      Double(flow(.honolulu).opened[1])
    },
    Formula("5.4 median/p90 wait", "of 1, 2, 4, 9 h", 3 * 3600) {
      waits.tickets(ListRequest(), look()).summary.medianWait.map(Double.init)
    },
    // h = 3 × 0.9 = 2.7 between 4 and 9.
    Formula("5.4 median/p90 wait", "p90", 7.5 * 3600) {
      waits.tickets(ListRequest(), look()).summary.ninetiethWait.map(Double.init)
    },
    Formula("5.4 median/p90 wait", "no running ticket", nil) {
      School.whole().tickets(ListRequest(), look()).summary.medianWait.map(Double.init)
    },
  ]
}
