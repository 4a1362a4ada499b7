import CNcurses
import Foundation
import TestTerminal
import Testing

/// The program on a pseudo terminal; the test is the terminal.
@MainActor
final class Console {
  let child: Child
  private let pty: Pty
  private(set) var glass: Glass
  private(set) var bytes: [UInt8] = []
  private let errors: String
  /// The terminal's modes before the program had it.
  private let modesBefore: [UInt32]

  /// Under a shell with job control, which says `turn N` while the program is stopped and puts it
  /// in front again after a line; a session leader alone cannot be stopped by its terminal.
  convenience init(shellOf arguments: [String], home: Home) throws {
    let script = """
      set -m; "$0" "$@"; code=$?; turn=0
      while [ $code -gt 128 ]; do
        echo turn $turn; turn=$((turn + 1)); read -r go; fg > /dev/null; code=$?
      done
      exit $code
      """
    try self.init(["-c", script, Home.binary] + arguments, home: home, program: "/bin/sh")
  }

  init(
    _ arguments: [String], home: Home, columns: Int = 120, rows: Int = 40,
    changes: [String: String] = [:], program: String = Home.binary
  ) throws {
    // The locale gives letters their widths; a constant string and an unused answer.
    _ = unsafe setlocale(LC_CTYPE, "C.UTF-8")
    pty = try Pty(columns: columns, rows: rows)
    glass = Glass(
      columns: columns, rows: rows, isStrict: changes["TERM"] == Home.strictTerminal)
    modesBefore = pty.modes
    errors = home.file("ui-err")
    child = try Child(
      program, arguments, environment: home.environment.merging(changes) { _, new in new },
      streams: [.terminal(pty.path), .terminal(pty.path), .write(errors)])
  }

  /// Whether the terminal's modes are as they were before the program.
  var isCooked: Bool { pty.modes == modesBefore }

  /// Cooked, the main screen in sight, the cursor shown, pastes plain.
  var isGivenBack: Bool {
    read()
    return isCooked && !glass.isAlternate && glass.isCursorVisible && !glass.hasBracketedPaste
  }

  func resize(columns: Int, rows: Int) {
    read()
    glass.resize(columns: columns, rows: rows)
    pty.resize(columns: columns, rows: rows)
  }

  func type(_ text: String) { pty.type(text) }

  /// Takes what has come so far.
  func read() {
    while let piece = pty.piece(gap: 0) {
      bytes += piece
      glass.write(piece)
    }
  }

  /// Waits until the screen fits, which `what` puts in words.
  func wait(
    for what: String, seconds: Double = 45, until fits: (String) throws -> Bool
  ) throws {
    try EndToEndTests.wait(
      for: "no \(what) on this screen\(lastWords):\n\(glass.text)",
      seconds: seconds, on: pty.master
    ) {
      read()
      return try fits(glass.text)
    }
  }

  /// What a program that is no more said of its end.
  private var lastWords: String {
    guard let code = child.exitCode else { return "" }
    let said = FileManager.default.contents(atPath: errors) ?? Data()
    return " (exit code \(code), \(String(decoding: said, as: UTF8.self)))"
  }

  /// Waits until all of the texts stand on the screen.
  func shows(_ texts: String..., seconds: Double = 45) throws {
    try wait(for: texts.joined(separator: ", "), seconds: seconds) { screen in
      texts.allSatisfy { screen.contains($0) }
    }
  }

  /// Filters the list by a text until its one row is in sight.
  func narrow(to text: String) throws {
    type("/\(text)")
    try wait(for: "one row of \(text)", until: hasOneRow)
    try press("\r", shows: text)
  }

  /// Presses keys and waits for what they bring.
  func press(_ keys: String, shows texts: String...) throws {
    type(keys)
    try wait(for: texts.joined(separator: ", ") + " after \(keys.debugDescription)") { screen in
      texts.allSatisfy { screen.contains($0) }
    }
  }

  /// Waits for the end of the program while its terminal takes what it says.
  func waitForExit(seconds: Double = 45) throws -> Int32 {
    var code: Int32 = -1
    try wait(for: "end of the program", seconds: seconds) { _ in
      guard let end = child.exitCode else { return false }
      code = end
      return true
    }
    read()
    return code
  }
}
