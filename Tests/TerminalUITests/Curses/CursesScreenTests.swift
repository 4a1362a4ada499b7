import TestRandom
import Glibc
import TestTerminal
import Testing

@testable import TerminalUI

/// ncurses has one screen per process, so these run one after another on the main actor.
@Suite(.serialized)
@MainActor
struct CursesScreenTests {
  func screen(
    _ pty: Pty, term: String = "xterm-256color", queued: Bool = true,
    guard warden: TerminalGuard? = nil
  ) throws -> CursesScreen {
    // The suite names its locale; a constant string and an unused answer.
    _ = unsafe setenv("LC_ALL", "C.UTF-8", 1)
    return try CursesScreen(
      options: .init(
        input: pty.slave, output: pty.slave,
        environment: ["TERM": term, "ESCDELAY": "10"], theme: .dark, isQueued: queued),
      guard: warden)
  }

  func show(_ screen: CursesScreen, _ pty: Pty, _ canvas: Canvas) -> [UInt8] {
    var bytes = settled(screen, pty)
    #expect(screen.draw(canvas))
    bytes += settled(screen, pty)
    return bytes
  }

  /// What the terminal gets until the queue is empty and nothing more comes.
  func settled(_ screen: CursesScreen, _ pty: Pty) -> [UInt8] {
    var bytes: [UInt8] = []
    while let queue = screen.queue, !queue.isEmpty { bytes += pty.output(gap: 1) }
    return bytes + pty.output(gap: 30)
  }

  func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  private func list(_ cursor: Int, _ look: Table<Int>.CursorLook) -> Canvas {
    let table = Table<Int>(
      columns: [
        Column("a", title: "Ticket", width: .fixed(8)) { row, _ in [Span("T-\(row)")] },
        Column("b", title: "Subject", width: .flex, isMain: true) { row, _ in
          [Span("Subject number \(row * 7919) of the course", .dim)]
        },
      ], cursorLook: look)
    var canvas = Canvas(columns: 120, rows: 40)
    table.draw(on: &canvas, in: canvas.bounds, state: ListState(cursor: cursor), count: 39) { $0 }
    return canvas
  }

  @Test(arguments: [true, false])
  func `the terminal is taken and given back`(queued: Bool) throws {
    let pty = try Pty(columns: 80, rows: 24)
    let before = pty.modes
    let screen = try screen(pty, queued: queued)
    #expect(screen.size == Size(columns: 80, rows: 24))
    #expect(pty.modes != before)
    var canvas = Canvas(columns: 80, rows: 24)
    canvas.put("hello 藤乃木", row: 3, column: 2)
    let shown = text(show(screen, pty, canvas))
    #expect(shown.contains("hello 藤乃木"))
    #expect(shown.contains("\u{1B}[?1049h") && shown.contains("\u{1B}[?2004h"))
    screen.close()
    screen.close()
    let left = text(pty.output())
    #expect(left.contains("\u{1B}[?1049l") && left.contains("\u{1B}[?2004l"))
    #expect(pty.modes == before)
  }

  @Test func `colours stay on over the blanks between words`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty)
    defer { screen.close() }
    var canvas = Canvas(columns: 80, rows: 24)
    let words = ["n", "Progress", "Target", "Risk"].map { Span(SafeLine($0), .dim) }
    canvas.put(Array(words.map { [$0] }.joined(separator: [Span("  ")])), row: 3, column: 2)
    let shown = text(show(screen, pty, canvas))
    #expect(shown.contains("n  Progress  Target  Risk"))
  }

  @Test func `only blanks that look the same take the colour before them`() {
    var canvas = Canvas(columns: 12, rows: 1)
    canvas.put(
      [Span("a", .bad), Span(" b "), Span("c", .header), Span(" d  "), Span("藤", .dim)], row: 0,
      column: 0)
    canvas.restyle(Rect(row: 0, column: 5, columns: 1, rows: 1)) { $0.underline = true }
    let roles = CursesScreen.inked(canvas.cells[...]).map { String($0.style.role.letter) }.joined()
    #expect(canvas.text == "a b c d  藤")
    #expect(roles == "bb..H....dd.")
  }

  @Test func `moving the compact cursor costs at most 40 bytes`() throws {
    let pty = try Pty(columns: 120, rows: 40)
    let screen = try screen(pty)
    defer { screen.close() }
    _ = show(screen, pty, list(0, .compact))
    for cursor in 1..<8 {
      let bytes = show(screen, pty, list(cursor, .compact))
      #expect(!bytes.isEmpty)
      #expect(bytes.count <= 40, "\(text(bytes).debugDescription)")
    }
    #expect(show(screen, pty, list(7, .compact)).isEmpty)
  }

  /// Lines of one text: ncurses cannot tell them apart but by the sign of the cursor.
  @Test(arguments: [(3, 4, 0, 0), (3, 3, 0, 1), (3, 3, 1, 0), (4, 3, 0, 0)])
  func `a sign among equal lines costs no more`(from: Int, to: Int, top: Int, next: Int) throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty)
    defer { screen.close() }
    func canvas(_ line: Int, _ top: Int) -> Canvas {
      var canvas = Canvas(columns: 80, rows: 24)
      for row in 1..<20 {
        canvas.put(
          top + row < 6 ? "Other words in line \(top + row)" : "The same words", row: row, column: 4
        )
      }
      canvas.put("►", row: line, column: 0)
      canvas.placeCursor(row: line, column: 0)
      return canvas
    }
    var glass = Glass(columns: 80, rows: 24)
    glass.write(show(screen, pty, canvas(from, top)))
    let bytes = show(screen, pty, canvas(to, next))
    glass.write(bytes)
    #expect(glass.text.split(separator: "\n") == canvas(to, next).text.split(separator: "\n"))
    #expect(bytes.count <= (top == next ? 15 : 70), "\(text(bytes).debugDescription)")
  }

  @Test func `moving the cursor bar stays within its budget`() throws {
    let pty = try Pty(columns: 120, rows: 40)
    let screen = try screen(pty)
    defer { screen.close() }
    _ = show(screen, pty, list(0, .bar))
    let bytes = show(screen, pty, list(1, .bar))
    #expect(bytes.count <= 450, "\(text(bytes).debugDescription)")
  }

  @Test(arguments: [
    "\u{1B}[35mred", "\u{1B}]52;c;aGk=\u{7}", "\u{1B}]0;title\u{7}", "\u{1B}]8;;http://x\u{1B}\\l",
    "a\u{9B}31mb", "a\u{202E}b", "a\u{200B}b", "a\u{E0041}b", "a\rb", "a\u{8}b", "a\nb", "a\u{AD}b",
    "\u{1B}P+q544e\u{1B}\\", "\u{1B}c", "❤\u{FE0F}", "👨\u{200D}👩\u{200D}👧",
  ])
  func `hostile text reaches no terminal raw`(payload: String) throws {
    let pty = try Pty(columns: 60, rows: 4)
    let screen = try screen(pty)
    defer { screen.close() }
    _ = show(screen, pty, Canvas(columns: 60, rows: 4))
    var canvas = Canvas(columns: 60, rows: 4)
    canvas.put("[" + SafeLine(payload) + "]", row: 1, column: 1)
    canvas.put("below", row: 2, column: 1)
    let shown = show(screen, pty, canvas)
    #expect(!text(shown).contains(payload))
    let scalars = text(shown).unicodeScalars
    for (scalar, next) in zip(scalars, scalars.dropFirst()) where scalar.value == 0x1B {
      #expect("[(".unicodeScalars.contains(next), "ESC \(next) is not one of ours")
    }
    #expect(!scalars.contains { SafeLine(String($0)).isEmpty || (0x7F...0x9F).contains($0.value) })
    #expect(text(shown).contains("below"))
  }

  @Test func `a full repaint shows the same as many small steps`() throws {
    let pty = try Pty(columns: 40, rows: 6)
    let screen = try screen(pty)
    defer { screen.close() }
    var random = SplitMix(9)
    var canvas = Canvas(columns: 40, rows: 6)
    for _ in 0..<60 {
      canvas.put(
        SafeLine(random.hostileString()), row: Int.random(in: 0..<6, using: &random),
        column: Int.random(in: -2..<40, using: &random), width: 9)
      while !screen.draw(canvas) { _ = pty.output(gap: 1) }
    }
    _ = settled(screen, pty)
    // Nothing changed, so nothing may be sent; then everything is.
    #expect(show(screen, pty, canvas).isEmpty)
    screen.repaint()
    #expect(show(screen, pty, canvas).count > 40)
  }

  @Test func `a new size is seen and drawn whole`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty)
    defer { screen.close() }
    _ = show(screen, pty, Canvas(columns: 80, rows: 24))
    pty.resize(columns: 100, rows: 30)
    #expect(screen.refreshSize())
    #expect(!screen.refreshSize())
    #expect(screen.size == Size(columns: 100, rows: 30))
    var canvas = Canvas(columns: 100, rows: 30)
    canvas.put("corner", row: 29, column: 90)
    #expect(text(show(screen, pty, canvas)).contains("corner"))
    pty.resize(columns: 1, rows: 1)
    #expect(screen.refreshSize())
    _ = show(screen, pty, Canvas(columns: 1, rows: 1))
  }

  @Test func `an editor gets the terminal and the screen comes back`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let before = pty.modes
    let screen = try screen(pty)
    defer { screen.close() }
    var canvas = Canvas(columns: 80, rows: 24)
    canvas.put("list", row: 0, column: 0)
    _ = show(screen, pty, canvas)
    screen.suspend()
    #expect(pty.modes == before)
    #expect(text(pty.output()).contains("\u{1B}[?1049l"))
    screen.resume()
    #expect(pty.modes != before)
    let back = text(show(screen, pty, canvas))
    #expect(back.contains("\u{1B}[?1049h") && back.contains("list"))
  }

  @Test func `a terminal that is gone is a hangup`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty)
    #expect(screen.nextKey() == nil)
    // The master closes early; the descriptor number is opened again so that it closes once.
    let null = openDevice("/dev/null")
    dup2(null, pty.master)
    close(null)
    #expect(screen.nextKey() == .hangup)
    screen.close()
  }

  @Test func `a link that takes nothing costs frames, not time`() throws {
    let pty = try Pty(columns: 200, rows: 50)
    let screen = try screen(pty)
    var refused = 0
    for step in 0..<200 {
      var canvas = Canvas(columns: 200, rows: 50)
      let line = SafeLine(String(repeating: "\(step % 10)", count: 200))
      for row in 0..<50 { canvas.put(line, row: row, column: 0) }
      if !screen.draw(canvas) { refused += 1 }
    }
    #expect(refused > 100)
    #expect(screen.nextKey() == nil)
    _ = pty.output()
    screen.close()
  }

  @Test func `another theme paints what is there again`() throws {
    let pty = try Pty(columns: 40, rows: 4)
    let screen = try screen(pty)
    defer { screen.close() }
    var canvas = Canvas(columns: 40, rows: 4)
    canvas.put("late", row: 0, column: 0, style: .bad)
    #expect(text(show(screen, pty, canvas)).contains("38;5;203"))
    screen.theme = Theme(name: .light, depth: .indexed, background: .light)
    #expect(text(show(screen, pty, canvas)).contains("38;5;124"))
  }
}
