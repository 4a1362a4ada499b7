package import CRM
package import TerminalUI

/// Courses with how far their learners are from the target.
package struct CoursesScreen: ListScreen {
  package enum Action: Sendable, Hashable { case enroll, attempt }

  package var model = ListModel()
  private var answer: CoursesAnswer?

  package init() {}

  package var trail: String { "Courses" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<CourseRow> { answer?.list ?? Rows() }
  package func id(of row: CourseRow) -> RecordID { row.id }
  package func look(_ row: CourseRow) -> RowLook { RowLook(row.severity, isUnsent: row.isUnsent) }
  package var emptyWords: [SafeLine] { ["No courses are open to you."] }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.enroll, [.character("e")], "enrol", "Enrol a student in the course", footer: 10),
    ActionRow(
      .attempt, [.character("A")], "attempt", "Record a quiz attempt in the course", footer: 20),
  ]

  package static let columns: [Column<CourseRow>] = [
    Column("code", title: "Code", width: .fixed(7)) { row, _ in [Span(SafeLine(row.code), .dim)] },
    Column("title", title: "Title", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.title))]
    },
    Column("bar", title: "Mean and target", width: .fixed(18)) { row, cell in
      Bar(value: row.mean, target: row.target, style: row.severity.barStyle)
        .spans(width: cell.width - 4, glyphs: cell.glyphs)
        + [Span(right(SafeLine(Wording.integer(row.mean)), 4), row.severity.style)]
    },
    Column("status", title: "Status", width: .fixed(9), from: 80) { row, _ in
      [Span(SafeLine(row.status.label), row.status.word == nil ? .info : .dim)]
    },
    Column("target", title: "At target", width: .fixed(16), align: .right, from: 80) { row, _ in
      [
        Span(SafeLine("\(row.atTarget) of \(row.active)"), .dim),
        Span(right(SafeLine(Wording.share(Statistics.share(row.atTarget, of: row.active))), 7)),
      ]
    },
    Column("instructor", title: "Instructor", width: .fixed(10), from: 100) { row, _ in
      [Span(SafeLine(row.instructor), .dim)]
    },
    Column("active", title: "Active", width: .fixed(6), align: .right, from: 100) { row, _ in
      [Span(SafeLine("\(row.active)"))]
    },
    Column("quiz", title: "Quiz", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.integer(row.meanScore)))]
    },
    Column("tickets", title: "Tickets", width: .fixed(7), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.openTickets > 0 ? "\(row.openTickets)" : "-"))]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .courses(model.request)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .courses(let answer) = answer else { return }
    self.answer = answer
    followList(context)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .enroll: context.rights.refusal(to: .create, .enrollment)
    case .attempt: context.rights.refusal(to: .create, .attempt)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .enroll: [.form(.enrollment(student: nil, course: model.cursorID))]
    case .attempt: [.form(.attempt(student: nil, course: model.cursorID))]
    }
  }
}
