import CRM
import TerminalUI

/// Companies with their open and won value, one half of the People screen.
struct CompaniesList: ListScreen {
  enum Action: Sendable, Hashable {
    case open, deal, edit, contact, new, delete, merge
  }

  var model = ListModel()
  private var answer: CompaniesAnswer?

  init() {}

  var trail: String { "Companies" }
  var views: [ViewCount] { answer?.views ?? [] }
  var list: Rows<CompanyRow> { answer?.list ?? Rows() }
  func id(of row: CompanyRow) -> RecordID { row.id }
  func look(_ row: CompanyRow) -> RowLook {
    RowLook(row.openDeals > 0 ? row.nextStep.severity : .plain, isUnsent: row.isUnsent)
  }
  static var subject: SchoolClass? { .company }
  var detailRows: Int { 4 }
  var emptyWords: [SafeLine] { ["No companies yet.", "i record the first one"] }

  static let table: [ActionRow<Action>] = [
    ActionRow(.open, [.enter], "open", "Open the company", footer: 5),
    ActionRow(.deal, [.character("d")], "new deal", "Record a deal with this company", footer: 10),
    ActionRow(
      .contact, [.character("t")], "new contact", "Record a contact of this company", footer: 20),
    ActionRow(.edit, [.character("e")], "edit", "Edit the company", footer: 40),
    ActionRow(.new, [.character("i")], "new", "Record a company", footer: 50),
    ActionRow(
      .merge, [.character("M")], "merge",
      "Make the company and its double one; shows first what becomes of what", footer: 8),
    ActionRow(.delete, [.character("D")], "delete", "Delete the company; asks for the name"),
  ]

  static let sorts: [SortOrder] = [
    SortOrder("value", "Open value, largest first", column: "value", descending: true),
    SortOrder("name", "Name", column: "name"),
    SortOrder("industry", "Industry", column: "industry"),
    SortOrder("contacts", "Most contacts first", column: "contacts", descending: true),
    SortOrder("deals", "Most open deals first", column: "deals", descending: true),
    SortOrder("won", "Won, most first", column: "won", descending: true),
    SortOrder("next", "Next step, most pressing first", column: "step"),
    SortOrder("quiet", "Longest without touch first", column: "touch", descending: true),
  ]

  static let columns: [Column<CompanyRow>] = [
    Column("name", title: "Name", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.name))]
    },
    Column("value", title: "Open", width: .fixed(7), align: .right) { row, _ in
      [Span(SafeLine(row.openDeals > 0 ? Wording.compact(row.openValue) : "-"))]
    },
    Column("step", title: "Next step", width: .fixed(17)) { row, _ in
      row.openDeals > 0 || row.nextStep != .none ? [row.nextStep.span] : []
    },
    Column("industry", title: "Industry", width: .fixed(14), from: 80) { row, _ in
      [Span(SafeLine(row.industry), .dim)]
    },
    Column("contacts", title: "Contacts", width: .fixed(8), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.contacts > 0 ? "\(row.contacts)" : "-"))]
    },
    Column("deals", title: "Deals", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.openDeals > 0 ? "\(row.openDeals)" : "-"))]
    },
    Column("won", title: "Won", width: .fixed(7), align: .right, from: 100) { row, _ in
      row.wonValue > 0
        ? [Span(SafeLine(Wording.compact(row.wonValue)), .good)] : [Span("-", .faint)]
    },
    Column("touch", title: "Touch", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.touch(days: row.quietDays)), .faint)]
    },
    Column("website", title: "Website", width: .fixed(26), from: 160) { row, _ in
      [Span(SafeLine(row.website), .faint)]
    },
    Column("creator", title: "By", width: .fixed(6), from: 160) { row, _ in
      [Span(SafeLine(row.creator), .faint)]
    },
  ]

  func columns(_ width: Int) -> [Column<CompanyRow>] {
    Self.columns.widened(
      in: width, ["name": .fixed(40), "industry": .fixed(30), "website": .flex])
  }

  func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .companies(model.request)]
  }

  mutating func letGo() -> Bool { Self.letGo(of: &answer, model) }

  mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .companies(let answer) = answer else { return }
    self.answer = answer
    followList(context)
  }

  /// Among the doubles the footer says what to do about them; a move of the cursor may not change it.
  func footerWord(_ row: ActionRow<Action>, _ context: Context) -> String? {
    row.action == .merge && model.request.view != CompanyView.doubles.rawValue ? nil : row.word
  }

  func refusal(_ action: Action, _ context: Context) -> Refusal? {
    if action == .new { return context.rights.refusal(to: .create, .company) }
    guard let current else { return Refusal("There is no company here.") }
    switch action {
    case .open: return nil
    case .deal: return context.rights.refusal(to: .create, .deal)
    case .contact: return context.rights.refusal(to: .create, .contact)
    case .edit: return context.rights.refusal(to: .update, .company, isOwn: current.isMine)
    case .delete:
      return context.rights.refusal(to: .delete, .company, isOwn: current.isMine)
    case .merge:
      guard current.isDouble else { return .noDouble(of: .company) }
      return context.rights.refusal(to: .delete, .company)
    case .new: return nil
    }
  }

  mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    if action == .new { return [.form(.company)] }
    guard let row = current else { return [] }
    switch action {
    case .deal: return [.form(.deal(contact: nil, company: row.id))]
    case .contact: return [.form(.contact(company: row.id))]
    case .open: return [.open(.party(.company(row.id)))]
    case .edit: return [.form(.edit(.company, row.id))]
    case .merge: return [.open(.merge(.company(row.id), isOverCard: false))]
    case .delete:
      let losing = row.contacts + row.openDeals > 0
      return [
        .drawer(
          .deletion(
            .company, row.id, name: row.name,
            losing: losing
              ? "\(row.contacts) contacts and \(row.openDeals) open deals lose their company." : nil
          ))
      ]
    case .new: return []
    }
  }

  func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    TitledRule(
      [Span(SafeLine(row.name), .strong)], right: [Span(SafeLine(row.industry), .dim)]
    ).draw(on: &canvas, row: 0)
    canvas.put(
      .facts([
        fact("website", SafeLine(row.website.isEmpty ? "-" : row.website), .text),
        fact("contacts", SafeLine("\(row.contacts)"), .text),
        fact("last touch", SafeLine(Wording.touched(days: row.quietDays)), .text),
      ]), row: 1, column: 1)
    canvas.put(
      .facts([
        fact("open deals", SafeLine("\(row.openDeals)")),
        fact("value", SafeLine(Wording.money(row.openValue))),
        fact("won", SafeLine(Wording.money(row.wonValue)), row.wonValue > 0 ? .good : .dim),
        row.winRate.map {
          fact("win rate", SafeLine("\(Wording.share($0)) of \(row.closedDeals)"), .text)
        } ?? [],
        row.nextStep.fact(isNeeded: row.openDeals > 0),
      ]), row: 2, column: 1)
  }
}
