import Foundation
import Synchronization
import Testing

/// A tmux server of the test's own: another opinion on what the screen shows.
@MainActor
final class Tmux {
  private let home: Home
  private let socket: String
  /// A test that fails leaves no server behind.
  private var server: Reaper?

  /// Runs the command in a window; after it stands `ended N` with its exit code.
  init(_ command: String, home: Home, columns: Int = 120, rows: Int = 40) throws {
    self.home = home
    socket = home.file("tmux")
    _ = try ask(
      "new-session", "-d", "-x", String(columns), "-y", String(rows),
      "\(command); echo ended $?; exec cat")
    server = try pid_t(ask("display-message", "-p", "#{pid}").filter(\.isNumber)).map(Reaper.init)
  }

  @discardableResult
  private func ask(_ words: String...) throws -> String {
    let outcome = try home.run("tmux", ["-S", socket, "-f", "/dev/null"] + words)
    try #require(outcome.code == 0, "tmux \(words): \(outcome.err)")
    return outcome.out
  }

  var screen: String {
    get throws { try ask("capture-pane", "-p") }
  }

  func shows(_ texts: String..., seconds: Double = 20) throws {
    try wait(for: texts.joined(separator: ", "), seconds: seconds) { screen in
      texts.allSatisfy { screen.contains($0) }
    }
  }

  /// Presses a key by tmux's name for it.
  func press(_ key: String, shows texts: String...) throws {
    try ask("send-keys", key)
    try wait(for: texts.joined(separator: ", ") + " after \(key)") { screen in
      texts.allSatisfy { screen.contains($0) }
    }
  }

  /// Waits until the screen fits, which `what` puts in words.
  func wait(
    for what: String, seconds: Double = 20, until fits: (String) throws -> Bool
  ) throws {
    var last = ""
    try EndToEndTests.wait(for: "no \(what) on this screen:\n\(last)", seconds: seconds) {
      last = try screen
      return try fits(last)
    }
  }

  func type(_ text: String) throws { try ask("send-keys", "-l", text) }

  /// Opens one of the screen's saved views.
  func choose(view: String, shows text: String) throws {
    try press("f", shows: "Views")
    try type(view)
    try press("Enter", shows: text)
  }

  /// Filters the list by a text until its one row is in sight.
  func narrow(to text: String) throws {
    try press("/", shows: "/")
    try type(text)
    try wait(for: "one row of \(text)", until: hasOneRow)
    try press("Enter", shows: text)
  }

  /// Ends the server and all that runs in it.
  func end() throws {
    try ask("kill-server")
    server?.isDone.withLock { $0 = true }
  }
}
