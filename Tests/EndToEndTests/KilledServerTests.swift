import Glibc
import ParseCore
import Testing

extension EndToEnd {
  /// The server's process dies while the program runs, and another one takes over its file.
  @Suite(.timeLimit(.minutes(3)))
  @MainActor
  struct KilledServerTests {
    private let home: Home
    private let port: UInt16
    private let school: School

    init() throws {
      home = try Home()
      port = try freePort()
      school = try School("http://127.0.0.1:\(port)/parse")
    }

    private func start() throws -> Child {
      try home.sandbox(scale: "tiny", port: port, data: home.file("school.sqlite")).child
    }

    /// One row for each edit, made where the program does not see it.
    private struct Rows {
      let enrollment, ticket, number, deal: String
    }

    private static let name = "Killian Restart"
    private static let title = "A deal to move later"

    private func makeRows() throws -> Rows {
      let course = try #require(try school.find("Course", where: ["status": "active"]).first)
      let admin = try school.user("admin")
      let student = try #require(
        try school.save(
          "Student", nil,
          [
            "fullName": .string(Self.name), "email": "killian@example.org", "cohort": "2026-A",
            "accountOwner": admin,
          ]))
      func pointer(_ className: String, _ id: String) -> JSON {
        Pointer(className: className, objectId: id).json
      }
      let enrollment = try school.save(
        "Enrollment", nil,
        [
          "student": pointer("Student", student), "progressPercent": 40,
          "course": pointer("Course", course["objectId"]?.string ?? ""),
        ])
      let ticket = try school.save(
        "SupportTicket", nil,
        [
          "student": pointer("Student", student), "subject": "Left without a server",
          "assignedTo": try school.user("triage"),
        ])
      let deal = try school.save(
        "Deal", nil,
        ["title": .string(Self.title), "stage": "lead", "assignedTo": admin])
      let number = try school.find("SupportTicket", where: ["objectId": .string(ticket ?? "")])
        .first?["ticketNumber"]?.string
      return Rows(
        enrollment: try #require(enrollment), ticket: try #require(ticket),
        number: try #require(number), deal: try #require(deal))
    }

    @Test func `edits made after the server was killed arrive once each when it is back`() throws {
      let first = try start()
      try school.logIn("admin")
      let rows = try makeRows()
      try home.logIn("admin", at: "http://127.0.0.1:\(port)/parse")
      let tmux = try Tmux("\(Home.binary) --start 0", home: home)
      try tmux.shows("1 Completion", "2 Quizzes", "3 Tickets", "4 Pipeline", "live")
      let before = try counts()

      first.send(SIGKILL)
      #expect(try first.waitForExit() == 128 + SIGKILL)
      try edit(tmux, rows)
      for (key, words) in [
        ("0", "4 Pipeline"), ("1", "with a course"), ("2", "Latest attempts"),
        ("6", "About nothing"), ("7", "Courses"), ("9", "Health"), ("8", "5 to send"),
      ] {
        try tmux.press(key, shows: words, "5 queued")
      }

      let second = try start()
      try tmux.wait(for: "empty queue") { screen in
        screen.contains("nothing to send") && screen.contains("live") && !screen.contains("queued")
      }
      try checkServer(rows, before)
      // Another look after everything was read again: nothing is sent twice.
      try tmux.press("R", shows: "nothing to send", "live")
      try checkServer(rows, before)
      try tmux.press("q", shows: "ended 0")
      try tmux.end()
      #expect(second.exitCode == nil)
    }

    /// Five edits on four panes and the list of people.
    private func edit(_ tmux: Tmux, _ rows: Rows) throws {
      try tmux.press("4", shows: "lead", "qualified")
      try tmux.press("/", shows: "/")
      try tmux.type(Self.title)
      try tmux.shows("card 1 of 1 in lead")
      try tmux.press("Enter", shows: Self.title)
      try tmux.press("L", shows: "undo", "1 queued", "offline since")

      try tmux.press("3", shows: "Pressure")
      try tmux.choose(view: "All", shows: "Pressure")
      try tmux.narrow(to: rows.number)
      try tmux.press("c", shows: "undo", "2 queued")

      try tmux.press("1", shows: "with a course")
      try tmux.choose(view: "By completion", shows: "with a course")
      try tmux.narrow(to: Self.name)
      try tmux.press("+", shows: "undo", "3 queued")

      try tmux.press("2", shows: "Latest attempts")
      try tmux.press("A", shows: "New quiz attempt", "Student")
      try tmux.type(Self.name)
      try tmux.shows(Self.name, "Enter choose")
      try tmux.press("Enter", shows: Self.name, "C-s save")
      try tmux.press("Tab", shows: "Quiz")
      try tmux.type("Offline quiz")
      try tmux.press("Tab", shows: "Offline quiz")
      try tmux.type("64")
      try tmux.press("C-s", shows: "undo", "4 queued")

      try tmux.press("5", shows: "People")
      try tmux.press("i", shows: "New contact", "Name")
      try tmux.type("Ida Offline")
      try tmux.press("C-s", shows: "undo", "5 queued")
    }

    private static let classes = [
      "Deal", "SupportTicket", "Enrollment", "QuizAttempt", "Contact", "Activity", "Student",
    ]

    private func counts() throws -> [String: Int] {
      Dictionary(
        try Self.classes.map { ($0, try school.find($0).count) },
        uniquingKeysWith: { first, _ in first })
    }

    /// The session from before the kill still holds, all edits are there, creates only once.
    private func checkServer(_ rows: Rows, _ before: [String: Int]) throws {
      func row(_ className: String, _ id: String) throws -> JSON? {
        try school.find(className, where: ["objectId": .string(id)]).first
      }
      #expect(try row("Deal", rows.deal)?["stage"] == "qualified")
      #expect(try row("SupportTicket", rows.ticket)?["assignedTo"] == school.user("admin"))
      #expect(try row("Enrollment", rows.enrollment)?["progressPercent"]?.int == 45)
      let attempts = try school.find("QuizAttempt", where: ["quizTitle": "Offline quiz"])
      #expect(attempts.map { $0["scorePercent"]?.int } == [64])
      #expect(try school.find("Contact", where: ["name": "Ida Offline"]).count == 1)
      var expected = before
      for className in ["QuizAttempt", "Contact"] { expected[className, default: 0] += 1 }
      #expect(try counts() == expected)
    }

    @Test func `an answered create is there after a kill`() throws {
      let first = try start()
      try school.logIn("admin")
      var ids: [String] = []
      for number in 0..<20 {
        let id = try school.save("Company", nil, ["name": .string("Company \(number) at the end")])
        ids.append(try #require(id))
      }
      first.send(SIGKILL)
      #expect(try first.waitForExit() == 128 + SIGKILL)
      let second = try start()
      let found = try school.find(
        "Company", where: ["objectId": ["$in": .array(ids.map(JSON.string))]])
      #expect(found.count == 20)
      #expect(second.exitCode == nil)
    }

    @Test func `a file in use, and one of somebody else, are refused in words`() throws {
      let first = try start()
      let path = home.file("school.sqlite")
      let again = try home.quad("sandbox", "--port", "0", "--data", path)
      #expect(again.code == 10 && again.out.isEmpty)
      #expect(again.err.contains("Another quad sandbox uses \(path)"))
      let foreign = try home.quad("sandbox", "--port", "0", "--data", home.file("sandbox"))
      #expect(foreign.code == 10 && foreign.err.contains("is not a file of quad sandbox"))
      #expect(home.text("sandbox").contains("ends it"))
      #expect(first.exitCode == nil)
    }
  }
}
