import TestTerminal
import Testing

extension EndToEnd {
  /// What time alone changes.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct ClockTests {
    private func tickets(_ screen: String) -> [Substring] {
      screen.split(separator: "\n").filter { $0.contains(" T-") }
    }

    @Test func `the clocks of tickets go on while nobody touches a key`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      let console = try Console(["--start", "3"], home: home)
      try console.shows("T-4819", "T-4820", "live")
      let before = tickets(console.glass.text)
      // At most two minutes begin before a row's own is over.
      try console.wait(for: "clock that goes on", seconds: 125) { tickets($0) != before }
      console.type("q")
      #expect(try console.waitForExit() == 0)
      await sandbox.stop()
    }
  }
}
