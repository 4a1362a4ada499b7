package import CRM
package import TerminalUI

/// All quiz attempts of one student, newest first.
package struct AttemptsScreen: Screen {
  package enum Action: Sendable, Hashable { case quiz, record, status, edit }

  private let student: RecordID
  private var card: StudentCard?
  private var model = ListModel()

  package init(student: RecordID) { self.student = student }

  package var trail: String { card.map { "attempts of \($0.row.name)" } ?? "attempts" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .quiz, [.enter, .character("o")], "quiz", "Open the quiz with everybody's attempts",
      footer: 10),
    ActionRow(
      .record, [.character("i"), .character("A")], "record", "Record an attempt of the student",
      footer: 20),
    ActionRow(
      .status, [.character("m")], "status", "Correct the status of the attempt", footer: 30),
    ActionRow(
      .edit, [.character("e")], "edit", "Correct the attempt: score, status, time, title",
      footer: 40),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .studentCard(student)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .studentCard(let card) = answer else { return }
    self.card = card
    model.follow(RecordIDs(card.attempts.map(\.id)), height: height(context))
  }

  var attempts: [AttemptRow] { card?.attempts ?? [] }

  var attempt: AttemptRow? {
    attempts.indices.contains(model.cursor) ? attempts[model.cursor] : nil
  }

  private func rect(_ context: Context) -> Rect {
    let size = context.size
    return Rect(row: 5, column: 0, columns: size.columns, rows: max(2, size.rows - 7))
  }

  private func height(_ context: Context) -> Int { rect(context).rows - 1 }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .quiz: attempt?.course == nil ? Refusal("There is no quiz to open here.") : nil
    case .status, .edit:
      attempt == nil
        ? Refusal("There is no attempt here.") : context.rights.refusal(to: .update, .attempt)
    case .record: context.rights.refusal(to: .create, .attempt)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .quiz: attempt?.quizKey.map { [.open(.quiz($0))] } ?? []
    case .status:
      [
        AttemptBatch(
          rows: [attempt].compactMap(\.self), visible: Set(attempts.map(\.id)), context: context
        ).status()
      ]
    case .edit: attempt.map { [.form(.edit(.attempt, $0.id))] } ?? []
    case .record: [.form(.attempt(student: student, course: attempt?.course))]
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    model.move(motion, height: height(context))
  }

  package mutating func refit(_ context: Context) { model.refit(height: height(context)) }

  package func position(_ context: Context) -> SafeLine {
    .place(model.cursor, of: attempts.count)
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put("This learner is not here, or not open to you.", row: 4, column: 4)
      return
    }
    canvas.put(
      StudentBlocks(card: card, context: context).scores(context.size.columns - 3), row: 3,
      column: 1)
    guard !attempts.isEmpty else {
      canvas.put("No quiz tried yet.", row: 5, column: 4)
      return
    }
    AttemptsTable(
      viewpoint: context.viewpoint, place: .oneStudent, isWide: context.size.columns >= 160
    )
    .table(context.cursorLook(AttemptRow.self)).draw(
      on: &canvas, in: rect(context), state: model.state, count: attempts.count,
      row: { attempts[$0] })
  }
}

extension AttemptRow {
  /// The quiz it is of; nil when its course is not named.
  var quizKey: QuizKey? { course.map { QuizKey(course: $0, title: quiz) } }
}
