import CRM
import ParseCore
import Testing

struct TicketsTests {
  /// u1 looks; u2 is a colleague; q is the queue; u9 is not readable.
  private static func school() -> School {
    var school = School.whole()
    school.put(.user, "u1", ["username": "mara", "role": "coordinator"])
    school.put(.user, "u2", ["username": "jonas", "role": "coordinator"])
    school.put(.user, "u3", ["username": "zoe", "role": "learner"])
    school.put(.user, "q", ["username": "triage", "role": "coordinator"])
    school.put(.student, "s1", ["fullName": "Đặng Nguyệt", "cohort": "2026-A"])
    school.ticket("late", "urgent", "new", hours: 5, with: "q", subject: "Exam upload")
    school.ticket("mine", "normal", "open", hours: 20, with: "u1", subject: "Typo")
    school.ticket("paused", "high", "pending", hours: 200, with: "u1", subject: "Extension")
    school.ticket("theirs", "high", "open", hours: 30, with: "u2", subject: "Login")
    school.ticket("odd", "P0", "waiting_on_vendor", hours: 30, with: "q", subject: "Vendor")
    school.ticket("lost", "low", "open", hours: 1, with: "u9", subject: "Invoice")
    school.ticket("done", "normal", "resolved", hours: 400, with: "u1", subject: "Old")
    return school
  }

  private func list(
    _ view: String?, filter: String = "", sort: String? = nil, isReversed: Bool = false
  ) -> [String] {
    Self.school().tickets(
      ListRequest(view: view, filter: filter, sort: sort, isReversed: isReversed), look()
    ).list.rows.map(\.id)
  }

  @Test(
    arguments: [
      (nil, ["late", "odd", "mine"]), ("next-up", ["late", "odd", "mine"]),
      ("mine", ["mine", "paused"]), ("unassigned", ["late", "odd"]),
      ("breached", ["theirs", "late", "odd"]), ("urgent-high", ["theirs", "late", "paused"]),
      ("waiting", ["paused"]), ("quiet", ["paused"]),
      ("open", ["theirs", "late", "odd", "mine", "lost", "paused"]), ("closed", ["done"]),
      ("all", ["theirs", "late", "odd", "mine", "lost", "paused", "done"]),
    ] as [(String?, [String])])
  func `views hold their tickets by pressure`(view: String?, ids: [String]) {
    #expect(list(view) == ids)
  }

  /// Whatever a learner can read is the learner's own, whoever works on it.
  @Test func `a learner's own tickets are next`() {
    let answer = Self.school().tickets(ListRequest(), look(as: "u3", .learner))
    #expect(answer.views.first { $0.id == "mine" }?.count == 6)
    #expect(answer.list.rows.map(\.id).contains("theirs"))
    #expect(!answer.list.rows.map(\.id).contains("done"))
  }

  @Test func `a learner without a name is picked by mail`() throws {
    var school = Self.school()
    school.put(.student, "s2", ["fullName": " \u{200B}", "email": "ada@example.org"])
    school.put(.student, "s3", ["fullName": ""])
    let labels = school.choices(.student).map(\.label)
    #expect(labels == ["ada@example.org", "Đặng Nguyệt", "no name"])
  }

  @Test func `views stand in their order with counts`() {
    let views = Self.school().tickets(ListRequest(), look()).views
    #expect(
      views.map(\.title) == [
        "Next up", "Mine", "Unassigned", "Breached", "Urgent+high", "Waiting on learner",
        "Quiet 7d", "Snoozed", "Open", "Closed", "All",
      ])
    #expect(views.map(\.count) == [3, 2, 2, 3, 3, 1, 1, 0, 6, 1, 7])
  }

  @Test(arguments: [
    ("priority", ["late", "paused", "theirs", "mine", "odd", "lost"]),
    ("waiting", ["paused", "theirs", "odd", "mine", "late", "lost"]),
    ("number", ["late", "lost", "mine", "odd", "paused", "theirs"]),
    ("with", ["lost", "theirs", "paused", "mine", "late", "odd"]),
  ])
  func `other orders`(sort: String, ids: [String]) {
    #expect(list("open", sort: sort) == ids)
  }

  @Test func `a reversed order turns round`() {
    #expect(list("open", sort: "number", isReversed: true).first == "theirs")
  }

  @Test func `an unknown view or sort falls back`() {
    #expect(list("no-such", sort: "no-such") == ["late", "odd", "mine"])
  }

  @Test func `filter words find number, subject and student in any order`() {
    #expect(list("all", filter: "nguyet exam") == ["late"])
    #expect(list("all", filter: "t-mine") == ["mine"])
    #expect(list("all", filter: "nothing of it") == [])
  }

  @Test func `the summary is over open tickets, waits over running ones`() {
    let summary = Self.school().tickets(ListRequest(), look()).summary
    #expect(summary.open == 6)
    #expect(summary.all == 7)
    #expect(summary.breached == 3)
    #expect(summary.dueSoon == 1)
    #expect(summary.unassigned == 2)
    #expect(summary.medianWait == 20 * 3600)
    #expect(summary.ninetiethWait == 30 * 3600)
  }

  @Test func `loads name staff, hidden people who have some, and one queue`() {
    let loads = Self.school().tickets(ListRequest(), look()).loads
    #expect(loads.map(\.name) == ["queue", "mara", "jonas", "hidden"])
    #expect(loads.map(\.open) == [2, 2, 1, 1])
    #expect(loads.map(\.late) == [2, 0, 1, 0])
    #expect(loads.first?.user == nil)
  }

  @Test func `a holder is awaited while users are on their way, and hidden after`() {
    var school = Self.school()
    school.complete.remove(.user)
    let holders = [school, Self.school()].map { school in
      school.tickets(ListRequest(view: "all"), look()).list.rows.first { $0.id == "lost" }?.assignee
    }
    #expect(holders == [.awaited, .hidden])
  }

  @Test func `severity follows pressure while the ticket runs`() {
    let rows = Self.school().tickets(ListRequest(view: "all"), look()).list.rows
    let severities = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.severity) })
    #expect(severities["late"] == .late)
    #expect(severities["mine"] == .soon)
    #expect(severities["paused"] == .plain)
    #expect(severities["lost"] == .plain)
  }

  @Test func `a list does not jump while the clock runs`() {
    let school = Self.school()
    let first = school.tickets(ListRequest(view: "open"), look())
    let later = now.advanced(bySeconds: 200 * 3600)
    let second = school.tickets(
      ListRequest(view: "open"), look(at: later), previous: first.list.ids)
    #expect(second.list.rows.map(\.id) == first.list.rows.map(\.id))
    #expect(second.list.wouldMove == 1)
  }

  @Test func `without everything here the list says so`() {
    var school = Self.school()
    school.complete = []
    #expect(!school.tickets(ListRequest(), look()).list.isComplete)
  }

  @Test func `a card has the targets and the learner's other tickets`() throws {
    let card = try #require(Self.school().ticketCard("late", look()))
    #expect(card.responseTarget == 3600)
    #expect(card.ageTarget == 8 * 3600)
    #expect(card.otherTickets == 6)
    #expect(card.otherOpen == 5)
    #expect(card.student?.row.name == "Đặng Nguyệt")
    #expect(card.student?.tickets.count == 7)
    #expect(card.student?.recentTickets == 7)
    #expect(Self.school().ticketCard("gone", look()) == nil)
  }

  @Test func `days of arrival and end are the zone's`() {
    var school = School.whole()
    school.put(
      .ticket, "t1", created: instant("2026-11-19T10:30:00.000Z"),
      updated: instant("2026-11-19T11:30:00.000Z"), ["status": "closed"])
    let here = school.ticketFlow(days: 3, look())
    #expect(here.opened == [0, 1, 0])
    #expect(here.closed == [0, 1, 0])
    let auckland = school.ticketFlow(days: 3, look(zoneOffset: 13 * 3600))
    #expect(auckland.opened == [1, 0, 0])
    #expect(auckland.closed == [0, 1, 0])
  }
}

extension School {
  fileprivate mutating func ticket(
    _ id: String, _ priority: String, _ status: String, hours: Int, with user: String,
    subject: String
  ) {
    put(
      .ticket, id, created: ago(hours: hours), updated: now,
      [
        "ticketNumber": .string("T-\(id)"), "priority": .string(priority),
        "status": .string(status), "lastMessageAt": ago(hours: hours).json,
        "assignedTo": .to(.user, user), "subject": .string(subject), "student": .to(.student, "s1"),
      ])
  }
}
