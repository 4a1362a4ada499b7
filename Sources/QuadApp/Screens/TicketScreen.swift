package import CRM
package import TerminalUI

/// A ticket alone with its learner, for acting on one after another.
package struct TicketScreen: Screen {
  package enum Action: Sendable, Hashable {
    case claim, resolve, close, raise, lower, nextStatus, previousStatus, touch, student, new
  }

  private let id: RecordID
  private var card: TicketCard?

  package init(id: RecordID) { self.id = id }

  package var trail: String { card?.row.number ?? "ticket" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.claim, [.character("c")], "claim", "Make the ticket mine", footer: 10),
    ActionRow(.resolve, [.character("w")], "resolve", "Mark the ticket resolved", footer: 20),
    ActionRow(.close, [.character("W")], "close", "Close the ticket"),
    ActionRow(
      .raise, [.character("+"), .character("=")], "raise", "Raise the priority by one", footer: 30),
    ActionRow(.lower, [.character("-")], "lower", "Lower the priority by one"),
    ActionRow(.nextStatus, [.character(">")], "next status", "One status forward", footer: 40),
    ActionRow(.previousStatus, [.character("<")], "previous status", "One status back"),
    ActionRow(
      .touch, [.character("A")], "answered", "I answered: the waiting time starts again", footer: 50
    ),
    ActionRow(.student, [.character("o")], "learner", "Open the learner's card", footer: 60),
    ActionRow(.new, [.character("t")], "follow-up", "Open another ticket for this learner"),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .ticketCard(id)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    if case .ticketCard(let card) = answer { self.card = card }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .student: card?.student == nil ? Refusal("The learner is not open to you.") : nil
    case .new: context.rights.refusal(to: .create, .ticket)
    default: context.rights.refusal(to: .update, .ticket)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    switch action {
    case .claim: return [.act(.claimTickets([id]))]
    case .resolve: return [.act(.setTicketStatus(.resolved, tickets: [id])), .back]
    case .close: return [.act(.setTicketStatus(.closed, tickets: [id])), .back]
    case .raise: return [.act(.bumpPriority(up: true, tickets: [id]))]
    case .lower: return [.act(.bumpPriority(up: false, tickets: [id]))]
    case .nextStatus: return [.act(.stepTicketStatus(forward: true, tickets: [id]))]
    case .previousStatus: return [.act(.stepTicketStatus(forward: false, tickets: [id]))]
    case .touch: return [.act(.touchTickets([id]))]
    case .student: return card?.row.student.map { [.open(.student($0))] } ?? []
    case .new: return [.form(.ticket(student: card?.row.student))]
    }
  }

  package mutating func move(_ motion: Motion, _ context: Context) {}

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put("This ticket is gone, or not open to you.", row: 4, column: 4)
      return
    }
    let size = context.size
    canvas.area(Rect(row: 3, column: 0, columns: size.columns, rows: size.rows - 5)) { canvas in
      TicketDetail(card: card, context: context).draw(&canvas)
      canvas.placeCursor(row: 0, column: 1)
    }
  }
}
