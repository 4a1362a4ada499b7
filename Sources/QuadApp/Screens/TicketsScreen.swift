package import CRM
package import TerminalUI

/// Ticket triage: the most pressing first, the learner's situation below, one key to act.
package struct TicketsScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case takeNext, claim, assign, status, nextStatus, previousStatus, resolve, close, priority
    case raise, lower, touch, open, student, new
  }

  package var model = ListModel()
  package private(set) var answer: TicketsAnswer?
  private var card: TicketCard?

  package init() {}

  package var trail: String { "Tickets" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<TicketRow> { answer?.list ?? Rows() }
  package func id(of row: TicketRow) -> RecordID { row.id }
  package func look(_ row: TicketRow) -> RowLook { RowLook(row.severity, isUnsent: row.isUnsent) }
  package var detailRows: Int { 19 }
  package func open(_ row: TicketRow) -> [Command] { [.open(.ticket(row.id))] }
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
    ActionRow(.nextStatus, [.character(">")], "next status", "One status forward"),
    ActionRow(.previousStatus, [.character("<")], "previous status", "One status back"),
    ActionRow(.resolve, [.character("w")], "resolve", "Mark the ticket resolved", footer: 50),
    ActionRow(.close, [.character("W")], "close", "Close the ticket"),
    ActionRow(.priority, [.character("p")], "priority", "Choose the priority", footer: 45),
    ActionRow(.raise, [.character("+"), .character("=")], "raise", "Raise the priority by one"),
    ActionRow(.lower, [.character("-")], "lower", "Lower the priority by one"),
    ActionRow(
      .touch, [.character("A")], "answered", "I answered: the waiting time starts again"),
    ActionRow(.student, [.character("o")], "learner", "Open the learner's card"),
    ActionRow(.new, [.character("t")], "ticket", "Open another ticket for this learner"),
  ]

  package static let sorts: [SortOrder] = [
    SortOrder("pressure", "Pressure, highest first", column: "pressure", descending: true),
    SortOrder("waiting", "Waiting, longest first", column: "waiting", descending: true),
    SortOrder("priority", "Priority, then oldest message", column: "priority", descending: true),
    SortOrder("created", "Oldest ticket first", column: "ticket"),
    SortOrder("touched", "Latest message first", column: "waiting"),
    SortOrder("number", "Number", column: "ticket"),
  ]

  package static let columns: [Column<TicketRow>] = [
    Column("ticket", title: "Ticket", width: .fixed(7)) { row, _ in
      [Span(SafeLine(row.number.isEmpty ? "new" : row.number), .dim)]
    },
    Column("waiting", title: "Waiting", width: .fixed(7), align: .right) { row, _ in
      [Span(SafeLine(Wording.waiting(row.waiting)), row.severity.style)]
    },
    Column("pressure", title: "Pressure", width: .fixed(10), from: 100) { row, cell in
      PressureBar(pressure: row.pressure, style: row.severity.barStyle)
        .spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("ratio", title: "", width: .fixed(4), align: .right) { row, _ in
      [
        Span(
          SafeLine(Wording.pressure(row.pressure)),
          row.severity == .plain ? .dim : row.severity.style)
      ]
    },
    Column("priority", title: "Priority", width: .fixed(8), from: 80) { row, _ in
      [row.priority.span]
    },
    Column("status", title: "Status", width: .fixed(8), from: 100) { row, _ in [row.status.span] },
    Column("subject", title: "Subject", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.subject))]
    },
    Column("student", title: "Student", width: .between(16, 23)) { row, _ in
      [Span(SafeLine(row.studentName), .dim)]
    },
    Column("with", title: "With", width: .fixed(6), from: 100) { row, _ in [row.assignee.span] },
    Column("age", title: "Age", width: .fixed(5), align: .right, from: 160) { row, _ in
      [Span(SafeLine(Wording.age(row.age)), .faint)]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    var watches: [Slot.Part: ViewRequest] = [.list: .tickets(model.request)]
    if let id = model.cursorID { watches[.detail] = .ticketCard(id) }
    return watches
  }

  package mutating func receive(
    _ answer: ViewAnswer, _ part: Slot.Part, _ context: Context
  ) {
    switch answer {
    case .tickets(let answer):
      self.answer = answer
      followList(context)
    case .ticketCard(let card): self.card = card
    default: if part == .detail { card = nil }
    }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    switch action {
    case .open, .student: current == nil ? Refusal("There is no ticket here.") : nil
    case .new: context.rights.refusal(to: .create, .ticket)
    case .takeNext: context.rights.refusal(to: .update, .ticket)
    default:
      current == nil
        ? Refusal("There is no ticket here.") : context.rights.refusal(to: .update, .ticket)
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    let ids = model.targets
    switch action {
    case .takeNext: return takeNext()
    case .claim: return [.act(.claimTickets(ids))]
    case .assign: return [assign(ids, context)]
    case .status: return [status(ids)]
    case .nextStatus: return [.act(.stepTicketStatus(forward: true, tickets: ids))]
    case .previousStatus: return [.act(.stepTicketStatus(forward: false, tickets: ids))]
    case .resolve: return [.act(.setTicketStatus(.resolved, tickets: ids))]
    case .close: return [.act(.setTicketStatus(.closed, tickets: ids))]
    case .priority: return [priority(ids)]
    case .raise: return [.act(.bumpPriority(up: true, tickets: ids))]
    case .lower: return [.act(.bumpPriority(up: false, tickets: ids))]
    case .touch: return [.act(.touchTickets(ids))]
    case .open: return current.map(open) ?? []
    case .student: return current?.student.map { [.open(.student($0))] } ?? []
    case .new: return [.form(.ticket(student: current?.student))]
    }
  }

  /// Claims the top of what is running and nobody's or mine, and opens it.
  private func takeNext() -> [Command] {
    guard let next = list.rows.first(where: { $0.isRunning && $0.assignee == .queue }) else {
      return [.toast(Toast(.notice, "No ticket waits in the queue of this view."))]
    }
    return [.act(.claimTickets([next.id])), .open(.ticket(next.id))]
  }

  private func assign(_ ids: [RecordID], _ context: Context) -> Command {
    .drawer(
      .people(
        SafeLine("Assign \(names(ids))"), answer?.loads ?? [], me: context.session.user
      ) { user in
        user.map { .assignTickets(ids, to: $0) } ?? .releaseTickets(ids)
      })
  }

  private func status(_ ids: [RecordID]) -> Command {
    .drawer(
      .words(
        SafeLine("Status of \(names(ids))"),
        TicketStatus.allCases.map { ($0.rawValue, .setTicketStatus($0, tickets: ids)) },
        present: current?.status.label ?? ""))
  }

  private func priority(_ ids: [RecordID]) -> Command {
    .drawer(
      .words(
        SafeLine("Priority of \(names(ids))"),
        TicketPriority.allCases.reversed().map { ($0.rawValue, .setPriority($0, tickets: ids)) },
        present: current?.priority.label ?? ""))
  }

  private func names(_ ids: [RecordID]) -> String {
    ids.count == 1 ? current?.number ?? "" : "\(ids.count) tickets"
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let card, card.row.id == model.cursorID else { return }
    TicketDetail(card: card, context: context).draw(&canvas)
  }
}
