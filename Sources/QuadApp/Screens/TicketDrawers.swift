import CRM
import TerminalUI

/// What asks before tickets are changed: the same from the list and from a ticket's own card.
struct TicketDrawers {
  /// The marked tickets, or the one under the cursor.
  let ids: [RecordID]
  /// The rows in sight.
  let rows: [TicketRow]
  /// The marked rows that a view or a filter hides, as they were last in sight.
  var hidden: [TicketRow] = []
  /// What the list is filtered by.
  var filter = ""
  let loads: [PersonLoad]
  /// Of the row under the cursor, once it is here.
  let card: TicketCard?
  let context: Context
  /// What follows once the ticket is out of my hands: handed on, waiting or ended.
  var afterwards: [Command] = []

  var myName: String { context.session.username }

  private var targets: [TicketRow] {
    let wanted = Set(ids)
    let found = rows.filter { wanted.contains($0.id) }
    return found.isEmpty ? [card?.row].compactMap(\.self).filter { wanted.contains($0.id) } : found
  }

  private var names: String {
    ids.count == 1 ? targets.first?.number ?? "the ticket" : "\(ids.count) tickets"
  }

  /// One row is changed at once and can be undone; several are shown first.
  func change(_ intent: Intent, _ verb: String, to outcome: TicketBatch.Outcome? = nil) -> [Command]
  {
    guard ids.count > 1 else { return [.act(intent), .unmark] }
    let batch = TicketBatch(
      ids: ids, visible: targets, hidden: hidden, outcome: outcome, filter: filter,
      context: context)
    return [.drawer(.confirm(batch.confirm(intent, SafeLine("\(verb) \(names)?"))))]
  }

  func assign() -> Command {
    let able = loads.filter { load in
      load.user == nil
        || load.role.word.map { Rights(role: $0).reach(.update, .ticket) != .none }
          ?? true
    }
    var notes: [RecordID?: SafeLine] = [:]
    for course in card?.student?.courses ?? [] where ids.count == 1 && course.isActive {
      let teacher = able.first { $0.user != nil && $0.name == course.instructor }
      if let teacher, notes[teacher.user] == nil {
        notes[teacher.user] = SafeLine("teaches \(course.courseCode)")
      }
    }
    if ids.count == 1, let row = targets.first {
      notes[row.assignee == .queue ? nil : row.assigneeID] = "here now"
    }
    let (ids, names, me, afterwards) = (ids, names, context.session.user, afterwards)
    return .drawer(
      .people(
        SafeLine("Assign \(names)"), able, me: context.session.user, glyphs: context.glyphs,
        notes: notes, then: { $0 == me ? [] : afterwards }
      ) { user in
        user.map { .assignTickets(ids, to: $0) } ?? .releaseTickets(ids)
      })
  }

  func status() -> Command {
    choose(
      "Status of \(names)", TicketStatus.allCases, present: targets.first?.status.label ?? ""
    ) { status in
      change(
        .setTicketStatus(status, tickets: ids), "Status \(status.rawValue) for",
        to: .status(status)) + ([.new, .open].contains(status) ? [] : afterwards)
    }
  }

  func priority() -> Command {
    choose(
      "Priority of \(names)", TicketPriority.allCases.reversed(),
      present: targets.first?.priority.label ?? ""
    ) { change(.setPriority($0, tickets: ids), "Priority \($0.rawValue) for", to: .priority($0)) }
  }

  private func choose<Word: RawRepresentable<String>>(
    _ title: String, _ words: [Word], present: String, _ commands: (Word) -> [Command]
  ) -> Command {
    let items = words.map { word in
      PickerItem(DrawerOutcome.commands(commands(word)), SafeLine(word.rawValue))
    }
    let now: [Span] =
      ids.count == 1 ? [Span("now ", .faint), Span(SafeLine(present), .dim)] : []
    return .drawer(
      .picker(
        Picker(
          title: SafeLine(title), items: items, present: now, placeholder: "type or choose",
          cursor: words.firstIndex { $0.rawValue == present } ?? 0), verb: "set"))
  }

  /// Asks until when the tickets are put aside.
  func snooze() -> [Command] {
    Drawer.snooze(
      .ticket, ids, name: names, until: ids.count == 1 ? targets.first?.snoozed?.until : nil,
      context,
      afterwards: afterwards)
  }

  /// A deletion is agreed to by typing the number, or how many.
  func delete() -> Command {
    let typed = ids.count == 1 ? SafeLine(names) : SafeLine("\(ids.count)")
    let batch = TicketBatch(
      ids: ids, visible: targets, hidden: hidden, outcome: nil, filter: filter,
      context: context)
    let words: [[Span]] =
      [batch.head] + batch.rows(8) + [
        [], [Span("A deletion cannot be undone once it is sent.", .warn)],
      ]
    return .drawer(
      .confirm(
        Confirm(
          question: SafeLine("Delete \(names)?"), yes: "delete",
          value: .commands([.act(.delete(.ticket, ids)), .unmark]), lines: words,
          stripes: batch.stripes(8, from: 1), typed: typed)))
  }
}

extension TicketsAnswer {
  /// Claims the top of Next up, unless it is this user's, and opens it for triage.
  func take(as user: RecordID?) -> [Command] {
    guard let next else {
      return [.toast(Toast(.notice, "Next up is empty: no ticket waits for you or in the queue."))]
    }
    let open: [Command] = [.open(.triage(next.id, seen: []))]
    let isMine = user != nil && next.assigneeID == user
    return isMine ? open : [.act(.claimTickets([next.id]))] + open
  }
}
