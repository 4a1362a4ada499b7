import CRM
import TerminalUI

/// Contacts with what is open and planned with them, one half of the People screen.
struct ContactsList: ListScreen {
  enum Action: Sendable, Hashable {
    case open, log, plan, deal, company, edit, new, delete, merge
  }

  var model = ListModel()
  private var answer: PeopleAnswer?

  init() {}

  var trail: String { "People" }
  var views: [ViewCount] { answer?.views ?? [] }
  var list: Rows<PersonRow> { answer?.list ?? Rows() }
  func id(of row: PersonRow) -> RecordID { row.id }
  func look(_ row: PersonRow) -> RowLook {
    RowLook(row.openDeals > 0 ? row.nextStep.severity : .plain, isUnsent: row.isUnsent)
  }
  static var subject: SchoolClass? { .contact }
  var detailRows: Int { 4 }
  var emptyWords: [SafeLine] { ["No contacts yet.", "i record the first one"] }

  static let table: [ActionRow<Action>] = [
    ActionRow(.open, [.enter], "open", "Open the contact", footer: 5),
    ActionRow(.log, [.character("A")], "log", "Log a call, e-mail, meeting or note", footer: 10),
    ActionRow(.plan, [.character("t")], "step", "Plan the next step", footer: 20),
    ActionRow(.deal, [.character("d")], "new deal", "Record a deal with this contact", footer: 30),
    ActionRow(.company, [.character("o")], "company", "Open the company of the contact"),
    ActionRow(.edit, [.character("e")], "edit", "Edit the contact", footer: 40),
    ActionRow(.new, [.character("i")], "new", "Record a contact", footer: 50),
    ActionRow(
      .merge, [.character("M")], "merge",
      "Make the contact and its double one; shows first what becomes of what", footer: 8),
    ActionRow(.delete, [.character("D")], "delete", "Delete the contact; asks for the name"),
  ]

  static let sorts: [SortOrder] = [
    SortOrder("name", "Name", column: "name"),
    SortOrder("company", "Company", column: "company"),
    SortOrder("value", "Open value, largest first", column: "value", descending: true),
    SortOrder("deals", "Most open deals first", column: "deals", descending: true),
    SortOrder("next", "Next step, most pressing first", column: "step"),
    SortOrder("quiet", "Longest without touch first", column: "touch", descending: true),
    SortOrder("mail", "Mail", column: "mail"),
    SortOrder("created", "Recorded last first", column: "created", descending: true),
  ]

  static let columns: [Column<PersonRow>] = [
    Column("name", title: "Name", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.name))]
    },
    Column("company", title: "Company", width: .between(14, 20)) { row, _ in
      [Span(SafeLine(row.company), .dim)]
    },
    Column("step", title: "Next step", width: .fixed(17)) { row, _ in
      row.openDeals > 0 || row.nextStep != .none ? [row.nextStep.span] : []
    },
    Column("mail", title: "Mail", width: .growing(28, 40), from: 100) { row, _ in
      [Span(SafeLine(row.email), .dim)]
    },
    Column("phone", title: "Phone", width: .fixed(16), from: 140) { row, _ in
      [Span(SafeLine(row.phone), .dim)]
    },
    Column("deals", title: "Deals", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.openDeals > 0 ? "\(row.openDeals)" : "-"))]
    },
    Column("value", title: "Value", width: .fixed(7), align: .right, from: 80) { row, _ in
      [Span(SafeLine(row.openDeals > 0 ? Wording.compact(row.openValue) : "-"))]
    },
    Column("touch", title: "Touch", width: .fixed(5), align: .right, from: 80) { row, _ in
      [Span(SafeLine(Wording.touch(days: row.quietDays)), .faint)]
    },
    Column("created", title: "Recorded", width: .fixed(11), align: .right, from: 220) { row, _ in
      [Span(SafeLine(row.createdDay.map(Wording.fullDay) ?? ""), .faint)]
    },
    Column("creator", title: "By", width: .fixed(6), from: 160) { row, _ in
      [Span(SafeLine(row.creator), .faint)]
    },
  ]

  /// On a wide screen the room goes to the words, not between them.
  func columns(_ width: Int) -> [Column<PersonRow>] {
    Self.columns.widened(
      in: width, ["name": .fixed(34), "company": .fixed(32), "mail": .fixed(40), "creator": .flex])
  }

  func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .people(model.request)]
  }

  mutating func letGo() -> Bool { Self.letGo(of: &answer, model) }

  mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .people(let answer) = answer else { return }
    self.answer = answer
    followList(context)
  }

  /// Among the doubles the footer says what to do about them; a move of the cursor may not change it.
  func footerWord(_ row: ActionRow<Action>, _ context: Context) -> String? {
    row.action == .merge && model.request.view != PeopleView.doubles.rawValue ? nil : row.word
  }

  func refusal(_ action: Action, _ context: Context) -> Refusal? {
    if action == .new { return context.rights.refusal(to: .create, .contact) }
    guard let current else { return Refusal("There is no contact here.") }
    switch action {
    case .company: return current.companyID == nil ? Refusal("The contact has no company.") : nil
    case .open: return nil
    case .deal: return context.rights.refusal(to: .create, .deal)
    case .log, .plan: return context.rights.refusal(to: .create, .activity)
    case .delete:
      return context.rights.refusal(to: .delete, .contact, isOwn: current.isMine)
    case .edit: return context.rights.refusal(to: .update, .contact, isOwn: current.isMine)
    case .merge:
      guard current.isDouble else { return .noDouble(of: .contact) }
      return context.rights.refusal(to: .delete, .contact)
    case .new: return nil
    }
  }

  mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    if action == .new { return [.form(.contact(company: nil))] }
    guard let row = current else { return [] }
    switch action {
    case .deal: return [.form(.deal(contact: row.id, company: row.companyID))]
    case .log: return [.form(.activity(deal: nil, contact: row.id, isDone: true))]
    case .plan: return [.form(.activity(deal: nil, contact: row.id, isDone: false))]
    case .open: return [.open(.party(.contact(row.id)))]
    case .company: return row.companyID.map { [.open(.party(.company($0)))] } ?? []
    case .edit: return [.form(.edit(.contact, row.id))]
    case .merge: return [.open(.merge(.contact(row.id), isOverCard: false))]
    case .delete:
      return [
        .drawer(
          .deletion(
            .contact, row.id, name: row.name,
            losing: row.openDeals > 0 ? "\(row.openDeals) open deals lose their contact." : nil))
      ]
    case .new: return []
    }
  }

  func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    TitledRule(
      [Span(SafeLine(row.name), .strong)],
      right: [Span(SafeLine(row.company.isEmpty ? "no company" : row.company), .dim)]
    ).draw(on: &canvas, row: 0)
    canvas.put(
      .facts([
        fact("mail", SafeLine(row.email.isEmpty ? "-" : row.email), .text),
        fact("phone", SafeLine(row.phone.isEmpty ? "-" : row.phone), .text),
      ]), row: 1, column: 1)
    canvas.put(
      .fitting(
        [
          fact("open deals", SafeLine("\(row.openDeals)")),
          fact("value", SafeLine(Wording.money(row.openValue))),
          row.wonDeals > 0
            ? fact("won", SafeLine("\(Wording.money(row.wonValue)) in \(row.wonDeals)"), .good)
            : [],
          row.nextStep.fact(isNeeded: row.openDeals > 0),
          fact("last touch", SafeLine(Wording.touched(days: row.quietDays)), .text),
          fact("recorded by", SafeLine(row.creator.isEmpty ? "-" : row.creator), .dim),
        ], width: canvas.size.columns - 2), row: 2, column: 1)
  }
}
