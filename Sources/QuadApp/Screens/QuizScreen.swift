package import CRM
package import TerminalUI

/// One quiz with all its attempts.
package struct QuizScreen: Screen {
  package enum Action: Sendable, Hashable { case student, record }

  private let key: QuizKey
  private var card: QuizCard?
  private var model = ListModel()

  package init(key: QuizKey) { self.key = key }

  package var trail: String { card?.row.title ?? "quiz" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .student, [.enter, .character("o")], "learner", "Open the learner's card", footer: 10),
    ActionRow(.record, [.character("A")], "record", "Record an attempt at this course", footer: 20),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] { [.detail: .quizCard(key)] }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .quizCard(let card) = answer else { return }
    self.card = card
    model.follow(card.attempts.map(\.id), height: height(context))
  }

  private func height(_ context: Context) -> Int { max(1, context.size.rows - 9) }

  private var attempt: AttemptRow? {
    guard let rows = card?.attempts, rows.indices.contains(model.cursor) else { return nil }
    return rows[model.cursor]
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    action == .record ? context.rights.refusal(to: .create, .attempt) : nil
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .student: attempt?.student.map { [.open(.student($0))] } ?? []
    case .record: [.form(.attempt(student: attempt?.student, course: key.course))]
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    model.move(motion, height: height(context))
  }

  package mutating func refit(_ context: Context) { model.refit(height: height(context)) }

  package func position(_ context: Context) -> SafeLine {
    SafeLine("\(model.cursor + 1) of \(card?.attempts.count ?? 0)")
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else { return }
    let row = card.row
    canvas.put(
      .facts([
        [Span(SafeLine(row.title), .strong)], [Span(SafeLine(row.courseCode), .dim)],
        [Span(SafeLine(Wording.share(row.passRate)), row.severity.style), Span(" pass", .dim)],
        fact("tries", SafeLine("\(row.tries)")),
        fact("learners", SafeLine("\(row.learners) of \(row.enrolled)")),
        fact("mean", SafeLine(Wording.integer(row.mean))),
        Columns(row.histogram.map(Double.init)).spans(width: 10, glyphs: context.glyphs),
      ]), row: 3, column: 1)
    let rect = Rect(
      row: 5, column: 0, columns: context.size.columns, rows: context.size.rows - 8)
    AttemptsTable.table(context.viewpoint, cursor: context.cursorLook(AttemptRow.self)).draw(
      on: &canvas, in: rect, state: model.state, count: card.attempts.count,
      row: { card.attempts[$0] })
  }
}
