import CRM
import TerminalUI

/// Below 100 columns: the heads of the open lanes in a row, the closed ones in words, and one of
/// them in focus.
struct LaneStrip {
  let answer: PipelineAnswer
  let focus: Int

  static let rows = 3
  private static let laneWidth = 14
  private static let pitch = 16
  private static let openLanes = 4

  func draw(_ canvas: inout Canvas, row: Int) {
    for (place, lane) in answer.lanes.prefix(Self.openLanes).enumerated() {
      draw(lane, &canvas, row: row, column: 1 + place * Self.pitch, hasFocus: place == focus)
    }
    let column = 1 + Self.openLanes * Self.pitch + 1
    let closed = answer.lanes.dropFirst(Self.openLanes).prefix(Self.rows)
    for (line, lane) in closed.enumerated() {
      let hasFocus = line + Self.openLanes == focus
      let name = SafeLine(lane.title).cut(to: 5)
      canvas.put([name.head(hasFocus)], row: row + line, column: column)
      canvas.put(
        [
          Span(right(SafeLine("\(lane.count)"), 2), hasFocus ? .accent : .text),
          Span(right(lane.sumWords(canvas.glyphs), 6), .dim),
        ], row: row + line, column: column + 5)
    }
  }

  private func draw(
    _ lane: CRM.Lane, _ canvas: inout Canvas, row: Int, column: Int, hasFocus: Bool
  ) {
    canvas.put(
      [
        SafeLine(lane.title).head(hasFocus), Span(" "),
        Span(SafeLine(Wording.count(lane.count)), hasFocus ? .accent : .text),
      ], row: row, column: column)
    canvas.put(
      [
        Span(left(lane.hasAmounts ? SafeLine(Wording.compact(lane.weighted)) : "", 4), .dim),
        Span("  "), Span(lane.sumWords(canvas.glyphs), hasFocus ? .strong : .text),
      ], row: row + 1, column: column)
    canvas.put(
      SplitRule(parts: lane.split(canvas.glyphs), total: lane.count), row: row + 2,
      column: column, width: Self.laneWidth)
  }
}

extension SafeLine {
  /// The name of a lane: underlined and strong when it has the focus.
  fileprivate func head(_ hasFocus: Bool) -> Span {
    Span(self, hasFocus ? Style.strong.underlined() : .text)
  }
}
