import CRM
import TerminalUI

/// What asks before tickets are changed: the same from the list and from a ticket's own card.
struct TicketDrawers {
  /// What becomes of a row, for the question before many are changed.
  enum Outcome {
    case priority(TicketPriority)
    case status(TicketStatus)
    case with(String)
  }

  /// The marked tickets, or the one under the cursor.
  let ids: [RecordID]
  /// The rows in sight.
  let rows: [TicketRow]
  let loads: [PersonLoad]
  /// Of the row under the cursor, once it is here.
  let card: TicketCard?
  let context: Context

  /// Rows above which the number is typed before all are changed (design/screens.md §9).
  private static let typedFrom = 20

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
  func change(_ intent: Intent, _ verb: String, to outcome: Outcome? = nil) -> [Command] {
    guard ids.count > 1 else { return [.act(intent), .unmark] }
    return [.drawer(.confirm(confirm(intent, SafeLine("\(verb) \(names)?"), outcome)))]
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
    let (ids, names) = (ids, names)
    return .drawer(
      .people(
        SafeLine("Assign \(names)"), able, me: context.session.user, glyphs: context.glyphs,
        notes: notes
      ) { user in
        user.map { .assignTickets(ids, to: $0) } ?? .releaseTickets(ids)
      })
  }

  func status() -> Command {
    choose(
      "Status of \(names)", TicketStatus.allCases, present: targets.first?.status.label ?? ""
    ) { change(.setTicketStatus($0, tickets: ids), "Status \($0.rawValue) for", to: .status($0)) }
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

  /// A deletion is agreed to by typing the number, or how many.
  func delete() -> Command {
    let typed = ids.count == 1 ? SafeLine(names) : SafeLine("\(ids.count)")
    let words: [[Span]] =
      targets.prefix(8).map { line($0, nil) } + [
        [], [Span("A deletion cannot be undone once it is sent.", .warn)],
      ]
    return .drawer(
      .confirm(
        Confirm(
          question: SafeLine("Delete \(names)?"), yes: "delete",
          value: .commands([.act(.delete(.ticket, ids)), .unmark]), lines: words, typed: typed)))
  }

  private func confirm(
    _ intent: Intent, _ question: SafeLine, _ outcome: Outcome?
  ) -> Confirm<DrawerOutcome> {
    let hidden = ids.count - targets.count
    var lines: [[Span]] = []
    if hidden > 0 { lines += [[Span(SafeLine("\(hidden) of them are not in sight"), .warn)], []] }
    lines += targets.prefix(12).map { line($0, outcome) }
    if targets.count > 12 { lines.append([Span(SafeLine("\(targets.count - 12) more"), .faint)]) }
    lines += [[], [Span("One batch, one undo. Rows that are so already are left alone.", .dim)]]
    return Confirm(
      question: question, yes: SafeLine("yes, \(ids.count) tickets"),
      value: .commands([.act(intent), .unmark]), lines: lines,
      typed: ids.count > Self.typedFrom ? SafeLine("\(ids.count)") : nil)
  }

  /// `T-4811  normal ▸ high   Wants to switch…  İlkay`.
  private func line(_ row: TicketRow, _ outcome: Outcome?) -> [Span] {
    var spans = [Span(left(SafeLine(row.number), 8), .dim)]
    let (old, new): (Span, Span?) =
      switch outcome {
      case .priority(let word): (row.priority.span, Term.known(word).span)
      case .status(let word): (row.status.span, Term.known(word).span)
      case .with(let name): (row.assignee.span, Span(SafeLine(name)))
      case nil: (row.priority.span, nil)
      }
    if let new, new.line != old.line {
      let arrow = Span(" " + context.glyphs.becomes + " ", .faint)
      spans += [Span(left(old.line, 8), old.style), arrow, Span(left(new.line, 10), new.style)]
    } else {
      spans.append(Span(left(old.line, 21), old.style))
    }
    return spans + [
      Span(left(SafeLine(row.subject), 40)), Span("  "), Span(SafeLine(row.studentName), .dim),
    ]
  }
}
