import CRM
import ParseCore
import Testing

struct SnoozeTests {
  /// u1 looks; q is the queue.
  private static func school() -> School {
    var school = School.whole()
    school.put(.user, "u1", ["username": "mara", "role": "coordinator"])
    school.put(.user, "q", ["username": "triage", "role": "coordinator"])
    school.put(.student, "s1", ["fullName": "Zoë", "currentCompletionRate": 31])
    school.put(.deal, "d1", ["title": "Retail", "stage": "lead", "assignedTo": .to(.user, "u1")])
    put(&school, "open")
    return school
  }

  private static func put(
    _ school: inout School, _ status: String, message: ParseDate = ago(hours: 5),
    updated: ParseDate = ago(hours: 5)
  ) {
    school.put(
      .ticket, "t1", updated: updated,
      [
        "ticketNumber": "T-1", "subject": "Upload", "priority": "urgent",
        "status": .string(status), "student": .to(.student, "s1"), "assignedTo": .to(.user, "q"),
        "lastMessageAt": message.json,
      ])
  }

  private static func snooze(
    _ school: inout School, _ kind: SchoolClass = .ticket, _ id: String = "t1", hours: Int = 2
  ) throws {
    let editor = Editor(school: school, viewpoint: look())
    let edit = try editor.snooze(kind, [id], until: ago(hours: -hours))
    #expect(edit.writes.isEmpty)
    for change in edit.snoozes { school.apply(change) }
  }

  private static func rows(
    _ school: School, _ view: TicketView, at instant: ParseDate = now
  ) -> [TicketRow] {
    let answer = school.tickets(ListRequest(view: view.rawValue), look(at: instant))
    #expect(answer.views.first { $0.id == view.rawValue }?.count == answer.list.rows.count)
    return answer.list.rows
  }

  @Test func `a snoozed ticket leaves Next up alone, and comes back when its time is over`() throws
  {
    var school = Self.school()
    try Self.snooze(&school)
    #expect(Self.rows(school, .nextUp).isEmpty)
    #expect(Self.rows(school, .unassigned).count == 1)
    #expect(Self.rows(school, .breached).count == 1)
    let row = try #require(Self.rows(school, .snoozed).first)
    #expect(row.snoozed?.until == ago(hours: -2) && row.snoozed?.seconds == 7200)
    let later = ago(hours: -2)
    #expect(Self.rows(school, .nextUp, at: later).count == 1)
    #expect(Self.rows(school, .snoozed, at: later).isEmpty)
  }

  @Test func `another message or status brings it back, a touched updatedAt does not`() throws {
    var school = Self.school()
    try Self.snooze(&school)
    Self.put(&school, "open", updated: now)
    #expect(Self.rows(school, .snoozed).count == 1)
    var answered = school
    Self.put(&answered, "open", message: ago(minutes: 1))
    #expect(Self.rows(answered, .nextUp).count == 1)
    Self.put(&school, "new")
    #expect(Self.rows(school, .nextUp).count == 1)
  }

  @Test func `the top of Next up is what N takes, and never what is snoozed`() throws {
    var school = Self.school()
    school.put(
      .ticket, "t2",
      [
        "ticketNumber": "T-2", "status": "open", "priority": "low",
        "assignedTo": .to(.user, "u1"), "lastMessageAt": ago(hours: 1).json,
      ])
    let request = ListRequest(view: TicketView.closed.rawValue, filter: "nothing")
    #expect(school.tickets(request, look()).next?.id == "t1")
    try Self.snooze(&school)
    #expect(school.tickets(request, look()).next?.id == "t2")
  }

  @Test func `a student leaves At risk and a deal Needs care`() throws {
    var school = School.learner(progress: 20, changed: ago(days: 40))
    school.put(.user, "u1", ["username": "mara", "role": "coordinator"])
    school.put(.deal, "d1", ["title": "Retail", "stage": "lead", "assignedTo": .to(.user, "u1")])
    func counts() -> [String: Int] {
      let views =
        school.completion(ListRequest(), look()).views
        + school.pipeline(ListRequest(), look()).views
      return views.reduce(into: [:]) { $0[$1.id, default: 0] += $1.count }
    }
    #expect(counts()["at-risk"] == 1 && counts()["needs-care"] == 1 && counts()["snoozed"] == 0)
    try Self.snooze(&school, .student, "s1")
    try Self.snooze(&school, .deal, "d1")
    #expect(counts()["at-risk"] == 0 && counts()["needs-care"] == 0 && counts()["snoozed"] == 2)
  }

  @Test func `the words say until when, and what is over cannot be put aside`() throws {
    var school = Self.school()
    let editor = Editor(school: school, viewpoint: look())
    let edit = try editor.snooze(.ticket, ["t1", "gone", "t1"], until: ago(hours: -20))
    #expect(edit.words == "T-1 snoozed until Sat 21 Nov 10:12" && edit.snoozes.count == 1)
    Self.put(&school, "resolved")
    let after = Editor(school: school, viewpoint: look())
    #expect(
      refusal { () throws(Refusal) in
        _ = try after.snooze(.ticket, ["t1"], until: ago(hours: -2))
      } == "T-1 is resolved; there is nothing to wait for.")
    #expect(
      refusal { () throws(Refusal) in
        _ = try after.snooze(.student, ["s1"], until: ago(minutes: 1))
      } == "today 14:11 is past; choose a later time.")
    #expect(
      refusal { () throws(Refusal) in _ = try after.wake(.student, ["s1"]) }
        == "Zoë is not snoozed.")
    #expect(
      refusal { () throws(Refusal) in
        _ = try after.snooze(.course, ["c1"], until: ago(hours: -2))
      } == "That course is not here any more.")
  }

  private func refusal(_ body: () throws(Refusal) -> Void) -> String? {
    do throws(Refusal) {
      try body()
      return nil
    } catch { return error.words }
  }

  @Test(arguments: [
    ("2h", "2026-11-20T16:12:00.000Z"), ("tom", "2026-11-21T08:00:00.000Z"),
    ("mon", "2026-11-23T08:00:00.000Z"), ("+3d", "2026-11-23T08:00:00.000Z"),
    ("tom 14:30", "2026-11-21T14:30:00.000Z"), ("soon", nil),
  ])
  func `a day alone means its morning`(text: String, iso: String?) {
    #expect(Snooze.moment(text, look()) == iso.map(instant))
    var office = look()
    office.officeHours = OfficeHours("mon-fri 9-17")
    if text == "tom" { #expect(Snooze.moment(text, office) == instant("2026-11-21T09:00:00.000Z")) }
  }
}
