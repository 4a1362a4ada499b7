package import CRM
package import TerminalUI

/// Contacts, or the companies they belong to.
package struct PeopleScreen: Screen {
  package enum Action: Sendable, Hashable { case other }

  private var contacts = ContactsList()
  private var companies = CompaniesList()
  private var showsCompanies = false

  package init() {}

  package static let table: [ActionRow<Action>] = [
    ActionRow(.other, [.character("b")], "companies", "Contacts or companies", footer: 35)
  ]

  /// The half in sight.
  private var shown: any Screen {
    get { showsCompanies ? companies : contacts }
    set {
      if let list = newValue as? CompaniesList { companies = list }
      if let list = newValue as? ContactsList { contacts = list }
    }
  }

  package var trail: String { shown.trail }

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] { shown.watches(context) }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    shown.receive(answer, part, context)
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    showsCompanies.toggle()
    return []
  }

  package func footerWord(_ row: ActionRow<Action>, _ context: Context) -> String? {
    showsCompanies ? "contacts" : row.word
  }

  package mutating func press(_ key: Key, _ context: Context) -> [Command]? {
    pressOwn(key, context) ?? shown.press(key, context)
  }

  package func bindings(_ context: Context) -> [Binding] {
    ownBindings(context) + shown.bindings(context)
  }

  package mutating func move(_ motion: Motion, _ context: Context) { shown.move(motion, context) }
  package mutating func refit(_ context: Context) { shown.refit(context) }
  package func draw(_ canvas: inout Canvas, _ context: Context) { shown.draw(&canvas, context) }
  package func closed(_ context: Context) -> Refusal? { shown.closed(context) }
  package func loose(_ context: Context) -> Loose? { shown.loose(context) }
  package func rowsArea(_ context: Context) -> Rect? { shown.rowsArea(context) }
  package func copies(_ context: Context) -> [CopyEntry] { shown.copies(context) }
  package func detailArea(_ context: Context) -> Rect? { shown.detailArea(context) }
  package func status(_ context: Context) -> [Span] { shown.status(context) }
  package func position(_ context: Context) -> SafeLine { shown.position(context) }

  package var filter: String? {
    get { shown.filter }
    set { shown.filter = newValue }
  }

  package var target: RecordID? { shown.target }
  package var stored: (kind: SchoolClass, id: RecordID)? { shown.stored }
  package mutating func letGo() -> Bool {
    let (people, companies) = (contacts.letGo(), companies.letGo())
    return showsCompanies ? companies : people
  }

  package mutating func choose(view: String) { shown.choose(view: view) }
  package mutating func choose(sort: String) { shown.choose(sort: sort) }
  package mutating func unmark() { shown.unmark() }
}
