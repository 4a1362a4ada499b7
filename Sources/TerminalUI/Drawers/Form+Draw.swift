extension Form {
  /// Widest field, so that the eye finds its end on a wide screen.
  private static let fieldWidth = 62

  /// Rows the drawer wants.
  package var wantedRows: Int { 3 + fields.reduce(0) { $0 + rows($1, isFocused: false) } + 1 }

  private func rows(_ field: FormField, isFocused: Bool) -> Int {
    below(field, isFocused: isFocused) == nil ? 1 : 2
  }

  /// The line under a field: what is wrong, once it was left.
  private func below(_ field: FormField, isFocused: Bool) -> SafeLine? {
    if field.wasLeft, case .wrong(let reason) = field.reading { return reason }
    return nil
  }

  package func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.area(rect) { canvas in
      canvas.fill(canvas.bounds)
      TitledRule.drawer(title, note: note).draw(on: &canvas, row: 0)
      let valueColumn = 6 + (fields.map(\.label.width).max() ?? 0)
      let width = min(Form.fieldWidth, canvas.size.columns - 1 - valueColumn)
      let room = canvas.size.rows - 2
      var first = 0
      // Fields above are scrolled away until the one in focus and its error fit.
      while first < focus, height(of: first...focus) > room { first += 1 }
      var row = 2
      for index in fields.indices.dropFirst(first) where row < canvas.size.rows {
        draw(index, on: &canvas, row: row, column: valueColumn, width: width)
        row += rows(fields[index], isFocused: index == focus)
      }
    }
  }

  private func height(of range: ClosedRange<Int>) -> Int {
    range.reduce(0) { $0 + rows(fields[$1], isFocused: $1 == focus) }
  }

  private func draw(_ index: Int, on canvas: inout Canvas, row: Int, column: Int, width: Int) {
    let field = fields[index]
    let isFocused = index == focus
    if isFocused { canvas.put(canvas.glyphs.cursor, row: row, column: 2, style: .accent) }
    canvas.put(
      field.label, row: row, column: 4, width: max(0, column - 6), style: isFocused ? .strong : .dim
    )
    switch field.kind {
    case .text, .secret:
      drawTyped(field, on: &canvas, row: row, column: column, width: width, isFocused: isFocused)
    case .choice(let options):
      let room = max(0, canvas.size.columns - 1 - column)
      var spans = options.map { choice($0, of: field, canvas.glyphs, isFocused) }
        .joined(separator: [Span("   ")]).map { $0 }
      if spans.width > room {
        spans = options.map { choice($0, of: field, canvas.glyphs, isFocused) }
          .joined(separator: [Span(" ")]).map { $0 }
      }
      let beside = echo(field)
      if !beside.isEmpty { spans.append(Span("        " + beside, .faint)) }
      canvas.put(spans, row: row, column: column, width: room)
      if isFocused { canvas.placeCursor(row: row, column: 2) }
    case .fixed:
      canvas.put(
        field.input.isEmpty
          ? [Span(field.hint, .faint)]
          : [Span(field.input.line), Span("   " + field.hint, .faint)], row: row, column: column)
    }
    if let reason = below(field, isFocused: isFocused) {
      let count = counter(field)
      canvas.put(
        [Span("! ", Style(.bad, bold: true)), Span(reason, .bad)], row: row + 1, column: column,
        width: max(0, width - count.width - 2))
      canvas.put(count, row: row + 1, column: column, width: width, align: .right, style: .faint)
    }
  }

  /// What a choice means, or its hint.
  private func echo(_ field: FormField) -> SafeLine {
    if case .good(let echo) = field.reading, !echo.isEmpty { return echo }
    return field.hint
  }

  private func counter(_ field: FormField) -> SafeLine {
    guard case .text(let limit) = field.kind else { return "" }
    return "\(field.value.count) of \(limit)"
  }

  private func drawTyped(
    _ field: FormField, on canvas: inout Canvas, row: Int, column: Int, width: Int, isFocused: Bool
  ) {
    field.input.draw(
      on: &canvas, row: row, column: column, width: width, isFocused: isFocused,
      placeholder: field.hint)
    if !field.input.isEmpty, case .good(let echo) = field.reading, !echo.isEmpty {
      let start = column + (isFocused ? width : min(width, field.input.line.width)) + 3
      canvas.put(echo, row: row, column: start, style: .faint)
    }
  }

  /// One option; the chosen one stands between signs.
  private func choice(
    _ option: (value: String, label: SafeLine), of field: FormField, _ glyphs: Glyphs,
    _ isFocused: Bool
  ) -> [Span] {
    if option.value == field.value {
      let style = Style(.strong, underline: isFocused)
      return [
        Span(glyphs.chosenOpen, .strong), Span(option.label, style),
        Span(glyphs.chosenClose, .strong),
      ]
    }
    return [Span(option.label)]
  }
}
