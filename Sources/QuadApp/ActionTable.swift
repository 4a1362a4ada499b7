package import CRM
package import TerminalUI

/// One row of an action table: key dispatch, footer, `?` and the palette read this and nothing else
/// (product.md D13).
package struct ActionRow<Action: Sendable & Hashable>: Sendable {
  package let action: Action
  package let keys: [Key]
  /// One or two words for the footer.
  package let word: String
  /// One sentence for help.
  package let help: String
  /// Place in the footer, lowest first; nil keeps it out.
  package let footer: Int?
  /// What the footer names when that is not the first key, such as `H L` for a pair.
  package let shown: String?

  package init(
    _ action: Action, _ keys: [Key], _ word: String, _ help: String, footer: Int? = nil,
    shown: String? = nil
  ) {
    self.action = action
    self.keys = keys
    self.shown = shown
    self.word = word
    self.help = help
    self.footer = footer
  }
}

/// A row of an action table without its action: what help and footer show.
package struct Binding: Sendable, Hashable {
  package enum Scope: String, Sendable {
    case screen = "This screen"
    case move = "Moving"
    case everywhere = "Everywhere"
  }

  package let scope: Scope
  package let keys: [Key]
  package let word: String
  package let help: String
  package let footer: Int?
  package let shown: String?
  /// Why it cannot be done now.
  package let refusal: Refusal?

  init<Action>(_ row: ActionRow<Action>, scope: Scope, refusal: Refusal? = nil) {
    self.scope = scope
    keys = row.keys
    word = row.word
    help = row.help
    footer = row.footer
    shown = row.shown
    self.refusal = refusal
  }
}

/// Cursor movement, the same on every screen.
package enum Motion: Sendable, Hashable, CaseIterable {
  case down, up, pageDown, pageUp, halfDown, halfUp, top, bottom, left, right

  /// One row at a time, as a key that is held down.
  var isStep: Bool { self == .down || self == .up }

  package static let table: [ActionRow<Motion>] = [
    ActionRow(.down, [.character("j"), .down], "down", "Move the cursor down one row"),
    ActionRow(.up, [.character("k"), .up], "up", "Move the cursor up one row"),
    ActionRow(.pageDown, [.pageDown, .control("f")], "page down", "Move down a page"),
    ActionRow(.pageUp, [.pageUp, .control("b")], "page up", "Move up a page"),
    ActionRow(.halfDown, [.control("d")], "half page down", "Move down half a page"),
    ActionRow(.halfUp, [.control("u")], "half page up", "Move up half a page"),
    ActionRow(.top, [.character("g"), .home], "top", "Go to the first row"),
    ActionRow(.bottom, [.character("G"), .end], "bottom", "Go to the last row"),
    ActionRow(.left, [.character("h"), .left], "left", "Go one lane or column to the left"),
    ActionRow(.right, [.character("l"), .right], "right", "Go one lane or column to the right"),
  ]
}

extension [ActionRow<Motion>] {
  func action(for key: Key) -> Motion? { first { $0.keys.contains(key) }?.action }
}
