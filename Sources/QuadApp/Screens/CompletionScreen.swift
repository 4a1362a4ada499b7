package import CRM
package import TerminalUI

/// Students by risk, or groups of them: who is behind target, stalled, at risk, and why.
package struct CompletionScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case raise, lower, claim, assign, ticket, attempt, enroll, groups
  }

  package var model = ListModel()
  private var answer: CompletionAnswer?
  private var card: StudentCard?
  private var groups: CohortsAnswer?
  private var groupModel = ListModel()
  private var showsGroups = false

  package init() {}

  package var trail: String { "Completion" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<CompletionRow> { answer?.list ?? Rows() }
  package func id(of row: CompletionRow) -> RecordID { row.id }
  package func look(_ row: CompletionRow) -> RowLook {
    RowLook(row.risk.severity, isUnsent: row.isUnsent)
  }
  package var detailRows: Int { 15 }
  package static var hasSummary: Bool { true }
  package func open(_ row: CompletionRow) -> [Command] { [.open(.student(row.id))] }
  package static var subject: SchoolClass? { .student }
  package var emptyWords: [SafeLine] {
    ["No students are open to you.", "The server decides which ones; an admin can change that."]
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .raise, [.character("+"), .character("=")], "progress",
      "Raise progress by 5 in the course furthest behind", footer: 10),
    ActionRow(
      .lower, [.character("-")], "lower", "Lower progress by 5 in the course furthest behind"),
    ActionRow(.claim, [.character("c")], "own", "Make me the owner of the student", footer: 20),
    ActionRow(.ticket, [.character("t")], "ticket", "Open a ticket for the student", footer: 30),
    ActionRow(.attempt, [.character("A")], "attempt", "Record a quiz attempt", footer: 40),
    ActionRow(.enroll, [.character("e")], "enrol", "Enrol the student in a course"),
    ActionRow(.groups, [.character("b")], "groups", "Students or groups of them", footer: 60),
  ]

  package static let sorts: [SortOrder] = [
    SortOrder("risk", "Risk, highest first", column: "risk", descending: true),
    SortOrder("completion", "Completion, highest first", column: "bar", descending: true),
    SortOrder("gap", "Furthest behind target first", column: "bar"),
    SortOrder("name", "Name", column: "student"),
    SortOrder("cohort", "Cohort", column: "cohort"),
    SortOrder("stalled", "Stalled longest first", column: "why", descending: true),
  ]

  package static let columns: [Column<CompletionRow>] = [
    Column("student", title: "Student", width: .fixed(23), isMain: true) { row, _ in
      [Span(SafeLine(row.name))]
    },
    Column("cohort", title: "Cohort", width: .fixed(12), from: 80) { row, _ in
      [Span(SafeLine(row.cohort), .dim)]
    },
    Column("bar", title: "Completion", width: .fixed(18)) { row, cell in
      let severity = Severity(gap: row.gap)
      return Bar(value: row.completion, target: row.target, style: severity.barStyle)
        .spans(width: cell.width - 4, glyphs: cell.glyphs)
        + [Span(right(SafeLine(Wording.integer(row.completion)), 4), severity.style)]
    },
    Column("risk", title: "Risk", width: .fixed(6), from: 80) { row, _ in [row.risk.span] },
    Column("why", title: "Why", width: .flex) { row, _ in [Span(SafeLine(row.risk.words))] },
    Column("owner", title: "Owner", width: .fixed(6), from: 100) { row, _ in
      [Span(SafeLine(row.owner), .dim)]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var watches: [Slot.Part: ViewRequest] = [.list: .completion(model.request)]
    if showsGroups { watches[.second] = .cohorts(groupModel.request) }
    if !showsGroups, let id = model.cursorID { watches[.detail] = .studentCard(id) }
    return watches
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .completion(let answer):
      self.answer = answer
      followList(context)
    case .cohorts(let answer):
      groups = answer
      groupModel.follow(answer.list.rows.map(\.name), height: layout(context).listHeight)
    case .studentCard(let card): self.card = card
    default: if part == .detail { card = nil }
    }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    guard action == .groups || current != nil else { return Refusal("There is no student here.") }
    switch action {
    case .groups: return nil
    case .raise, .lower: return context.rights.refusal(to: .update, .enrollment)
    case .claim, .assign: return context.rights.refusal(to: .update, .student)
    case .ticket: return context.rights.refusal(to: .create, .ticket)
    case .attempt: return context.rights.refusal(to: .create, .attempt)
    case .enroll: return context.rights.refusal(to: .create, .enrollment)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    let ids = model.targets
    switch action {
    case .raise: return [.act(.changeWorstProgress(by: 5, students: ids))]
    case .lower: return [.act(.changeWorstProgress(by: -5, students: ids))]
    case .claim, .assign: return [.act(.claimStudents(ids))]
    case .ticket: return [.form(.ticket(student: model.cursorID))]
    case .attempt: return [.form(.attempt(student: model.cursorID, course: nil))]
    case .enroll: return [.form(.enrollment(student: model.cursorID, course: nil))]
    case .groups: showsGroups.toggle()
    }
    return []
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    if showsGroups {
      groupModel.move(motion, height: layout(context).listHeight)
    } else {
      model.move(motion, height: layout(context).listHeight)
    }
  }

  package func summary(_ context: Context) -> [Span] {
    guard let summary = answer?.summary else { return [] }
    let plus: SafeLine = list.isComplete ? "" : "+"
    return .facts([
      [Span(SafeLine(Wording.count(summary.students)) + plus, .strong), Span(" students", .dim)],
      fact("mean", SafeLine(Wording.percent(summary.mean))),
      fact("median", SafeLine(Wording.percent(summary.median))),
      [
        Span("at target ", .dim), Span(SafeLine("\(summary.atTarget)"), .strong),
        Span(SafeLine(" of \(summary.withTarget) with a course"), .faint),
      ],
      [Span("0 ", .faint)]
        + Columns(summary.histogram.map(Double.init)).spans(width: 10, glyphs: context.glyphs)
        + [Span(" 100 %", .faint)],
    ])
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let card, card.row.id == model.cursorID else { return }
    StudentDetail(card: card, context: context).draw(&canvas)
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    if showsGroups, let groups {
      GroupsTable(answer: groups, state: groupModel.state).draw(&canvas, context)
    } else {
      drawList(&canvas, context)
    }
  }
}
