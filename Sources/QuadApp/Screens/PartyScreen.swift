package import CRM
package import TerminalUI

/// The card of a contact or a company, opened from anywhere one stands. The cursor goes over deals,
/// people and activities, and the keys act on what it is on.
package struct PartyScreen: Screen {
  package enum Action: Sendable, Hashable {
    case open, log, plan, done, deal, contact, company, edit, merge
  }

  /// Wider lines would part what belongs together.
  private static let mostColumns = 132

  private let party: Party
  private var card: PartyCard?
  private var scroll = CardScroll()

  package init(_ party: Party) { self.party = party }

  package var trail: String {
    switch card?.head {
    case .contact(let row): row.name
    case .company(let row): row.name
    case nil: party.kind.singular
    }
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .open, [.enter], "open", "Open what the cursor is on; edit an activity", footer: 5),
    ActionRow(.log, [.character("A")], "log", "Log a call, e-mail, meeting or note", footer: 10),
    ActionRow(.plan, [.character("t")], "step", "Plan the next step", footer: 20),
    ActionRow(.done, [.character("x")], "done", "Tick the step under the cursor off", footer: 30),
    ActionRow(.deal, [.character("d")], "new deal", "Record a deal", footer: 40),
    ActionRow(
      .contact, [.character("i")], "new contact", "Record a contact of the company", footer: 60),
    ActionRow(
      .company, [.character("o")], "company", "Open the company of the contact", footer: 50),
    ActionRow(.edit, [.character("e")], "edit", "Edit the contact or the company", footer: 45),
    ActionRow(
      .merge, [.character("M")], "merge",
      "Make this and its double one; shows first what becomes of what", footer: 8),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .partyCard(party)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .partyCard(let card):
      self.card = card
      refit(context)
    case .gone: card = nil
    default: break
    }
  }

  private func lines(_ context: Context) -> [CardLine] {
    let width = min(context.size.columns, Self.mostColumns)
    return card.map { PartyLines(card: $0, context: context, width: width).all } ?? []
  }

  private var companyID: RecordID? {
    switch party {
    case .contact: card?.company?.id
    case .company(let id): id
    }
  }

  /// What an activity recorded here is about: the deal under the cursor, else the contact of the card.
  /// A company has no activities of its own; there it is the contact under the cursor.
  private var about: Party.Subject? {
    switch (party, scroll.target) {
    case (_, .record(.deal, let id)): .deal(id)
    case (.contact(let id), _), (.company, .record(.contact, let id)): .contact(id)
    case (.company, _): nil
    }
  }

  /// The step under the cursor that is still to be done.
  private var step: ActivityRow? {
    guard case .record(.activity, let id)? = scroll.target else { return nil }
    return card?.timeline.first { $0.id == id && !$0.isDone }
  }

  package func footerWord(_ row: ActionRow<Action>, _ context: Context) -> String? {
    if row.action == .merge, !hasDouble { return nil }
    if case .company = party, row.action == .company { return nil }
    return row.word
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    guard let card else { return Refusal("There is no \(party.kind.singular) here.") }
    let rights = context.rights
    switch action {
    case .open: return scroll.target == nil ? Refusal("There is nothing to open here.") : nil
    case .log, .plan:
      return about == nil
        ? Refusal("Go to a deal or a contact: that is what it will be about.")
        : rights.refusal(to: .create, .activity)
    case .done:
      guard let step else { return Refusal("Go to a step that is still to be done.") }
      return rights.refusal(to: .update, .activity, isOwn: step.isMine)
    case .deal: return rights.refusal(to: .create, .deal)
    case .contact: return rights.refusal(to: .create, .contact)
    case .company:
      if case .company = party { return Refusal("This is the company.") }
      return card.company == nil ? Refusal("The contact has no company.") : nil
    case .edit: return rights.refusal(to: .update, party.kind, isOwn: card.isMine)
    case .merge:
      guard hasDouble else { return .noDouble(of: party.kind) }
      return rights.refusal(to: .delete, party.kind, isOwn: card.mayHaveOwnDouble)
    }
  }

  private var hasDouble: Bool {
    guard let card else { return false }
    return !card.doubles.isEmpty || !card.twins.isEmpty
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .open: return opened
    case .log, .plan: return about.map { [.form($0.activity(isDone: action == .log))] } ?? []
    case .done: return step.map { [.act(.setDone(true, activities: [$0.id]))] } ?? []
    case .deal:
      let contact: RecordID? = if case .contact(let id) = party { id } else { nil }
      return [.form(.deal(contact: contact, company: companyID))]
    case .contact: return [.form(.contact(company: companyID))]
    case .company: return companyID.map { [.open(.party(.company($0)))] } ?? []
    case .edit: return [.form(.edit(party.kind, party.id))]
    case .merge: return [.open(.merge(party, isOverCard: true))]
    }
  }

  private var opened: [Command] {
    guard let target = scroll.target else { return [] }
    if let card = target.reference { return [.open(card)] }
    if case .record(let kind, let id) = target { return [.form(.edit(kind, id))] }
    return []
  }

  package var target: RecordID? { party.id }
  package var stored: (kind: SchoolClass, id: RecordID)? { (party.kind, party.id) }

  package mutating func move(_ motion: Motion, _ context: Context) {
    scroll.move(motion, lines(context), context)
  }

  package mutating func refit(_ context: Context) { scroll.settle(lines(context), context) }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard card != nil else {
      canvas.put(
        SafeLine("This \(party.kind.singular) is gone, or not open to you."), row: 4, column: 4)
      return
    }
    var area = canvas.bounds
    area.columns = min(area.columns, Self.mostColumns)
    canvas.area(area) { scroll.draw(lines(context), on: &$0, context) }
  }

  package func position(_ context: Context) -> SafeLine {
    scroll.position(lines(context), context)
  }
}

extension Refusal {
  static func noDouble(of kind: SchoolClass) -> Refusal {
    kind == .company
      ? Refusal("No other company has the host of its website.")
      : Refusal("No other contact has its e-mail, or its name at its company.")
  }
}

extension Party {
  /// What an activity can be about.
  fileprivate enum Subject {
    case deal(RecordID)
    case contact(RecordID)

    func activity(isDone: Bool) -> FormRequest {
      switch self {
      case .deal(let id): .activity(deal: id, contact: nil, isDone: isDone)
      case .contact(let id): .activity(deal: nil, contact: id, isDone: isDone)
      }
    }
  }
}
