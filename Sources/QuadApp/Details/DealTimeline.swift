import CRM
import ParseCore
import TerminalUI

/// What is planned on a deal above what was done, a line for now between.
struct DealTimeline {
  let card: DealCard
  /// The activity the cursor is on; nil for none.
  let cursor: Int?
  let context: Context

  private enum Line {
    case activity(Int)
    case now
    case created(ParseDate)
    case nothing
  }

  private static let dateColumn = 11
  private static let signColumn = 28
  /// Columns below which the date is left out.
  private static let datesFrom = 80
  private static let byFrom = 100

  private var lines: [Line] {
    let planned = card.timeline.count { !$0.isDone }
    var lines = card.timeline.indices.map(Line.activity)
    if planned > 0, planned < lines.count || card.createdAt != nil {
      lines.insert(.now, at: planned)
    }
    if card.timeline.isEmpty { lines.append(.nothing) }
    if let created = card.createdAt { lines.append(.created(created)) }
    return lines
  }

  /// Rows it would like to have.
  var wantedRows: Int { lines.count }

  func draw(_ canvas: inout Canvas) {
    let lines = lines
    let place = lines.firstIndex {
      if case .activity(let index) = $0 { index == cursor } else { false }
    }
    var state = ListState(cursor: place ?? 0)
    state.scroll(count: lines.count, height: canvas.size.rows)
    for row in 0..<canvas.size.rows where state.top + row < lines.count {
      draw(lines[state.top + row], &canvas, row: row)
      if let place, place == state.top + row { drawCursor(&canvas, row: row) }
    }
  }

  private func draw(_ line: Line, _ canvas: inout Canvas, row: Int) {
    switch line {
    case .activity(let index): draw(card.timeline[index], &canvas, row: row)
    case .now: drawNow(&canvas, row: row)
    case .nothing:
      canvas.put("nothing planned, nothing done yet", row: row, column: 4, style: .faint)
    case .created(let at):
      let columns = columns(canvas)
      let age = Wording.age(context.viewpoint.seconds(since: at))
      canvas.put(SafeLine(age), row: row, column: 1, width: 8, align: .right, style: .faint)
      if columns.hasDates {
        canvas.put(
          Wording.dated(at, context.viewpoint), row: row, column: Self.dateColumn, width: 16,
          style: .faint)
      }
      canvas.put(context.glyphs.seen, row: row, column: columns.sign, style: .faint)
      canvas.put("created", row: row, column: columns.sign + 3, style: .faint)
    }
  }

  private func columns(_ canvas: Canvas) -> (sign: Int, hasDates: Bool) {
    canvas.size.columns >= Self.datesFrom ? (Self.signColumn, true) : (Self.dateColumn, false)
  }

  private func draw(_ activity: ActivityRow, _ canvas: inout Canvas, row: Int) {
    let (sign, hasDates) = columns(canvas)
    let style = activity.isDone ? Style.dim : activity.severity.style
    canvas.put(
      activity.whenWords(context.viewpoint), row: row, column: 1, width: 8, align: .right,
      style: style)
    if hasDates {
      canvas.put(
        activity.dateWords(context.viewpoint), row: row, column: Self.dateColumn, width: 16,
        style: .faint)
    }
    canvas.put([activity.markSpan(context.glyphs)], row: row, column: sign)
    let type = SafeLine(activity.type.said)
    canvas.put(
      type, row: row, column: sign + 3, width: 8, style: activity.type.word == nil ? .info : .dim)
    let last = canvas.size.columns - 1
    let isWide = canvas.size.columns >= Self.byFrom
    canvas.put(
      SafeLine(activity.subject), row: row, column: sign + 12,
      width: max(0, (isWide ? last - 21 : last) - sign - 12))
    guard isWide else { return }
    canvas.put(SafeLine(activity.by), row: row, column: last - 19, width: 10, style: .dim)
    canvas.put([activity.stateSpan], row: row, column: last - 8, width: 8, align: .right)
  }

  private func drawNow(_ canvas: inout Canvas, row: Int) {
    let (sign, hasDates) = columns(canvas)
    canvas.put("now", row: row, column: 1, width: 8, align: .right, style: .accent)
    if hasDates { canvas.hline(row: row, column: Self.dateColumn + 1, width: 14) }
    canvas.put(context.glyphs.tick, row: row, column: sign, style: .accent)
    canvas.hline(row: row, column: sign + 1, width: canvas.size.columns - 2 - sign)
  }

  private func drawCursor(_ canvas: inout Canvas, row: Int) {
    let look = context.cursorLook(ActivityRow.self)
    canvas.put(
      context.glyphs.cursor, row: row, column: 0, style: look == .dimmed ? .dim : .accent)
    if look == .bar {
      canvas.tint(row: row, from: 2, to: canvas.size.columns - 1)
      let sign = columns(canvas).sign
      let subject = Rect(row: row, column: sign + 12, columns: 48, rows: 1)
      canvas.restyle(subject) { $0.bold = true }
    }
    if look != .dimmed { canvas.placeCursor(row: row, column: 0) }
  }
}
