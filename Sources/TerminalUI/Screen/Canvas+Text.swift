extension Canvas {
  /// The whole grid as text: rows joined by LF, blanks at row ends and empty last rows left out.
  package var text: String {
    render { $0.glyph }
  }

  /// The roles of the grid, one letter a cell (`Role.letter`), blanks where nothing is drawn.
  ///
  /// A wide letter gives its role's letter twice. Upper limits as in `text`.
  package var styleMap: String {
    render { cell in
      cell.glyph == " " && !cell.style.underline && !cell.style.reverse
        && cell.style.role != .header
        ? " " : String(cell.style.role.letter)
    }
  }

  /// The attributes of the grid: `b` bold, `u` underline, `r` reverse, `s` selected, `+` several.
  package var attributeMap: String {
    render { cell in
      let style = cell.style
      let set: [(Bool, String)] = [
        (style.bold, "b"), (style.underline, "u"), (style.reverse, "r"), (style.selected, "s"),
      ]
      let on = set.filter(\.0)
      return on.count > 1 ? "+" : on.first?.1 ?? " "
    }
  }

  /// One row of the grid as text, without its blanks at the end.
  package func text(row: Int) -> String {
    line(row) { $0.glyph }
  }

  private func render(_ letter: (Cell) -> String) -> String {
    var lines = (0..<fullSize.rows).map { line($0, letter) }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  private func line(_ row: Int, _ letter: (Cell) -> String) -> String {
    guard row >= 0, row < fullSize.rows else { return "" }
    let start = row * fullSize.columns
    var line = cells[start..<start + fullSize.columns].map(letter).joined()
    while line.last == " " { line.removeLast() }
    return line
  }
}
