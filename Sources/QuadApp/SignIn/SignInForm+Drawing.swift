import TerminalUI

extension SignInForm {
  /// Columns from the label to the value (design/screens.md §13, sign-in).
  static let valueColumn = 12

  /// Draws fields with their troubles from the row on and gives the row after them.
  ///
  /// - Parameters:
  ///   - column: Where the labels start; the cursor stands two columns before it.
  ///   - width: Columns of a value and of the words under it.
  ///   - gap: Blank rows between fields.
  func draw(
    on canvas: inout Canvas, row: Int, column: Int, width: Int, gap: Int
  ) -> Int {
    var row = row
    // In a low window the fields above the focus make room for it.
    let room = canvas.size.rows - row - 3
    let first = gap == 0 ? max(0, min(focus, fields.count - max(1, room))) : 0
    for index in fields.indices.dropFirst(first) {
      let field = fields[index]
      let isFocused = index == focus && asked == nil
      if isFocused {
        canvas.put(canvas.glyphs.cursor, row: row, column: column - 2, style: .accent)
      }
      canvas.put(field.label, row: row, column: column, style: isFocused ? .strong : .dim)
      let value = column + Self.valueColumn
      field.input.draw(
        on: &canvas, row: row, column: value, width: width, isFocused: isFocused,
        placeholder: field.hint)
      row += 1
      let below = wordsBelow(field.id)
      for line in below {
        canvas.put(line, row: row, column: value, width: canvas.size.columns - 1 - value)
        row += 1
      }
      row += below.isEmpty ? gap : max(0, gap - 1)
    }
    return row
  }

  /// What is wrong with the field, and for a password what becomes of it.
  private func wordsBelow(_ id: FieldID) -> [[Span]] {
    var lines: [[Span]] = []
    if let trouble, trouble.field == id {
      for (index, line) in SafeText(lines: [trouble.words]).wrapped(to: 44).enumerated() {
        let sign = Span(index == 0 ? "! " : "  ", Style(.bad, bold: true))
        lines.append([sign, Span(line, .bad)])
      }
    }
    guard id == .password else { return lines }
    if asked != nil {
      let place = text(.server).isEmpty ? "the server" : host(of: text(.server))
      lines.append([Span(SafeLine("Asking \(place)…"), .info)])
    } else {
      lines.append([Span("Nothing typed here is shown or kept.", .faint)])
    }
    return lines
  }

  /// Rows of all fields without gaps.
  var wantedRows: Int { fields.reduce(0) { $0 + 1 + wordsBelow($1.id).count } }
}
