import CRM
import TerminalUI

extension Drawer {
  /// Draws over the lower lines and gives the footer the drawer's own keys.
  ///
  /// - Parameter loose: What of the picture above must not stay by half.
  func draw(_ canvas: inout Canvas, _ context: Context, loose: Loose?) {
    let size = context.size
    let most = max(6, min(size.rows - 4, size.rows * 6 / 10))
    let rows = min(most, max(wantedRows(size.columns) + 1, 5))
    let rect = Rect(row: size.rows - 1 - rows, column: 0, columns: size.columns, rows: rows)
    clear(above: rect.row, loose, &canvas)
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

  /// A blank line above the drawer, more where a card or a head would stay by half.
  private func clear(above row: Int, _ loose: Loose?, _ canvas: inout Canvas) {
    var first = row - 1
    switch loose {
    case .heads(let start):
      let isCut = !canvas.text(row: row - 1).isEmpty
      let isAlone = !canvas.text(row: row - 2).isEmpty && canvas.text(row: row - 3).isEmpty
      if isCut, isAlone, row - 2 >= start { first = row - 2 }
    case .cards(let start, let rows):
      let line = (first - start) % rows
      if first > start, line < rows - 1 { first -= line }
    case nil: break
    }
    canvas.fill(
      Rect(row: first, column: 0, columns: canvas.size.columns, rows: max(0, row - first)))
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
          ? confirm.choices.map { Footer.Item(SafeLine(String($0.key)), $0.word) } : [])
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
