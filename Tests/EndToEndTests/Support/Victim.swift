import Foundation
import TestTerminal
import Testing

/// The program on a terminal with a death at a set moment before it.
@MainActor
final class Victim {
  /// The program was killed before it showed what was waited for.
  struct Killed: Error {}

  let console: Console

  /// So many rows that all of a life's contacts are in sight at once.
  static let rows = 100

  /// - Parameter screen: The digit of the screen it starts on.
  init(screen: String, home: Home) throws {
    console = try Console(["--start", screen], home: home, rows: Self.rows)
  }

  /// SIGKILL after so many microseconds, whatever the program does then.
  func die(after microseconds: UInt32) { console.child.kill(after: microseconds) }

  /// Presses keys and waits for what they bring; what was on the screen before the death counts.
  func press(_ keys: String, shows texts: String...) throws {
    console.type(keys)
    try wait(for: texts.joined(separator: ", ") + " after \(keys.debugDescription)") { screen in
      texts.allSatisfy { screen.contains($0) }
    }
  }

  func wait(for what: String, until fits: (String) -> Bool) throws {
    try console.wait(for: what, seconds: 60) { screen in
      if fits(screen) { return true }
      guard let code = console.child.exitCode else { return false }
      try #require(code == 128 + SIGKILL, "ended by itself with \(code):\n\(screen)")
      console.read()
      if fits(console.glass.text) { return true }
      throw Killed()
    }
  }

  /// Keeps pressing until the death comes.
  func untilDeath(_ step: () throws -> Void) throws {
    do {
      while true { try step() }
    } catch is Killed {
      #expect(console.child.exitCode == 128 + SIGKILL)
    }
  }
}
