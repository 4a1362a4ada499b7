/// Why the screen cannot be used; each says what a person can do.
package enum TerminalError: Error, Sendable, Hashable {
  /// Input or output is no terminal, as in a pipe or a job of cron.
  case notATerminal
  /// `TERM` is `dumb`, or nothing is known of it and of its substitutes.
  case unusable(terminal: String)
  /// The system gave no descriptor; the number is errno.
  case system(errno: Int32)
}

extension TerminalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notATerminal:
      "This is not a terminal. Use the commands instead: quad help."
    case .unusable(let terminal):
      "The terminal \(SafeLine(terminal)) cannot place text. Set TERM, for example"
        + " TERM=xterm-256color, or use the commands: quad help."
    case .system(let errno):
      "The terminal could not be opened (system error \(errno))."
    }
  }
}
