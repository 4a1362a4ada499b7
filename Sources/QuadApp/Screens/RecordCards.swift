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

/// A ticket alone with its learner, for acting on one after another.
package struct TicketScreen: Screen {
  package enum Action: Sendable, Hashable {
    case claim, resolve, close, raise, lower, nextStatus, previousStatus, touch, student, new
  }

  private let id: RecordID
  private var card: TicketCard?

  package init(id: RecordID) { self.id = id }

  package var trail: String { card?.row.number ?? "ticket" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.claim, [.character("c")], "claim", "Make the ticket mine", footer: 10),
    ActionRow(.resolve, [.character("w")], "resolve", "Mark the ticket resolved", footer: 20),
    ActionRow(.close, [.character("W")], "close", "Close the ticket"),
    ActionRow(
      .raise, [.character("+"), .character("=")], "raise", "Raise the priority by one", footer: 30),
    ActionRow(.lower, [.character("-")], "lower", "Lower the priority by one"),
    ActionRow(.nextStatus, [.character(">")], "next status", "One status forward", footer: 40),
    ActionRow(.previousStatus, [.character("<")], "previous status", "One status back"),
    ActionRow(
      .touch, [.character("A")], "answered", "I answered: the waiting time starts again", footer: 50
    ),
    ActionRow(.student, [.character("o")], "learner", "Open the learner's card", footer: 60),
    ActionRow(.new, [.character("t")], "follow-up", "Open another ticket for this learner"),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .ticketCard(id)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    if case .ticketCard(let card) = answer { self.card = card }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .student: card?.student == nil ? Refusal("The learner is not open to you.") : nil
    case .new: context.rights.refusal(to: .create, .ticket)
    default: context.rights.refusal(to: .update, .ticket)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .claim: return [.act(.claimTickets([id]))]
    case .resolve: return [.act(.setTicketStatus(.resolved, tickets: [id])), .back]
    case .close: return [.act(.setTicketStatus(.closed, tickets: [id])), .back]
    case .raise: return [.act(.bumpPriority(up: true, tickets: [id]))]
    case .lower: return [.act(.bumpPriority(up: false, tickets: [id]))]
    case .nextStatus: return [.act(.stepTicketStatus(forward: true, tickets: [id]))]
    case .previousStatus: return [.act(.stepTicketStatus(forward: false, tickets: [id]))]
    case .touch: return [.act(.touchTickets([id]))]
    case .student: return card?.row.student.map { [.open(.student($0))] } ?? []
    case .new: return [.form(.ticket(student: card?.row.student))]
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {}

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put("This ticket is gone, or not open to you.", row: 4, column: 4)
      return
    }
    let size = context.size
    canvas.area(Rect(row: 3, column: 0, columns: size.columns, rows: size.rows - 5)) { canvas in
      TicketDetail(card: card, context: context).draw(&canvas)
      canvas.placeCursor(row: 0, column: 1)
    }
  }
}

/// A deal alone with its timeline.
package struct DealScreen: Screen {
  package enum Action: Sendable, Hashable {
    case moveBack, moveForward, won, log, plan, claim, edit, push
  }

  private let id: RecordID
  private var card: DealCard?

  package init(id: RecordID) { self.id = id }

  package var trail: String { card?.row.title ?? "deal" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .moveForward, [.character("L"), .character(">")], "next stage", "Move to the next stage",
      footer: 10),
    ActionRow(
      .moveBack, [.character("H"), .character("<")], "stage back", "Move to the stage before"),
    ActionRow(.log, [.character("A")], "log", "Log a call, e-mail, meeting or note", footer: 20),
    ActionRow(.plan, [.character("t")], "next step", "Plan the next step", footer: 30),
    ActionRow(.won, [.character("w")], "won", "Mark the deal won", footer: 40),
    ActionRow(
      .push, [.character("+"), .character("=")], "push close", "Move the close date a week on"),
    ActionRow(.claim, [.character("c")], "own", "Make the deal mine"),
    ActionRow(.edit, [.character("e")], "edit", "Edit the deal", footer: 50),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] { [.detail: .dealCard(id)] }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    if case .dealCard(let card) = answer { self.card = card }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .log, .plan: context.rights.refusal(to: .create, .activity)
    default: context.rights.refusal(to: .update, .deal)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .moveForward: [.act(.stepDeals(forward: true, deals: [id]))]
    case .moveBack: [.act(.stepDeals(forward: false, deals: [id]))]
    case .won: [.act(.moveDeals([id], to: .won))]
    case .push: [.act(.pushClose(byDays: 7, deals: [id]))]
    case .claim: [.act(.claimDeals([id]))]
    case .log: [.form(.activity(deal: id, contact: nil, isDone: true))]
    case .plan: [.form(.activity(deal: id, contact: nil, isDone: false))]
    case .edit: [.form(.edit(.deal, id))]
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {}

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put("This deal is gone, or not open to you.", row: 4, column: 4)
      return
    }
    let size = context.size
    canvas.area(Rect(row: 3, column: 0, columns: size.columns, rows: size.rows - 5)) { canvas in
      DealDetail(card: card, context: context).draw(&canvas)
      canvas.placeCursor(row: 0, column: 1)
    }
  }
}

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
