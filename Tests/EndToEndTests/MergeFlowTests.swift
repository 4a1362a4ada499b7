import ParseCore
import Sandbox
import Testing

extension EndToEnd {
  /// Two contacts with one e-mail are made one by keys, and the server is asked what it has.
  @Suite(.timeLimit(.minutes(3)))
  @MainActor
  struct MergeFlowTests {
    private static let deals = ["Frame contract", "Care academy two"]

    /// A contact and its double with two deals and a call.
    private func makePair(_ sandbox: Sandboxed) throws -> (kept: String, gone: String) {
      let mail: JSON = "zelda.marsh@example.com"
      let kept = try #require(
        try sandbox.school.save("Contact", nil, ["name": "Zelda Marsh", "email": mail]))
      let gone = try #require(
        try sandbox.school.save(
          "Contact", nil, ["name": "Z. Marsh", "email": mail, "phone": "+49 30 5550123"]))
      let pointer = Pointer(className: "Contact", objectId: gone).json
      for title in Self.deals {
        try sandbox.school.save(
          "Deal", nil,
          [
            "title": .string(title), "stage": "lead", "contact": pointer,
            "assignedTo": try sandbox.school.user("kai"),
          ])
      }
      try sandbox.school.save(
        "Activity", nil, ["type": "call", "subject": "Ask Zelda", "relatedTo": pointer])
      return (kept, gone)
    }

    /// Which contact the deals and the call are about, each once.
    private func targets(_ sandbox: Sandboxed) -> Set<String> {
      let deals = sandbox.server.rows("Deal").filter {
        Self.deals.contains($0["title"]?.string ?? "")
      }
      let calls = sandbox.server.rows("Activity").filter { $0["subject"] == "Ask Zelda" }
      return Set(
        (deals.map { $0["contact"] } + calls.map { $0["relatedTo"] })
          .map { Pointer(anyForm: $0)?.objectId ?? "none" })
    }

    @Test func `a merge made without the server arrives in its order, and u takes it back`()
      async throws
    {
      let home = try Home()
      let sandbox = try await Sandboxed()
      let pair = try makePair(sandbox)
      try home.logIn("admin", at: sandbox.url)
      let console = try Console([], home: home)
      try console.shows("4 Pipeline", "live")
      try console.press("5", shows: "All contacts")
      try console.press("/marsh\r", shows: "2 of 11", "Z. Marsh")
      try console.press("M", shows: "Two contacts become one", "is kept")
      await sandbox.stop()
      try console.press("s", shows: "[merged] name Z. Marsh", "2 deals, 1 activity")
      try console.press("y", shows: "Z. Marsh merged into Zelda Marsh", "u undo")
      try console.shows("5 queued")
      #expect(targets(sandbox) == [pair.gone])

      try await sandbox.start()
      try wait(for: "the merge does not arrive") {
        console.read()
        return sandbox.server.row("Contact", pair.gone) == nil
      }
      #expect(targets(sandbox) == [pair.kept])
      let kept = try #require(sandbox.server.row("Contact", pair.kept))
      #expect(kept["phone"] == "+49 30 5550123" && kept["notes"] == "[merged] name Z. Marsh")
      try console.wait(for: "end of the queue") { screen in
        screen.contains("live") && !screen.contains("queued")
      }

      try console.press("u", shows: "Taken back: Z. Marsh merged")
      try wait(for: "the double is not there again with its rows") {
        console.read()
        let twin = sandbox.server.rows("Contact").first { $0["name"] == "Z. Marsh" }
        return twin?.objectId.map { targets(sandbox) == [$0] } ?? false
          && sandbox.server.row("Contact", pair.kept)?["notes"] == nil
      }
      console.type("q")
      #expect(try console.waitForExit() == 0)
      await sandbox.stop()
    }
  }
}
