/// The hardware cursor goes from one sign to the next, or stays on its sign while the lines move under
/// it by one.
struct CursorStep {
  let from: Position
  /// What is left there.
  let left: Cell
  let to: Position
  let sign: Cell

  /// Nil where nothing of the kind happens.
  init?(from before: Canvas, to after: Canvas) {
    guard let from = before.cursor, let to = after.cursor else { return nil }
    if from == to {
      guard before.scrolls(to: after, at: from) else { return nil }
      left = .blank
    } else {
      guard before[from] != after[from], before[to] != after[to] else { return nil }
      left = after[from]
    }
    self.from = from
    self.to = to
    sign = after[to]
    // A sign of the cursor bar goes with its line: to come back for it takes a colour more.
    guard ![before[from], left, sign].contains(where: { $0.width != 1 || $0.style.selected }) else {
      return nil
    }
  }
}

extension Canvas {
  fileprivate subscript(place: Position) -> Cell {
    cells[place.row * fullSize.columns + place.column]
  }

  /// Whether the line at the place is one of its neighbours of before, but for the sign there.
  fileprivate func scrolls(to after: Canvas, at place: Position) -> Bool {
    func parts(_ canvas: Canvas, _ row: Int) -> [ArraySlice<Cell>] {
      let line = canvas.cells[row * fullSize.columns..<(row + 1) * fullSize.columns]
      return [line.prefix(place.column), line.dropFirst(place.column + 1)]
    }
    guard after.fullSize == fullSize else { return false }
    return [place.row - 1, place.row + 1].contains { row in
      (0..<fullSize.rows).contains(row)
        && self[Position(row: row, column: place.column)] == .blank
        && parts(after, place.row) == parts(self, row)
    }
  }
}
