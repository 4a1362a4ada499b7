import Foundation
import ParseCore
import Sandbox
import Testing

extension EndToEnd {
  /// `quad cache` and `quad pins` on a filled account.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct CacheCommandTests {
    @Test func `the cache is measured, and cleared by name or by flag only`() async throws {
      let home = try Home()
      #expect(try home.quad("cache").code == 3)
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      #expect(try home.quad("cache").out == "Nothing is cached.\n")
      #expect(try home.quad("cache", "clear", "--yes").out == "Nothing is cached.\n")

      #expect(try home.quad().code == 0)
      let size = try home.quad("cache")
      #expect(size.code == 0 && size.out.contains("Student") && size.out.contains(".sqlite: "))
      #expect(try home.quad("pins").out == "Nothing is pinned.\n")
      let unknown = try home.quad("pins", "unpin", "stars")
      #expect(unknown.code == 5 && unknown.err.contains("There is no pin stars"))

      let exported = try home.quad("cache", "export")
      let students = try JSON(text: exported.out)["Student"]?.array
      #expect(exported.code == 0 && students?.count == sandbox.server.count("Student"))

      let refused = try home.quad("cache", "clear")
      #expect(refused.code == 2 && refused.err.contains("--yes"))
      #expect(try home.quad("cache").out.contains("Student"))
      #expect(try home.quad("cache", "clear", "--yes").out == "The cache is cleared.\n")
      #expect(try home.quad("cache").out == "Nothing is cached.\n")
      await sandbox.stop()
    }

    @Test func `a pinned query is kept, and pruning leaves what it holds`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      let early = try home.quad("pins", "add", "won", "Deal")
      #expect(early.code != 0 && early.err.contains("Nothing is cached yet"))
      #expect(try home.quad().code == 0)
      let bad = try home.quad("pins", "add", "won", "Deal", "--where", "[1]")
      #expect(bad.code == 2 && bad.err.contains("no JSON object"))
      let unknown = try home.quad("pins", "add", "won", "Deal", "--where", #"{"a":{"$b":1}}"#)
      #expect(unknown.code != 0)
      let added = try home.quad(
        "pins", "add", "won", "Deal", "--where", #"{"stage":"won"}"#, "--depth", "1")
      #expect(added.code == 0 && added.out.hasPrefix("Pinned as won: "))
      let pins = try home.quad("pins").out.split(separator: "\n")
      #expect(pins.count == 2 && pins[1].hasPrefix("won ") && pins[1].contains("Deal"))
      let won = sandbox.server.rows("Deal").count { $0["stage"] == "won" }
      let pruned = try home.quad("cache", "prune")
      #expect(pruned.code == 0 && pruned.out.contains(" rows are out; "))
      let left = try JSON(text: home.quad("cache", "export").out)
      #expect(left["Deal"]?.array?.count == won && left["Student"] == nil)
      #expect(try home.quad().code == 0)
      let again = try JSON(text: home.quad("cache", "export").out)
      #expect(again["Deal"]?.array?.count == sandbox.server.count("Deal"))
      #expect(again["Student"]?.array?.count == sandbox.server.count("Student"))
      await sandbox.stop()
    }

    @Test func `a sign-out keeps the cache unless it is to be wiped`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      for (wipe, isKept) in [(false, true), (true, false)] {
        try home.logIn("admin", at: sandbox.url)
        #expect(try home.quad().code == 0)
        let out = try wipe ? home.quad("logout", "--wipe") : home.quad("logout")
        #expect(out.code == 0 && out.out.contains("The cache is cleared.") == wipe)
        #expect(try home.quad("cache").out.contains("Student") == isKept)
      }
      await sandbox.stop()
    }

    @Test func `P pins the row under the cursor, and lets go of it`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      let console = try Console(["--start", "3"], home: home)
      try console.shows("Pressure", "live")
      try console.press("P", shows: "is pinned on this machine")
      let pins = try home.quad("pins")
      #expect(pins.code == 0 && pins.out.contains("by hand"))
      try console.press("P", shows: "is not pinned any more")
      #expect(try home.quad("pins").out == "Nothing is pinned.\n")
      console.type("q")
      #expect(try console.waitForExit() == 0)
      await sandbox.stop()
    }

    @Test func `a cache that is open is not cleared`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      let console = try Console(["--start", "3"], home: home)
      try console.shows("Pressure", "live")
      let refused = try home.quad("cache", "clear", "--yes")
      #expect(refused.code == 10 && refused.err.contains("Close it first"))
      try console.press("4", shows: "lead")
      await sandbox.stop()
    }
  }
}
