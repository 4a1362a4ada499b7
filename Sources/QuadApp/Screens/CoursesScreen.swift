package import CRM
package import TerminalUI

/// Courses with how far their learners are from the target.
package struct CoursesScreen: ListScreen {
  package enum Action: Sendable, Hashable { case enroll, attempt, edit, why }

  package var model = ListModel()
  private var answer: CoursesAnswer?
  /// Students at risk and quizzes of the course under the cursor.
  private var students: CompletionAnswer?
  private var quizzes: QuizzesAnswer?

  package init() {}

  package var trail: String { "Courses" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<CourseRow> { answer?.list ?? Rows() }
  package func id(of row: CourseRow) -> RecordID { row.id }
  package func look(_ row: CourseRow) -> RowLook { RowLook(row.severity, isUnsent: row.isUnsent) }
  package static var subject: SchoolClass? { .course }
  package static var opensRows: Bool { false }
  package var detailRows: Int { 14 }
  package var emptyWords: [SafeLine] { ["No courses yet.", "An admin records them."] }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.enroll, [.character("i")], "enrol", "Enrol a student in the course", footer: 10),
    ActionRow(
      .attempt, [.character("A")], "attempt", "Record a quiz attempt in the course", footer: 20),
    ActionRow(
      .edit, [.character("e")], "edit", "Edit the course: title, status, teacher, target",
      footer: 30),
    ActionRow(
      .why, [.character("=")], "why", "What the course's numbers are made of", footer: 90),
  ]

  package static let sorts: [SortOrder] = [
    SortOrder("code", "Code", column: "code"),
    SortOrder("title", "Title", column: "title"),
    SortOrder("gap", "Furthest below target first", column: "bar"),
    SortOrder("students", "Most students first", column: "active", descending: true),
    SortOrder("score", "Lowest scores first", column: "quiz"),
    SortOrder("tickets", "Most tickets first", column: "tickets", descending: true),
    SortOrder("instructor", "Instructor", column: "instructor"),
    SortOrder("status", "Status", column: "status"),
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
    Column("status", title: "Status", width: .fixed(9), from: 100) { row, _ in [row.statusSpan] },
    Column("target", title: "At target", width: .fixed(16), from: 80) { row, _ in
      guard row.target != nil else { return [Span(right("no target", 10), .faint)] }
      let share = Wording.share(Statistics.share(row.atTarget, of: row.active))
      return .part(row.atTarget, of: row.active) + [Span(right(SafeLine(share), 6))]
    },
    Column("instructor", title: "Teacher", width: .fixed(8), from: 112) { row, _ in
      [Span(SafeLine(row.instructor), .dim)]
    },
    Column("active", title: "Active", width: .fixed(6), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.count(row.active, within: 6)))]
    },
    Column("quiz", title: "Quiz", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.integer(row.meanScore)))]
    },
    Column("tickets", title: "Tickets", width: .fixed(7), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.openTickets > 0 ? Wording.count(row.openTickets) : "-"))]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var watches: [Slot.Part: ViewRequest] = [.list: .courses(model.request)]
    if let code = current?.code, !code.isEmpty, layout(context).detail != nil {
      let course = GroupFilter(.course, code)
      watches[.detail] = .completion(
        ListRequest(view: CompletionView.atRisk.rawValue, group: course))
      watches[.third] = .quizzes(ListRequest(group: course))
    }
    return watches
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .courses(let answer):
      self.answer = answer
      followList(context)
    case .completion(let answer): students = answer
    case .quizzes(let answer): quizzes = answer
    default: break
    }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .enroll: context.rights.refusal(to: .create, .enrollment)
    case .attempt: context.rights.refusal(to: .create, .attempt)
    case .why: current == nil ? Refusal("There is no course here.") : nil
    case .edit:
      current.map { row in
        context.rights.refusal(
          to: .update, .course, isOwn: row.instructor == context.session.username)
      } ?? Refusal("There is no course here.")
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .enroll: [.form(.enrollment(student: nil, course: model.cursorID))]
    case .attempt: [.form(.attempt(student: nil, course: model.cursorID))]
    case .edit: model.cursorID.map { [.form(.edit(.course, $0))] } ?? []
    case .why:
      current.map {
        [.drawer(CourseWhy(row: $0, isComplete: list.isComplete, context: context).drawer)]
      } ?? []
    }
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    TitledRule(
      [Span(SafeLine(row.code), .dim), Span("  "), Span(SafeLine(row.title), .strong)],
      right: .facts([
        [row.statusSpan],
        fact("mean", SafeLine(Wording.integer(row.mean)), row.severity.style),
        fact("target", SafeLine(Wording.integer(row.target)), .text),
      ])
    ).draw(on: &canvas, row: 0)
    let quizzes = quizzesBlock(context)
    guard canvas.size.columns >= StudentBlocks.twoFrom else {
      let width = canvas.size.columns - 2
      canvas.stack([studentsBlock(width), quizzes], row: 2, column: 1, width: width)
      return
    }
    let width = StudentBlocks.second - 3
    canvas.stack([studentsBlock(width)], row: 2, column: 1, width: width)
    canvas.stack(
      [quizzes], row: 2, column: StudentBlocks.second,
      width: canvas.size.columns - StudentBlocks.second - 1)
  }

  private func studentsBlock(_ width: Int) -> Block {
    let rows = students?.list.rows ?? []
    let lines = rows.prefix(9).map { row -> [Span] in
      [
        Span(left(SafeLine(row.name), 23)), Span("  "),
        Span(left(row.risk.span.line, 9), row.risk.span.style),
      ] + row.risk.chips(width - 34)
    }
    return Block(
      "At risk", SafeLine("\(Wording.count(rows.count)) of its students"),
      lines.isEmpty ? [[Span("nobody", .faint)]] : lines)
  }

  private func quizzesBlock(_ context: Context) -> Block {
    let rows = quizzes?.list.rows ?? []
    let lines = rows.prefix(9).map { row -> [Span] in
      [Span(left(SafeLine(row.title), 20))]
        + [Span(right(SafeLine(Wording.share(row.passRate)), 6), row.severity.style), Span("  ")]
        + Columns(row.histogram.map(Double.init)).spans(width: 10, glyphs: context.glyphs)
        + [Span(right(SafeLine("\(row.failing)"), 5)), Span(" failing", .faint)]
    }
    return Block(
      "Quizzes", "pass rate, lowest first",
      lines.isEmpty ? [[Span("no quiz tried yet", .faint)]] : lines)
  }
}

extension CourseRow {
  fileprivate var statusSpan: Span {
    Span(SafeLine(status.label), status.word == nil ? .info : .dim)
  }
}
