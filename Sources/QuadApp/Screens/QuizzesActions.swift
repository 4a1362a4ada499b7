import TerminalUI

extension QuizzesScreen {
  package static let table: [ActionRow<Action>] = [
    ActionRow(.open, [.enter], "open", "Open the quiz, or the learner of the attempt", footer: 5),
    ActionRow(
      .switchList, [.tab, .backTab], "attempts", "From the quizzes to the attempts and back",
      footer: 20),
    ActionRow(
      .record, [.character("i"), .character("A")], "record", "Record a quiz attempt", footer: 30),
    ActionRow(
      .ticket, [.character("t")], "ticket",
      "Open a ticket for the learner of the attempt, or for each marked one", footer: 40),
    ActionRow(
      .status, [.character("m")], "status",
      "Correct the status of the attempt, or of each marked one"),
    ActionRow(
      .edit, [.character("e")], "edit", "Correct the attempt: score, status, time, title"),
    ActionRow(.why, [.character("=")], "why", "What the numbers of the quiz are over", footer: 88),
    ActionRow(
      .basis, [.character("b")], "basis",
      "Which try counts: the first, best, last, or the mean of all; then as usual again", footer: 60
    ),
    ActionRow(.quiz, [.character("o")], "quiz", "Open the quiz of the attempt", footer: 50),
  ]
}
