import CNcurses
import Glibc

/// Colour pairs of ncurses, made when they are first used.
struct PairTable {
  private struct Pair: Hashable {
    let foreground: Int32
    let background: Int32
  }

  private var numbers: [Pair: Int16] = [:]

  /// The number of a pair; 0, the terminal's own colours, when there are no more.
  mutating func number(_ paint: Paint) -> Int16 {
    let pair = Pair(
      foreground: PairTable.index(paint.foreground), background: PairTable.index(paint.background))
    if pair.foreground < 0, pair.background < 0 { return 0 }
    if let number = numbers[pair] { return number }
    let next = numbers.count + 1
    guard next < min(Int(cncurses_pairs()), Int(Int16.max)),
      init_extended_pair(Int32(next), pair.foreground, pair.background) == OK
    else { return 0 }
    numbers[pair] = Int16(next)
    return Int16(next)
  }

  /// The number ncurses knows a colour by; -1 is the terminal's own.
  private static func index(_ color: TerminalColor?) -> Int32 {
    switch color {
    case nil: -1
    case .index(let index): Int32(index)
    case .rgb(let value): Int32(value)
    }
  }
}

extension CursesScreen {
  /// Shows the canvas: changed cells go to ncurses, which sends what differs on the terminal.
  ///
  /// - Returns: False when the frame was left out because the link has not taken the last one yet;
  ///   draw again when `readyDescriptor` is readable.
  @discardableResult
  package func draw(_ canvas: Canvas) -> Bool {
    if let queue, !queue.isReady() { return false }
    let before =
      if let previous, previous.fullSize == canvas.fullSize {
        previous
      } else {
        cleared(canvas.fullSize)
      }
    if previous != nil, before == canvas { return true }
    if let queue {
      queue.frame(cells: canvas.cells.count) { send(canvas, after: before) }
    } else {
      send(canvas, after: before)
    }
    previous = canvas
    return true
  }

  /// The sign the hardware cursor stands on is taken off first and put on last: ncurses recognises a
  /// line that has moved by its letters, all of them, and takes one with the sign for the line that
  /// had it before. The cursor is at both places anyway, so that this costs nothing.
  private func send(_ canvas: Canvas, after before: Canvas) {
    let step = previous == nil ? nil : CursorStep(from: before, to: canvas)
    // stdscr lives as long as the screen.
    let window = unsafe cncurses_screen()
    if let step {
      put(step.left, at: step.from)
      unsafe leaveok(window, true)
      update()
    }
    putChanges(canvas, after: before, but: step?.to)
    if let step {
      update()
      put(step.sign, at: step.to)
    }
    placeCursor(canvas.cursor)
    update()
  }

  private func putChanges(_ canvas: Canvas, after before: Canvas, but held: Position?) {
    let columns = canvas.fullSize.columns
    for row in 0..<min(canvas.fullSize.rows, size.rows) {
      let range = row * columns..<(row + 1) * columns
      guard canvas.cells[range] != before.cells[range] else { continue }
      let new = CursesScreen.inked(canvas.cells[range])
      let old = CursesScreen.inked(before.cells[range])
      for (column, pair) in zip(new, old).enumerated() where pair.0 != pair.1 {
        let place = Position(row: row, column: column)
        if place != held { put(pair.0, at: place) }
      }
      repairWide(new, old, row: row)
    }
  }

  private func update() {
    // stdscr lives as long as the screen.
    unsafe wnoutrefresh(cncurses_screen())
    doupdate()
  }

  /// Sends the whole screen again, for C-l.
  package func repaint() {
    // stdscr lives as long as the screen.
    unsafe clearok(cncurses_screen(), true)
    previous = nil
  }

  private func cleared(_ size: Size) -> Canvas {
    // stdscr lives as long as the screen.
    unsafe werase(cncurses_screen())
    return Canvas(size: size)
  }

  /// The row with the colour of each letter kept on over the blanks after it, which show none: to
  /// change the colour for a blank and back takes twenty bytes. The blanks at the end stay plain,
  /// because ncurses clears those at once.
  static func inked(_ row: ArraySlice<Cell>) -> [Cell] {
    var cells = Array(row)
    let end = (cells.lastIndex { $0.glyph != " " } ?? -1) + 1
    var ink = Style.text
    for column in 0..<end where cells[column].width > 0 {
      if cells[column].glyph != " " {
        ink = cells[column].style
      } else if cells[column].style.isUnseenOnBlank(beside: ink) {
        cells[column].style = ink
      }
    }
    return cells
  }

  /// Puts wide letters again whose second half ncurses blanked when a neighbour changed.
  private func repairWide(_ new: [Cell], _ old: [Cell], row: Int) {
    for (column, pair) in zip(new, old).enumerated()
    where pair.0.width == 2 && pair.0 == pair.1 {
      if new[column + 1] != old[column + 1] {
        put(pair.0, at: Position(row: row, column: column))
      }
    }
  }

  private func placeCursor(_ cursor: Position?) {
    // stdscr lives as long as the screen.
    let window = unsafe cncurses_screen()
    unsafe leaveok(window, cursor == nil)
    if let cursor { unsafe wmove(window, Int32(cursor.row), Int32(cursor.column)) }
    if previous == nil || (cursor == nil) != (previous?.cursor == nil) {
      curs_set(cursor == nil ? 0 : 1)
    }
  }

  private func put(_ cell: Cell, at place: Position) {
    let (row, column) = (place.row, place.column)
    guard cell.width > 0 else { return }
    let paint = theme.paint(cell.style)
    let attributes = cncurses_attributes(
      paint.bold ? 1 : 0, paint.dim ? 1 : 0, paint.underline ? 1 : 0, paint.reverse ? 1 : 0)
    let pair = pairs.number(paint)
    var letter = cell.glyph.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
    let isPlain = (0x20...0x7E).contains(letter.first ?? 0)
    if !isPlain, cncurses_wcwidth(UInt32(bitPattern: letter.first ?? 0)) != Int32(cell.width) {
      // The C library measures this letter otherwise or cannot write it in this locale; ncurses
      // would put what follows in the wrong place.
      letter = [isUTF8 ? 0xB7 : 0x3F]
      if cell.width == 2 {
        // The array ends with a zero, as the call asks.
        unsafe cncurses_put(Int32(row), Int32(column + 1), [0x20, 0], attributes, pair)
      }
    }
    letter.append(0)
    // The array ends with a zero, as the call asks.
    unsafe cncurses_put(Int32(row), Int32(column), letter, attributes, pair)
  }
}
