package import CRM
package import TerminalUI

/// One edit that needs a decision: field by field where a row was changed on both sides, as a whole
/// where the row is gone or the right to it.
package struct ConflictScreen: Screen {
  package enum Action: Sendable, Hashable {
    case mine, theirs, down, up, allMine, allTheirs, edit, write, again, anew, arrived, drop, later
  }

  private let id: String
  package let trail: String
  private var cursor = 0
  /// What was chosen by hand, by column.
  private var chosen: [String: Conflict.Choice] = [:]
  /// The field a value is being typed for.
  private var typing: String?

  package init(id: String, record: String) {
    self.id = id
    trail = record
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .mine, [.character("h"), .left], "choose", "Take my value for the field", footer: 10,
      shown: "h l"),
    ActionRow(.theirs, [.character("l"), .right], "theirs", "Take their value for the field"),
    ActionRow(
      .down, [.character("j"), .down], "field", "Go to the next field", footer: 60, shown: "j k"),
    ActionRow(.up, [.character("k"), .up], "field before", "Go to the field before"),
    ActionRow(.allMine, [.character("M")], "all mine", "Take mine for every field", footer: 30),
    ActionRow(
      .allTheirs, [.character("T")], "all theirs", "Take theirs for every field", footer: 40),
    ActionRow(.edit, [.character("e")], "edit", "Type another value for the field", footer: 65),
    ActionRow(
      .write, [.enter], "write", "Send what is chosen; the outbox goes on", footer: 42),
    ActionRow(
      .anew, [.character("n")], "make it anew", "Make the row again with its values and mine",
      footer: 45),
    ActionRow(
      .arrived, [.character("t")], "it is that row",
      "The row on the server is the one you made; nothing is sent again", footer: 44),
    ActionRow(
      .again, [.character("r")], "send again", "Keep the change and try it once more", footer: 46),
    ActionRow(
      .drop, [.character("D")], "drop my change", "Give the edit up; the row stays as it is",
      footer: 50),
    ActionRow(.later, [.escape, .backspace], "later", "Decide later; the edit waits", footer: 80),
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] { [:] }
  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {}
  package mutating func move(_ motion: Motion, _ context: Context) {}

  private func row(_ context: Context) -> OutboxRow? { context.outbox.first { $0.id == id } }

  private func field(_ context: Context) -> Conflict.Field? {
    guard let fields = row(context)?.conflict?.fields else { return nil }
    return fields.indices.contains(cursor) ? fields[cursor] : nil
  }

  package func position(_ context: Context) -> SafeLine {
    let stuck = context.outbox.filter(\.needsDecision)
    guard let place = stuck.firstIndex(where: { $0.id == id }) else { return "" }
    return SafeLine("\(place + 1) of \(stuck.count)")
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    if action == .later { return nil }
    guard let row = row(context) else { return Refusal("This edit is not waiting any more.") }
    switch action {
    case .mine, .theirs, .down, .up, .allMine, .allTheirs, .write:
      return row.conflict == nil ? Refusal("There are no fields to choose from.") : nil
    case .edit:
      return field(context)?.entry == nil ? Refusal("Choose one of the values there are.") : nil
    case .anew:
      return row.reason == .gone ? nil : Refusal("The row is there; nothing has to be made anew.")
    case .arrived:
      guard case .twin = row.reason else {
        return Refusal("There is no row on the server that could be it.")
      }
      return nil
    case .again: return row.conflict == nil ? nil : Refusal("Choose per field, then Enter.")
    case .drop, .later: return nil
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    guard action != .later, let row = row(context) else { return [.back] }
    let fields = row.conflict?.fields ?? []
    switch action {
    case .down: cursor = min(cursor + 1, max(0, fields.count - 1))
    case .up: cursor = max(cursor - 1, 0)
    case .mine: step(by: -1, context)
    case .theirs: step(by: 1, context)
    case .allMine: choose(.mine, for: fields)
    case .allTheirs: choose(.theirs, for: fields)
    case .edit: return type(context)
    case .write: return write(context)
    case .again: return [.effect(.retry(outboxID: id)), .back]
    case .arrived: return [.effect(.takeAsArrived(outboxID: id)), .back]
    case .anew: return [.effect(.remake(outboxID: id)), .back]
    case .drop: return [.drawer(.dropping(row, then: [.back]))]
    case .later: break
    }
    return []
  }

  private mutating func choose(_ choice: Conflict.Choice, for fields: [Conflict.Field]) {
    for field in fields where field.choices.contains(choice) { chosen[field.name] = choice }
  }

  /// To the value left or right of the one that is chosen; from none to the outer one.
  private mutating func step(by step: Int, _ context: Context) {
    guard let field = field(context) else { return }
    let choices = field.choices
    guard let first = choices.first, let last = choices.last else { return }
    guard let now = choice(of: field).flatMap(choices.firstIndex(of:)) else {
      chosen[field.name] = step < 0 ? first : last
      return
    }
    chosen[field.name] = choices[min(max(now + step, 0), choices.count - 1)]
  }

  private func choice(of field: Conflict.Field) -> Conflict.Choice? {
    chosen[field.name] ?? field.settled
  }

  private mutating func type(_ context: Context) -> [Command] {
    guard let field = field(context) else { return [] }
    typing = field.name
    let text: String
    switch choice(of: field) {
    case .typed: text = choice(of: field)?.typed ?? ""
    case .merged: text = field.merge?.result ?? field.mine
    case .theirs: text = field.theirs
    case .mine, nil: text = field.mine
    }
    let prompt = Prompt(
      title: SafeLine(field.label), label: "Result", text: text,
      hint: "Enter takes it into the result; nothing is sent yet"
    ) { field.value(typed: $0) == nil ? "A number, like 12k, 1.5m or 1 200,50." : nil }
    return [.drawer(.typing(prompt))]
  }

  package mutating func take(typed text: String, _ context: Context) {
    defer { typing = nil }
    let fields = row(context)?.conflict?.fields ?? []
    guard let field = fields.first(where: { $0.name == typing }),
      let value = field.value(typed: text)
    else { return }
    chosen[field.name] = .typed(value)
  }

  private mutating func write(_ context: Context) -> [Command] {
    let fields = row(context)?.conflict?.fields ?? []
    if let open = fields.firstIndex(where: { choice(of: $0) == nil }) {
      cursor = open
      return [
        .toast(Toast(.notice, "\(fields[open].label) is open: h takes yours, l takes theirs."))
      ]
    }
    let written = fields.filter { !$0.choices.isEmpty || $0.verdict == .same }
    let resolution = Resolution(
      choices: Dictionary(
        written.compactMap { field in choice(of: field).map { (field.name, $0) } }
      ) { first, _ in first },
      seen: Dictionary(written.map { ($0.name, $0.seen) }) { first, _ in first },
      seenAt: row(context)?.conflict?.theirsAt)
    return [.effect(.resolve(outboxID: id, resolution)), .back]
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard let row = row(context) else {
      canvas.put("This edit is not waiting any more: it was sent or dropped.", row: 4, column: 4)
      canvas.put([Span("Esc", .accent), Span(" back", .dim)], row: 5, column: 4)
      return
    }
    let size = context.size
    let last = size.rows >= ListLayout.statusRows ? 2 : 1
    let top = size.rows >= ListLayout.detailFrom ? 3 : 2
    let rect = Rect(row: top, column: 0, columns: size.columns, rows: size.rows - top - last)
    canvas.area(rect) { canvas in
      if let conflict = row.conflict {
        let choices = Dictionary(
          conflict.fields.compactMap { field in choice(of: field).map { (field.name, $0) } }
        ) { first, _ in first }
        ConflictView(conflict: conflict, choices: choices, cursor: cursor, context: context)
          .draw(&canvas)
      } else {
        RefusedView(row: row, context: context).draw(&canvas)
      }
    }
  }
}

extension OutboxRow {
  /// It stays until somebody decides.
  var needsDecision: Bool {
    switch state {
    case .refused, .conflict: true
    case .waiting, .sending, .held: false
    }
  }
}
