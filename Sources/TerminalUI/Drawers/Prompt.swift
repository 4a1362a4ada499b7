/// A drawer that asks for one line.
package struct Prompt: Sendable {
  package var title: SafeLine
  package var note: [Span]
  package var label: SafeLine
  package var hint: SafeLine
  package private(set) var field: TextField
  /// What is wrong with the line, in words; shown after Enter.
  package private(set) var error: SafeLine?
  private let check: @Sendable (String) -> SafeLine?

  /// - Parameter check: nil when the line is good, else what to do, in words.
  package init(
    title: SafeLine, label: SafeLine, text: String = "", hint: SafeLine = "", note: [Span] = [],
    isSecret: Bool = false, check: @escaping @Sendable (String) -> SafeLine? = { _ in nil }
  ) {
    self.title = title
    self.label = label
    self.hint = hint
    self.note = note
    self.check = check
    field = TextField(text, isSecret: isSecret)
  }

  package static let wantedRows = 5

  package mutating func handle(_ key: Key) -> Outcome<String> {
    switch key {
    case .escape: return .cancelled
    case .enter:
      error = check(field.text)
      return error == nil ? .chosen(field.text) : .open
    default:
      guard field.handle(key) else { return .unhandled }
      error = nil
      return .open
    }
  }

  package func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.area(rect) { canvas in
      canvas.fill(canvas.bounds)
      TitledRule.drawer(title, note: note).draw(on: &canvas, row: 0)
      canvas.put(canvas.glyphs.cursor, row: 2, column: 2, style: .accent)
      let start = canvas.put(label, row: 2, column: 4, style: .strong) + (label.isEmpty ? 0 : 3)
      let width = min(62, canvas.size.columns - 1 - start)
      field.draw(on: &canvas, row: 2, column: start, width: width, isFocused: true)
      if let error {
        canvas.put([Span("! ", .bad), Span(error, .bad)], row: 3, column: start)
      } else {
        canvas.put(hint, row: 3, column: start, style: .faint)
      }
    }
  }
}
