package import TerminalUI

/// An entry of the sort menu.
package struct SortOrder: Sendable, Hashable {
  package let id: String
  package let title: SafeLine
  /// The column whose head shows the order.
  package let column: String
  package let descending: Bool

  package init(_ id: String, _ title: SafeLine, column: String, descending: Bool = false) {
    self.id = id
    self.title = title
    self.column = column
    self.descending = descending
  }
}

/// What every list can do besides its own actions.
package enum ListAction: Sendable, Hashable {
  case open, filter, clearFilter, views, previousView, nextView, sort, reverse, resort
  case mark, markAll, unmark, pin

  package static let table: [ActionRow<ListAction>] = [
    ActionRow(.open, [.enter], "open", "Open the record under the cursor", footer: 70),
    ActionRow(
      .filter, [.character("/")], "filter", "Type words to filter the list; Esc clears", footer: 80),
    ActionRow(.clearFilter, [.character("F")], "clear filter", "Show all rows of the view again"),
    ActionRow(.views, [.character("f")], "views", "Choose a saved view", footer: 85),
    ActionRow(.previousView, [.character("[")], "previous view", "Go to the view before this one"),
    ActionRow(.nextView, [.character("]")], "next view", "Go to the view after this one"),
    ActionRow(.sort, [.character("s")], "sort", "Choose the order of the rows"),
    ActionRow(.reverse, [.character("S")], "reverse", "Turn the order around"),
    ActionRow(
      .resort, [.character("R"), .function(5)], "refresh",
      "Put moved rows in order and ask the server for changes"),
    ActionRow(.mark, [.character(" ")], "mark", "Mark the row and go to the next"),
    ActionRow(.markAll, [.character("*")], "mark all", "Mark all rows of the list"),
    ActionRow(.unmark, [.character("_")], "unmark", "Take all marks off"),
    ActionRow(
      .pin, [.character("P")], "pin", "Pin the record on this machine for good, or let go of it"),
  ]
}
