package import CRM
import ParseCore
package import TerminalUI

/// What is due and what was done, overdue first.
package struct ActivitiesScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case done, later, earlier, related, plan, log, edit, new, delete
  }

  package var model = ListModel()
  private var answer: ActivitiesAnswer?
  /// Of the answer, for the dates of its rows.
  private var viewpoint: Viewpoint?

  package init() {}

  package var trail: String { "Activities" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<ActivityRow> { answer?.list ?? Rows() }
  package func id(of row: ActivityRow) -> RecordID { row.id }
  package func look(_ row: ActivityRow) -> RowLook {
    RowLook(row.isDone ? .plain : row.severity, isUnsent: row.isUnsent)
  }
  package func open(_ row: ActivityRow) -> [Command] { related(row) }
  package static var subject: SchoolClass? { .activity }
  package var detailRows: Int { 4 }
  package var emptyWords: [SafeLine] { ["No activities yet.", "i record one"] }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.done, [.character("w")], "done", "Mark done, or not done again", footer: 10),
    ActionRow(
      .later, [.character("+")], "due day", "Push the due day by one", footer: 20, shown: "+ -"),
    ActionRow(.earlier, [.character("-")], "a day earlier", "Bring the due day forward by one"),
    ActionRow(
      .related, [.character("o")], "deal, contact",
      "Open the deal or contact it is about", footer: 30),
    ActionRow(
      .plan, [.character("t")], "plan", "Plan an activity on the same deal or contact", footer: 40),
    ActionRow(
      .log, [.character("A")], "log", "Log what was just done on the same deal or contact",
      footer: 50),
    ActionRow(.edit, [.character("e")], "edit", "Edit the activity", footer: 60),
    ActionRow(.new, [.character("i")], "new", "Plan an activity"),
    ActionRow(.delete, [.character("D")], "delete", "Delete the activity; asks for its subject"),
  ]

  package static let sorts: [SortOrder] = [
    SortOrder("due", "Due, overdue first", column: "due"),
    SortOrder("type", "Type", column: "type"),
    SortOrder("subject", "Subject", column: "subject"),
    SortOrder("about", "What it is about", column: "about"),
    SortOrder("by", "Who recorded it", column: "by"),
  ]

  package static let columns: [Column<ActivityRow>] = [
    due(nil),
    Column("done", title: "", width: .fixed(1)) { row, cell in
      row.isDone ? [Span(cell.glyphs.done, .good)] : [Span(cell.glyphs.planned, .faint)]
    },
    Column("type", title: "Type", width: .fixed(8)) { row, _ in
      [Span(SafeLine(row.type.said), row.type.word == nil ? .info : .dim)]
    },
    Column("subject", title: "Subject", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.subject), row.isDone ? .dim : .text)]
    },
    Column("about", title: "About", width: .between(16, 26), from: 80) { row, _ in
      [Span(SafeLine(row.about), .dim)]
    },
    Column("by", title: "By", width: .fixed(6), from: 100) { row, _ in
      [Span(SafeLine(row.by), .faint)]
    },
  ]

  /// When it is to be done, or was: what is done is not late any more.
  private static func due(_ viewpoint: Viewpoint?) -> Column<ActivityRow> {
    Column("due", title: "Due", width: .fixed(9), align: .right) { row, _ in
      if let done = row.completedAt {
        guard let viewpoint else { return [] }
        let days = viewpoint.today - viewpoint.day(at: done)
        let words = days < 0 ? Wording.ahead(days: -days) : Wording.touched(days: days)
        return [Span(SafeLine(words), .faint)]
      }
      let words = row.daysToDue.map(Wording.ahead(days:)) ?? "no day"
      return [Span(SafeLine(words), row.severity.style)]
    }
  }

  package func columns(_ width: Int) -> [Column<ActivityRow>] {
    let all = [Self.due(viewpoint)] + Self.columns.dropFirst()
    guard width >= 100 else {
      return all.map { column in
        var column = column
        if column.id == "about" { column.width = .fixed(20) }
        return column
      }
    }
    var columns = all.widened(
      in: width, ["about": .growing(26, 56), "by": .fixed(10)])
    if width >= 160 {
      columns.insert(Self.kind, at: 4)
      columns.insert(dated("date", "Due on") { $0.dueDate }, at: 1)
    }
    if width >= 120, activeView.map({ Self.withDone.contains($0.id) }) == true {
      columns.insert(dated("completed", "Done on") { $0.completedAt }, at: columns.count - 1)
    }
    return columns
  }

  /// The views that hold what is done.
  private static let withDone = [ActivityView.done, .orphans, .all].map(\.rawValue)

  private static let kind = Column<ActivityRow>("kind", title: "Kind", width: .fixed(7)) {
    row, _ in
    let kind = (row.relatedTo?.className).flatMap(SchoolClass.init(rawValue:))
    return [Span(SafeLine(kind?.singular ?? ""), .faint)]
  }

  private func dated(
    _ id: String, _ title: SafeLine, _ date: @escaping @Sendable (ActivityRow) -> ParseDate?
  ) -> Column<ActivityRow> {
    Column(id, title: title, width: .fixed(16)) { [viewpoint] row, _ in
      guard let viewpoint, let date = date(row) else { return [] }
      return [Span(Wording.dated(date, viewpoint), .faint)]
    }
  }

  package static var hasSummary: Bool { true }

  /// What is to be done on each day of a week, today first.
  package func summary(_ context: Context) -> [Span] {
    guard let days = answer?.days else { return [] }
    let today = context.viewpoint.today
    let facts = days.prefix(7).enumerated().map { ahead, count -> [Span] in
      let name = ahead == 0 ? "today" : Wording.weekday(today + ahead)
      return fact(
        SafeLine(name), count > 0 ? SafeLine("\(count)") : "-", count > 0 ? .strong : .faint)
    }
    return .fitting([[Span("to do", .dim)]] + facts, width: context.size.columns - 2)
  }

  package func summaryEnd(_ context: Context) -> [Span] {
    guard let days = answer?.days, context.size.columns >= 100 else { return [] }
    return Columns(days.map(Double.init)).spans(width: days.count, glyphs: context.glyphs)
      + [Span(SafeLine("  next \(days.count) days"), .faint)]
  }

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .activities(model.request)]
  }

  package mutating func letGo() -> Bool { Self.letGo(of: &answer, model) }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .activities(let answer) = answer else { return }
    self.answer = answer
    viewpoint = context.viewpoint
    followList(context)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    if action == .new { return context.rights.refusal(to: .create, .activity) }
    guard let current else { return Refusal("There is no activity here.") }
    switch action {
    case .related: return nil
    case .new, .plan, .log: return context.rights.refusal(to: .create, .activity)
    case .edit: return context.rights.refusal(to: .update, .activity, isOwn: current.isMine)
    case .done, .later, .earlier:
      // Of several marked ones the editor leaves out what is not the user's.
      let isOwn = current.isMine || !model.marks.isEmpty
      return context.rights.refusal(to: .update, .activity, isOwn: isOwn)
    case .delete: return context.rights.refusal(to: .delete, .activity, isOwn: current.isMine)
    }
  }

  /// `deal` or `contact`; nil for an activity about neither.
  private func kindAbout(_ row: ActivityRow?) -> String? {
    (row?.relatedTo).flatMap { SchoolClass(rawValue: $0.className) }.flatMap {
      [.deal, .contact].contains($0) ? $0.singular : nil
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    if action == .new { return [.form(.activity(deal: nil, contact: nil, isDone: false))] }
    guard let row = current else { return [] }
    let ids = model.targets
    switch action {
    case .done: return [.act(.setDone(!row.isDone, activities: ids)), .unmark]
    case .later: return [.act(.pushDue(byDays: 1, activities: ids))]
    case .earlier: return [.act(.pushDue(byDays: -1, activities: ids))]
    case .related: return related(row)
    case .plan, .log: return [.form(another(row, isDone: action == .log))]
    case .edit: return [.form(.edit(.activity, row.id))]
    case .delete: return [.drawer(.deletion(.activity, row.id, name: row.subject))]
    case .new: return []
    }
  }

  /// The form of another activity about the same record.
  private func another(_ row: ActivityRow, isDone: Bool) -> FormRequest {
    let isDeal = row.relatedTo?.className == SchoolClass.deal.rawValue
    let id = row.relatedTo?.objectId
    return .activity(deal: isDeal ? id : nil, contact: isDeal ? nil : id, isDone: isDone)
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    let about = row.about.isEmpty ? "about nothing" : row.about
    TitledRule(
      [
        Span(SafeLine(row.type.said), .dim), Span("  "), Span(SafeLine(row.subject), .strong),
      ], right: [Span(SafeLine(about), .dim)]
    ).draw(on: &canvas, row: 0)
    let due = row.dueDate.map { moment($0, context) }
    let done = row.completedAt.map { moment($0, context) }
    let ahead = row.daysToDue.map { " " + Wording.ahead(days: $0) } ?? ""
    canvas.put(
      .facts([
        fact("due", SafeLine(due ?? "no day"), .text)
          + (row.isDone ? [] : [Span(SafeLine(ahead), row.severity.style)]),
        done.map { fact("done", SafeLine($0), .good) } ?? [],
        fact("by", SafeLine(row.by.isEmpty ? "-" : row.by), .text),
        kindAbout(row).map { fact("about a", SafeLine($0), .text) } ?? [],
      ]), row: 1, column: 1)
  }

  /// A day, with its time where it has one.
  private func moment(_ date: ParseDate, _ context: Context) -> String {
    if CivilDay.isWholeDay(date), let day = context.viewpoint.day(of: date) {
      return Wording.longDay(day)
    }
    return Wording.moment(date, context.viewpoint)
  }

  private func related(_ row: ActivityRow) -> [Command] {
    guard let target = row.relatedTo, let kind = SchoolClass(rawValue: target.className),
      let card = RecordReference(kind, target.objectId)
    else {
      return [.toast(Toast(.notice, "It is about \(row.about.isEmpty ? "nothing" : row.about)."))]
    }
    return [.open(card)]
  }
}
