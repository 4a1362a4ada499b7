import TestTerminal
import Testing

extension EndToEnd {
  /// Windows of any size and terminals of any name.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct WindowTests {
    private func signedInHome() async throws -> (Home, Sandboxed) {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      return (home, sandbox)
    }

    @Test func `tiny windows are survived and keys still quit`() async throws {
      let (home, sandbox) = try await signedInHome()
      for (columns, rows) in [(1, 1), (20, 5), (39, 9)] {
        let console = try Console([], home: home, columns: columns, rows: rows)
        // Before that the terminal itself echoes what is typed.
        try console.wait(for: "raw terminal") { _ in console.glass.hasBracketedPaste }
        console.type("1234jkq")
        #expect(try console.waitForExit() == 0, "\(columns)x\(rows)")
        #expect(console.isGivenBack)
        #expect(console.glass.violations == [])
      }
      let console = try Console([], home: home)
      try console.shows("4 Pipeline", "live")
      for (columns, rows) in [(1, 1), (20, 5), (40, 10), (200, 60), (1, 60), (200, 1), (80, 24)] {
        console.resize(columns: columns, rows: rows)
        console.type("\t")
        console.read()
      }
      try console.shows("1 Completion", "3 Tickets")
      console.resize(columns: 20, rows: 5)
      try console.shows("Quad needs", "40 x 10.")
      console.resize(columns: 1, rows: 1)
      console.type("q")
      #expect(try console.waitForExit() == 0)
      #expect(console.isGivenBack)
      #expect(console.glass.violations == [])
      await sandbox.stop()
    }

    @Test func `a terminal nobody knows works and one that cannot place text gets text`()
      async throws
    {
      let (home, sandbox) = try await signedInHome()
      for name in ["xterm-of-tomorrow", "tmux-of-tomorrow"] {
        let console = try Console([], home: home, changes: ["TERM": name])
        try console.shows("4 Pipeline", "live")
        console.type("q")
        #expect(try console.waitForExit() == 0)
        #expect(console.isGivenBack)
        #expect(console.glass.violations == [])
      }
      for name in ["dumb", ""] {
        let plain = try Console(["--offline"], home: home, changes: ["TERM": name])
        #expect(try plain.waitForExit() == 0)
        #expect(!plain.bytes.contains(0x1B))
        let text = String(decoding: plain.bytes, as: UTF8.self)
        #expect(text.contains("1 Completion") && text.contains("4 Pipeline"))
      }
      let piped = try home.quad()
      #expect(piped.code == 0)
      #expect(piped.err.isEmpty)
      #expect(piped.out.contains("1 Completion") && !piped.out.utf8.contains(0x1B))
      await sandbox.stop()
    }
  }
}
