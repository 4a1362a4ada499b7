import Glibc
import TestTerminal
import Testing

extension EndToEnd {
  /// However the program ends, the terminal is as it was (reference/terminal.md §3.1).
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct SignalTests {
    /// Signs in once and leaves a cache, so that each run comes up without a server.
    private func pinnedHome() async throws -> Home {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      let console = try Console([], home: home)
      try console.shows("4 Pipeline", "live")
      console.type("q")
      #expect(try console.waitForExit() == 0)
      await sandbox.stop()
      return home
    }

    private func open(_ home: Home, drawer: Bool) throws -> Console {
      let console = try Console(["--offline"], home: home)
      try console.shows("4 Pipeline", "? help")
      #expect(!console.isCooked)
      #expect(console.glass.isAlternate && console.glass.hasBracketedPaste)
      if drawer { try console.press("i", shows: "Esc c") }
      return console
    }

    @Test func `signals that end the program give the terminal back`() async throws {
      let home = try await pinnedHome()
      for drawer in [false, true] {
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGABRT] {
          let console = try open(home, drawer: drawer)
          console.child.send(signal)
          let code = try console.waitForExit()
          #expect(console.isGivenBack, "signal \(signal), drawer \(drawer): \(console.glass.text)")
          // Crashes keep their true cause; requests end in order.
          let isCrash = [SIGSEGV, SIGABRT].contains(signal)
          #expect(code == (isCrash ? 128 + signal : 0), "signal \(signal), drawer \(drawer)")
          #expect(console.glass.violations == [])
        }
      }
    }

    @Test(arguments: [false, true])
    func `a stop gives the terminal back and going on takes it again`(drawer: Bool) async throws {
      let home = try await pinnedHome()
      let console = try Console(shellOf: ["--offline"], home: home)
      try console.shows("4 Pipeline", "? help")
      if drawer { try console.press("i", shows: "Esc c") }
      for way in 0..<2 {
        let program = try #require(console.child.children.first)
        if way == 0 || drawer { kill(program, SIGTSTP) } else { console.type("\u{1A}") }
        try console.wait(for: "shell's turn") { $0.contains("turn \(way)") }
        #expect(console.isGivenBack)
        console.type("go\n")
        try console.wait(for: "picture after the stop") { screen in
          console.glass.isAlternate && screen.contains(drawer ? "Esc c" : "4 Pipeline")
        }
        #expect(!console.isCooked && console.glass.hasBracketedPaste)
      }
      let program = try #require(console.child.children.first)
      if drawer { kill(program, SIGTERM) } else { console.type("q") }
      #expect(try console.waitForExit() == 0)
      #expect(console.isGivenBack)
      #expect(console.glass.violations == [])
    }

    @Test(arguments: [false, true])
    func `a lost terminal ends the program`(drawer: Bool) async throws {
      let home = try await pinnedHome()
      var console: Console? = try open(home, drawer: drawer)
      let child = try #require(console?.child)
      console = nil
      #expect(try child.waitForExit() == 0)
    }
  }
}
