package import CRM
package import TerminalUI

/// A deal alone with its timeline; the cursor walks what is planned and done.
package struct DealScreen: Screen {
  package enum Action: Sendable, Hashable {
    case stage, log, plan, edit, won, lost, done, moveBack, moveForward, push, claim, editStep, back
    case snooze, party, why
  }

  /// Wider lines would part what belongs together.
  private static let mostColumns = 132

  private let id: RecordID
  private(set) var card: DealCard?
  private var observed = ObservedHistory()
  private var activity: RecordID?
  private var cursor = 0

  package init(id: RecordID) { self.id = id }

  package var trail: String { card?.row.title ?? "deal" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.stage, [.character("m")], "stage", "Choose the stage", footer: 10),
    ActionRow(.log, [.character("A")], "log", "Log a call, mail, meeting or note", footer: 20),
    ActionRow(.plan, [.character("t")], "next step", "Plan the next step", footer: 30),
    ActionRow(.done, [.character("x")], "done", "Tick the step under the cursor off", footer: 35),
    ActionRow(.edit, [.character("e")], "edit", "Edit the deal", footer: 40),
    ActionRow(.won, [.character("w")], "won", "Mark the deal won", footer: 50),
    ActionRow(.lost, [.character("W")], "lost", "Mark the deal lost, with a reason", footer: 60),
    ActionRow(
      .party, [.character("o")], "contact", "Open the contact, or the company where there is none",
      footer: 65),
    ActionRow(
      .moveForward, [.character("L"), .character(">")], "next stage", "Move to the next stage",
      shown: "H L"),
    ActionRow(
      .moveBack, [.character("H"), .character("<")], "stage back", "Move to the stage before"),
    ActionRow(.push, [.character("+")], "push close", "Move the close date a week on"),
    ActionRow(.claim, [.character("c")], "own", "Make the deal mine"),
    ActionRow(
      .snooze, [.character("Z")], "snooze",
      "Put the deal aside until a time; a change brings it back"),
    ActionRow(.editStep, [.enter], "edit step", "Edit the step under the cursor"),
    ActionRow(
      .why, [.character("=")], "why", "What the deal weighs, and when it wants care", footer: 70),
    ActionRow(.back, [.escape, .backspace], "back", "Go back", footer: 90),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .dealCard(id), .second: .observed]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    if case .observed(let observed) = answer { self.observed = observed.history }
    guard case .dealCard(let card) = answer else {
      if case .gone = answer { self.card = nil }
      return
    }
    let isFirst = self.card == nil
    self.card = card
    let known = card.timeline.firstIndex { $0.id == activity }
    let next = card.timeline.firstIndex { $0.id == card.nextActivity?.id }
    cursor = known ?? (isFirst ? next ?? 0 : cursor)
    settle()
  }

  private mutating func settle() {
    let count = card?.timeline.count ?? 0
    cursor = min(max(0, cursor), max(0, count - 1))
    activity = current?.id
  }

  private var current: ActivityRow? {
    guard let rows = card?.timeline, rows.indices.contains(cursor) else { return nil }
    return rows[cursor]
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    guard let card else { return action == .back ? nil : Refusal("There is no deal here.") }
    let isMine = card.row.ownerID == context.session.user
    switch action {
    case .back, .snooze, .why: return nil
    case .party: return other == nil ? Refusal("The deal has no contact and no company.") : nil
    case .log, .plan: return context.rights.refusal(to: .create, .activity)
    case .done, .editStep:
      guard let current else { return Refusal("Nothing is planned or done yet; t plans a step.") }
      if action == .done, current.isDone { return Refusal("That is done already.") }
      return context.rights.refusal(to: .update, .activity)
    case .claim: return context.rights.refusal(to: .update, .deal)
    default: return context.rights.refusal(to: .update, .deal, isOwn: isMine)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .stage: [stage]
    case .moveForward: [.act(.stepDeals(forward: true, deals: [id]))]
    case .moveBack: [.act(.stepDeals(forward: false, deals: [id]))]
    case .won: [.act(.moveDeals([id], to: .won))]
    case .lost: [.drawer(.lost([id], name: card?.row.title ?? "deal"))]
    case .push: [.act(.pushClose(byDays: 7, deals: [id]))]
    case .claim: [.act(.claimDeals([id]))]
    case .log: [.form(.activity(deal: id, contact: nil, isDone: true))]
    case .plan: [.form(.activity(deal: id, contact: nil, isDone: false))]
    case .done: current.map { [.act(.setDone(true, activities: [$0.id]))] } ?? []
    case .editStep: current.map { [.form(.edit(.activity, $0.id))] } ?? []
    case .edit: [.form(.edit(.deal, id))]
    case .snooze:
      Drawer.snooze(
        .deal, [id], name: card?.row.title ?? "deal", until: card?.row.snoozed?.until, context)
    case .why: card.map { [.drawer(DealWhy(row: $0.row, context: context).drawer)] } ?? []
    case .party: other.map { [.open(.party($0))] } ?? []
    case .back: [.back]
    }
  }

  /// Whom the deal is with.
  private var other: Party? {
    card?.contactID.map(Party.contact) ?? card?.companyID.map(Party.company)
  }

  private var stage: Command {
    .drawer(
      .words(
        SafeLine("Stage of \(card?.row.title ?? "")"),
        Stage.allCases.map { ($0.rawValue, .moveDeals([id], to: $0)) },
        present: card?.row.stage.label ?? ""))
  }

  package var target: RecordID? { id }

  package mutating func move(_ motion: Motion, _ context: Context) {
    switch motion {
    case .down: cursor += 1
    case .up: cursor -= 1
    case .pageDown, .halfDown: cursor += 5
    case .pageUp, .halfUp: cursor -= 5
    case .top: cursor = 0
    case .bottom: cursor = (card?.timeline.count ?? 1) - 1
    case .left, .right: return
    }
    settle()
  }

  package func position(_ context: Context) -> SafeLine {
    guard let count = card?.timeline.count, count > 0 else { return "" }
    return SafeLine("step \(cursor + 1) of \(count)")
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put("This deal is gone, or not open to you.", row: 4, column: 4)
      return
    }
    let size = context.size
    let columns = min(size.columns, Self.mostColumns)
    canvas.area(Rect(row: 3, column: 0, columns: columns, rows: size.rows - 5)) { canvas in
      DealCardView(
        card: card, entry: observed.entry(of: id, into: card.row.stage), cursor: cursor,
        context: context
      ).draw(&canvas)
    }
  }
}
