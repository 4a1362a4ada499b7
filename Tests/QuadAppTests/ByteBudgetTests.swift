import TerminalUI
import Testing

/// What keys cost on the wire (product.md, "Numbers to beat"): bytes are exact, unlike times.
///
/// ncurses has one screen per process, so these run on the main actor and never wait.
@Suite(.serialized)
@MainActor
struct ByteBudgetTests {
  /// Keys that bring up each list: the digit of its screen, and what shows its other half.
  private nonisolated static let lists = [
    "0", "0<Tab>", "1", "1b", "2", "2<Tab>", "3", "3]]]]]", "4", "4b", "5", "5b", "6", "7", "9",
  ]
  private nonisolated static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 200, rows: 50),
  ]

  /// Bytes for a move, and for a row that scrolls in.
  private static let move = 40
  private static let scroll = 120
  private static let bar = 450

  /// Bytes for a new minute where most rows count minutes; ten for a clock.
  private static let minute = [sizes[0]: 120, sizes[1]: 220]

  /// No terminal scrolls a list beside another one, which goes on by pages: a key costs less than a
  /// row on the average, and the one that turns the page writes all rows of the list.
  private static let page = 720

  @Test(arguments: lists, sizes)
  func `over SSH a move takes 40 bytes and a row 120`(keys: String, size: Size) throws {
    let wire = try Wire(size, isRemote: true)
    defer { wire.close() }
    _ = try wire.cost(of: keys)
    #expect(wire.differences() == [])
    let down = try wire.hold("j", times: size.rows + 4)
    let up = try wire.hold("k", times: size.rows + 4)
    #expect(down.differences + up.differences == [])
    let steps = down.steps + up.steps
    try #require(!steps.isEmpty)
    if size.columns == 200, ["0", "0<Tab>", "4"].contains(keys) {
      #expect(steps.map(\.bytes).reduce(0, +) <= Self.scroll * steps.count)
      #expect(steps.allSatisfy { $0.bytes <= Self.page }, "\(steps)")
    } else {
      #expect(steps.allSatisfy { $0.bytes <= ($0.isMove ? Self.move : Self.scroll) }, "\(steps)")
    }
    _ = wire.rest()
    #expect(wire.differences() == [])
    let rested = wire.picture
    wire.repaint()
    #expect(wire.differences() == [])
    #expect(wire.picture == rested)
  }

  /// Two rows are written whole but for their charts: the one with the bar, and the one that had it.
  @Test(arguments: lists, sizes)
  func `a bar costs the rows it leaves and enters`(keys: String, size: Size) throws {
    let wire = try Wire(size, isRemote: false)
    defer { wire.close() }
    _ = try wire.cost(of: keys + "zzz")
    #expect(wire.differences() == [])
    let down = try wire.hold("j", times: size.rows)
    #expect(down.differences == [])
    let moves = down.steps.filter(\.isMove)
    try #require(!moves.isEmpty)
    #expect(moves.allSatisfy { $0.bytes <= Self.bar }, "\(moves)")
  }

  /// The lists that count minutes: how long tickets wait and how long ago attempts were.
  private static let clocks = ["0", "0<Tab>", "2", "2<Tab>", "3", "3]]]]]", "9"]

  /// Nothing until the minute ends; then only what counts minutes is sent, where any is in sight.
  @Test(arguments: lists + ["8"], sizes)
  func `a minute of idling sends the clocks that moved`(keys: String, size: Size) throws {
    let wire = try Wire(size, isRemote: false)
    defer { wire.close() }
    _ = try wire.cost(of: keys)
    let before = wire.picture
    let bytes = try #require(wire.idle())
    #expect(wire.differences() == [])
    #expect(bytes == 0 || wire.picture != before)
    let most = Self.clocks.contains(keys) ? Self.minute[size] ?? 0 : 0
    #expect(bytes <= most)
  }
}
