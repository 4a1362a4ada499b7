import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct DrawerTests {
  @Test(arguments: [
    (SyncState.Connection.live, "As of       14:12, live"),
    (.offline(since: fixtureNow.advanced(bySeconds: -600)), "As of       today 14:02, offline"),
    (.polling(asOf: fixtureNow.advanced(bySeconds: -60)), "As of       14:11, asking by the clock"),
    (.syncing(done: 1, total: 2), "As of       14:12, rows are still arriving"),
  ])
  func `a reason says of when it is`(connection: SyncState.Connection, words: String) throws {
    var fixture = AppFixture(start: .completion)
    fixture.send(.sync(SyncState(connection: connection)))
    try fixture.type("=")
    #expect(fixture.screen.contains(words))
  }

  @Test func `help filters, explains and runs`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("?ticket")
    #expect(fixture.screen.contains("of 65 actions"))
    #expect(fixture.screen.contains("\n Help  ━"))
    #expect(fixture.screen.contains("next time press"))
    try fixture.type("<Esc>?mine<Enter>")
    guard case .act(.claimTickets)? = fixture.taken().first else {
      Issue.record("claim did not run")
      return
    }
  }

  @Test func `what runs actions is called so`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type(":mine")
    #expect(fixture.screen.contains("\n Actions  ━"))
    try fixture.type("<Enter>")
    guard case .act(.claimTickets)? = fixture.taken().first else {
      Issue.record("claim did not run")
      return
    }
  }

  @Test func `an open help follows the rows`() throws {
    let fixture = AppFixture(120, 40, as: "admin", start: .health)
    var context = fixture.app.context
    context.sync.connection = .starting
    var app = App(context: context, start: .health)
    let slots = app.start().compactMap { effect -> (Slot, ViewRequest)? in
      if case .watch(let slot, let request) = effect { (slot, request) } else { nil }
    }
    for key in "?first row found".map(Key.character) { _ = app.handle(.key(key)) }
    #expect(app.draw().text.contains("Not now"))
    for (slot, request) in slots {
      let answer = fixture.school.answer(request, app.context.viewpoint, previous: [])
      _ = app.handle(.answer(slot, request, answer))
    }
    let text = app.draw().text
    #expect(!text.contains("Not now") && text.contains("Open the first row found"))
  }

  @Test(arguments: ["a", "m", "s", "?"])
  func `a drawer leaves the row in sight that it asks about`(key: String) throws {
    var fixture = AppFixture(80, 24, start: .tickets)
    try fixture.type("jjjjjjjjj")
    let row = try #require(fixture.row(of: "►"))
    let words = String(fixture.line(row).dropFirst())
    try fixture.type(key)
    let after = try #require(fixture.row(of: "►"))
    #expect(after < row && String(fixture.line(after).dropFirst()) == words)
    try fixture.type("<Esc>")
    #expect(fixture.row(of: "►") == row)
  }

  @Test func `help finds an action by its key`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("?<C-k>w")
    #expect(fixture.screen.contains("Mark the ticket resolved."))
    #expect(fixture.screen.contains("next time press w on Tickets"))
  }

  @Test(arguments: [
    ("Security basics, all staff", "Security basics, all"), ("Short", "Short"),
    ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsge"),
    ("exactly twenty-four char", "exactly twenty-four char"),
  ])
  func `what is to be typed before a deletion ends with a whole word`(
    title: String, typed: String
  ) throws {
    var fixture = AppFixture(as: "admin", start: .pipeline) { school in
      school = School()
      let fields: JSONObject = ["title": .string(title), "stage": "lead"]
      let object = ParseObject(className: "Deal", objectId: "d1", fields: fields)
      school.upsert(School.Row(id: "d1", object: object, isUnsent: false))
    }
    try fixture.type("D")
    #expect(fixture.screen.contains("type \(typed) and Enter"))
    try fixture.type("\(typed)<Enter>")
    #expect(fixture.taken() == [.act(.delete(.deal, ["d1"]))])
  }

  @Test func `help says why something cannot be done`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("?delete ticket")
    #expect(fixture.screen.contains("Only an admin can delete a ticket."))
    try fixture.type("<Enter>")
    #expect(fixture.screen.contains("Help"))
    #expect(fixture.taken().isEmpty)
  }

  @Test func `what a role may record stands first`() throws {
    var fixture = AppFixture()
    try fixture.type("I")
    let rows = ["Ticket", "Quiz attempt", "Enrollment", "Deal "].map {
      fixture.row(of: "    \($0)") ?? fixture.row(of: "►   \($0)") ?? -1
    }
    #expect(rows == rows.sorted())
    #expect(rows.allSatisfy { $0 > 0 })
  }

  @Test func `a drawer clears what it cuts in half and dims the cursor`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("m")
    let top = try #require(fixture.row(of: "Status of T-"))
    #expect(fixture.line(top - 1).isEmpty)
    #expect(fixture.app.draw()[row: 4, column: 0].style.role == .dim)
    #expect(fixture.line(39).contains("Enter set"))
  }

  @Test func `a view is chosen from the list of views`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("fquiet<Enter>")
    #expect(fixture.style(of: "Quiet 7d") == Style(.strong, underline: true))
  }
}

struct FormDrawerTests {
  @Test(arguments: [(80, 24), (200, 50)])
  func `a form with a field to mend is as pictured`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, start: .tickets)
    try fixture.type("tEx<Tab>")
    try expectPicture(fixture.screen, "ticket-form-\(columns)x\(rows)")
  }

  @Test func `a ticket is opened for the learner under the cursor`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("tEx<Tab>")
    try expectPicture(fixture.screen, "ticket-form-120x40")
    #expect(fixture.screen.contains("! 3 letters or more."))
    try fixture.type("<C-s>")
    #expect(fixture.taken().isEmpty)
    try fixture.type("am room is locked<C-s>")
    let fields = try created(&fixture, .ticket)
    #expect(fields["subject"] == "Exam room is locked")
    #expect(fields["status"] == "new")
    #expect(fields["student"]?["className"] == "Student")
    #expect(fields["ticketNumber"] == nil)
    #expect(fixture.screen.contains("created"))
  }

  @Test func `a draft outlives Escape, for the same learner only`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("tLost badge<Esc>")
    try fixture.type("t")
    #expect(fixture.screen.contains("Lost badge"))
    #expect(fixture.screen.contains("draft kept"))
    try fixture.type("<Esc>jt")
    #expect(!fixture.screen.contains("Lost badge"))
  }

  @Test func `a deal takes shorthands and echoes them`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    try fixture.type("I")
    try fixture.type("deal<Enter>Night school<Tab>12k")
    #expect(fixture.screen.contains("12 000"))
    try fixture.type("<Tab><Tab><Tab><Tab>fri")
    #expect(fixture.screen.contains("Fri 27 Nov 2026, in 7d"))
    try fixture.type("<C-s>")
    let fields = try created(&fixture, .deal)
    #expect(fields["amount"]?.double == 12_000)
    #expect(fields["stage"] == "lead")
    #expect(fields["contact"] == nil)
  }

  @Test func `an attempt finds its student and course by typing`() throws {
    var fixture = AppFixture(start: .quizzes)
    try fixture.type("Iquiz<Enter>zo<Enter>art<Enter>Quiz 3: Loops<Tab>140<Tab>")
    #expect(fixture.screen.contains("! A number from 0 to 100."))
    try fixture.type("<S-Tab><Backspace><Backspace><Backspace>64<C-s>")
    let fields = try created(&fixture, .attempt)
    #expect(fields["scorePercent"]?.double == 64)
    #expect(fields["course"]?["className"] == "Course")
  }

  @Test func `a contact's address is checked`() throws {
    var fixture = AppFixture(as: "kai", start: .people)
    try fixture.type("iMo Ager<Tab>mo<Tab>")
    #expect(fixture.screen.contains("! An address like name@example.org."))
    #expect(fixture.line(39).contains("1 to fix"))
    try fixture.type("<S-Tab>@example.org<C-s>")
    #expect(try created(&fixture, .contact)["email"] == "mo@example.org")
  }

  @Test func `a company needs a name`() throws {
    var fixture = AppFixture(as: "kai", start: .people)
    try fixture.type("bi<C-s>")
    #expect(fixture.screen.contains("! Name is needed."))
    try fixture.type("Nordkap<C-s>")
    #expect(try created(&fixture, .company)["name"] == "Nordkap")
  }

  @Test func `an activity is about a deal or a contact, never both`() throws {
    var fixture = AppFixture(as: "kai", start: .activities)
    try fixture.type("i<Tab>")
    try fixture.type("<S-Tab>Ask<Tab>tom<Tab><Tab>a<Enter>a<Enter><C-s>")
    #expect(fixture.screen.contains("Either deal or contact, not both."))
    try fixture.type("<Backspace><C-s>")
    _ = fixture.taken()
  }

  @Test func `a chosen record can be taken out again`() throws {
    var fixture = AppFixture(as: "kai", start: .people)
    try fixture.type("iMo<Tab><Tab><Tab>a<Enter>")
    try fixture.type("<S-Tab><Backspace><C-s>")
    #expect(try created(&fixture, .contact)["company"] == nil)
  }

  @Test(arguments: [
    ("mara", "quiz"), ("mara", "ticket"), ("mara", "enrol"), ("kai", "deal"), ("kai", "contact"),
    ("kai", "company"), ("kai", "activity"),
  ])
  func `every form fits 80 columns`(user: String, kind: String) throws {
    var fixture = AppFixture(80, 24, as: user)
    try fixture.type("I\(kind)<Enter>")
    #expect(fixture.screen.contains("C-s save"))
    let title = kind == "activity" ? " Plan an activity " : " New "
    let top = try #require(fixture.row(of: title))
    for row in top..<23 { #expect(!fixture.line(row).hasSuffix("…"), "\(fixture.line(row))") }
  }

  private func created(
    _ fixture: inout AppFixture, _ kind: SchoolClass
  ) throws -> JSONObject {
    let edits = fixture.taken().compactMap { effect in
      if case .edit(let edit) = effect { edit } else { nil }
    }
    guard case .create(kind, let fields)? = edits.first?.writes.first else {
      Issue.record("nothing was created:\n\(fixture.screen)")
      throw NothingCreated()
    }
    return fields
  }

  struct NothingCreated: Error {}
}
