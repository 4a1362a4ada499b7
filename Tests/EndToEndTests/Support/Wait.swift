import Glibc

/// What did not come in time, and what was there instead.
struct Missed: Error, CustomStringConvertible {
  let description: String
}

/// Asks until the condition holds; between two asks it waits in poll(2) for at most 10 ms.
///
/// - Parameter descriptor: Input on it ends the wait between two asks at once.
@MainActor
func wait(
  for what: @autoclosure () -> String, seconds: Double = 20, on descriptor: Int32? = nil,
  until condition: () throws -> Bool
) throws {
  let end = ContinuousClock.now + .seconds(seconds)
  while try !condition() {
    guard ContinuousClock.now < end else { throw Missed(description: what()) }
    var source = pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0)
    // One descriptor is passed and one counted; a negative one is skipped.
    _ = unsafe poll(&source, 1, 10)
    // Closed at the other end and nothing to read: poll would answer at once for ever.
    if source.revents & Int16(POLLHUP | POLLIN) == Int16(POLLHUP) { _ = poll(nil, 0, 5) }
  }
}

/// Whether the list of a screen holds one row, which then has the cursor.
func hasOneRow(_ screen: String) -> Bool {
  screen.split(separator: "\n").contains { $0.hasSuffix(" 1 of 1") }
}
