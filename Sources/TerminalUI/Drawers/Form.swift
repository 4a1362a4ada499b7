/// What a typed value means.
package enum Reading: Sendable, Hashable {
  /// Understood; the echo says as what, such as `Fri 27 Nov`.
  case good(echo: SafeLine)
  /// Not understood; what to do, in words.
  case wrong(SafeLine)
}

/// One line of a form.
package struct FormField: Sendable {
  package enum Kind: Sendable {
    /// Typed text, numbers and days; the reading checks and echoes them.
    case text(limit: Int)
    case secret
    /// One of several words; Left and Right choose.
    case choice([(value: String, label: SafeLine)])
    /// Shown, not edited.
    case fixed
  }

  package let id: String
  package var label: SafeLine
  package let kind: Kind
  package var hint: SafeLine
  fileprivate let read: @Sendable (String) -> Reading
  fileprivate(set) var input: TextField
  /// Whether the person has been here and left, or tried to save: only then errors show.
  fileprivate(set) var wasLeft = false

  /// - Parameter read: Checks the value; it knows the locale and the calendar, the form does not.
  package init(
    _ id: String, label: SafeLine, kind: Kind = .text(limit: 200), value: String = "",
    hint: SafeLine = "", read: @escaping @Sendable (String) -> Reading = { _ in .good(echo: "") }
  ) {
    self.id = id
    self.label = label
    self.kind = kind
    self.hint = hint
    self.read = read
    switch kind {
    case .text(let limit): input = TextField(value, limit: limit)
    case .secret: input = TextField(value, isSecret: true)
    case .choice, .fixed: input = TextField(value)
    }
  }

  package var value: String { input.text }
  package var reading: Reading { read(input.text) }

  var isEditable: Bool {
    if case .fixed = kind { return false }
    return true
  }
}

/// What a form says after a key.
package enum FormOutcome: Sendable, Hashable {
  case open
  case unhandled
  /// Closed; the draft can be kept with `Form.draft`.
  case cancelled
  /// All fields are good; values by field id.
  case saved([String: String])
  /// The person wants the field in their editor; `Form.set` brings the text back.
  case editor(field: String, text: String)
}

/// A drawer of fields (design/screens.md §9).
package struct Form: Sendable {
  package var title: SafeLine
  package var note: [Span]
  package private(set) var fields: [FormField]
  /// The place of the field in focus.
  package private(set) var focus: Int

  package init(title: SafeLine, fields: [FormField], note: [Span] = [], focus: String? = nil) {
    self.title = title
    self.note = note
    self.fields = fields
    let editable = fields.indices.filter { fields[$0].isEditable }
    self.focus = editable.first { fields[$0].id == focus } ?? editable.first ?? 0
  }

  /// Values as they stand, for keeping a draft. Secrets are left out.
  package var draft: [String: String] {
    var values: [String: String] = [:]
    for field in fields where !field.input.isSecret { values[field.id] = field.value }
    return values
  }

  /// Puts a draft back; unknown ids are passed over.
  package mutating func restore(_ draft: [String: String]) {
    for (id, value) in draft { set(id, value) }
  }

  package mutating func set(_ id: String, _ value: String) {
    guard let index = fields.firstIndex(where: { $0.id == id }) else { return }
    fields[index].input.set(value)
  }

  /// How many visited fields are wrong, for the footer.
  package var toFix: Int { fields.count { $0.wasLeft && $0.isWrong } }

  package mutating func handle(_ key: Key) -> FormOutcome {
    guard fields.indices.contains(focus) else { return key == .escape ? .cancelled : .unhandled }
    switch key {
    case .escape: return .cancelled
    case .control("s"): return save()
    case .tab, .enter, .down: move(1)
    case .backTab, .up: move(-1)
    case .control("e"):
      guard case .text = fields[focus].kind else { return .open }
      return .editor(field: fields[focus].id, text: fields[focus].value)
    default: return edit(key)
    }
    return .open
  }

  private mutating func edit(_ key: Key) -> FormOutcome {
    guard case .choice(let options) = fields[focus].kind else {
      return fields[focus].input.handle(key) ? .open : .unhandled
    }
    let now = options.firstIndex { $0.value == fields[focus].value }
    let next: Int? =
      switch key {
      case .left: max(0, (now ?? 0) - 1)
      case .right, .character(" "): now.map { min(options.count - 1, $0 + 1) } ?? 0
      case .character(let letter):
        options.firstIndex { $0.label.text.lowercased().hasPrefix(letter.lowercased()) }
      default: nil
      }
    guard let next, options.indices.contains(next) else { return .unhandled }
    fields[focus].input.set(options[next].value)
    return .open
  }

  private mutating func move(_ step: Int) {
    fields[focus].wasLeft = true
    let editable = fields.indices.filter { fields[$0].isEditable }
    guard let place = editable.firstIndex(of: focus) else { return }
    focus = editable[(place + step + editable.count) % editable.count]
  }

  private mutating func save() -> FormOutcome {
    for index in fields.indices where fields[index].isEditable { fields[index].wasLeft = true }
    if let wrong = fields.firstIndex(where: { $0.isEditable && $0.isWrong }) {
      focus = wrong
      return .open
    }
    return .saved(Dictionary(fields.map { ($0.id, $0.value) }) { first, _ in first })
  }
}

extension FormField {
  var isWrong: Bool {
    if case .wrong = reading { return true }
    return false
  }
}
