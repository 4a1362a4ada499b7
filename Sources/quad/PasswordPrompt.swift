internal import Glibc

extension PasswordPrompt {
  /// Asks, and says how to do without a terminal where there is none.
  static func answer(_ question: String) throws -> String {
    do {
      return try ask(question)
    } catch is NoTerminal {
      throw CommandFailure("There is no terminal to ask for the password: --password-stdin", .usage)
    }
  }
}

/// Asks for a password on the terminal without echo, never on standard output.
enum PasswordPrompt {
  struct NoTerminal: Error {}

  /// Reads one line from /dev/tty. Ctrl-C ends the program with the terminal restored.
  static func ask(_ question: String) throws -> String {
    // A constant path.
    let descriptor = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw NoTerminal() }
    defer { close(descriptor) }
    var saved = termios()
    // The struct is a local of this call in each of these.
    guard unsafe tcgetattr(descriptor, &saved) == 0 else { throw NoTerminal() }
    var quiet = saved
    quiet.c_lflag &= ~tcflag_t(ECHO)
    quiet.c_lflag &= ~tcflag_t(ISIG)
    _ = unsafe tcsetattr(descriptor, TCSAFLUSH, &quiet)
    defer { _ = unsafe tcsetattr(descriptor, TCSAFLUSH, &saved) }
    say(question, on: descriptor)
    let line = try readLine(from: descriptor)
    say("\n", on: descriptor)
    return line
  }

  private static func say(_ text: String, on descriptor: Int32) {
    let bytes = Array(text.utf8)
    // The array lives through the call.
    _ = unsafe write(descriptor, bytes, bytes.count)
  }

  private static func readLine(from descriptor: Int32) throws -> String {
    var bytes: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      // One byte into a local.
      let count = unsafe read(descriptor, &byte, 1)
      if count <= 0 || byte == 0x0A { break }
      if byte == 0x03 { throw CancellationError() }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
