/// A drawer that asks before something that cannot be taken back (design/screens.md §9).
///
/// No is Esc and stands first. Yes is never Enter and never the key that asked; above a limit or
/// for a delete, the number or the name is typed and then Enter agrees.
package struct Confirm<Value: Sendable>: Sendable {
  package struct Choice: Sendable {
    package var key: Character
    package var word: SafeLine
    package var value: Value

    package init(_ key: Character, _ word: SafeLine, _ value: Value) {
      self.key = key
      self.word = word
      self.value = value
    }
  }

  package var question: SafeLine
  package var note: [Span]
  /// What will happen: counts, old and new per row, the command.
  package var lines: [[Span]]
  /// Stripes before lines that want a second look, by their place.
  package let stripes: [Int: RowLook.Stripe]
  package let choices: [Choice]
  /// What has to be typed before the first choice is agreed to; nil asks for its key only.
  package let typed: SafeLine?
  package private(set) var field = TextField()
  private let trigger: Key?

  package init(
    question: SafeLine, lines: [[Span]] = [], stripes: [Int: RowLook.Stripe] = [:],
    note: [Span] = [], choices: [Choice], typed: SafeLine? = nil, trigger: Key? = nil
  ) {
    self.question = question
    self.lines = lines
    self.stripes = stripes
    self.note = note
    self.choices = choices
    self.typed = typed
    self.trigger = trigger
  }

  /// One yes under `y`, or under `Y` when `y` asked.
  package init(
    question: SafeLine, yes: SafeLine, value: Value, lines: [[Span]] = [],
    stripes: [Int: RowLook.Stripe] = [:], note: [Span] = [], typed: SafeLine? = nil,
    trigger: Key? = nil
  ) {
    let key: Character = trigger == .character("y") ? "Y" : "y"
    self.init(
      question: question, lines: lines, stripes: stripes, note: note,
      choices: [Choice(key, yes, value)], typed: typed, trigger: trigger)
  }

  package mutating func handle(_ key: Key) -> Outcome<Value> {
    if key == .escape { return .cancelled }
    if let typed {
      if key == .enter {
        guard field.line == typed, let first = choices.first else { return .open }
        return .chosen(first.value)
      }
      return field.handle(key) ? .open : .unhandled
    }
    guard case .character(let letter) = key, key != trigger else {
      return key == .enter || key == trigger ? .open : .unhandled
    }
    if letter == "n" { return .cancelled }
    if let choice = choices.first(where: { $0.key == letter }) { return .chosen(choice.value) }
    return .unhandled
  }

  /// What had to be typed is there: Enter agrees.
  package var isTyped: Bool { typed == field.line }

  /// What is typed is not the beginning of what is asked for.
  private var differs: Bool { typed.map { !$0.text.hasPrefix(field.line.text) } ?? false }

  /// Rows the drawer wants.
  package var wantedRows: Int { lines.count + (lines.isEmpty ? 4 : 5) }

  package func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.area(rect) { canvas in
      canvas.fill(canvas.bounds)
      TitledRule.drawer(question, note: note).draw(on: &canvas, row: 0)
      let room = canvas.size.rows - (lines.isEmpty ? 3 : 5)
      for (row, line) in lines.prefix(max(0, room)).enumerated() {
        canvas.put(line, row: row + 2, column: 4, width: canvas.size.columns - 5)
        if let stripe = stripes[row] {
          canvas.put(stripe.sign(canvas.glyphs), row: row + 2, column: 2, style: stripe.style)
        }
      }
      let row = lines.isEmpty ? 2 : min(lines.count, max(0, room)) + 3
      drawAnswers(&canvas, row: row)
    }
  }

  private func drawAnswers(_ canvas: inout Canvas, row: Int) {
    var column = canvas.put(
      [Span("Esc", .accent), Span(" no, go back", .dim)], row: row, column: 4)
    if let typed {
      column = canvas.put(
        [Span("type "), Span(typed, .strong), Span(" and "), Span("Enter", .accent)], row: row,
        column: column + 7)
      field.draw(on: &canvas, row: row, column: column + 3, width: 24, isFocused: true)
      if differs {
        canvas.put([Span("not the same", .warn)], row: row, column: column + 30)
      }
      return
    }
    for (index, choice) in choices.enumerated() {
      let gap = index == 0 ? 7 : 6
      column = canvas.put(
        [Span(SafeLine(String(choice.key)), .accent), Span(" " + choice.word, .dim)], row: row,
        column: column + gap)
    }
    canvas.placeCursor(row: row, column: 4)
  }
}
