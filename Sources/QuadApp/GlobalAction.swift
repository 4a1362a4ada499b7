import TerminalUI

/// What works on every screen.
package enum GlobalAction: Sendable, Hashable {
  case screen(ScreenID)
  case undo, redo, repeatLast, new, help, palette, back, quit, forceQuit, suspend, refresh, repaint
  case placement, previousRecord, nextRecord, signIn, copy

  /// Screens' digits and the ways out cannot be taken by a screen.
  var comesFirst: Bool {
    switch self {
    case .screen, .forceQuit, .suspend: true
    default: false
    }
  }

  /// Means the program and not what is on the screen.
  var isAtOnce: Bool {
    switch self {
    case .forceQuit, .suspend, .repaint: true
    default: false
    }
  }

  /// Leads away from the rows, whichever they are.
  var leadsAway: Bool {
    switch self {
    case .screen, .back, .quit: true
    default: isAtOnce
    }
  }

  package static let table: [ActionRow<GlobalAction>] =
    ScreenID.allCases.map { screen in
      ActionRow(
        .screen(screen), [.character(Character(String(screen.rawValue)))],
        screen.title.lowercased(), "Go to \(screen.title)")
    } + [
      ActionRow(
        .new, [.character("i"), .character("I")], "new",
        "Record something new: ticket, deal, contact and more"),
      ActionRow(.undo, [.character("u")], "undo", "Take the last edit back"),
      ActionRow(.redo, [.character("U")], "redo", "Do again what was taken back"),
      ActionRow(
        .copy, [.character("y")], "copy",
        "Copy number, name, e-mail, the row, or the record as JSON"),
      ActionRow(.repeatLast, [.character(".")], "repeat", "Do the last action on this row too"),
      ActionRow(
        .placement, [.character("z")], "detail", "Show the detail below, beside, or not at all"),
      ActionRow(
        .previousRecord, [.character("[")], "previous",
        "In a record opened from a list: the one before it"),
      ActionRow(
        .nextRecord, [.character("]")], "next", "In a record opened from a list: the next one"),
      ActionRow(
        .refresh, [.function(5), .character("R")], "refresh", "Ask the server for changes"),
      ActionRow(
        .signIn, [.control("s")], "sign in again",
        "Give the password again after the server ended the session", footer: -1),
      ActionRow(.repaint, [.control("l")], "repaint", "Paint the whole screen again"),
      ActionRow(
        .help, [.character("?"), .function(1)], "help",
        "All keys that work here; type to find, Enter runs", footer: 99),
      ActionRow(
        .palette, [.character(":")], "actions", "Type what you want to do, Enter runs it"),
      ActionRow(.back, [.escape, .backspace], "back", "Go back"),
      ActionRow(.quit, [.character("q")], "quit", "Go back, or quit"),
      ActionRow(.forceQuit, [.control("c")], "quit", "Quit; unsent edits are kept"),
      ActionRow(.suspend, [.control("z")], "suspend", "Go to the shell; fg returns"),
    ]
}

extension Binding {
  /// The keys in words for the footer, `c` or `+ -`.
  package var keyWords: String { shown ?? keys.first?.description ?? "" }
}
