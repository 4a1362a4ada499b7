package import CRM
package import TerminalUI

/// A ticket alone with its learner, for acting on one after another.
///
/// Opened by taking the next ticket it is triage: what ends the ticket here brings the next one.
package struct TicketScreen: Screen {
  package enum Action: Sendable, Hashable {
    case next, resolve, assign, status, claim, priority, raise, lower, touch, followUp, student
    case close, nextStatus, previousStatus, edit, why, snooze
  }

  private let id: RecordID
  /// Tickets passed over in this triage; nil outside of triage.
  private let passed: [RecordID]?
  private(set) var card: TicketCard?
  private var queue: TicketsAnswer?

  package init(id: RecordID, passed: [RecordID]? = nil) {
    self.id = id
    self.passed = passed
  }

  package var trail: String { card?.row.number ?? "ticket" }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.resolve, [.character("w")], "resolve", "Mark the ticket resolved", footer: 10),
    ActionRow(.assign, [.character("a")], "assign", "Hand the ticket to somebody", footer: 20),
    ActionRow(.status, [.character("m")], "status", "Choose another status", footer: 30),
    ActionRow(
      .snooze, [.character("Z")], "snooze", "Put it aside until a time", footer: 35),
    ActionRow(.claim, [.character("c")], "claim", "Make the ticket mine", footer: 15),
    ActionRow(
      .next, [.character("N")], "next ticket", "Take the next, leave this one",
      footer: 40),
    ActionRow(
      .touch, [.character("A")], "answered", "I answered: restart the clock", footer: 50
    ),
    ActionRow(.student, [.character("o")], "learner", "Open the learner's card", footer: 60),
    ActionRow(.priority, [.character("p")], "priority", "Choose the priority"),
    ActionRow(
      .raise, [.character("+")], "priority", "Priority up by one, - down", footer: 70, shown: "+ -"),
    ActionRow(.lower, [.character("-")], "lower", "Lower the priority by one"),
    ActionRow(.nextStatus, [.character(">")], "next status", "One status forward"),
    ActionRow(.previousStatus, [.character("<")], "previous status", "One status back"),
    ActionRow(.close, [.character("W")], "close", "Close the ticket"),
    ActionRow(.followUp, [.character("t")], "follow-up", "Open another ticket for this learner"),
    ActionRow(.edit, [.character("e")], "edit", "Edit the ticket in a form"),
    ActionRow(.why, [.character("=")], "why", "Why the ticket stands where it does"),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.detail: .ticketCard(id), .second: .tickets(ListRequest(view: TicketView.nextUp.rawValue))]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    switch answer {
    case .ticketCard(let card): self.card = card
    case .tickets(let queue): self.queue = queue
    default: if part == .detail { card = nil }
    }
  }

  package var target: RecordID? { id }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    guard let card else { return Refusal("The ticket is not here.") }
    switch action {
    case .why: return nil
    case .resolve, .close, .assign, .status, .next, .snooze:
      // Before the queue is read nobody knows which ticket follows.
      if passed != nil, queue == nil { return Refusal("The queue is still being read.") }
      return action == .snooze ? nil : context.rights.refusal(to: .update, .ticket)
    case .student: return card.student == nil ? Refusal("The learner is not open to you.") : nil
    case .followUp: return context.rights.refusal(to: .create, .ticket)
    case .claim where card.row.assigneeID == context.session.user:
      return Refusal("\(card.row.number) is yours already.")
    default: return context.rights.refusal(to: .update, .ticket)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    let ids = [id]
    let drawers = TicketDrawers(
      ids: ids, rows: [card?.row].compactMap(\.self), loads: queue?.loads ?? [], card: card,
      context: context, afterwards: passed == nil ? [] : ending(context))
    switch action {
    case .next: return next(context, orElse: "No other ticket waits in the queue.")
    case .resolve: return end(.setTicketStatus(.resolved, tickets: ids), context)
    case .close: return end(.setTicketStatus(.closed, tickets: ids), context)
    case .claim: return [.act(.claimTickets(ids))]
    case .assign: return [drawers.assign()]
    case .status: return [drawers.status()]
    case .priority: return [drawers.priority()]
    case .raise: return [.act(.bumpPriority(up: true, tickets: ids))]
    case .lower: return [.act(.bumpPriority(up: false, tickets: ids))]
    case .nextStatus: return [.act(.stepTicketStatus(forward: true, tickets: ids))]
    case .previousStatus: return [.act(.stepTicketStatus(forward: false, tickets: ids))]
    case .touch: return [.act(.touchTickets(ids))]
    case .student: return card?.row.student.map { [.open(.student($0))] } ?? []
    case .followUp: return [.form(.ticket(student: card?.row.student))]
    case .edit: return [.form(.edit(.ticket, id))]
    case .why: return why(context)
    case .snooze: return drawers.snooze()
    }
  }

  /// What ends the ticket: in triage the next one follows, else the list.
  private func end(_ intent: Intent, _ context: Context) -> [Command] {
    [.act(intent)] + (passed == nil ? [.back] : ending(context))
  }

  /// From a ticket that is done with to the next one, or to the list after the last.
  private func ending(_ context: Context) -> [Command] {
    let following = next(context, orElse: nil)
    return following.isEmpty ? [.back] : following
  }

  /// Claims the next ticket of the queue, unless it is mine, and opens it in place of this one.
  private func next(_ context: Context, orElse words: String?) -> [Command] {
    guard let row = following(context).first else {
      return words.map { [.toast(Toast(.notice, $0))] } ?? []
    }
    let open: [Command] = [.back, .open(.triage(row.id, seen: (passed ?? []) + [id]))]
    return row.assigneeID == context.session.user ? open : [.act(.claimTickets([row.id]))] + open
  }

  /// What waits after this one: nobody's tickets and mine, the most pressing first.
  private func following(_ context: Context) -> [TicketRow] {
    let seen = Set((passed ?? []) + [id])
    return (queue?.list.rows ?? []).filter { row in
      row.isRunning && row.snoozed == nil && !seen.contains(row.id)
        && (row.assignee == .queue || row.assigneeID == context.session.user)
    }
  }

  private func why(_ context: Context) -> [Command] {
    guard let card, let queue else { return [] }
    let place = queue.list.rows.firstIndex { $0.id == id }.map { $0 + 1 }
    let why = TicketWhy(
      row: card.row, card: card, place: place, context: context, list: queue.list)
    return [.drawer(why.drawer)]
  }

  package mutating func move(_ motion: Motion, _ context: Context) {}

  package func position(_ context: Context) -> SafeLine {
    guard passed != nil else { return "" }
    let snoozed = queue?.snoozed ?? 0
    let aside = snoozed > 0 ? ", \(snoozed) snoozed" : ""
    return SafeLine("\(following(context).count) left after this\(aside)")
  }

  /// Where what was put aside is found again.
  package func status(_ context: Context) -> [Span] {
    guard passed != nil, context.size.rows >= ListLayout.statusRows, queue?.snoozed ?? 0 > 0
    else { return [] }
    return [
      Span("Esc", .accent), Span(" the list, then ", .dim), Span("f", .accent),
      Span(" has the view Snoozed", .dim),
    ]
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let card else {
      canvas.put("This ticket is gone, or not open to you.", row: 4, column: 4)
      return
    }
    let size = context.size
    let top = size.rows >= ListLayout.detailFrom ? 3 : 2
    let last = size.rows >= ListLayout.statusRows ? 3 : 2
    let rect = Rect(row: top, column: 0, columns: size.columns, rows: size.rows - top - last)
    canvas.area(rect) { canvas in
      TicketCardView(
        card: card, following: following(context), isTriage: passed != nil,
        actions: ownBindings(context), context: context
      ).draw(&canvas)
    }
  }
}
