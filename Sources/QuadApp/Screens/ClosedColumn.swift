import CRM
import TerminalUI

/// Won, lost and unknown stages at the right of a wide board, a line or two a deal.
struct ClosedColumn {
  let lanes: [CRM.Lane]
  let showsClosed: Bool
  /// The lane among these and the row the cursor is on.
  let cursor: (lane: Int, row: Int)?
  let marks: RecordIDSet
  let context: Context

  private static let width = 34
  private static let headRows = 4
  private static let gap = 2

  func draw(_ canvas: inout Canvas, top: Int, rows: Int) {
    let column = canvas.size.columns - 1 - Self.width
    var row = top
    let shares = shares(rows)
    for (index, lane) in lanes.enumerated() where row + 2 < top + rows {
      drawHead(lane, &canvas, row: row, column: column)
      row += Self.headRows
      let count = min(lane.count, shares[index] / lineRows(lane))
      let place = cursor?.lane == index ? cursor?.row : nil
      let start = first(inSight: max(1, count), place ?? 0)
      let shown = lane.cards.dropFirst(start).prefix(count)
      for (line, deal) in shown.enumerated() {
        draw(deal, &canvas, row: row, column: column, isCursor: place == start + line)
        row += lineRows(lane)
      }
      if let more = lane.more(from: start + shown.count) {
        canvas.put(more, row: row, column: column, width: Self.width, style: .faint)
        row += 1
      }
      if lane.count == 0, place != nil { drawCursor(&canvas, row: row - 1, column: column) }
      row += Self.gap
    }
  }

  /// The first deal in sight; by pages where bytes are dear, because the terminal cannot scroll them.
  private func first(inSight count: Int, _ place: Int) -> Int {
    context.isRemote ? place / count * count : max(0, place - count + 1)
  }

  private func lineRows(_ lane: CRM.Lane) -> Int { lane.stage.word == .won ? 1 : 2 }

  /// Rows of deals for each lane: what it needs, or a fair part of what there is.
  private func shares(_ rows: Int) -> [Int] {
    var room = rows - lanes.count * (Self.headRows + Self.gap) + Self.gap
    var shares = lanes.map { _ in 0 }
    let needs = lanes.map { $0.count * lineRows($0) }
    room -= lanes.count { $0.older > 0 }
    let order = lanes.indices.sorted { needs[$0] < needs[$1] }
    for (place, index) in order.enumerated() {
      let fair = max(0, room) / (order.count - place)
      shares[index] = needs[index] <= fair ? needs[index] : max(lineRows(lanes[index]), fair - 1)
      room -= needs[index] <= fair ? needs[index] : fair
    }
    return shares
  }

  private func drawHead(_ lane: CRM.Lane, _ canvas: inout Canvas, row: Int, column: Int) {
    canvas.put(
      [Span(SafeLine(lane.title), .strong), Span(SafeLine(" " + Wording.count(lane.count)))],
      row: row,
      column: column)
    canvas.put(
      lane.sumWords(canvas.glyphs), row: row, column: column, width: Self.width,
      align: .right, style: .strong)
    let words =
      lane.stage.word == nil
      ? Span("stage words Quad does not know", .dim)
      : lane.windowSpan(showsClosed: showsClosed, width: Self.width)
    canvas.put([words], row: row + 1, column: column)
    canvas.hline(row: row + 2, column: column, width: Self.width)
  }

  private func draw(
    _ deal: DealRow, _ canvas: inout Canvas, row: Int, column: Int, isCursor: Bool
  ) {
    let isLost = deal.stage.word == .lost
    let style: Style = isLost ? .dim : .text
    var amount = deal.amountSpan(canvas.glyphs)
    let end = deal.stage.word == nil ? Self.width : 28
    canvas.put(
      SafeLine(deal.title), row: row, column: column, width: min(19, end - amount.line.width - 2),
      style: style)
    if isLost, deal.amount != nil { amount.style = .dim }
    if deal.stage.word == nil {
      canvas.put([amount], row: row, column: column, width: Self.width, align: .right)
      canvas.put([deal.stage.quoted(canvas.glyphs)], row: row + 1, column: column, width: 24)
      canvas.put(
        SafeLine(deal.owner), row: row + 1, column: column, width: Self.width, align: .right,
        style: .faint)
    } else {
      canvas.put([amount], row: row, column: column, width: 28, align: .right)
      canvas.put(
        SafeLine(deal.changedWords(context.viewpoint)), row: row, column: column,
        width: Self.width, align: .right, style: .faint)
      if isLost {
        canvas.put(
          SafeLine(deal.lostReason ?? "no reason noted"), row: row + 1, column: column + 2,
          width: Self.width - 2, style: deal.lostReason == nil ? .faint : .dim)
      }
    }
    let isMarked = marks.contains(deal.id)
    if isMarked || deal.isUnsent {
      let glyphs = context.glyphs
      canvas.put(
        isMarked ? glyphs.marked : glyphs.unsent, row: row, column: column - 1,
        style: isMarked ? .accent : .info)
    }
    if isCursor { drawCursor(&canvas, row: row, column: column) }
  }

  private func drawCursor(_ canvas: inout Canvas, row: Int, column: Int) {
    let look = context.cursorLook(DealRow.self)
    canvas.put(
      context.glyphs.cursor, row: row, column: column - 2,
      style: look == .dimmed ? .dim : .accent)
    if look == .bar {
      canvas.tint(row: row, from: column - 1, to: column + Self.width)
      canvas.restyle(Rect(row: row, column: column, columns: 19, rows: 1)) { $0.bold = true }
    }
    if look != .dimmed { canvas.placeCursor(row: row, column: column - 2) }
  }
}
