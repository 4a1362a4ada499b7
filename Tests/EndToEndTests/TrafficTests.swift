import Foundation
import Glibc
import TestTerminal
import Testing

extension EndToEnd {
  /// Others work in the school ten times as fast as people do, while somebody looks at a list.
  ///
  /// `QUAD_TRAFFIC_MINUTES=10` watches that long; by default it is a few seconds.
  @MainActor
  struct TrafficTests {
    private static let minutes = ProcessInfo.processInfo.environment["QUAD_TRAFFIC_MINUTES"]
      .flatMap { Double($0) }
    private static let columns = 120
    /// As many as a screen has that is printed.
    private static let rows = 50
    /// All lines but the header, which tells of the connection, and the last two.
    private static let compared = 1..<rows - 2
    private static let screens = ["0", "1", "2", "3", "4", "5", "6", "7", "9"]

    private let home: Home
    private let sandbox: Child

    init() throws {
      home = try Home()
      let started = try home.sandbox(traffic: 10)
      sandbox = started.child
      try home.logIn("admin", at: started.url)
    }

    @Test(.timeLimit(.minutes(minutes == nil ? 4 : 60)))
    func `the cursor keeps its record, counts are recounts, the screen is a repaint`() throws {
      let console = try Console([], home: home, columns: Self.columns, rows: Self.rows)
      try console.shows("4 Pipeline", "live")
      let end = ContinuousClock.now + .seconds((Self.minutes ?? 0.1) * 60)
      repeat {
        try watchCursor(console, until: min(end, .now + .seconds(20)))
        try checkScreens(console)
      } while ContinuousClock.now < end
      console.type("q")
      #expect(try console.waitForExit() == 0)
      #expect(console.glass.violations == [])
    }

    /// The ticket under the cursor stays the ticket under the cursor.
    private func watchCursor(_ console: Console, until end: ContinuousClock.Instant) throws {
      try console.press("3", shows: "Pressure ▾", "waiting ")
      console.type("jjjjjjjj")
      // All of them are taken when what is asked for behind them shows; rows may arrive in between.
      try console.press("?", shows: "Help  ━")
      console.type("\u{1B}")
      try console.wait(for: "cursor further down in a list without help") { screen in
        !screen.contains("Help  ━") && (Self.place(console) ?? 0) > 1
      }
      let ticket = Self.ticket(console)
      #expect(ticket.hasPrefix("T-"))
      let changesBefore = console.bytes.count
      // However short the watch, others change something during it.
      try console.wait(for: "change until the end of the watch", seconds: 100) { _ in
        #expect(Self.ticket(console) == ticket)
        return ContinuousClock.now >= end && console.bytes.count > changesBefore
      }
    }

    /// The row of the sign, which is the hardware cursor's.
    private static func line(_ console: Console) -> String {
      console.glass.text.split(separator: "\n").first { $0.hasPrefix("►") }.map(String.init) ?? ""
    }

    private static func ticket(_ console: Console) -> String {
      line(console).split(separator: " ").first { $0.hasPrefix("T-") }.map(String.init) ?? ""
    }

    /// The cursor's place as the status line says it.
    private static func place(_ console: Console) -> Int? {
      let status = console.glass.text.split(separator: "\n").last { $0.contains(" of ") }
      let words = status?.split(separator: " ") ?? []
      return words.lastIndex(of: "of").flatMap { $0 > 0 ? Int(words[$0 - 1]) : nil }
    }

    /// With the server held still each screen, brought in order, says what the program says that
    /// reads all rows anew; and painting all of it again changes nothing.
    private func checkScreens(_ console: Console) throws {
      sandbox.send(SIGSTOP)
      defer { sandbox.send(SIGCONT) }
      for screen in Self.screens {
        console.type(screen)
        let printed = try waitForPrint(of: screen, console)
        let before = console.bytes.count
        console.type("\u{C}")
        try console.wait(for: "screen \(screen) painted again") { _ in
          console.bytes.count > before + 1000
        }
        // The rest of the frame may be on its way, and clocks may have moved on since: what is printed
        // later is later than a screen that nothing refreshes.
        if Self.body(console.glass.text) != printed { _ = try waitForPrint(of: screen, console) }
      }
    }

    /// Waits until the screen says what is printed, the cursor aside, and gives that; says where it does
    /// not.
    private func waitForPrint(of screen: String, _ console: Console) throws -> [String] {
      var printed: [String] = []
      do {
        try console.wait(for: "lines", seconds: 30) { _ in
          // Rows go in order, and clocks to this second.
          console.type("Rg")
          printed = try self.printed(screen)
          console.read()
          return Self.body(console.glass.text) == printed
        }
      } catch is Missed {
        let pairs = zip(printed, Self.body(console.glass.text)).filter { $0 != $1 }
        let words = pairs.map { "printed: \($0)\n  shown: \($1)" }.joined(separator: "\n")
        throw Missed(description: "screen \(screen) differs:\n" + words)
      }
      return printed
    }

    private static func body(_ text: String) -> [String] {
      let lines = text.replacing("►", with: " ").split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      return compared.map { lines.indices.contains($0) ? lines[$0] : "" }
    }

    private func printed(_ screen: String) throws -> [String] {
      let outcome = try home.run(
        Home.binary, ["--offline", "--start", screen], changes: ["COLUMNS": "\(Self.columns)"])
      #expect(outcome.code == 0, "\(outcome.err)")
      return Self.body(outcome.out)
    }
  }
}
