/// Where text stands in the width it is given.
package enum Alignment: Sendable, Hashable {
  case left, right, centre
}

/// The screen as a value: a grid of cells that widgets draw on and the driver copies.
///
/// Positions are those of the current area; what lies outside it is left out. Drawing is cheap:
/// a full 200x50 grid is 10 000 cells.
package struct Canvas: Sendable {
  /// The whole grid.
  package let fullSize: Size
  /// The signs widgets draw with.
  package let glyphs: Glyphs
  /// Where the hardware cursor stands, in cells of the whole grid; nil hides it.
  package private(set) var cursor: Position?

  private(set) var cells: [Cell]
  private var origin = Position(row: 0, column: 0)
  private var extent: Size
  private var clip: Rect

  package init(size: Size, glyphs: Glyphs = .unicode) {
    fullSize = size
    self.glyphs = glyphs
    cells = Array(repeating: .blank, count: size.columns * size.rows)
    extent = size
    clip = Rect(size)
  }

  package init(columns: Int, rows: Int, glyphs: Glyphs = .unicode) {
    self.init(size: Size(columns: columns, rows: rows), glyphs: glyphs)
  }

  /// The size of the current area.
  package var size: Size { extent }
  /// The current area in its own coordinates.
  package var bounds: Rect { Rect(extent) }

  /// The cell at a position of the current area; a blank outside it.
  package subscript(row row: Int, column column: Int) -> Cell {
    guard let index = index(row, column) else { return .blank }
    return cells[index]
  }

  /// Draws within `rect`: in `body` its top left is 0, 0 and nothing outside it changes.
  @discardableResult
  package mutating func area<Result>(
    _ rect: Rect, _ body: (inout Canvas) throws -> Result
  ) rethrows -> Result {
    let saved = (origin, extent, clip)
    defer { (origin, extent, clip) = saved }
    let absolute = Rect(
      row: origin.row + rect.row, column: origin.column + rect.column, columns: rect.columns,
      rows: rect.rows)
    origin = Position(row: absolute.row, column: absolute.column)
    extent = absolute.size
    clip = clip.intersection(absolute)
    return try body(&self)
  }

  /// Puts the hardware cursor on a cell of the current area, if it lies inside it.
  package mutating func placeCursor(row: Int, column: Int) {
    if index(row, column) != nil {
      cursor = Position(row: origin.row + row, column: origin.column + column)
    }
  }

  /// Hides the hardware cursor.
  package mutating func hideCursor() {
    cursor = nil
  }

  /// Puts a line, cut with `…` when it is wider than `width` or than the area.
  ///
  /// - Parameter width: Columns the line stands in; nil takes what the area leaves, unaligned.
  /// - Returns: The first column after the text.
  @discardableResult
  package mutating func put(
    _ line: SafeLine, row: Int, column: Int, width: Int? = nil, align: Alignment = .left,
    style: Style = .text
  ) -> Int {
    let room = width ?? (extent.columns - column)
    let shown = line.cut(to: room, ellipsis: glyphs.ellipsis)
    var place = column
    switch align {
    case .left: break
    case .right: place += room - shown.width
    case .centre: place += (room - shown.width) / 2
    }
    shown.forEachCell { glyph, columns in
      set(glyph, columns, row: row, column: place, style: style)
      place += columns
    }
    return place
  }

  /// Puts pieces one after another under the same rules as a line.
  @discardableResult
  package mutating func put(
    _ spans: [Span], row: Int, column: Int, width: Int? = nil, align: Alignment = .left
  ) -> Int {
    let room = width ?? (extent.columns - column)
    let shown = spans.cut(to: room, ellipsis: glyphs.ellipsis)
    var place = column
    switch align {
    case .left: break
    case .right: place += room - shown.width
    case .centre: place += (room - shown.width) / 2
    }
    for span in shown {
      place = put(span.line, row: row, column: place, width: span.width, style: span.style)
    }
    return place
  }

  /// Fills a rectangle with a sign of one column.
  package mutating func fill(_ rect: Rect, with sign: SafeLine = " ", style: Style = .text) {
    for row in rect.row..<rect.endRow {
      hline(row: row, column: rect.column, width: rect.columns, sign: sign, style: style)
    }
  }

  /// A run of one sign; the rule of the house when none is given.
  package mutating func hline(
    row: Int, column: Int, width: Int, sign: SafeLine? = nil, style: Style = .rule
  ) {
    let glyph = (sign ?? glyphs.rule).text
    for place in column..<max(column, column + width) {
      set(glyph, 1, row: row, column: place, style: style)
    }
  }

  /// Lays the cursor bar under what stands in a row. It starts beside the text: the sign of the
  /// cursor and the stripe, which goes on over many rows, keep the terminal's own ground.
  package mutating func tint(row: Int, from start: Int, to end: Int) {
    restyle(Rect(row: row, column: start, columns: end - start, rows: 1)) { $0 = $0.tinted() }
  }

  /// Changes the style of cells that are drawn already, for a cursor bar or a dimmed list.
  package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    for row in rect.row..<rect.endRow {
      for column in rect.column..<rect.endColumn {
        if let index = index(row, column) { change(&cells[index].style) }
      }
    }
  }

  /// Takes over what another picture of the same size has in a rectangle, wide letters as they are.
  package mutating func copy(_ rect: Rect, from other: Canvas) {
    for row in rect.row..<rect.endRow {
      for column in rect.column..<rect.endColumn {
        if let index = index(row, column) { cells[index] = other.cells[index] }
      }
    }
  }

  /// The place in the grid of a cell of the current area; nil outside it.
  private func index(_ row: Int, _ column: Int) -> Int? {
    let absoluteRow = origin.row + row
    let absoluteColumn = origin.column + column
    guard clip.contains(row: absoluteRow, column: absoluteColumn) else { return nil }
    return absoluteRow * fullSize.columns + absoluteColumn
  }

  /// Writes a cell; a wide letter that does not fit leaves a blank, and so does a halved one.
  private mutating func set(_ sign: String, _ columns: Int, row: Int, column: Int, style: Style) {
    let glyph = glyphs.isASCII ? Canvas.plainSigns[sign] ?? sign : sign
    guard let first = index(row, column) else {
      if columns == 2, let second = index(row, column + 1) {
        release(second)
        cells[second] = Cell(glyph: " ", style: style, width: 1)
      }
      return
    }
    release(first)
    guard columns == 2 else {
      cells[first] = Cell(glyph: glyph, style: style, width: 1)
      return
    }
    guard let second = index(row, column + 1) else {
      cells[first] = Cell(glyph: " ", style: style, width: 1)
      return
    }
    release(second)
    cells[first] = Cell(glyph: glyph, style: style, width: 2)
    cells[second] = Cell(glyph: "", style: style, width: 0)
  }

  /// Signs that come inside words, such as the minus of a number, for plain ASCII terminals.
  private static let plainSigns: [String: String] = [
    "−": "-", "▸": ">", "›": ">", "∅": "?", "…": "~", "✓": "+",
  ]

  /// Blanks the other half of a wide letter that is about to be overwritten at `index`.
  private mutating func release(_ index: Int) {
    switch cells[index].width {
    case 2:
      cells[index + 1] = Cell(glyph: " ", style: cells[index + 1].style, width: 1)
    case 0:
      cells[index - 1] = Cell(glyph: " ", style: cells[index - 1].style, width: 1)
      cells[index] = Cell(glyph: " ", style: cells[index].style, width: 1)
    default: break
    }
  }
}

extension Canvas: Equatable {
  package static func == (left: Canvas, right: Canvas) -> Bool {
    left.fullSize == right.fullSize && left.cursor == right.cursor && left.cells == right.cells
  }
}
