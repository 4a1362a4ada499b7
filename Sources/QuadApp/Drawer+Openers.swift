import CRM
import TerminalUI

extension Drawer {
  /// The saved views of a list with their counts.
  static func views(_ views: [ViewCount], active: String?) -> Drawer {
    let items = views.map { view in
      PickerItem(
        DrawerOutcome.view(view.id),
        cells: [[Span(SafeLine(view.title))], [Span(SafeLine(Wording.count(view.count)), .dim)]])
    }
    let place = views.firstIndex { $0.id == active } ?? 0
    let present = views.dropFirst(place).first.map {
      [Span("now ", .faint), Span(SafeLine($0.title), .dim)]
    }
    return .picker(
      Picker(
        title: "Views", items: items,
        heads: [.init("View", width: 28), .init("Rows", width: 8, align: .right)],
        present: present ?? [], placeholder: "type a view", cursor: place), verb: "show")
  }

  static func sorts(_ sorts: [SortOrder], active: String?) -> Drawer {
    let items = sorts.map { PickerItem(DrawerOutcome.sort($0.id), $0.title) }
    let place = sorts.firstIndex { $0.id == active } ?? 0
    let present = sorts.dropFirst(place).first.map { [Span("now ", .faint), Span($0.title, .dim)] }
    return .picker(
      Picker(
        title: "Order", items: items, present: present ?? [], placeholder: "type an order",
        cursor: place), verb: "order")
  }

  /// One list of all keys that filters and runs; what cannot run says why.
  static func help(
    _ title: SafeLine, _ bindings: [Binding], on screen: ScreenID, role: CRM.Role?
  ) -> Drawer {
    .help(HelpDrawer(title, bindings, on: screen, role: role))
  }

  /// What can be recorded, each with the right to do so.
  static func newRecord(_ context: Context) -> Drawer {
    let requests: [(SafeLine, FormRequest)] = [
      ("Ticket", .ticket(student: nil)), ("Quiz attempt", .attempt(student: nil, course: nil)),
      ("Deal", .deal(contact: nil, company: nil)), ("Contact", .contact(company: nil)),
      ("Company", .company), ("Activity", .activity(deal: nil, contact: nil, isDone: false)),
      ("Enrollment", .enrollment(student: nil, course: nil)), ("Student", .student),
      ("Course", .course),
    ]
    let entries = requests.map { name, request in
      let refusal = context.rights.refusal(to: .create, request.schoolClass)
      return PickerItem(
        DrawerOutcome.commands([.form(request)]), name, disabled: refusal.map { SafeLine($0.words) }
      )
    }
    let items = entries.filter { $0.disabled == nil } + entries.filter { $0.disabled != nil }
    let note = context.session.role.map { [Span(SafeLine("as \($0.rawValue)"), .dim)] } ?? []
    return .picker(
      Picker(title: "New", items: items, note: note, placeholder: "type what to record"),
      verb: "fill in")
  }

  /// Asks for a record's name before it is deleted.
  ///
  /// - Parameter losing: What else suffers, in a sentence.
  static func deletion(
    _ kind: SchoolClass, _ id: RecordID, name: String, losing: String? = nil
  ) -> Drawer {
    let typed = SafeLine(name.firstWords(24))
    var lines: [[Span]] = [[Span("A deletion cannot be undone once it is sent.", .warn)]]
    if let losing { lines.insert([Span(SafeLine(losing))], at: 0) }
    return .confirm(
      Confirm(
        question: SafeLine("Delete the \(kind.singular) \(name)?"), yes: "delete",
        value: .commands([.act(.delete(kind, [id])), .unmark]), lines: lines, typed: typed))
  }

  /// Asks before an unsent edit is given up: the word has to be typed, since nothing brings it back.
  ///
  /// - Parameter then: What follows once it is dropped.
  static func dropping(_ row: OutboxRow, then commands: [Command]) -> Drawer {
    var lines: [[Span]] = row.change.split(separator: ", ").prefix(5).map { text in
      [Span("lost  ", .dim), Span(SafeLine(String(text)))]
    }
    for other in row.dependants.prefix(4) {
      lines.append([Span("with it  ", .dim), Span(SafeLine(other), .warn)])
    }
    let rest = row.dependants.count - 4
    if rest > 0 { lines.append([Span(SafeLine("and \(rest) more"), .warn)]) }
    let after: SafeLine =
      row.kind == "create"
      ? "The new row is gone; the server never had it."
      : "The row goes back to what the server has."
    lines.append([Span(after, .dim)])
    return .confirm(
      Confirm(
        question: SafeLine("Drop the \(row.kind) of \(row.record)?"), yes: "drop it",
        value: .commands([.effect(.discard(outboxID: row.id))] + commands), lines: lines,
        typed: "drop"))
  }

  /// A list of words, the present one chosen.
  static func words(
    _ title: SafeLine, _ words: [(word: String, intent: Intent)], present: String
  ) -> Drawer {
    let items = words.map { entry in
      PickerItem(DrawerOutcome.commands([.act(entry.intent), .unmark]), SafeLine(entry.word))
    }
    return .picker(
      Picker(
        title: title, items: items, present: [Span("now ", .faint), Span(SafeLine(present), .dim)],
        placeholder: "type or choose",
        cursor: words.firstIndex { $0.word == present } ?? 0), verb: "set")
  }

  /// People with what they have on their hands.
  ///
  /// Me first, then role by role and by name, whoever takes what nobody has last.
  /// - Parameters:
  ///   - what: What `open` counts, in the plural.
  ///   - notes: What to know of a person besides, at the end of the line.
  ///   - then: What follows the choice of a person.
  static func people(
    _ title: SafeLine, _ loads: [PersonLoad], me: RecordID?, what: String = "tickets",
    glyphs: Glyphs = .unicode, notes: [RecordID?: SafeLine] = [:],
    then: (RecordID?) -> [Command] = { _ in [] }, intent: (RecordID?) -> Intent
  ) -> Drawer {
    let most = Double(loads.map(\.open).max() ?? 1)
    let items = loads.sorted { $0.place(me) < $1.place(me) }.map { load in
      PickerItem(
        DrawerOutcome.commands([.act(intent(load.user))] + then(load.user)),
        cells: [
          [Span(SafeLine(load.name))],
          [
            Span(
              load.user == nil ? "nobody" : load.user == me ? "you" : SafeLine(load.role.label),
              .dim)
          ],
          [Span(SafeLine("\(load.open)"))],
          [load.late > 0 ? Span(SafeLine("\(load.late)"), .bad) : Span("-", .faint)],
          AmountBar(heavy: Double(load.open), full: most, lead: Double(load.late))
            .spans(width: 30, glyphs: glyphs),
          [Span(notes[load.user] ?? "", .dim)],
        ])
    }
    return .picker(
      Picker(
        title: title, items: items,
        heads: [
          .init("Name", width: 12), .init("Role", width: 11),
          .init("Open", width: 4, align: .right), .init("Late", width: 4, align: .right),
          .init("Load", width: 30), .init(""),
        ], note: [Span(SafeLine("open \(what) per person, \(loads.count) people"), .dim)],
        placeholder: "type a name"), verb: "assign")
  }
}

extension PersonLoad {
  /// Where the person stands in the list: me, then roles, then names; the queue last.
  fileprivate func place(_ me: RecordID?) -> (Int, Int, String) {
    guard let user else { return (2, 0, name) }
    let rank: [CRM.Role] = [.coordinator, .instructor, .sales, .admin, .learner]
    let role = self.role.word.flatMap(rank.firstIndex(of:)) ?? rank.count
    return (user == me ? 0 : 1, role, name)
  }
}

extension String {
  /// The first words that fit, or the start of a first word that does not: what a person is asked to
  /// type must be whole to be understood.
  fileprivate func firstWords(_ most: Int) -> String {
    let start = prefix(most + 1)
    guard start.count > most else { return String(start).trimmingSuffixBlanks }
    let words = start.lastIndex(of: " ").map { String(start[..<$0]).trimmingSuffixBlanks } ?? ""
    return words.isEmpty ? String(prefix(most)).trimmingSuffixBlanks : words
  }

  fileprivate var trimmingSuffixBlanks: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
