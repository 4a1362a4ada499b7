package import CRM
package import TerminalUI

/// Contacts with what is open and planned with them.
package struct PeopleScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case deal, log, plan, new, newCompany, edit
  }

  package var model = ListModel()
  private var answer: PeopleAnswer?

  package init() {}

  package var trail: String { "People" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<PersonRow> { answer?.list ?? Rows() }
  package func id(of row: PersonRow) -> RecordID { row.id }
  package func look(_ row: PersonRow) -> RowLook {
    RowLook(row.openDeals > 0 ? row.nextStep.severity : .plain, isUnsent: row.isUnsent)
  }
  package func open(_ row: PersonRow) -> [Command] { [.form(.edit(.contact, row.id))] }
  package var emptyWords: [SafeLine] {
    ["No contacts are open to you.", "n records the first one"]
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.deal, [.character("d")], "new deal", "Record a deal with this contact", footer: 10),
    ActionRow(.log, [.character("A")], "log", "Log a call, e-mail, meeting or note", footer: 20),
    ActionRow(.plan, [.character("t")], "next step", "Plan the next step", footer: 30),
    ActionRow(.edit, [.character("e")], "edit", "Edit the contact", footer: 40),
    ActionRow(.new, [.character("n")], "contact", "Record a contact", footer: 50),
    ActionRow(.newCompany, [.character("c")], "company", "Record a company", footer: 60),
  ]

  package static let sorts: [SortOrder] = [
    SortOrder("name", "Name", column: "name"),
    SortOrder("value", "Open value, largest first", column: "value", descending: true),
    SortOrder("touch", "Longest without touch first", column: "touch", descending: true),
    SortOrder("company", "Company", column: "company"),
  ]

  package static let columns: [Column<PersonRow>] = [
    Column("name", title: "Name", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.name))]
    },
    Column("company", title: "Company", width: .fixed(20)) { row, _ in
      [Span(SafeLine(row.company), .dim)]
    },
    Column("step", title: "Next step", width: .fixed(15)) { row, _ in
      row.openDeals > 0 || row.nextStep != .none ? [row.nextStep.span] : []
    },
    Column("mail", title: "Mail", width: .fixed(26), from: 80) { row, _ in
      [Span(SafeLine(row.email), .dim)]
    },
    Column("phone", title: "Phone", width: .fixed(16), from: 100) { row, _ in
      [Span(SafeLine(row.phone), .faint)]
    },
    Column("deals", title: "Deals", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.openDeals > 0 ? "\(row.openDeals)" : "-"))]
    },
    Column("value", title: "Value", width: .fixed(7), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.openDeals > 0 ? Wording.compact(row.openValue) : "-"))]
    },
    Column("touch", title: "Touch", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine("\(row.quietDays)d"), .faint)]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .people(model.request)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .people(let answer) = answer else { return }
    self.answer = answer
    followList(context)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .deal: context.rights.refusal(to: .create, .deal)
    case .log, .plan: context.rights.refusal(to: .create, .activity)
    case .new: context.rights.refusal(to: .create, .contact)
    case .newCompany: context.rights.refusal(to: .create, .company)
    case .edit: current == nil ? Refusal("There is no contact here.") : nil
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    let row = current
    switch action {
    case .deal: return [.form(.deal(contact: row?.id, company: row?.companyID))]
    case .log: return [.form(.activity(deal: nil, contact: row?.id, isDone: true))]
    case .plan: return [.form(.activity(deal: nil, contact: row?.id, isDone: false))]
    case .edit: return row.map { [.form(.edit(.contact, $0.id))] } ?? []
    case .new: return [.form(.contact(company: row?.companyID))]
    case .newCompany: return [.form(.company)]
    }
  }
}
