import Foundation
import ParseCore
import Sandbox
import Testing

extension EndToEnd {
  /// Two people change one row; the one who was offline decides.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct ConflictFlowTests {
    private func scene() async throws -> TicketDesk {
      let desk = try await TicketDesk()
      let (sandbox, console) = (desk.sandbox, desk.console)
      await sandbox.stop()
      try console.press("m", shows: "pending")
      try console.press("pending\r", shows: "undo", "1 queued")
      return desk
    }

    @Test func `the header leads to the conflict, and the choice arrives`() async throws {
      let desk = try await scene()
      let (home, sandbox, console) = (desk.home, desk.sandbox, desk.console)
      let (ticket, id) = (desk.ticket, desk.id)
      // Without a terminal the same edit is listed, exported and told.
      let listed = try home.quad("outbox", "list")
      #expect(listed.code == 0 && listed.out.contains(#""state":"waiting""#))
      #expect(try home.quad("outbox", "--plain").out.contains("status open ▸ pending"))
      #expect(try home.quad("outbox", "export").out.contains(#""base":{"status":"open"}"#))
      let told = try home.quad("history", "--plain")
      #expect(told.out.contains("you") && told.out.contains("\(ticket)"))
      #expect(told.out.contains("status open ▸ pending"))

      try sandbox.server.save("SupportTicket", id, ["status": "resolved"])
      try await sandbox.start()
      try console.shows("1 conflict")
      try console.press("8", shows: "Enter choose", ticket)
      try console.press("\r", shows: "You and someone else changed this ticket", "1 to choose")
      try console.press("h", shows: "‹pending›", "then the outbox goes on")
      try console.press("\r", shows: "Everything is sent.")
      try wait(for: "the choice does not arrive") {
        console.read()
        return sandbox.server.row("SupportTicket", id)?["status"] == "pending"
      }
      try console.wait(for: "end of the conflict") { !$0.contains("1 conflict") }
      console.type("q")
      #expect(try console.waitForExit() == 0)
      #expect(console.isGivenBack)
      await sandbox.stop()
    }

    @Test func `an edit is dropped from the command line only when it is meant`() async throws {
      let desk = try await scene()
      let (home, sandbox, console, id) = (desk.home, desk.sandbox, desk.console, desk.id)
      console.type("q")
      #expect(try console.waitForExit() == 0)
      let rows = try JSON(text: try home.quad("outbox").out).array ?? []
      let number = try #require(rows.first?["id"]?.string)
      #expect(try home.quad("outbox", "retry", number).code == 2)
      #expect(try home.quad("outbox", "retry", "--all").out.hasPrefix("0 edits are"))
      #expect(try home.quad("outbox", "retry").code == 2)
      #expect(try home.quad("outbox", "discard", "9999", "--yes").code == 5)
      let asked = try home.quad("outbox", "discard", number)
      #expect(asked.code == 2 && asked.err.contains("--yes"))
      #expect(try home.quad("outbox", "discard", number, "--yes").code == 0)
      #expect(try home.quad("outbox", "--plain").out == "Everything is sent.\n")
      #expect(try home.quad("outbox").out == "[]\n")
      let lines = try JSON(text: try home.quad("history", "--json", "--limit", "1").out).array
      #expect(lines?.first?["objectId"] == .string(id) && lines?.first?["new"] == "pending")
      #expect(sandbox.server.row("SupportTicket", id)?["status"] == "open")
    }
  }
}
