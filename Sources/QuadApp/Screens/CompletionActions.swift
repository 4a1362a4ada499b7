import TerminalUI

extension CompletionScreen {
  package static let table: [ActionRow<Action>] = [
    ActionRow(.card, [.enter], "card", "Open the student's card", footer: 5),
    ActionRow(
      .raise, [.character("+")], "progress",
      "Raise progress by 5 in the course furthest behind", footer: 10, shown: "+ -"),
    ActionRow(
      .lower, [.character("-")], "lower", "Lower progress by 5 in the course furthest behind"),
    ActionRow(.claim, [.character("c")], "own", "Make me the owner of the student", footer: 20),
    ActionRow(
      .ticket, [.character("t")], "ticket", "Open a ticket for the student, or for each marked one",
      footer: 30),
    ActionRow(
      .attempts, [.character("o")], "attempts", "List all quiz attempts of the student", footer: 40),
    ActionRow(
      .snooze, [.character("Z")], "snooze",
      "Put the student aside until a time; a change brings it back"),
    ActionRow(
      .active, [.character("m")], "active",
      "End the course furthest behind, or go on with the one ended last"),
    ActionRow(.attempt, [.character("A")], "attempt", "Record a quiz attempt"),
    ActionRow(.enroll, [.character("i")], "enrol", "Enrol the student in a course"),
    ActionRow(.edit, [.character("e")], "edit", "Edit the student: name, e-mail, cohort, owner"),
    ActionRow(.groups, [.character("b")], "groups", "Students or groups of them", footer: 60),
    ActionRow(.why, [.character("=")], "why", "Why the student is at risk", footer: 88),
    ActionRow(.leaveGroup, [.escape], "groups", "Back from the group to all groups", footer: 90),
  ]
}
