package import CRM
package import TerminalUI

/// What a drawer says after a key.
package enum DrawerOutcome: Sendable {
  case open
  case closed
  /// Close and run these.
  case commands([Command])
  /// Close and press the key of this row of the action tables.
  case binding(Binding)
  case view(String)
  case sort(String)
}

/// Whatever asks, on the lower lines of the screen.
package enum Drawer: Sendable {
  case picker(Picker<DrawerOutcome>)
  case confirm(Confirm<DrawerOutcome>)
  case reason(Prompt, lostDeals: [RecordID])
  case form(FormDrawer)

  mutating func handle(_ key: Key, _ context: Context) -> DrawerOutcome {
    switch self {
    case .picker(var picker):
      let outcome = picker.handle(key)
      self = .picker(picker)
      return Self.flatten(outcome)
    case .confirm(var confirm):
      let outcome = confirm.handle(key)
      self = .confirm(confirm)
      return Self.flatten(outcome)
    case .reason(var prompt, let deals):
      let outcome = prompt.handle(key)
      self = .reason(prompt, lostDeals: deals)
      switch outcome {
      case .open, .unhandled: return .open
      case .cancelled: return .closed
      case .chosen(let reason): return .commands([.act(.loseDeals(deals, reason: reason))])
      }
    case .form(var form):
      let outcome = form.handle(key, context.viewpoint)
      self = .form(form)
      return outcome
    }
  }

  private static func flatten(_ outcome: Outcome<DrawerOutcome>) -> DrawerOutcome {
    switch outcome {
    case .open, .unhandled: .open
    case .cancelled: .closed
    case .chosen(let value): value
    }
  }

  /// Draws over the lower lines and gives the footer the drawer's own keys.
  func draw(_ canvas: inout Canvas, _ context: Context) {
    let size = context.size
    let most = max(6, min(size.rows - 4, size.rows * 6 / 10))
    let rows = min(most, max(wantedRows + 1, 5))
    let rect = Rect(row: size.rows - 1 - rows, column: 0, columns: size.columns, rows: rows)
    canvas.fill(Rect(row: rect.row - 1, column: 0, columns: size.columns, rows: 1))
    switch self {
    case .picker(let picker): picker.draw(on: &canvas, in: rect)
    case .confirm(let confirm): confirm.draw(on: &canvas, in: rect)
    case .reason(let prompt, _): prompt.draw(on: &canvas, in: rect)
    case .form(let form): form.draw(&canvas, rect)
    }
    canvas.fill(Rect(row: size.rows - 1, column: 0, columns: size.columns, rows: 1))
    Footer(footerItems, right: footerNote).draw(on: &canvas, row: size.rows - 1)
  }

  private var wantedRows: Int {
    switch self {
    case .picker(let picker): picker.wantedRows
    case .confirm(let confirm): confirm.wantedRows
    case .reason: Prompt.wantedRows
    case .form(let form): form.wantedRows
    }
  }

  private var footerItems: [Footer.Item] {
    switch self {
    case .picker:
      [
        Footer.Item("Enter", "choose"), Footer.Item("Up Down", "move"),
        Footer.Item("Esc", "cancel"),
      ]
    case .confirm: [Footer.Item("Esc", "no, go back")]
    case .reason: [Footer.Item("Enter", "save"), Footer.Item("Esc", "cancel")]
    case .form(let form): form.footerItems
    }
  }

  private var footerNote: [Span] {
    switch self {
    case .picker(let picker):
      [Span(SafeLine("\(picker.shown.count) of \(picker.items.count)"), .dim)]
    case .form(let form): form.footerNote
    case .confirm, .reason: []
    }
  }
}

extension Drawer {
  /// The saved views of a list with their counts.
  static func views(_ views: [ViewCount], active: String?) -> Drawer {
    let items = views.map { view in
      PickerItem(
        DrawerOutcome.view(view.id),
        cells: [[Span(SafeLine(view.title))], [Span(SafeLine(Wording.count(view.count)), .dim)]])
    }
    return .picker(
      Picker(
        title: "Views", items: items,
        heads: [.init("View", width: 28), .init("Rows", width: 8, align: .right)],
        placeholder: "type a view", cursor: views.firstIndex { $0.id == active } ?? 0))
  }

  static func sorts(_ sorts: [SortOrder], active: String?) -> Drawer {
    let items = sorts.map { PickerItem(DrawerOutcome.sort($0.id), $0.title) }
    return .picker(
      Picker(
        title: "Order", items: items, placeholder: "type an order",
        cursor: sorts.firstIndex { $0.id == active } ?? 0))
  }

  /// One list of all keys that filters and runs; what cannot run says why.
  static func help(_ bindings: [Binding], on screen: ScreenID, role: CRM.Role?) -> Drawer {
    let items = bindings.map { binding in
      PickerItem(
        DrawerOutcome.binding(binding),
        cells: [
          [Span(SafeLine(binding.scope.rawValue), .dim)],
          [Span(SafeLine(binding.keys.map(\.description).joined(separator: " ")), .accent)],
          [Span(SafeLine(binding.help))],
        ], aliases: binding.word, disabled: binding.refusal.map { SafeLine($0.words) })
    }
    let note = "\(screen.title)" + (role.map { ", as \($0.rawValue)" } ?? "")
    return .picker(
      Picker(
        title: "Help", items: items,
        heads: [.init("", width: 12), .init("", width: 12), .init("")],
        note: [Span(SafeLine(note), .dim)], placeholder: "type what you want to do"))
  }

  /// What can be recorded, each with the right to do so.
  static func newRecord(_ context: Context) -> Drawer {
    let requests: [(SafeLine, FormRequest)] = [
      ("Ticket", .ticket(student: nil)), ("Quiz attempt", .attempt(student: nil, course: nil)),
      ("Deal", .deal(contact: nil, company: nil)), ("Contact", .contact(company: nil)),
      ("Company", .company), ("Activity", .activity(deal: nil, contact: nil, isDone: false)),
      ("Enrollment", .enrollment(student: nil, course: nil)),
    ]
    let items = requests.map { name, request in
      PickerItem(
        DrawerOutcome.commands([.form(request)]), name,
        disabled: context.rights.refusal(to: .create, request.schoolClass).map {
          SafeLine($0.words)
        })
    }
    return .picker(Picker(title: "New", items: items, placeholder: "type what to record"))
  }

  /// A list of words, the present one chosen.
  static func words(
    _ title: SafeLine, _ words: [(word: String, intent: Intent)], present: String
  ) -> Drawer {
    let items = words.map { entry in
      PickerItem(DrawerOutcome.commands([.act(entry.intent)]), SafeLine(entry.word))
    }
    return .picker(
      Picker(
        title: title, items: items, present: [Span("now ", .faint), Span(SafeLine(present), .dim)],
        placeholder: "type or choose",
        cursor: words.firstIndex { $0.word == present } ?? 0))
  }

  /// People with what they have on their hands.
  ///
  /// - Parameter what: What `open` counts, in the plural.
  static func people(
    _ title: SafeLine, _ loads: [PersonLoad], me: RecordID?, what: String = "tickets",
    intent: (RecordID?) -> Intent
  ) -> Drawer {
    let most = Double(loads.map(\.open).max() ?? 1)
    let items = loads.map { load in
      PickerItem(
        DrawerOutcome.commands([.act(intent(load.user))]),
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
            .spans(width: 30, glyphs: .unicode),
        ])
    }
    return .picker(
      Picker(
        title: title, items: items,
        heads: [
          .init("Name", width: 14), .init("Role", width: 12),
          .init("Open", width: 4, align: .right), .init("Late", width: 4, align: .right),
          .init("Load"),
        ], note: [Span(SafeLine("open \(what) per person, \(loads.count) people"), .dim)],
        placeholder: "type a name"))
  }
}
