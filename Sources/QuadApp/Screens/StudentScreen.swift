package import CRM
package import TerminalUI

/// A learner's card, opened from anywhere a learner stands.
package struct StudentScreen: Screen {
  package enum Action: Sendable, Hashable {
    case raise, lower, down, up, ticket, attempt, enroll, claim
  }

  private let id: RecordID
  private var card: StudentCard?
  private var cursor = 0

  package init(id: RecordID) { self.id = id }

  package var trail: String { card?.row.name ?? "student" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .raise, [.character("+"), .character("=")], "progress", "Raise progress of the course by 5",
      footer: 10),
    ActionRow(.lower, [.character("-")], "lower", "Lower progress of the course by 5"),
    ActionRow(.claim, [.character("c")], "own", "Make me the owner of the student", footer: 20),
    ActionRow(.ticket, [.character("t")], "ticket", "Open a ticket for the student", footer: 30),
    ActionRow(.attempt, [.character("A")], "attempt", "Record a quiz attempt", footer: 40),
    ActionRow(.enroll, [.character("e")], "enrol", "Enrol the student in a course", footer: 50),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .studentCard(id)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    if case .studentCard(let card) = answer { self.card = card }
  }

  private var course: CourseProgress? {
    guard let courses = card?.courses, courses.indices.contains(cursor) else { return nil }
    return courses[cursor]
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .raise, .lower:
      course == nil
        ? Refusal("There is no course here.") : context.rights.refusal(to: .update, .enrollment)
    case .claim: context.rights.refusal(to: .update, .student)
    case .ticket: context.rights.refusal(to: .create, .ticket)
    case .attempt: context.rights.refusal(to: .create, .attempt)
    case .enroll: context.rights.refusal(to: .create, .enrollment)
    case .down, .up: nil
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .raise, .lower:
      let points = action == .raise ? 5.0 : -5.0
      return course.map { [.act(.changeProgress(by: points, enrollments: [$0.enrollment]))] } ?? []
    case .claim: return [.act(.claimStudents([id]))]
    case .ticket: return [.form(.ticket(student: id))]
    case .attempt: return [.form(.attempt(student: id, course: nil))]
    case .enroll: return [.form(.enrollment(student: id, course: nil))]
    case .down, .up: return []
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    let last = max(0, (card?.courses.count ?? 0) - 1)
    switch motion {
    case .down, .right: cursor = min(last, cursor + 1)
    case .up, .left: cursor = max(0, cursor - 1)
    case .top, .pageUp, .halfUp: cursor = 0
    case .bottom, .pageDown, .halfDown: cursor = last
    }
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put("This learner is not here, or not open to you.", row: 4, column: 4)
      return
    }
    let size = context.size
    canvas.area(Rect(row: 3, column: 0, columns: size.columns, rows: size.rows - 5)) { canvas in
      StudentDetail(card: card, context: context).draw(&canvas)
      guard !card.courses.isEmpty, canvas.size.rows >= 10 else { return }
      canvas.put(context.glyphs.cursor, row: 3 + cursor, column: 0, style: .accent)
      canvas.placeCursor(row: 3 + cursor, column: 0)
    }
  }
}
