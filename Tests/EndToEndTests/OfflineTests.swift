import ParseCore
import Sandbox
import Testing

extension EndToEnd {
  /// The server goes and comes back while the program runs.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct OfflineTests {
    @Test func `edits made without the server wait, show, and arrive once each`() async throws {
      let desk = try await TicketDesk()
      let (sandbox, console, ticket, id) = (desk.sandbox, desk.console, desk.ticket, desk.id)
      let enrollments = sandbox.server.count("Enrollment")

      await sandbox.stop()
      try console.press("m", shows: "pending")
      try console.press("pending\r", shows: "undo")
      try console.wait(for: "mark of an unsent row") { screen in
        screen.split(separator: "\n").contains { $0.contains("~") && $0.contains(ticket) }
      }
      try console.shows("1 queued", "offline since")
      try console.press("F", shows: "Pressure")
      try console.press("2", shows: "Latest attempts")
      try console.press("A", shows: "New quiz attempt")
      try fillAttempt(console, sandbox)
      try console.shows("2 queued", "offline since")
      for (key, words) in [
        ("1", "with a course"), ("4", "lead"), ("7", "Courses"), ("8", "Outbox"),
      ] {
        try console.press(key, shows: words)
      }
      #expect(sandbox.server.rows("QuizAttempt").allSatisfy { !isOurs($0) })

      try await sandbox.start()
      try wait(for: "the edits do not arrive") {
        console.read()
        return sandbox.server.row("SupportTicket", id)?["status"] == "pending"
          && sandbox.server.rows("QuizAttempt").contains(where: isOurs)
      }
      try console.wait(for: "end of the queue") { screen in
        screen.contains("live") && !screen.contains("queued")
      }
      #expect(sandbox.server.rows("QuizAttempt").count(where: isOurs) == 1)
      #expect(sandbox.server.count("Enrollment") == enrollments)
      console.type("q")
      #expect(try console.waitForExit() == 0)
      #expect(console.isGivenBack)
      await sandbox.stop()
    }

    private func isOurs(_ row: ParseObject) -> Bool { row["quizTitle"] == "Sent later" }

    private func fillAttempt(_ console: Console, _ sandbox: Sandboxed) throws {
      let names = sandbox.server.rows("Student").compactMap { $0["fullName"]?.string }
      let name = try #require(names.first { $0.allSatisfy { $0.isASCII } })
      try console.press(name, shows: "Enter choose", name)
      try console.press("\r", shows: "C-s save", name)
      try console.press("\tSent later", shows: "Sent later")
      try console.press("\t64", shows: "64")
      try console.press("\u{13}", shows: "undo")
    }

    @Test func `without the server all panes show what was pinned and how old it is`() async throws
    {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      let online = try Console([], home: home)
      try online.shows("4 Pipeline", "live")
      let title = try #require(
        sandbox.server.rows("Deal").first { $0["stage"] == "lead" }?["title"]?.string)
      online.type("q")
      #expect(try online.waitForExit() == 0)
      await sandbox.stop()

      let offline = try Console(["--offline"], home: home)
      try offline.shows("1 Completion", "2 Quizzes", "3 Tickets", "4 Pipeline", "offline since")
      try offline.press("4b", shows: String(title.prefix(12)))
      let screens = [
        ("1", "with a course"), ("2", "Latest attempts"), ("3", "Pressure"), ("5", "People"),
        ("6", "Activities"), ("7", "Courses"), ("8", "Outbox"), ("9", "Health"),
      ]
      for (key, words) in screens { try offline.press(key, shows: words, "offline since") }
      offline.type("q")
      #expect(try offline.waitForExit() == 0)

      let printed = try home.quad("--offline")
      #expect(printed.code == 0)
      #expect(printed.out.contains("1 Completion") && printed.out.contains("4 Pipeline"))
    }
  }
}
