package import CRM
import ParseCore
package import TerminalUI

/// What is due and what was done, overdue first.
package struct ActivitiesScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case done, later, earlier, related, new
  }

  package var model = ListModel()
  private var answer: ActivitiesAnswer?

  package init() {}

  package var trail: String { "Activities" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<ActivityRow> { answer?.list ?? Rows() }
  package func id(of row: ActivityRow) -> RecordID { row.id }
  package func look(_ row: ActivityRow) -> RowLook {
    RowLook(row.isDone ? .plain : row.severity, isUnsent: row.isUnsent)
  }
  package func open(_ row: ActivityRow) -> [Command] { related(row) }
  package var emptyWords: [SafeLine] { ["No activities yet.", "i records one"] }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.done, [.character("w")], "done", "Mark done, or not done again", footer: 10),
    ActionRow(
      .later, [.character("+"), .character("=")], "a day later", "Push the due day by one",
      footer: 20),
    ActionRow(.earlier, [.character("-")], "a day earlier", "Bring the due day forward by one"),
    ActionRow(.related, [.character("o")], "deal", "Open the deal it is about", footer: 30),
    ActionRow(
      .new, [.character("t")], "plan", "Plan an activity on the same deal or contact", footer: 40),
  ]

  package static let sorts: [SortOrder] = [
    SortOrder("due", "Due, overdue first", column: "due"),
    SortOrder("type", "Type", column: "type"),
    SortOrder("completed", "Latest done first", column: "done", descending: true),
  ]

  package static let columns: [Column<ActivityRow>] = [
    Column("due", title: "Due", width: .fixed(9), align: .right) { row, _ in
      let words = row.daysToDue.map(Wording.ahead(days:)) ?? "no day"
      return [Span(SafeLine(words), row.isDone ? .faint : row.severity.style)]
    },
    Column("done", title: "", width: .fixed(1)) { row, cell in
      row.isDone ? [Span(cell.glyphs.done, .good)] : [Span(cell.glyphs.planned, .faint)]
    },
    Column("type", title: "Type", width: .fixed(8)) { row, _ in
      [Span(SafeLine(row.type.label), row.type.word == nil ? .info : .dim)]
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

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .activities(model.request)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .activities(let answer) = answer else { return }
    self.answer = answer
    followList(context)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    guard current != nil else { return Refusal("There is no activity here.") }
    switch action {
    case .related: return nil
    case .new: return context.rights.refusal(to: .create, .activity)
    case .done, .later, .earlier: return context.rights.refusal(to: .update, .activity)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    guard let row = current else { return [] }
    let ids = model.targets
    switch action {
    case .done: return [.act(.setDone(!row.isDone, activities: ids))]
    case .later: return [.act(.pushDue(byDays: 1, activities: ids))]
    case .earlier: return [.act(.pushDue(byDays: -1, activities: ids))]
    case .related: return related(row)
    case .new:
      let isDeal = row.relatedTo?.className == SchoolClass.deal.rawValue
      let id = row.relatedTo?.objectId
      return [
        .form(.activity(deal: isDeal ? id : nil, contact: isDeal ? nil : id, isDone: false))
      ]
    }
  }

  private func related(_ row: ActivityRow) -> [Command] {
    guard let target = row.relatedTo, target.className == SchoolClass.deal.rawValue else {
      return [.toast(Toast(.notice, "It is about \(row.about.isEmpty ? "nothing" : row.about)."))]
    }
    return [.open(.deal(target.objectId))]
  }
}
