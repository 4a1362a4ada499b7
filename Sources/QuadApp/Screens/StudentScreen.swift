package import CRM
package import TerminalUI

/// A learner's card, opened from anywhere a learner stands. The cursor goes over courses, quizzes
/// and tickets, and the keys act on what it is on.
package struct StudentScreen: Screen {
  package enum Action: Sendable, Hashable {
    case open, raise, lower, claim, ticket, new, attempts, edit, attempt, why, snooze
    case active
  }

  private let id: RecordID
  private(set) var card: StudentCard?
  private var scroll = CardScroll()

  package init(id: RecordID) { self.id = id }

  package var trail: String { card?.row.name ?? "student" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .open, [.enter], "open", "Open the ticket or the quiz under the cursor", footer: 5),
    ActionRow(
      .raise, [.character("+")], "progress", "Raise progress of the course by 5",
      footer: 10, shown: "+ -"),
    ActionRow(.lower, [.character("-")], "lower", "Lower progress of the course by 5"),
    ActionRow(.claim, [.character("c")], "own", "Make me the owner of the student", footer: 20),
    ActionRow(.ticket, [.character("t")], "ticket", "Open a ticket for the student", footer: 30),
    ActionRow(
      .new, [.character("i")], "add here",
      "Enrol the student, record an attempt or open a ticket, as the block under the cursor has it",
      footer: 40),
    ActionRow(
      .attempts, [.character("o")], "attempts", "List all quiz attempts of the student", footer: 50),
    ActionRow(
      .edit, [.character("e")], "edit", "Edit the enrollment, attempt or ticket under the cursor",
      footer: 60),
    ActionRow(.why, [.character("=")], "why", "Why the student is at risk", footer: 70),
    ActionRow(.attempt, [.character("A")], "attempt", "Record a quiz attempt"),
    ActionRow(
      .active, [.character("m")], "active", "End the course under the cursor, or go on with it"),
    ActionRow(
      .snooze, [.character("Z")], "snooze",
      "Put the student aside until a time; a change brings it back"),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .studentCard(id)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .studentCard(let card):
      self.card = card
      refit(context)
    case .gone: card = nil
    default: break
    }
  }

  private func lines(_ context: Context) -> [CardLine] {
    guard let card else { return [] }
    return StudentLines(card: card, context: context, width: context.size.columns).all
  }

  private var on: CardLine.Target? { scroll.target }
  private var courseID: RecordID? { if case .course(let id) = on { id } else { nil } }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    let rights = context.rights
    switch action {
    case .open:
      return on?.reference == nil ? Refusal("Go to a quiz or a ticket: Enter opens it.") : nil
    case .raise, .lower, .active:
      return courseID == nil
        ? Refusal("Go to a course first.")
        : rights.refusal(to: .update, .enrollment)
    case .why, .snooze: return nil
    case .claim: return rights.refusal(to: .update, .student)
    case .ticket: return rights.refusal(to: .create, .ticket)
    case .new: return rights.refusal(to: .create, kind)
    case .edit:
      return on == nil
        ? Refusal("There is nothing to edit here.") : rights.refusal(to: .update, kind)
    case .attempts: return card?.attempts.isEmpty ?? true ? Refusal("No quiz tried yet.") : nil
    case .attempt: return rights.refusal(to: .create, .attempt)
    }
  }

  /// The class of what the cursor is on; a card without any starts with an enrollment.
  private var kind: SchoolClass {
    switch on {
    case .quiz: .attempt
    case .ticket: .ticket
    case .record(let kind, _): kind
    case .course, nil: .enrollment
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .open: return opened
    case .raise, .lower:
      let points = action == .raise ? 5.0 : -5.0
      return courseID.map { [.act(.changeProgress(by: points, enrollments: [$0]))] } ?? []
    case .active:
      let course = card?.courses.first { $0.enrollment == courseID }
      return course.map {
        [.act(.setActive(!$0.isActive, enrollments: [$0.enrollment]))]
      } ?? []
    case .claim: return [.act(.claimStudents([id]))]
    case .ticket: return [.form(.ticket(student: id))]
    case .new: return [.form(newForm)]
    case .why:
      return card.map {
        [.drawer(RiskWhy(row: $0.row, isComplete: $0.isComplete, context: context).drawer)]
      } ?? []
    case .snooze:
      return card.map {
        Drawer.snooze(.student, [id], name: $0.row.name, until: $0.row.snoozed?.until, context)
      } ?? []
    case .attempts: return [.open(.attempts(id))]
    case .edit: return edited
    case .attempt: return [.form(.attempt(student: id, course: nil))]
    }
  }

  private var opened: [Command] { on?.reference.map { [.open($0)] } ?? [] }

  private var newForm: FormRequest {
    switch on {
    case .quiz(let key, _): .attempt(student: id, course: key.course)
    case .ticket: .ticket(student: id)
    case .course, .record, nil: .enrollment(student: id, course: nil)
    }
  }

  private var edited: [Command] {
    switch on {
    case .course(let id): [.form(.edit(.enrollment, id))]
    case .quiz(_, let newest): [.form(.edit(.attempt, newest))]
    case .ticket(let id): [.form(.edit(.ticket, id))]
    case .record(let kind, let id): [.form(.edit(kind, id))]
    case nil: []
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    scroll.move(motion, lines(context), context)
  }

  package mutating func refit(_ context: Context) { scroll.settle(lines(context), context) }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard card != nil else {
      canvas.put("This learner is not here, or not open to you.", row: 4, column: 4)
      return
    }
    scroll.draw(lines(context), on: &canvas, context)
  }

  package func position(_ context: Context) -> SafeLine {
    scroll.position(lines(context), context)
  }
}
