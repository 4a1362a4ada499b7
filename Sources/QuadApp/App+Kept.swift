import CRM
import TerminalUI

/// The first picture of a session, kept by the one before it: rows to look at while the real ones are
/// being read. Only the header is made anew over it, and it goes with the first answer or key.
extension App {
  /// The name to keep this picture by: all that its rows are laid out by besides the rows.
  package var keptName: String {
    let size = context.size
    let role = context.session.role?.rawValue ?? "none"
    let look = (context.glyphs.isASCII ? "ascii" : "unicode") + (context.hasCursorBar ? " bar" : "")
    return "\(current.rawValue) \(size.columns)x\(size.rows) \(role) \(look)"
  }

  package var showsKept: Bool { kept != nil }

  /// Takes what `draw().kept` gave under the same name. Text that is no such picture is ignored.
  package mutating func show(kept text: String) {
    guard !hasAnswer else { return }
    kept = Canvas(kept: text, size: context.size, glyphs: context.glyphs)
  }

  /// What is known now shows: that the rows are being read.
  package mutating func endKept() { kept = nil }
}

extension Message {
  /// Whether the kept picture cannot stand any longer.
  var endsKept: Bool {
    switch self {
    case .sync, .outbox, .cache, .stored, .tick, .session: false
    case .key, .resized, .answer, .form, .done, .refused, .failed, .signIn: true
    }
  }
}
