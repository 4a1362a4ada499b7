/// One column of a table: its head, its place and how a row's cell reads.
package struct Column<Row>: Sendable {
  package enum Width: Sendable, Hashable {
    case fixed(Int)
    /// Takes the last number and gives way down to the first when room is short.
    case between(Int, Int)
    /// The first number, and up to the last one of what the flexible column has to spare.
    case growing(Int, Int)
    /// Takes what is left; one a table.
    case flex
  }

  package var id: String
  package var title: SafeLine
  package var width: Width
  package var align: Alignment
  /// Columns of the area from which this one shows: 0, 80, 100 or 160.
  package var from: Int
  /// Whether the cursor bar makes this column bold.
  package var isMain: Bool
  package var content: @Sendable (Row, CellContext) -> [Span]

  package init(
    _ id: String, title: SafeLine, width: Width, align: Alignment = .left, from: Int = 0,
    isMain: Bool = false, content: @escaping @Sendable (Row, CellContext) -> [Span]
  ) {
    self.id = id
    self.title = title
    self.width = width
    self.align = align
    self.from = from
    self.isMain = isMain
    self.content = content
  }
}

/// What a cell knows of its place.
package struct CellContext: Sendable {
  package let width: Int
  package let glyphs: Glyphs

  package init(width: Int, glyphs: Glyphs) {
    self.width = width
    self.glyphs = glyphs
  }
}

/// What stands before a row and how it is shown as a whole.
package struct RowLook: Sendable, Hashable {
  package enum Stripe: Sendable, Hashable {
    case late, soon, today

    package var style: Style {
      switch self {
      case .late: .bad
      case .soon: .warn
      case .today: .info
      }
    }

    package func sign(_ glyphs: Glyphs) -> SafeLine {
      self == .late ? glyphs.stripeLate : glyphs.stripeSoon
    }
  }

  package var stripe: Stripe?
  package var isMarked = false
  package var isUnsent = false
  /// A row that left the view, or one with too few numbers.
  package var isFaint = false
  /// Ids of columns that changed in the last seconds.
  package var changed: Set<String> = []

  package init(stripe: Stripe? = nil, isMarked: Bool = false, isUnsent: Bool = false) {
    self.stripe = stripe
    self.isMarked = isMarked
    self.isUnsent = isUnsent
  }
}

/// A list of rows under one head (design/screens.md §6).
///
/// Only rows in sight are asked for, so a million rows cost the same as twenty.
package struct Table<Row>: Sendable {
  package enum CursorLook: Sendable, Hashable {
    /// The sign and the hardware cursor only: about 30 bytes a key.
    case compact
    /// The same while keys come over SSH: a row that scrolls in shows what it is, and the rest of it
    /// when the cursor rests.
    case travelling
    /// Tint over the row and a bold main column as well.
    case bar
    /// The list below a drawer: the sign, dim, and no hardware cursor.
    case dimmed
    case none

    /// The hardware cursor stands on the sign, which has no colour of its own: to change it and back
    /// takes twenty bytes a key.
    var signStyle: Style { self == .dimmed ? .dim : .text }
  }

  package struct Sort: Sendable, Hashable {
    package var column: String
    package var descending: Bool

    package init(column: String, descending: Bool) {
      self.column = column
      self.descending = descending
    }
  }

  package var columns: [Column<Row>]
  /// The order in force; the first key stands in the head, the second with its number.
  package var sort: [Sort]
  package var cursorLook: CursorLook
  /// Panes and details have no column for marks, so text starts a column earlier.
  package var hasMarks: Bool
  package var showsHead: Bool
  package var look: @Sendable (Row) -> RowLook

  package init(
    columns: [Column<Row>], sort: [Sort] = [], cursorLook: CursorLook = .compact,
    hasMarks: Bool = true, showsHead: Bool = true,
    look: @escaping @Sendable (Row) -> RowLook = { _ in RowLook() }
  ) {
    self.columns = columns
    self.sort = sort
    self.cursorLook = cursorLook
    self.hasMarks = hasMarks
    self.showsHead = showsHead
    self.look = look
  }

  /// Rows of data that fit in an area of `rows` rows.
  package func height(in rows: Int) -> Int {
    max(0, rows - (showsHead ? 1 : 0))
  }

  /// Draws the head and the rows in sight.
  ///
  /// - Parameters:
  ///   - state: Where the cursor and the first row in sight are; scroll it first.
  ///   - count: Rows in all.
  ///   - row: The row at an index; nil while it is not here yet.
  /// - Complexity: O(rows of `rect` × columns), whatever `count` is.
  package func draw(
    on canvas: inout Canvas, in rect: Rect, state: ListState, count: Int, row: (Int) -> Row?
  ) {
    canvas.area(rect) { canvas in
      let layout = TableLayout(columns: columns, room: rect.columns, start: textStart)
      if showsHead { drawHead(&canvas, layout) }
      let first = showsHead ? 1 : 0
      for line in 0..<height(in: rect.rows) {
        let index = state.top + line
        guard index < count else { return }
        let isCursor = index == state.cursor && cursorLook != .none
        if let value = row(index) {
          let isBrief = cursorLook == .travelling && state.whole?.contains(index) == false
          drawRow(
            &canvas, layout, value, line: first + line, isCursor: isCursor, isBrief: isBrief)
        }
        if isCursor { drawCursor(&canvas, layout, line: first + line) }
      }
    }
  }

  private var textStart: Int { hasMarks ? 4 : 3 }

  private func drawHead(_ canvas: inout Canvas, _ layout: TableLayout) {
    for place in layout.places {
      let column = columns[place.index]
      guard let rank = sort.firstIndex(where: { $0.column == column.id }) else {
        canvas.put(
          column.title, row: 0, column: place.column, width: place.width, align: column.align,
          style: .dim)
        continue
      }
      var sign = sort[rank].descending ? canvas.glyphs.sortedDown : canvas.glyphs.sortedUp
      if rank > 0 { sign += SafeLine(String(rank + 1)) }
      let spaced = column.title + " " + sign
      // A narrow column takes one of the two blanks beside it rather than lose the sign.
      let isNarrow = spaced.width > place.width
      let start = isNarrow && column.align == .right ? place.column - 1 : place.column
      canvas.put(
        isNarrow ? column.title + sign : spaced, row: 0, column: start,
        width: place.width + (isNarrow ? 1 : 0), align: column.align)
    }
  }

  private func drawRow(
    _ canvas: inout Canvas, _ layout: TableLayout, _ value: Row, line: Int, isCursor: Bool,
    isBrief: Bool
  ) {
    let look = look(value)
    let glyphs = canvas.glyphs
    let hasBar = isCursor && cursorLook == .bar
    if hasBar {
      canvas.tint(row: line, from: textStart - 1, to: canvas.size.columns - 1)
    }
    if hasMarks, look.isUnsent || look.isMarked {
      canvas.put(
        look.isMarked ? glyphs.marked : glyphs.unsent, row: line, column: 1,
        style: look.isMarked ? .accent : .info)
    }
    if let stripe = look.stripe {
      canvas.put(stripe.sign(glyphs), row: line, column: textStart - 2, style: stripe.style)
    }
    let cells = layout.places.map { place in
      let column = columns[place.index]
      var spans = column.content(value, CellContext(width: place.width, glyphs: glyphs))
      for index in spans.indices {
        if !spans[index].isChart { spans[index].style = spans[index].style.tinted(hasBar) }
        if look.isFaint { spans[index].style.role = .faint }
        if look.changed.contains(column.id) { spans[index].style.underline = true }
        if hasBar, column.isMain { spans[index].style.bold = true }
      }
      return TableCell(place: place, spans: spans, align: column.align, isMain: column.isMain)
    }
    let start = look.stripe == nil ? 0 : TableCell.stripeBytes
    for cell in isBrief ? cells.brief(start: start, ellipsis: glyphs.ellipsis) : cells {
      canvas.put(
        cell.spans, row: line, column: cell.place.column, width: cell.place.width,
        align: cell.align)
    }
  }

  private func drawCursor(_ canvas: inout Canvas, _ layout: TableLayout, line: Int) {
    canvas.put(canvas.glyphs.cursor, row: line, column: 0, style: cursorLook.signStyle)
    if cursorLook != .dimmed { canvas.placeCursor(row: line, column: 0) }
  }
}
