package import CRM
package import TerminalUI

/// Ticket triage: the most pressing first, the learner's situation below, one key to act.
package struct TicketsScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case takeNext, claim, assign, status, nextStatus, previousStatus, resolve, close, priority
    case raise, lower, touch, student, followUp, new, edit, delete, why, snooze
  }

  package var model = ListModel()
  package private(set) var answer: TicketsAnswer?
  private var card: TicketCard?
  /// The marked rows as they were last in sight.
  private var marked: [RecordID: TicketRow] = [:]

  package init() {}

  package var trail: String { "Tickets" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<TicketRow> { answer?.list ?? Rows() }
  package func id(of row: TicketRow) -> RecordID { row.id }
  package func look(_ row: TicketRow) -> RowLook { RowLook(row.severity, isUnsent: row.isUnsent) }
  package var detailRows: Int { 19 }
  package static var subject: SchoolClass? { .ticket }
  package func open(_ row: TicketRow) -> [Command] { [.open(.ticket(row.id))] }

  /// How many are put aside, with the key that leads to them, and how many are shown.
  package func counts(_ context: Context) -> [Span] {
    let snoozed = answer?.snoozed ?? 0
    guard snoozed > 0, activeView?.id != TicketView.snoozed.rawValue else { return listCounts }
    return [Span("f", .accent), Span(SafeLine(" \(snoozed) snoozed   "), .dim)] + listCounts
  }

  package var emptyWords: [SafeLine] {
    [
      "No tickets yet.", "When a learner writes, the ticket appears here by itself.",
      "i open one by hand",
    ]
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .takeNext, [.character("N")], "take next", "Claim the most pressing ticket and open it",
      footer: 10),
    ActionRow(.claim, [.character("c")], "claim", "Make the ticket mine", footer: 20),
    ActionRow(.assign, [.character("a")], "assign", "Hand the ticket to somebody", footer: 30),
    ActionRow(.status, [.character("m")], "status", "Choose the status", footer: 40),
    ActionRow(.resolve, [.character("w")], "resolve", "Mark the ticket resolved", footer: 50),
    ActionRow(
      .snooze, [.character("Z")], "snooze",
      "Put the ticket aside until a time; a change brings it back", footer: 60),
    ActionRow(.priority, [.character("p")], "priority", "Choose the priority", footer: 72),
    ActionRow(.raise, [.character("+")], "raise", "Raise the priority by one"),
    ActionRow(.lower, [.character("-")], "lower", "Lower the priority by one"),
    ActionRow(.nextStatus, [.character(">")], "next status", "One status forward"),
    ActionRow(.previousStatus, [.character("<")], "previous status", "One status back"),
    ActionRow(.close, [.character("W")], "close", "Close the ticket"),
    ActionRow(
      .touch, [.character("A")], "answered", "I answered: the waiting time starts again"),
    ActionRow(.student, [.character("o")], "learner", "Open the learner's card"),
    ActionRow(.why, [.character("=")], "why", "Why the ticket stands where it does"),
    ActionRow(.followUp, [.character("t")], "follow-up", "Open another ticket for this learner"),
    ActionRow(.new, [.character("i")], "new", "Open a ticket for a learner"),
    ActionRow(.edit, [.character("e")], "edit", "Edit the ticket in a form"),
    ActionRow(.delete, [.character("D")], "delete", "Delete the ticket; asks for its number"),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var watches: [Slot.Part: ViewRequest] = [.list: .tickets(model.request)]
    if let id = model.cursorID { watches[.detail] = .ticketCard(id) }
    return watches
  }

  package mutating func letGo() -> Bool { Self.letGo(of: &answer, model) }

  package mutating func receive(
    _ answer: ViewAnswer, _ part: Slot.Part, _ context: Context
  ) {
    switch answer {
    case .tickets(let answer):
      marked = marked.filter { model.marks.contains($0.key) }
      for row in list.rows where model.marks.contains(row.id) { marked[row.id] = row }
      self.answer = answer
      followList(context)
    case .ticketCard(let card): self.card = card
    default: if part == .detail { card = nil }
    }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .new: return context.rights.refusal(to: .create, .ticket)
    case .takeNext: return context.rights.refusal(to: .update, .ticket)
    default: break
    }
    guard let current else { return Refusal("There is no ticket here.") }
    switch action {
    case .why, .snooze: return nil
    case .student: return current.student == nil ? Refusal("The learner is not readable.") : nil
    case .followUp: return context.rights.refusal(to: .create, .ticket)
    case .delete: return context.rights.refusal(to: .delete, .ticket)
    default: return context.rights.refusal(to: .update, .ticket)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    let ids = model.targets
    let drawers = drawers(context)
    switch action {
    case .takeNext: return takeNext(context)
    case .claim: return drawers.change(.claimTickets(ids), "Claim", to: .with(drawers.myName))
    case .assign: return [drawers.assign()]
    case .status: return [drawers.status()]
    case .nextStatus:
      return drawers.change(.stepTicketStatus(forward: true, tickets: ids), "Next status for")
    case .previousStatus:
      return drawers.change(.stepTicketStatus(forward: false, tickets: ids), "Status back for")
    case .resolve:
      return drawers.change(
        .setTicketStatus(.resolved, tickets: ids), "Resolve", to: .status(.resolved))
    case .close:
      return drawers.change(.setTicketStatus(.closed, tickets: ids), "Close", to: .status(.closed))
    case .priority: return [drawers.priority()]
    case .raise: return drawers.change(.bumpPriority(up: true, tickets: ids), "Raise")
    case .lower: return drawers.change(.bumpPriority(up: false, tickets: ids), "Lower")
    case .touch: return drawers.change(.touchTickets(ids), "Restart the clock of")
    case .student: return current?.student.map { [.open(.student($0))] } ?? []
    case .followUp: return [.form(.ticket(student: current?.student))]
    case .new: return [.form(.ticket(student: nil))]
    case .edit: return current.map { [.form(.edit(.ticket, $0.id))] } ?? []
    case .delete: return [drawers.delete()]
    case .snooze: return drawers.snooze()
    case .why:
      return current.map {
        [
          .drawer(
            TicketWhy(row: $0, card: shownCard, place: place, context: context, list: list).drawer)
        ]
      } ?? []
    }
  }

  private func drawers(_ context: Context) -> TicketDrawers {
    let inSight = Set(list.rows.map(\.id))
    let hidden = model.targets.filter { !inSight.contains($0) }.compactMap { marked[$0] }
    return TicketDrawers(
      ids: model.targets, rows: list.rows, hidden: hidden,
      filter: model.request.filter, loads: answer?.loads ?? [],
      card: shownCard, context: context)
  }

  /// Claims the top of Next up, unless it is mine, and opens it.
  private func takeNext(_ context: Context) -> [Command] {
    guard let answer else {
      return [.toast(Toast(.notice, "The tickets are still being read."))]
    }
    return answer.take(as: context.session.user)
  }

  /// The card of the row under the cursor, once it is here.
  var shownCard: TicketCard? { card?.row.id == model.cursorID ? card : nil }

  /// The row's place by pressure, from 1; nil in another order.
  private var place: Int? {
    order?.id == TicketSort.pressure.rawValue && !model.request.isReversed
      ? model.cursor + 1 : nil
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let shownCard else { return }
    TicketDetail(card: shownCard, place: place, context: context).draw(&canvas)
  }
}
