import CRM
import TerminalUI

extension Drawer {
  /// Draws over the lower lines and gives the footer the drawer's own keys.
  ///
  /// - Parameters:
  ///   - loose: What of the picture above must not stay by half.
  ///   - list: The rows of the list above; the one with the cursor stays in sight.
  func draw(_ canvas: inout Canvas, _ context: Context, loose: Loose?, list: Rect?) {
    let size = context.size
    let most = max(6, min(size.rows - 4, size.rows * 6 / 10))
    let rows = min(most, max(wantedRows(size.columns) + 1, 5))
    let rect = Rect(row: size.rows - 1 - rows, column: 0, columns: size.columns, rows: rows)
    let end = lastRow(above: rect.row, loose, canvas)
    if let list { lift(list, above: end, &canvas) }
    if case .heads(let start) = loose { clearHalfHead(above: end, from: start, &canvas) }
    canvas.fill(
      Rect(row: end, column: 0, columns: size.columns, rows: max(0, rect.row - end)))
    switch self {
    case .picker(let picker, _): picker.draw(on: &canvas, in: rect)
    case .help(let help): help.draw(&canvas, rect)
    case .reading(let reading): reading.draw(&canvas, rect)
    case .confirm(let confirm): confirm.draw(on: &canvas, in: rect)
    case .reason(let prompt, _), .typing(let prompt): prompt.draw(on: &canvas, in: rect)
    case .form(let form): form.draw(&canvas, rect)
    case .signIn(let signIn): signIn.draw(&canvas, rect, waiting: context.sync.queued)
    case .snooze(let snooze): snooze.picker.draw(on: &canvas, in: rect)
    case .copy(let copy): copy.draw(&canvas, rect)
    }
    canvas.fill(Rect(row: size.rows - 1, column: 0, columns: size.columns, rows: 1))
    Footer(footerItems, right: footerNote).draw(on: &canvas, row: size.rows - 1)
  }

  /// The first row cleared above the drawer: a blank line, more where a card or a head would stay by
  /// half.
  private func lastRow(above row: Int, _ loose: Loose?, _ canvas: Canvas) -> Int {
    let first = row - 1
    switch loose {
    case .heads(let start):
      let isCut = !canvas.text(row: first).isEmpty
      let isAlone = !canvas.text(row: first - 1).isEmpty && canvas.text(row: first - 2).isEmpty
      return isCut && isAlone && first - 1 >= start ? first - 1 : first
    case .cards(let start, let rows):
      let line = (first - start) % rows
      return first > start && line < rows - 1 ? first - line : first
    case nil: return first
    }
  }

  /// Clears a head that is left without its lines in one of two blocks side by side.
  private func clearHalfHead(above end: Int, from start: Int, _ canvas: inout Canvas) {
    let second = StudentBlocks.second
    let rows = end - 2...end
    let last = canvas.size.columns
    func isBlank(_ row: Int, _ columns: Range<Int>) -> Bool {
      columns.allSatisfy { ["", " "].contains(canvas[row: row, column: $0].glyph) }
    }
    guard last >= StudentBlocks.twoFrom, end - 1 > start,
      rows.allSatisfy({ isBlank($0, second - 2..<second) })
    else { return }
    for half in [0..<second, second..<last]
    where isBlank(end - 2, half) && !isBlank(end - 1, half) && !isBlank(end, half) {
      canvas.fill(Rect(row: end - 1, column: half.lowerBound, columns: half.count, rows: 1))
    }
  }

  /// Moves the rows of a list up until the one with the cursor is above the drawer that asks about it.
  private func lift(_ list: Rect, above end: Int, _ canvas: inout Canvas) {
    let cursor = canvas.glyphs.cursor.text
    let row = (list.row..<list.endRow).first {
      canvas[row: $0, column: list.column].glyph == cursor
    }
    guard let row, row >= end, end > list.row else { return }
    let before = canvas
    canvas.copy(
      Rect(row: list.row, column: list.column, columns: list.columns, rows: end - list.row),
      from: before, lower: row - end + 1)
  }

  private func wantedRows(_ columns: Int) -> Int {
    switch self {
    case .picker(let picker, _): picker.wantedRows
    case .help(let help): help.wantedRows
    case .reading(let reading): reading.wantedRows
    case .confirm(let confirm): confirm.wantedRows
    case .reason, .typing: Prompt.wantedRows
    case .form(let form): form.wantedRows
    case .signIn(let signIn): signIn.wantedRows
    case .snooze(let snooze): snooze.picker.wantedRows
    case .copy(let copy): copy.wantedRows(columns)
    }
  }

  private static func picking(_ verb: SafeLine) -> [Footer.Item] {
    [Footer.Item("Enter", verb), Footer.Item("Up Down", "move"), Footer.Item("Esc", "cancel")]
  }

  private var footerItems: [Footer.Item] {
    switch self {
    case .picker(_, let verb): Self.picking(verb)
    case .snooze: Self.picking("snooze")
    case .help(let help): help.footerItems
    case .reading: [Footer.Item("Esc", "close")]
    case .copy: [Footer.Item("Esc", "cancel")]
    case .confirm(let confirm):
      [Footer.Item("Esc", "no, go back")]
        + (confirm.typed == nil
          ? confirm.choices.map { Footer.Item(SafeLine(String($0.key)), $0.word) }
          : confirm.choices.prefix(confirm.isTyped ? 1 : 0).map { Footer.Item("Enter", $0.word) })
    case .reason, .typing: [Footer.Item("Enter", "save"), Footer.Item("Esc", "cancel")]
    case .form(let form): form.footerItems
    case .signIn(let signIn): signIn.footerItems
    }
  }

  private var footerNote: [Span] {
    switch self {
    case .picker(let picker, _):
      [Span(SafeLine("\(picker.shown.count) of \(picker.items.count)"), .dim)]
    case .form(let form): form.footerNote
    case .help: [Span("words in any order", .faint)]
    case .confirm, .reason, .typing, .reading, .signIn, .snooze, .copy: []
    }
  }
}
