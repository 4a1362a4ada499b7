import ParseCore
import TestTerminal
import Testing

extension EndToEnd {
  /// The four panes, worked in a terminal against a server of its own process.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct FlowTests {
    @Test func `an admin works in all four panes and the server has all of it`() throws {
      let home = try Home()
      let (sandbox, url) = try home.sandbox()
      try home.logIn("admin", at: url)
      let school = try School(url)
      try school.logIn("admin")
      let tmux = try Tmux("\(Home.binary) --start 0", home: home)
      try tmux.shows("1 Completion", "2 Quizzes", "3 Tickets", "4 Pipeline", "live")

      try raiseProgress(tmux, school)
      try recordAttempt(tmux, school)
      try claimTicket(tmux, school)
      try moveDeal(tmux, school)

      try tmux.press("q", shows: "ended 0")
      try tmux.end()
      #expect(sandbox.exitCode == nil)
    }

    private func raiseProgress(_ tmux: Tmux, _ school: School) throws {
      let before = try progress(school)
      let name = try plainName(school)
      try tmux.press("1", shows: "with a course")
      try tmux.choose(view: "By completion", shows: "with a course")
      try tmux.narrow(to: name)
      try tmux.press("+", shows: "undo")
      var changed: [String: Int] = [:]
      try wait(for: "no progress on the server") {
        changed = try progress(school).filter { before[$0.key] != $0.value }
        return !changed.isEmpty
      }
      #expect(changed.count == 1)
      let rise = changed.map { $0.value - (before[$0.key] ?? 0) }
      #expect(rise == [5])
    }

    private func progress(_ school: School) throws -> [String: Int] {
      Dictionary(
        try school.find("Enrollment").map {
          ($0["objectId"]?.string ?? "", $0["progressPercent"]?.int ?? 0)
        }, uniquingKeysWith: { first, _ in first })
    }

    private func recordAttempt(_ tmux: Tmux, _ school: School) throws {
      let name = try plainName(school)
      try tmux.press("2", shows: "Pass", "Latest attempts")
      try tmux.press("A", shows: "New quiz attempt", "Student")
      try tmux.type(name)
      try tmux.shows(name, "Enter choose")
      try tmux.press("Enter", shows: name, "C-s save")
      try tmux.press("Tab", shows: "Quiz")
      try tmux.type("End to end")
      try tmux.press("Tab", shows: "End to end")
      try tmux.type("77")
      try tmux.press("C-s", shows: "undo")
      var rows: [JSON] = []
      try wait(for: "no attempt on the server") {
        rows = try school.find("QuizAttempt", where: ["quizTitle": "End to end"])
        return !rows.isEmpty
      }
      #expect(rows.count == 1)
      #expect(rows.first?["scorePercent"]?.int == 77)
      let student = try school.find(
        "Student", where: ["objectId": rows.first?["student"]?["objectId"] ?? .null])
      #expect(student.first?["fullName"]?.string == name)
    }

    /// A student in the middle of an active course whose name is typed in ASCII and only once there.
    private func plainName(_ school: School) throws -> String {
      let busy = try school.find("Enrollment", where: ["active": true]).filter {
        (10...80).contains($0["progressPercent"]?.int ?? 0)
      }
      let ids = Set(busy.compactMap { $0["student"]?["objectId"]?.string })
      let students = try school.find("Student")
      let names = students.compactMap { $0["fullName"]?.string }
      return try #require(
        students.filter { ids.contains($0["objectId"]?.string ?? "") }
          .compactMap { $0["fullName"]?.string }
          .first { name in name.allSatisfy { $0.isASCII } && names.count { $0 == name } == 1 })
    }

    private func claimTicket(_ tmux: Tmux, _ school: School) throws {
      let admin = try school.user("admin")
      let queue = try school.user("triage")
      let waiting = try school.find(
        "SupportTicket", where: ["assignedTo": queue, "status": "new"])
      let ticket = try #require(waiting.first { $0["ticketNumber"]?.string != nil })
      let number = try #require(ticket["ticketNumber"]?.string)
      try tmux.press("3", shows: "Pressure", "Subject")
      try tmux.choose(view: "All", shows: "Pressure")
      try tmux.narrow(to: number)
      try tmux.press("c", shows: "undo")
      try wait(for: "\(number) is not claimed on the server") {
        let row = try school.find("SupportTicket", where: ["ticketNumber": .string(number)]).first
        return row?["assignedTo"] == admin
      }
    }

    private func moveDeal(_ tmux: Tmux, _ school: School) throws {
      let title = "A deal to move"
      let row = try #require(
        try school.save(
          "Deal", nil,
          ["title": .string(title), "stage": "lead", "assignedTo": try school.user("admin")]))
      try tmux.press("4", shows: "lead", "qualified", "negotiation")
      try tmux.press("/", shows: "/")
      try tmux.type(title)
      try tmux.shows("card 1 of 1 in lead")
      try tmux.press("Enter", shows: title)
      try tmux.press("L", shows: "undo")
      try wait(for: "the deal has not moved on the server") {
        try school.find("Deal", where: ["objectId": .string(row)]).first?["stage"] == "qualified"
      }
    }

    @Test func `the demo shows four live panes and a second terminal follows the first`() throws {
      let home = try Home()
      let other = try Home()
      let port = try freePort()
      let first = try Console(
        ["demo", "--port", String(port), "--scale", "tiny"], home: home)
      try first.shows("1 Completion", "2 Quizzes", "3 Tickets", "4 Pipeline", "live")
      let second = try Console(
        ["demo", "--port", String(port), "--as", "coordinator", "--start", "3"], home: other)
      try second.shows("Pressure", "live", "mara")
      let school = try School("http://127.0.0.1:\(port)/parse")
      try school.logIn("admin")
      let ticket = try #require(
        try school.find("SupportTicket", where: ["status": "open"]).first?["ticketNumber"]?.string)
      for console in [first, second] {
        try console.press("3", shows: "Pressure")
        try console.press("fAll\r", shows: "Pressure")
        try console.narrow(to: ticket)
      }
      // The second terminal is only watched from here on.
      try first.press("m", shows: "pending")
      try first.press("pending\r", shows: "undo")
      try second.wait(for: "the first one's edit") { screen in
        screen.split(separator: "\n").contains { $0.contains(ticket) && $0.contains("pending") }
      }
      second.type("q")
      #expect(try second.waitForExit() == 0)
      first.type("q")
      #expect(try first.waitForExit() == 0)
      #expect(first.isGivenBack && second.isGivenBack)
      #expect(first.glass.violations == [] && second.glass.violations == [])
    }
  }
}
