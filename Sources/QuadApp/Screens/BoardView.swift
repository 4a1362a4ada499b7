import CRM
import TerminalUI

/// The lanes side by side with their cards, and the closed ones beside or folded below.
struct BoardView {
  let lanes: [CRM.Lane]
  let state: BoardState
  let layout: BoardLayout
  let context: Context

  func draw(_ canvas: inout Canvas) {
    let first = firstLane
    for place in 0..<layout.lanes where lanes.indices.contains(first + place) {
      let rect = Rect(
        row: layout.top, column: place * layout.laneWidth, columns: layout.laneWidth,
        rows: layout.rows)
      drawLane(first + place, &canvas, rect)
    }
    if layout.hasClosedColumn {
      drawClosed(&canvas)
    } else {
      let row = layout.top + layout.rows
      canvas.put(folded(first), row: row, column: 1)
    }
  }

  /// The open lanes stand first; beyond them the board slides.
  private var firstLane: Int { max(0, state.lane - layout.lanes + 1) }

  private func drawLane(_ index: Int, _ canvas: inout Canvas, _ rect: Rect) {
    let lane = lanes[index]
    let top = state.tops[index] ?? 0
    let shown = lane.cards.dropFirst(top).prefix(layout.capacity)
    let hidden = lane.cards.dropFirst(top + shown.count)
    let more: SafeLine? =
      hidden.isEmpty
      ? nil
      : SafeLine(
        "\(hidden.count) more, \(Wording.compact(hidden.compactMap(\.amount).reduce(0, +)))")
    TerminalUI.Lane(head: head(lane)).draw(
      on: &canvas, in: rect, cards: shown.map { card($0, width: rect.columns) },
      cursor: index == state.lane ? state.row - top : nil,
      cursorLook: context.cursorLook(Card.self), more: more)
  }

  private func head(_ lane: CRM.Lane) -> LaneHead {
    let glyphs = context.glyphs
    var care: [[Span]] = []
    if lane.late > 0 { care.append([Span(SafeLine("\(lane.late) late"), .bad)]) }
    if lane.today > 0 { care.append([Span(SafeLine("\(lane.today) today"), .info)]) }
    if lane.noStep > 0 { care.append([Span(SafeLine("\(lane.noStep) no step"), .warn)]) }
    return LaneHead(
      name: SafeLine(lane.title), count: SafeLine("\(lane.count)"),
      weighted: SafeLine(Wording.compact(lane.weighted)), sum: SafeLine(Wording.compact(lane.sum)),
      care: [Span](care.joined(separator: [Span("  ")])),
      split: [
        .init(count: lane.late, sign: glyphs.bar, style: .bad),
        .init(count: lane.today, sign: glyphs.today, style: .info),
        .init(count: lane.noStep, sign: glyphs.noStep, style: .warn),
      ], total: lane.count)
  }

  private func card(_ row: DealRow, width: Int) -> Card {
    Card(
      title: SafeLine(row.title),
      company: Span(SafeLine(row.company.isEmpty ? row.contact : row.company), .dim),
      owner: Span(SafeLine(row.owner), .faint), amount: row.amountSpan,
      step: row.isOpen ? row.nextStep.span : Span(SafeLine("\(row.quietDays)d ago"), .faint),
      close: row.closeSpan(), look: RowLook(row.severity, isUnsent: row.isUnsent))
  }

  /// Lanes not in sight on one line: `folded  won 9 214k   lost 6 62k`.
  private func folded(_ first: Int) -> [Span] {
    let hidden = lanes.indices.filter { !(first..<first + layout.lanes).contains($0) }
    let parts = hidden.map { index in
      [
        Span(SafeLine("\(lanes[index].title) "), .dim), Span(SafeLine("\(lanes[index].count) ")),
        Span(SafeLine(Wording.compact(lanes[index].sum)), .dim),
      ]
    }
    return [Span("folded  ", .faint)] + .facts(parts)
      + [Span("   "), Span("l", .accent), Span(" opens", .faint)]
  }

  /// Won, lost and unknown stages, one line a deal.
  private func drawClosed(_ canvas: inout Canvas) {
    let column = layout.lanes * layout.laneWidth + 1
    let width = min(34, canvas.size.columns - column - 5)
    var row = layout.top
    let last = layout.top + layout.rows
    let closed = lanes.dropFirst(layout.lanes).filter { $0.count > 0 || $0.stage.word != nil }
    for lane in closed where row + 3 < last {
      canvas.put(
        [Span(SafeLine(lane.title), .strong), Span(SafeLine(" \(lane.count)"))], row: row,
        column: column)
      canvas.put(
        SafeLine(Wording.compact(lane.sum)), row: row, column: column, width: width, align: .right,
        style: .strong)
      canvas.put("latest changes first", row: row + 1, column: column, style: .faint)
      canvas.hline(row: row + 2, column: column, width: width)
      row += 4
      let share = max(2, (last - row) / max(1, closed.count) - 4)
      for deal in lane.cards.prefix(share) where row < last {
        drawClosed(deal, &canvas, row: row, column: column, width: width)
        row += 1
      }
      row += 1
    }
  }

  private func drawClosed(
    _ deal: DealRow, _ canvas: inout Canvas, row: Int, column: Int, width: Int
  ) {
    let isCursor = deal.id == state.cardID
    if isCursor {
      canvas.put(context.glyphs.cursor, row: row, column: column - 1, style: .accent)
      canvas.placeCursor(row: row, column: column - 1)
    }
    canvas.put(SafeLine(deal.title), row: row, column: column, width: width - 14)
    canvas.put([deal.amountSpan], row: row, column: column, width: width - 6, align: .right)
    canvas.put(
      SafeLine("\(deal.quietDays)d"), row: row, column: column, width: width, align: .right,
      style: .faint)
  }
}

/// Below 100 columns: the heads of the open lanes over the list, closed ones in words.
struct LaneStrip {
  let lanes: [CRM.Lane]

  static let rows = 3

  func draw(_ canvas: inout Canvas) {
    let width = 14
    for (place, lane) in lanes.prefix(4).enumerated() {
      let column = 1 + place * (width + 2)
      canvas.put(
        [Span(left(SafeLine(lane.title), 12), .strong), Span(right(SafeLine("\(lane.count)"), 2))],
        row: 3, column: column)
      canvas.put(
        [
          Span(left(SafeLine(Wording.compact(lane.weighted)), 6), .dim),
          Span(SafeLine(Wording.compact(lane.sum)), .strong),
        ], row: 4, column: column)
      canvas.put(
        SplitRule(
          parts: [
            .init(count: lane.late, sign: canvas.glyphs.bar, style: .bad),
            .init(count: lane.today, sign: canvas.glyphs.today, style: .info),
            .init(count: lane.noStep, sign: canvas.glyphs.noStep, style: .warn),
          ], total: lane.count), row: 5, column: column, width: width)
    }
    let column = 1 + 4 * (width + 2)
    for (line, lane) in lanes.dropFirst(4).prefix(3).enumerated() {
      canvas.put(
        [
          Span(SafeLine(lane.title.prefix(5) + " "), .dim),
          Span(right(SafeLine("\(lane.count)"), 3)),
          Span(right(SafeLine(Wording.compact(lane.sum)), 5), .dim),
        ], row: 3 + line, column: column)
    }
  }
}
