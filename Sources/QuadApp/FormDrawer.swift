import CRM
import TerminalUI

/// A form of the domain in a drawer. A field that points to a record opens a list of records.
package struct FormDrawer: Sendable {
  private let definition: FormDefinition
  private let choices: [SchoolClass: [Choice]]
  private var form: Form
  /// The records chosen so far, by field; the form shows their names.
  private var references: [String: RecordID] = [:]
  private var picker: Picker<Choice>?

  /// What a form's draft is kept under: the form, the record it edits and those it was opened for.
  static func key(_ definition: FormDefinition) -> String {
    let opened = definition.fields.compactMap { field in
      if case .reference = field.kind { field.initial } else { nil }
    }
    return ([definition.title, definition.record ?? ""] + opened).joined(separator: "\n")
  }

  var key: String { Self.key(definition) }

  /// Texts by field, and record ids for fields that point to one; empty when nothing was changed.
  var draft: [String: String] {
    var values = form.draft
    for field in definition.fields {
      if case .reference = field.kind { values[field.id] = references[field.id] ?? "" }
    }
    let isTouched = definition.fields.contains { values[$0.id] ?? "" != $0.initial }
    return isTouched ? values : [:]
  }

  /// - Parameter draft: What was typed before and not saved.
  init(_ open: OpenForm, _ viewpoint: Viewpoint, draft: [String: String] = [:]) {
    definition = open.definition
    choices = open.choices
    var references: [String: RecordID] = [:]
    var fields = open.definition.fields.map { field in
      var value = draft[field.id] ?? field.initial
      if case .reference(let kind) = field.kind, !value.isEmpty {
        references[field.id] = value
        value = open.choices[kind]?.first { $0.id == value }?.label ?? "not readable"
      }
      return Self.field(field, open, viewpoint, value: value)
    }
    if open.definition.schoolClass == .ticket, open.definition.record == nil {
      fields.append(
        TerminalUI.FormField("number", label: "Number", kind: .fixed, hint: "the server gives it"))
    }
    self.references = references
    let firstEmpty = fields.first { $0.value.isEmpty }?.id
    form = Form(
      title: SafeLine(open.definition.title), fields: fields,
      note: draft.isEmpty ? [] : [Span("draft kept", .dim)], focus: firstEmpty)
  }

  private static func field(
    _ field: CRM.FormField, _ open: OpenForm, _ viewpoint: Viewpoint, value: String
  ) -> TerminalUI.FormField {
    let id = field.id
    let definition = open.definition
    let kind: TerminalUI.FormField.Kind
    switch field.kind {
    case .choice(let words):
      let isType = definition.schoolClass == .activity && id == "type"
      kind = .choice(
        words.map { word in
          let said = isType ? Term<ActivityType>(word).said : word
          return (word, SafeLine(said.replacing("_", with: " ")))
        })
    case .flag: kind = .choice([("true", "yes"), ("false", "no")])
    case .reference(let target):
      return reference(field, open.choices[target] ?? [], value: value)
    case .text(_, let max), .lines(let max): kind = .text(limit: max)
    case .email, .number, .percent, .amount, .day, .moment: kind = .text(limit: 300)
    }
    return TerminalUI.FormField(
      id, label: SafeLine(field.label), kind: kind, value: value, hint: SafeLine(field.hint)
    ) { text in
      if let words = definition.validate(id, text, viewpoint) { return .wrong(SafeLine(words)) }
      let echo = definition.understood(id, text, viewpoint) ?? ""
      return .good(echo: echo == text ? "" : SafeLine(echo))
    }
  }

  /// A field that shows a record's name and says beside it which one that is.
  private static func reference(
    _ field: CRM.FormField, _ choices: [Choice], value: String
  ) -> TerminalUI.FormField {
    let isRequired = field.isRequired
    let hint = field.hint.isEmpty ? "type to find" : SafeLine(field.hint)
    return TerminalUI.FormField(
      field.id, label: SafeLine(field.label), kind: .text(limit: 200), value: value, hint: hint
    ) { text in
      if text.isEmpty, isRequired { return .wrong("Choose one: type to find it.") }
      return .good(echo: SafeLine(choices.first { $0.label == text }?.detail ?? ""))
    }
  }

  mutating func handle(_ key: Key, _ viewpoint: Viewpoint) -> DrawerOutcome {
    if picker != nil { return handlePicker(key) }
    if let kind = focusedReference {
      if key == .backspace || key == .delete {
        clearReference()
        return .open
      }
      if startsPicker(key) {
        openPicker(kind, typed: key)
        return .open
      }
    }
    switch form.handle(key) {
    case .open, .unhandled, .editor: return .open
    case .cancelled: return .closed
    case .saved: return save(viewpoint)
    }
  }

  private mutating func save(_ viewpoint: Viewpoint) -> DrawerOutcome {
    var values = form.draft
    for field in definition.fields {
      if case .reference = field.kind { values[field.id] = references[field.id] ?? "" }
    }
    do throws(Refusal) {
      let edit = Command.effect(.edit(try definition.edit(values, viewpoint)))
      return .commands(definition.each == nil ? [edit] : [edit, .unmark])
    } catch {
      form.note = [Span(SafeLine(error.words), .bad)]
      return .open
    }
  }

  private var focusedReference: SchoolClass? {
    guard form.fields.indices.contains(form.focus),
      case .reference(let kind)? = definition.field(form.fields[form.focus].id)?.kind
    else { return nil }
    return kind
  }

  private func startsPicker(_ key: Key) -> Bool {
    switch key {
    case .enter: form.fields[form.focus].value.isEmpty
    case .character, .paste: true
    default: false
    }
  }

  private mutating func clearReference() {
    let id = form.fields[form.focus].id
    references[id] = nil
    form.set(id, "")
  }

  private mutating func openPicker(_ kind: SchoolClass, typed key: Key) {
    let items = (choices[kind] ?? []).map { choice in
      PickerItem(
        choice, cells: [[Span(SafeLine(choice.label))], [Span(SafeLine(choice.detail), .dim)]])
    }
    var opened = Picker(
      title: form.fields[form.focus].label, items: items,
      heads: [.init("", width: 40), .init("")], placeholder: "type a name")
    if key != .enter { _ = opened.handle(key) }
    picker = opened
  }

  private mutating func handlePicker(_ key: Key) -> DrawerOutcome {
    guard let outcome = picker?.handle(key) else { return .open }
    switch outcome {
    case .open, .unhandled: break
    case .cancelled: picker = nil
    case .chosen(let choice):
      let id = form.fields[form.focus].id
      references[id] = choice.id
      form.set(id, choice.label)
      picker = nil
      _ = form.handle(.tab)
    }
    return .open
  }

  func draw(_ canvas: inout Canvas, _ rect: Rect) {
    if let picker {
      picker.draw(on: &canvas, in: rect)
    } else {
      form.draw(on: &canvas, in: rect)
    }
  }

  var wantedRows: Int { max(form.wantedRows, picker == nil ? 0 : 14) }

  var footerItems: [Footer.Item] {
    picker == nil
      ? [
        Footer.Item("C-s", "save"), Footer.Item("Tab", "next field"),
        Footer.Item("Left Right", "choose"), Footer.Item("Esc", "close, the draft is kept"),
      ]
      : [Footer.Item("Enter", "choose"), Footer.Item("Esc", "back to the form")]
  }

  var footerNote: [Span] {
    form.toFix > 0 ? [Span(SafeLine("\(form.toFix) to fix"), .bad)] : []
  }
}
