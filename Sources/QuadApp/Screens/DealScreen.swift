package import CRM
package import TerminalUI

/// A deal alone with its timeline.
package struct DealScreen: Screen {
  package enum Action: Sendable, Hashable {
    case moveBack, moveForward, won, log, plan, claim, edit, push
  }

  private let id: RecordID
  private var card: DealCard?

  package init(id: RecordID) { self.id = id }

  package var trail: String { card?.row.title ?? "deal" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .moveForward, [.character("L"), .character(">")], "next stage", "Move to the next stage",
      footer: 10),
    ActionRow(
      .moveBack, [.character("H"), .character("<")], "stage back", "Move to the stage before"),
    ActionRow(.log, [.character("A")], "log", "Log a call, e-mail, meeting or note", footer: 20),
    ActionRow(.plan, [.character("t")], "next step", "Plan the next step", footer: 30),
    ActionRow(.won, [.character("w")], "won", "Mark the deal won", footer: 40),
    ActionRow(
      .push, [.character("+"), .character("=")], "push close", "Move the close date a week on"),
    ActionRow(.claim, [.character("c")], "own", "Make the deal mine"),
    ActionRow(.edit, [.character("e")], "edit", "Edit the deal", footer: 50),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] { [.detail: .dealCard(id)] }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    if case .dealCard(let card) = answer { self.card = card }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .log, .plan: context.rights.refusal(to: .create, .activity)
    default: context.rights.refusal(to: .update, .deal)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .moveForward: [.act(.stepDeals(forward: true, deals: [id]))]
    case .moveBack: [.act(.stepDeals(forward: false, deals: [id]))]
    case .won: [.act(.moveDeals([id], to: .won))]
    case .push: [.act(.pushClose(byDays: 7, deals: [id]))]
    case .claim: [.act(.claimDeals([id]))]
    case .log: [.form(.activity(deal: id, contact: nil, isDone: true))]
    case .plan: [.form(.activity(deal: id, contact: nil, isDone: false))]
    case .edit: [.form(.edit(.deal, id))]
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {}

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put("This deal is gone, or not open to you.", row: 4, column: 4)
      return
    }
    let size = context.size
    canvas.area(Rect(row: 3, column: 0, columns: size.columns, rows: size.rows - 5)) { canvas in
      DealDetail(card: card, context: context).draw(&canvas)
      canvas.placeCursor(row: 0, column: 1)
    }
  }
}
