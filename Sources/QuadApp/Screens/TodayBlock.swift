import CRM
import TerminalUI

/// The edits made on this machine today, and which of them still wait.
struct TodayBlock {
  let context: Context

  private static let recordWidth = 26

  func draw(_ canvas: inout Canvas, row: Int) {
    guard let today = context.cache?.today, today.count > 0, row + 1 < canvas.size.rows else {
      return
    }
    TitledRule(
      [Span("Changed here today", .strong), Span(SafeLine("  \(today.count)"), .dim)],
      right: today.waiting > 0
        ? [Span(SafeLine("\(today.waiting) not sent yet"), .warn)] : [Span("none waits", .dim)]
    ).draw(on: &canvas, row: row)
    let room = canvas.size.rows - row - 1
    let shown = today.count > room ? room - 1 : today.newest.count
    for (line, edit) in today.newest.prefix(shown).enumerated() {
      draw(edit, &canvas, row: row + 1 + line)
    }
    guard shown < today.count else { return }
    canvas.put(
      SafeLine("\(today.count - shown) more: quad history --days 1"), row: row + 1 + shown,
      column: 4, style: .faint)
  }

  private func draw(_ edit: CacheFacts.Made, _ canvas: inout Canvas, row: Int) {
    canvas.put(
      [
        Span(SafeLine(Wording.time(edit.at, context.viewpoint)), .dim), Span("  "),
        Span(edit.isWaiting ? context.glyphs.unsent : " ", .info), Span("  "),
        Span(left(SafeLine(edit.record), Self.recordWidth)), Span("  "),
        Span(SafeLine(edit.change), .dim),
      ], row: row, column: 4, width: canvas.size.columns - 5)
  }
}
