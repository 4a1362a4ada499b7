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
  /// What the cursor is on, and its place among all, for when the thing itself is gone.
  private var target: CardLine.Target?
  private var place = 0
  /// The first line in sight.
  private var top = 0

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
      settle(context)
    case .gone: card = nil
    default: break
    }
  }

  private func lines(_ context: Context) -> [CardLine] {
    guard let card else { return [] }
    return StudentLines(card: card, context: context, width: context.size.columns).all
  }

  private var courseID: RecordID? { if case .course(let id) = target { id } else { nil } }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    let rights = context.rights
    switch action {
    case .open:
      return target == nil || courseID != nil
        ? Refusal("Go to a quiz or a ticket: Enter opens it.") : nil
    case .raise, .lower, .active:
      return courseID == nil
        ? Refusal("Go to a course first.")
        : rights.refusal(to: .update, .enrollment)
    case .why, .snooze: return nil
    case .claim: return rights.refusal(to: .update, .student)
    case .ticket: return rights.refusal(to: .create, .ticket)
    case .new: return rights.refusal(to: .create, kind)
    case .edit:
      return target == nil
        ? Refusal("There is nothing to edit here.") : rights.refusal(to: .update, kind)
    case .attempts: return card?.attempts.isEmpty ?? true ? Refusal("No quiz tried yet.") : nil
    case .attempt: return rights.refusal(to: .create, .attempt)
    }
  }

  /// The class of what the cursor is on; a card without any starts with an enrollment.
  private var kind: SchoolClass {
    switch target {
    case .course, nil: .enrollment
    case .quiz: .attempt
    case .ticket: .ticket
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
        [.drawer(RiskWhy(row: $0.row, isComplete: nil, context: context).drawer)]
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

  private var opened: [Command] {
    switch target {
    case .quiz(let key, _): [.open(.quiz(key))]
    case .ticket(let id): [.open(.ticket(id))]
    case .course, nil: []
    }
  }

  private var newForm: FormRequest {
    switch target {
    case .course, nil: .enrollment(student: id, course: nil)
    case .quiz(let key, _): .attempt(student: id, course: key.course)
    case .ticket: .ticket(student: id)
    }
  }

  private var edited: [Command] {
    switch target {
    case .course(let id): [.form(.edit(.enrollment, id))]
    case .quiz(_, let newest): [.form(.edit(.attempt, newest))]
    case .ticket(let id): [.form(.edit(.ticket, id))]
    case nil: []
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    let last = lines(context).count { $0.target != nil } - 1
    switch motion {
    case .down, .right: place += 1
    case .up, .left: place -= 1
    case .top: place = 0
    case .bottom: place = last
    case .pageDown, .halfDown: place += 5
    case .pageUp, .halfUp: place -= 5
    }
    target = nil
    settle(context)
  }

  package mutating func refit(_ context: Context) { settle(context) }

  /// Finds the cursor again and brings it into sight; at either end of the card all of the end is
  /// in sight.
  private mutating func settle(_ context: Context) {
    let lines = lines(context)
    let targets = lines.indices.filter { lines[$0].target != nil }
    if let target, let found = targets.firstIndex(where: { lines[$0].target == target }) {
      place = found
    }
    place = max(0, min(place, targets.count - 1))
    let height = Self.rect(context).rows
    let last = max(0, lines.count - height)
    guard targets.indices.contains(place) else {
      target = nil
      top = 0
      return
    }
    let line = targets[place]
    target = lines[line].target
    top = min(max(top, line - height + 3), max(0, line - 2))
    if place == 0, line < height { top = 0 }
    if place == targets.count - 1, line >= last { top = last }
    top = min(top, last)
  }

  private static func rect(_ context: Context) -> Rect {
    let size = context.size
    let first = size.rows >= 20 ? 3 : 2
    return Rect(
      row: first, column: 0, columns: size.columns,
      rows: size.rows - first - (size.rows >= 20 ? 2 : 1))
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard card != nil else {
      canvas.put("This learner is not here, or not open to you.", row: 4, column: 4)
      return
    }
    let lines = lines(context)
    canvas.area(Self.rect(context)) { canvas in
      for row in 0..<canvas.size.rows where lines.indices.contains(top + row) {
        let line = lines[top + row]
        line.draw(
          &canvas, row: row, hasCursor: line.target != nil && line.target == target, context)
      }
    }
  }

  /// How much of a card longer than the screen is in sight.
  package func position(_ context: Context) -> SafeLine {
    let count = lines(context).count
    let height = Self.rect(context).rows
    guard count > height else { return "" }
    return SafeLine("lines \(top + 1) to \(min(count, top + height)) of \(count)")
  }
}
