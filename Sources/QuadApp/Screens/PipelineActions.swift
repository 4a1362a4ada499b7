import CRM
import TerminalUI

extension PipelineScreen {
  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .moveForward, [.character("L"), .character(">")], "move card",
      "Move the card to the next stage", shown: "H L"),
    ActionRow(
      .moveBack, [.character("H"), .character("<")], "move back",
      "Move the card to the stage before"),
    ActionRow(.stage, [.character("m")], "stage", "Choose the stage of the card"),
    ActionRow(.won, [.character("w")], "won", "Mark the deal won"),
    ActionRow(.lost, [.character("W")], "lost", "Mark the deal lost, with a reason"),
    ActionRow(.log, [.character("A")], "log", "Log a call, mail, meeting or note just done"),
    ActionRow(.plan, [.character("t")], "next step", "Plan the next step of the deal"),
    ActionRow(.push, [.character("+")], "push close", "Move the close date a week on"),
    ActionRow(.claim, [.character("c")], "own", "Make the deal mine"),
    ActionRow(.assign, [.character("a")], "assign", "Hand the deal to somebody"),
    ActionRow(.new, [.character("i")], "new", "Record a deal"),
    ActionRow(.delete, [.character("D")], "delete", "Delete the deal; asks for its title"),
    ActionRow(
      .snooze, [.character("Z")], "snooze",
      "Put the deal aside until a time; a change brings it back"),
    ActionRow(.board, [.character("b")], "list", "The board, or the list with the forecast"),
    ActionRow(.open, [.enter], "open", "Open the deal"),
    ActionRow(.filter, [.character("/")], "filter", "Type words to filter the deals; Esc clears"),
    ActionRow(.clearFilter, [.character("F")], "clear filter", "Show all deals of the view again"),
    ActionRow(.views, [.character("f")], "views", "Choose a saved view"),
    ActionRow(.previousView, [.character("[")], "previous view", "Go to the view before this one"),
    ActionRow(.nextView, [.character("]")], "next view", "Go to the view after this one"),
    ActionRow(.sort, [.character("s")], "sort", "Choose the order of list and lanes"),
    ActionRow(.reverse, [.character("S")], "reverse", "Turn the order around"),
    ActionRow(
      .resort, [.character("R"), .function(5)], "refresh",
      "Put moved deals in order and ask the server for changes"),
    ActionRow(.mark, [.character(" ")], "mark", "Mark the deal and go to the next"),
    ActionRow(.markAll, [.character("*")], "mark all", "Mark all deals of the view"),
    ActionRow(.why, [.character("=")], "why", "Show what the weighted sum is made of"),
    ActionRow(.unmark, [.character("_")], "unmark", "Take all marks off"),
  ]
}

extension Drawer {
  /// Asks why deals are lost; the answer goes on top of their notes.
  static func lost(_ deals: [RecordID], name: String) -> Drawer {
    .reason(
      Prompt(
        title: SafeLine("Lost: \(name)"), label: "Why",
        hint: "price, no budget, competitor, timing, no answer; empty for no reason"),
      lostDeals: deals)
  }
}
