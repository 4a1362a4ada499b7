import CNcurses
import Foundation
import Testing

/// The program on a pseudo terminal; the test is the terminal.
@MainActor
final class Console {
  let child: Child
  private let master: Descriptor
  private let slave: Descriptor
  private(set) var glass: Glass
  private(set) var bytes: [UInt8] = []
  /// The terminal's modes before the program had it.
  private let modesBefore: [UInt32]

  /// Closes with the value; a child must not inherit it, or a closed terminal would live on.
  final class Descriptor: Sendable {
    let number: Int32

    init(_ path: String) throws {
      // A path only.
      number = unsafe open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
      try #require(number >= 0)
    }

    deinit { close(number) }
  }

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
    // Glibc's module has no posix_openpt; these are the calls it is made of (man 4 pts).
    master = try Descriptor("/dev/ptmx")
    var locked: Int32 = 0
    var number: UInt32 = 0
    // Each call reads or writes one number.
    _ = unsafe ioctl(master.number, UInt(0x4004_5431), &locked)
    _ = unsafe ioctl(master.number, UInt(0x8004_5430), &number)
    let path = "/dev/pts/\(number)"
    slave = try Descriptor(path)
    glass = Glass(
      columns: columns, rows: rows, isStrict: changes["TERM"] == Home.strictTerminal)
    Console.setSize(slave.number, columns, rows)
    modesBefore = Console.modes(slave.number)
    child = try Child(
      program, arguments, environment: home.environment.merging(changes) { _, new in new },
      streams: [.terminal(path), .terminal(path), .write(home.file("ui-err"))])
  }

  private static func setSize(_ descriptor: Int32, _ columns: Int, _ rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    // The call reads one winsize.
    _ = unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// The flags that tell raw from cooked.
  private static func modes(_ descriptor: Int32) -> [UInt32] {
    var modes = termios()
    // The call fills one termios.
    _ = unsafe tcgetattr(descriptor, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  /// Whether the terminal's modes are as they were before the program.
  var isCooked: Bool { Console.modes(slave.number) == modesBefore }

  /// Cooked, the main screen in sight, the cursor shown, pastes plain.
  var isGivenBack: Bool {
    read()
    return isCooked && !glass.isAlternate && glass.isCursorVisible && !glass.hasBracketedPaste
  }

  func resize(columns: Int, rows: Int) {
    read()
    glass.resize(columns: columns, rows: rows)
    Console.setSize(slave.number, columns, rows)
  }

  func type(_ text: String) {
    let typed = Array(text.utf8)
    // The pointer and the count belong to the same array.
    _ = unsafe typed.withUnsafeBytes {
      unsafe write(master.number, $0.baseAddress, $0.count)
    }
  }

  /// Takes what has come so far.
  func read() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var source = pollfd(fd: master.number, events: Int16(POLLIN), revents: 0)
    // Each call gets a local and its true length.
    while unsafe poll(&source, 1, 0) == 1, source.revents & Int16(POLLIN) != 0 {
      let count = unsafe Glibc.read(master.number, &buffer, buffer.count)
      if count <= 0 { return }
      bytes += buffer[..<count]
      glass.write(buffer[..<count])
    }
  }

  /// Waits until the screen fits, which `what` puts in words.
  func wait(
    for what: String, seconds: Double = 45, until fits: (String) throws -> Bool
  ) throws {
    try EndToEndTests.wait(
      for: "no \(what) on this screen (exit code \(child.exitCode ?? -1)):\n\(glass.text)",
      seconds: seconds, on: master.number
    ) {
      read()
      return try fits(glass.text)
    }
  }

  /// Waits until all of the texts stand on the screen.
  func shows(_ texts: String..., seconds: Double = 45) throws {
    try wait(for: texts.joined(separator: ", "), seconds: seconds) { screen in
      texts.allSatisfy { screen.contains($0) }
    }
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
