import ParseCore
import QuadApp
import TerminalUI
import TestTerminal
import Testing

/// What keys cost on the wire (product.md, "Numbers to beat"): bytes are exact, unlike times.
///
/// ncurses has one screen per process, so these run on the main actor and never wait.
@Suite(.serialized)
@MainActor
struct ByteBudgetTests {
  /// Keys that bring up each list: the digit of its screen, and what shows its other half.
  private nonisolated static let lists = [
    "0", "1", "1b", "2", "3", "4", "4b", "5", "5b", "6", "7", "9",
  ]

  /// A row of so many columns at most, as it scrolls in: its text, three bytes for a sign of a chart,
  /// and its colours. Side by side, lists cannot scroll by themselves: their rows are written again.
  private static func scrollBudget(_ keys: String, _ size: Size) -> Int {
    let isBesideAnother = size.columns == 200 && ["0", "4"].contains(keys)
    return isBesideAnother ? 1900 : 120 + size.columns * 5 / 4 + 80
  }

  @Test(arguments: lists, [Size(columns: 80, rows: 24), Size(columns: 200, rows: 50)])
  func `over SSH a move takes 40 bytes, and the terminal has the picture`(
    keys: String, size: Size
  ) throws {
    let wire = try Wire(size, isRemote: true)
    defer { wire.close() }
    _ = try wire.cost(of: keys)
    for _ in 0..<(size.rows + 10) {
      let row = wire.cursorRow
      let cost = try wire.cost(of: "j")
      let budget = wire.cursorRow == row ? Self.scrollBudget(keys, size) : 40
      #expect(cost <= budget, "\(keys) at row \(row)")
      #expect(wire.differences == [])
    }
    _ = wire.rest()
    #expect(wire.differences == [])
    wire.repaint()
    #expect(wire.differences == [])
  }

  /// Two rows are written whole: the one with the bar, and the one that had it.
  @Test(arguments: lists, [Size(columns: 80, rows: 24), Size(columns: 200, rows: 50)])
  func `a bar costs the rows it leaves and enters`(keys: String, size: Size) throws {
    let wire = try Wire(size, isRemote: false)
    defer { wire.close() }
    _ = try wire.cost(of: keys + "zzz")
    let top = wire.cursorRow
    for _ in 0..<4 {
      let row = wire.cursorRow
      let cost = try wire.cost(of: "j")
      guard wire.cursorRow > row else { break }
      #expect(cost <= (size.columns == 80 ? 450 : 620), "\(keys) at row \(row)")
      #expect(wire.differences == [])
    }
    #expect(wire.cursorRow > top)
  }

  @Test func `nothing is sent while nothing changes`() throws {
    let wire = try Wire(Size(columns: 120, rows: 40), isRemote: false)
    defer { wire.close() }
    #expect(wire.rest() == 0)
  }
}

/// The app on a terminal whose bytes are counted.
@MainActor
final class Wire {
  private(set) var fixture: AppFixture
  private(set) var glass: Glass
  /// The last picture drawn.
  private(set) var picture: Canvas
  private let pty: Pty
  private let screen: CursesScreen

  init(_ size: Size, isRemote: Bool) throws {
    fixture = AppFixture(
      size.columns, size.rows, as: "admin", hasCursorBar: !isRemote, isRemote: isRemote)
    glass = Glass(columns: size.columns, rows: size.rows)
    picture = Canvas(size: size)
    pty = try Pty(columns: size.columns, rows: size.rows)
    screen = try CursesScreen(
      options: .init(
        input: pty.slave, output: pty.slave, environment: ["TERM": "xterm-256color"], theme: .dark))
    _ = show()
  }

  func close() { screen.close() }

  /// The line of the hardware cursor.
  var cursorRow: Int { picture.cursor?.row ?? -1 }

  /// Where the terminal shows something else than the picture.
  var differences: [String] {
    glass.differences(from: picture, screen.theme)
  }

  /// Presses the keys; the bytes that the last picture took.
  func cost(of keys: String) throws -> Int {
    try fixture.type(keys)
    return show()
  }

  /// Lets the cursor rest, so that the detail follows; its bytes.
  func rest() -> Int {
    for seconds in 0...1 { fixture.send(.tick(fixtureNow.advanced(bySeconds: seconds))) }
    return show()
  }

  /// Sends the whole picture again.
  func repaint() {
    screen.repaint()
    _ = show()
  }

  private func show() -> Int {
    let canvas = fixture.app.draw()
    picture = canvas
    var bytes: [UInt8] = []
    // The second call finds the same picture and an empty queue.
    while !screen.draw(canvas) { bytes += pty.output(gap: 1) }
    while !screen.draw(canvas) { bytes += pty.output(gap: 1) }
    bytes += pty.outputSoFar()
    glass.write(bytes)
    return bytes.count
  }
}
