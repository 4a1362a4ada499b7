import CRM
import TerminalUI

/// The cursor of a card that is longer than a screen: it walks the lines that are something, and the
/// others scroll along.
struct CardScroll {
  /// What the cursor is on, and its place among all, for when the thing itself is gone.
  private(set) var target: CardLine.Target?
  private var place = 0
  /// The first line in sight.
  private var top = 0

  mutating func move(_ motion: Motion, _ lines: [CardLine], _ context: Context) {
    switch motion {
    case .down, .right: place += 1
    case .up, .left: place -= 1
    case .top: place = 0
    case .bottom: place = lines.count { $0.target != nil } - 1
    case .pageDown, .halfDown: place += 5
    case .pageUp, .halfUp: place -= 5
    }
    target = nil
    settle(lines, context)
  }

  /// Finds the cursor again and brings it into sight; at either end of the card all of the end is
  /// in sight.
  mutating func settle(_ lines: [CardLine], _ context: Context) {
    let targets = lines.indices.filter { lines[$0].target != nil }
    if let target, let found = targets.firstIndex(where: { lines[$0].target == target }) {
      place = found
    }
    place = max(0, min(place, targets.count - 1))
    let height = Self.rows(context)
    let last = max(0, lines.count - height)
    guard targets.indices.contains(place) else {
      target = nil
      top = 0
      return
    }
    let line = targets[place]
    target = lines[line].target
    top = min(max(top, line - height + 3), max(0, line - 2))
    if place == 0, line < height { top = 0 }
    if place == targets.count - 1, line >= last { top = last }
    top = min(top, last)
  }

  private static func rect(_ context: Context) -> Rect {
    let size = context.size
    let first = size.rows >= 20 ? 3 : 2
    return Rect(
      row: first, column: 0, columns: size.columns,
      rows: size.rows - first - (size.rows >= 20 ? 2 : 1))
  }

  /// Rows of the window that a card has.
  static func rows(_ context: Context) -> Int { rect(context).rows }

  func draw(_ lines: [CardLine], on canvas: inout Canvas, _ context: Context) {
    var rect = Self.rect(context)
    rect.columns = canvas.size.columns
    canvas.area(rect) { canvas in
      for row in 0..<canvas.size.rows where lines.indices.contains(top + row) {
        let line = lines[top + row]
        line.draw(
          &canvas, row: row, hasCursor: line.target != nil && line.target == target, context)
      }
    }
  }

  /// How much of the card is in sight.
  func position(_ lines: [CardLine], _ context: Context) -> SafeLine {
    let height = Self.rows(context)
    guard lines.count > height else { return "" }
    return SafeLine("lines \(top + 1) to \(min(lines.count, top + height)) of \(lines.count)")
  }
}
