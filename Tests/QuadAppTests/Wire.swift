import ParseCore
import QuadApp
import TerminalUI
import TestTerminal

/// The app on a terminal whose bytes are counted.
@MainActor
final class Wire {
  private(set) var fixture: AppFixture
  private(set) var glass: Glass
  /// The last picture drawn.
  private(set) var picture: Canvas
  /// What stood and was drawn when the two were last held against each other.
  private var checked: (glass: Glass, picture: Canvas)?
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

  /// Where the terminal shows something else than the picture, in letters or colours.
  func differences() -> [String] {
    defer { checked = (glass, picture) }
    return glass.differences(from: picture, screen.theme, since: checked)
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

  /// Nobody presses a key until a minute is over; its bytes, or nil if something else than its end
  /// wakes the program.
  func idle() -> Int? {
    fixture.send(.tick(fixtureNow))
    guard show() == 0, fixture.app.nextTick == nil else { return nil }
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 60)))
    return show()
  }

  /// Sends the whole picture again.
  func repaint() {
    screen.repaint()
    _ = show()
  }

  private func show() -> Int {
    picture = fixture.app.draw()
    var bytes: [UInt8] = []
    // The second call finds the same picture and an empty queue.
    while !screen.draw(picture) { bytes += pty.output(gap: 1) }
    while !screen.draw(picture) { bytes += pty.output(gap: 1) }
    bytes += pty.outputSoFar()
    glass.write(bytes)
    return bytes.count
  }
}

extension Wire {
  /// What one key cost.
  struct Step {
    let key: String
    let bytes: Int
    /// The cursor went to another line and the list stayed.
    let isMove: Bool
  }

  /// Presses a key so many times, less where nothing is left to go to, and holds the terminal
  /// against the picture each time.
  func hold(_ key: String, times: Int) throws -> (steps: [Step], differences: [String]) {
    var steps: [Step] = []
    var found: [String] = []
    for _ in 0..<times {
      let before = picture
      let bytes = try cost(of: key)
      found += differences()
      if picture == before { break }
      steps.append(Step(key: key, bytes: bytes, isMove: picture.cursor != before.cursor))
    }
    return (steps, found)
  }
}
