/// A picture as text, to be kept and shown again before its rows can be answered.
///
/// The first line is the cursor's place, `row column`, or empty. Each line after it is a row of the
/// grid: runs of one style, parted by tabs, each the role's letter, the attributes as one
/// hexadecimal digit, and the letters. Blanks at the end of a row are left out.
extension Canvas {
  package var kept: String {
    var lines = [cursor.map { "\($0.row) \($0.column)" } ?? ""]
    for row in 0..<fullSize.rows {
      var cells = cells[row * fullSize.columns..<(row + 1) * fullSize.columns]
      while cells.last == .blank { cells.removeLast() }
      var line = ""
      var style: Style?
      for cell in cells {
        if cell.style != style {
          line += (style == nil ? "" : "\t") + cell.style.kept
          style = cell.style
        }
        line += cell.glyph
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  /// Nil for text that is no picture of `size`. What is put on the canvas is sanitised again.
  ///
  /// - Parameters:
  ///   - window: At least as large as the picture, which stands at its top left.
  ///   - bottom: How many of the picture's last rows stand at the end of the window instead.
  package init?(
    kept text: String, of size: Size, on window: Size, bottom: Int = 0, glyphs: Glyphs
  ) {
    self.init(size: window, glyphs: glyphs)
    let lower = window.rows - size.rows
    let place = { row in row < size.rows - bottom ? row : row + lower }
    let lines = text.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count == size.rows + 1 else { return nil }
    for (row, line) in lines.dropFirst().enumerated() {
      var column = 0
      for run in line.split(separator: UInt8(ascii: "\t")) {
        guard let style = Style(kept: run.prefix(2)) else { return nil }
        let letters = SafeLine(String(Substring(run.dropFirst(2))))
        guard column + letters.width <= size.columns else { return nil }
        column = put(letters, row: place(row), column: column, style: style)
      }
    }
    let cursor = lines[0].split(separator: UInt8(ascii: " ")).compactMap { Int(Substring($0)) }
    if cursor.count == 2 { placeCursor(row: place(cursor[0]), column: cursor[1]) }
  }
}

extension Style {
  private static let byLetter = Dictionary(
    uniqueKeysWithValues: Role.allCases.map { ($0.letter.utf8.first, $0) })

  fileprivate var kept: String {
    let bits = [bold, underline, reverse, selected]
    let number = bits.reduce(0) { $0 * 2 + ($1 ? 1 : 0) }
    return String(role.letter) + String(number, radix: 16)
  }

  fileprivate init?(kept letters: Substring.UTF8View) {
    guard let role = Self.byLetter[letters.first],
      let bits = Int(Substring(letters.dropFirst()), radix: 16), (0..<16).contains(bits)
    else { return nil }
    self.init(
      role, bold: bits & 8 != 0, underline: bits & 4 != 0, reverse: bits & 2 != 0,
      selected: bits & 1 != 0)
  }
}
