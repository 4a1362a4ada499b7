import TerminalUI

/// Where the four panes stand: two by two, or one under the other on narrow screens.
struct QuadLayout {
  let isStacked: Bool
  private let size: Size
  private let focus: QuadScreen.Pane

  private static let gridFrom = 120
  /// Rows from which two blank lines part the panes.
  private static let airyFrom = 44

  init(_ size: Size, focus: QuadScreen.Pane) {
    self.size = size
    self.focus = focus
    isStacked = size.columns < Self.gridFrom || size.rows < 30
  }

  func rect(_ pane: QuadScreen.Pane) -> Rect {
    isStacked ? stacked(pane) : grid(pane)
  }

  private func grid(_ pane: QuadScreen.Pane) -> Rect {
    let lower = (size.rows - 5) / 2
    let lowerTop = size.rows - 2 - lower
    let gap = size.rows >= Self.airyFrom ? 2 : 1
    let half = (size.columns - 2) / 2
    let isRight = pane == .quizzes || pane == .pipeline
    let isLower = pane == .tickets || pane == .pipeline
    return Rect(
      row: isLower ? lowerTop : 2, column: isRight ? size.columns - half : 0, columns: half,
      rows: isLower ? lower : lowerTop - 2 - gap)
  }

  /// The pane in focus first, with the spare rows.
  private func stacked(_ pane: QuadScreen.Pane) -> Rect {
    let order = [focus] + QuadScreen.Pane.allCases.filter { $0 != focus }
    let room = size.rows - 3 - 7
    let first = max(1, (room * 2 + 2) / 5)
    let rest = max(0, room - first)
    var row = 2
    for (place, candidate) in order.enumerated() {
      let rows = place == 0 ? first : (rest + 3 - place) / 3
      if candidate == pane {
        return Rect(row: row, column: 0, columns: size.columns, rows: rows + 1)
      }
      row += rows + 2
    }
    return Rect(Size(columns: 0, rows: 0))
  }

  /// Rows of the list the cursor moves in.
  func height(_ pane: QuadScreen.Pane) -> Int {
    let rows = rect(pane).rows
    if isStacked { return max(1, rows - 1) }
    return max(
      1,
      rows - PaneDrawing.upperRows(pane, rows: rows) - PaneDrawing.lowerRows(pane, rows: rows))
  }
}
