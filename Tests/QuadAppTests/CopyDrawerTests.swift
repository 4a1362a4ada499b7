import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct CopyDrawerTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the menu is as pictured`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, start: .tickets)
    try fixture.type("y")
    try expectPicture(fixture.screen, "copy-menu-\(columns)x\(rows)")
  }

  private func copied(_ fixture: inout AppFixture) -> CopyEntry? {
    for case .copy(let entry) in fixture.taken() { return entry }
    return nil
  }

  @Test func `a letter copies and closes, any other does nothing`() throws {
    var fixture = AppFixture(start: .tickets)
    let number = String(fixture.line(4).split(separator: " ")[2])
    try fixture.type("yqQ")
    #expect(fixture.screen.contains(" y  copy"))
    try fixture.type("n")
    let entry = copied(&fixture)
    #expect(entry?.clip.text == number)
    #expect(!fixture.screen.contains(" y  copy"))
    try fixture.type("y<Esc>")
    #expect(!fixture.screen.contains(" y  copy") && fixture.taken().isEmpty)
  }

  @Test func `the row is its fields, the marked rows are theirs, the table has heads`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("yr")
    let row = try #require(copied(&fixture)).clip.text
    #expect(row.hasPrefix("T-4819\t5h12\t5.2x\turgent\tnew\tExam upload stops at 99 %, deadline"))
    try fixture.type("<Space><Space>yr")
    #expect(copied(&fixture)?.clip.text.split(separator: "\n").count == 2)
    try fixture.type("yt")
    let table = try #require(copied(&fixture)).clip.text.split(separator: "\n")
    #expect(table.count == 21)
    #expect(table[0] == "Ticket\tWaiting\tPressure\tPriority\tStatus\tSubject\tStudent\tWith\tAge")
    #expect(table[1] == Substring(row))
  }

  /// Screen, keys that lead to a row, and the letter of what is copied there.
  @Test(
    arguments: [
      ("mara", ScreenID.quad, "", "n"), ("mara", .completion, "", "n"),
      ("mara", .completion, "<Enter>", "n"), ("mara", .completion, "b", "r"),
      ("lind", .quizzes, "", "n"), ("lind", .quizzes, "<Tab>", "n"),
      ("lind", .quizzes, "<Enter>", "n"), ("mara", .completion, "o", "n"),
      ("mara", .tickets, "<Enter>", "n"), ("kai", .pipeline, "", "n"),
      ("kai", .pipeline, "b", "r"), ("kai", .pipeline, "<Enter>", "n"),
      ("kai", .people, "", "m"), ("kai", .people, "b", "n"), ("kai", .activities, "", "n"),
      ("mara", .courses, "", "n"), ("mara", .health, "", "r"), ("kai", .quad, "", "n"),
      ("lind", .quad, "", "n"),
    ])
  func `every list and card has something to copy`(
    user: String, screen: ScreenID, keys: String, letter: String
  ) throws {
    var fixture = AppFixture(as: user, start: screen)
    try fixture.type(keys + "y")
    #expect(fixture.screen.contains(" y  copy"), "\(screen)")
    try fixture.type(letter)
    let entry = try #require(copied(&fixture), "\(screen)")
    #expect(!entry.clip.text.isEmpty)
    #expect(!entry.clip.text.contains { "━─┼┿▁▂▃▄▅▆▇".contains($0) })
  }

  /// Screen, keys that lead to a record, and its class.
  @Test(
    arguments: [
      ("mara", ScreenID.quad, "", SchoolClass.ticket), ("kai", .quad, "", .deal),
      ("mara", .completion, "", .student), ("mara", .completion, "<Enter>", .student),
      ("mara", .tickets, "<Enter>", .ticket), ("lind", .quizzes, "<Tab>", .attempt),
      ("lind", .quizzes, "<Enter>", .attempt), ("kai", .pipeline, "", .deal),
      ("kai", .pipeline, "b", .deal), ("kai", .people, "", .contact),
      ("kai", .people, "b", .company), ("kai", .activities, "", .activity),
      ("mara", .courses, "", .course), ("mara", .completion, "o", .attempt),
    ])
  func `j asks for the record as it is stored`(
    user: String, screen: ScreenID, keys: String, kind: SchoolClass
  ) throws {
    var fixture = AppFixture(as: user, start: screen)
    try fixture.type(keys + "yj")
    guard case .readStored(kind, let id)? = fixture.taken().last else {
      Issue.record("no \(kind) was asked for on \(screen)")
      return
    }
    #expect(!id.isEmpty && !fixture.screen.contains(" y  copy"))
  }

  @Test(arguments: [("lind", ScreenID.quizzes, ""), ("mara", .completion, "b")])
  func `what is made of many records has none to copy`(
    user: String, screen: ScreenID, keys: String
  ) throws {
    var fixture = AppFixture(as: user, start: screen)
    try fixture.type(keys + "y")
    #expect(fixture.screen.contains(" y  copy") && !fixture.screen.contains("as stored"))
  }

  @Test func `the record that was read goes to the clipboard`() {
    var fixture = AppFixture(start: .tickets)
    fixture.send(.stored(name: "T-1", json: #"{"subject":"a\u001bb"}"#))
    let entry = copied(&fixture)
    #expect(entry?.clip.text == #"{"subject":"a\u001bb"}"#)
    fixture.send(entry?.message(.sent) ?? .resized(Size(columns: 1, rows: 1)))
    #expect(fixture.line(38).contains("T-1 as JSON sent to the clipboard"))
  }

  @Test func `where there is no row nothing is copied`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("/zzzz<Enter>y")
    #expect(fixture.screen.contains("There is nothing to copy here."))
  }

  @Test func `e-mails of the marked students go together, where they are open`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("<Space><Space><Space>ym")
    let mails = try #require(copied(&fixture)).clip.text
    #expect(mails.split(separator: ", ").count == 3)
    #expect(mails.split(separator: ", ").allSatisfy { $0.contains("@") })
    var hidden = AppFixture(start: .completion) { school in
      for student in school.students.all {
        let object = ParseObject(
          className: "Student", objectId: student.id,
          fields: ["fullName": .string(student.fullName), "accountOwner": .null])
        school.upsert(School.Row(id: student.id, object: object, isUnsent: false))
      }
    }
    try hidden.type("y")
    #expect(hidden.screen.contains(" y  copy") && !hidden.screen.contains("e-mail"))
  }

  @Test func `text that would do something is copied as text`() throws {
    var fixture = AppFixture(start: .tickets) { school in
      for ticket in school.tickets.all {
        school.upsert(
          School.Row(
            id: ticket.id,
            object: ParseObject(
              className: "SupportTicket", objectId: ticket.id,
              fields: [
                "ticketNumber": "T-1", "status": "open", "priority": "high",
                "subject": "a\u{1B}]0;x\u{07}\nrm -rf\tb",
              ]), isUnsent: false))
      }
    }
    try fixture.type("fall<Enter>yb")
    #expect(copied(&fixture)?.clip.text == "a␛]0;x· rm -rf b")
  }

  @Test(arguments: [
    (CursesScreen.CopyOutcome.sent, "number T-1 sent to the clipboard"),
    (.unsupported, "This terminal has no clipboard for programs; select it with the mouse: T-1"),
    (.tooLong, "number T-1 is more than a terminal's clipboard takes; mark fewer rows."),
    (.busy, "The line is slow just now; press y again."),
  ])
  func `the status line says what became of it`(
    outcome: CursesScreen.CopyOutcome, words: String
  ) {
    var fixture = AppFixture(start: .tickets)
    fixture.send(CopyEntry("n", "number", shown: "T-1", Clip("T-1")).message(outcome))
    #expect(fixture.line(38).contains(words))
  }
}
