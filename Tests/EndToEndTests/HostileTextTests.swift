import ParseCore
import Sandbox
import TestTerminal
import Testing

extension EndToEnd {
  /// Text from a server that means harm shows as text (reference/terminal.md §3.6, product.md D12).
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct HostileTextTests {
    /// Each does something to a terminal that takes it raw.
    static let payloads = [
      "\u{1B}[35mred", "\u{1B}]52;c;aGk=\u{7}", "\u{1B}]0;title\u{7}",
      "\u{1B}]8;;http://x\u{1B}\\l", "\u{9B}31mb", "\u{9D}0;t\u{9C}", "\u{202E}b", "\u{2066}b",
      "\u{200B}b", "\u{FEFF}b", "\u{E0041}b", "\u{AD}b", "\rb", "\u{8}b", "\nb", "\u{B}b",
      "\u{1B}P+q544e\u{1B}\\", "\u{1B}c", "\u{1B}[2J", "\u{1B}[?1049l", "\u{1B}#8", "\u{7F}b",
      "\u{115F}b", "\u{3164}b", "\u{2028}b", "\u{FE0F}b",
    ]
    static let all = payloads.joined(separator: "<")

    /// Beginnings of users and vocabulary words as the screens' columns show them.
    private static let words = [
      "1": ["Zzus"], "3": ["Zzpr", "Zzst", "Zzus"], "4": ["\"Zzst"], "6": ["Zzty", "Zzus"],
      "7": ["Zzst", "Zzus"],
    ]

    @Test func `no payload in any field reaches the terminal raw`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed(runsHooks: false)
      let titles = try Poison(sandbox, Self.all).spread()
      try home.logIn("admin", at: sandbox.url)
      let console = try Console(
        [], home: home, columns: 160, rows: 50, changes: home.makeStrictTerminal())
      try console.shows("4 Pipeline", "live")
      try visitScreens(console)
      try openCards(console, titles)
      try openDrawers(console, titles)
      console.type("qqqqq")
      #expect(try console.waitForExit() == 0)
      check(console)
      // The payloads have been on the screen: their harmless parts were drawn.
      let text = String(decoding: console.bytes, as: UTF8.self)
      #expect(text.contains("[35mred") && text.contains("52;c;aGk="))

      for arguments in [["--offline"], ["--offline", "--ascii"]] {
        let plain = try home.run(Home.binary, arguments)
        #expect(plain.code == 0)
        var glass = Glass(columns: 400, rows: 60)
        glass.write(plain.out.replacing("\n", with: "\r\n").utf8)
        #expect(glass.violations == [])
      }
      await sandbox.stop()
    }

    @Test(arguments: [("\r", 13), ("\n", 10), ("\u{8}", 8), ("\t", 9)])
    func `a single control is a leak on a strict terminal and a motion on any other`(
      control: String, number: Int
    ) {
      for isStrict in [true, false] {
        var glass = Glass(columns: 20, rows: 4, isStrict: isStrict)
        glass.write("\u{1B}[?1049hA\(control)B".utf8)
        #expect(glass.violations == (isStrict ? ["raw control \(number)"] : []))
      }
    }

    private func check(_ console: Console) {
      #expect(console.glass.violations == [], "\(console.glass.violations.prefix(9))")
      let text = Array(String(decoding: console.bytes, as: UTF8.self).unicodeScalars)
      for payload in Self.payloads {
        // With the separator after it, since the program's own output may clear a screen or move too.
        let raw = Array((payload + "<").unicodeScalars)
        let isThere = text.indices.contains { text[$0...].starts(with: raw) }
        #expect(!isThere, "\(payload.debugDescription)")
      }
    }

    private func visitScreens(_ console: Console) throws {
      // Words that are on no other screen: the names of all are in the header.
      let screens = [
        ("1", "with a course"), ("2", "Latest attempts"), ("3", "Waiting"), ("4", "lead"),
        ("5", "All contacts"), ("6", "About nothing"), ("7", "Mean and target"), ("8", "To send"),
        ("9", "All checks"), ("0", "Lowest pass rate"),
      ]
      for (key, words) in screens {
        try console.press(key, shows: words)
        // The rows belong to somebody else, whose name is poison too.
        if key == "3" { try console.press("fAll\r", shows: "of 17") }
        for filter in ["", "zz"] where key != "8" && key != "9" && key != "0" {
          if !filter.isEmpty {
            try console.press("/\(filter)\r", shows: "Zz")
            for word in Self.words[key] ?? [] { try console.shows(word) }
          }
          // The second pane of a screen, its other form, its detail beside and below.
          try openFirst(console, on: key)
        }
        console.type("F")
      }
    }

    /// A form or a drawer is open; the footer of the filter line ends with `Esc clear it`.
    private func isAsking(_ screen: String) -> Bool {
      screen.contains("Esc cancel") || screen.contains("Esc close")
    }

    /// What Enter opens is waited for: keys typed at a form that is to come are for the form.
    private func openFirst(_ console: Console, on screen: String) throws {
      console.type("\tbbzzz")
      // A course opens nothing.
      guard screen != "7" else { return }
      // Enter before the rows of the other pane are there opens nothing; it is pressed again then, but
      // not while what the last one opens may still be on its way.
      var next = ContinuousClock.now
      try console.wait(for: "form or card on screen \(screen)") {
        if ContinuousClock.now >= next {
          console.type("\r")
          next = .now + .seconds(8)
        }
        return isAsking($0) || $0.contains("›") || $0.contains("It is about")
      }
      guard isAsking(console.glass.text) else { return console.type("\u{7F}") }
      console.type("\u{1B}")
      try console.wait(for: "end of the form on screen \(screen)") { !isAsking($0) }
    }

    private func openCards(_ console: Console, _ titles: [String]) throws {
      for (screen, title) in zip(["3", "4", "1"], titles) {
        try console.press("\(screen)F/\(title.lowercased())\r", shows: title)
        try console.press("\r", shows: "›")
        console.type("Gg\u{7F}F")
      }
    }

    private func openDrawers(_ console: Console, _ titles: [String]) throws {
      try console.press("3/\(titles[0].lowercased())\r", shows: titles[0])
      for key in ["m", "a", "p", "t", "?", "f", "s"] {
        console.type(key)
        try console.wait(for: "drawer of \(key)", until: isAsking)
        console.type("\u{1B}")
        try console.wait(for: "end of the drawer of \(key)") { !isAsking($0) }
      }
      try console.press("F4/\(titles[1].lowercased())\r", shows: titles[1])
      for key in ["m", "W", "A", "t"] {
        console.type(key)
        try console.wait(for: "drawer of \(key)", until: isAsking)
        console.type("\u{1B}")
        try console.wait(for: "end of the drawer of \(key)") { !isAsking($0) }
      }
    }
  }
}
