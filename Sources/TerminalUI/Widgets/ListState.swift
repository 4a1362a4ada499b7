/// Where the cursor of a list is and what part of it is in sight.
package struct ListState: Sendable, Hashable {
  package var cursor: Int
  /// The first row in sight.
  package var top: Int
  /// Rows that stay whole while the cursor is on its way (`Table.CursorLook.travelling`); of those
  /// that come into sight meanwhile only a part shows. Nil: all stay whole.
  package var whole: Range<Int>?

  /// Rows kept in sight above and below the cursor.
  private static let margin = 2

  package init(cursor: Int = 0, top: Int = 0) {
    self.cursor = cursor
    self.top = top
  }

  /// Brings cursor and top into the list and the cursor into sight, with two rows of margin.
  package mutating func scroll(count: Int, height: Int) {
    cursor = min(max(0, cursor), max(0, count - 1))
    let margin = min(ListState.margin, max(0, (height - 1) / 2))
    top = min(top, cursor - margin)
    top = max(top, cursor + margin - height + 1)
    top = min(max(0, top), max(0, count - height))
  }

  /// Goes with rows that have moved in the list, so that they stay on their lines.
  package mutating func shift(by rows: Int) {
    top += rows
    whole = whole?.shifted(by: rows)
  }

  /// After a step of the cursor from where `before` shows it: rows that were out of sight in between
  /// are whole no more.
  package mutating func narrow(from before: ListState, height: Int) {
    let height = max(0, height)
    let was = before.whole ?? before.top..<before.top + height
    whole = was.clamped(to: top..<top + height)
  }

  /// After a step that scrolled a list which no terminal can scroll, because other rows stand beside
  /// it: on by a page, so that all of its rows are written anew once a page and not once a step. The
  /// cursor is at its margin on the other side then, and no row is whole.
  package mutating func turnPage(from before: ListState, count: Int, height: Int) {
    let margin = min(ListState.margin, max(0, (height - 1) / 2))
    top = top > before.top ? cursor - margin : cursor + margin - height + 1
    top = min(max(0, top), max(0, count - height))
    whole = top..<top
  }

  /// Moves by one of the keys every list knows; false for any other key.
  package mutating func handle(_ key: Key, count: Int, height: Int) -> Bool {
    switch key {
    case .down, .character("j"): cursor += 1
    case .up, .character("k"): cursor -= 1
    case .pageDown, .control("f"): cursor += max(1, height - 1)
    case .pageUp, .control("b"): cursor -= max(1, height - 1)
    case .control("d"): cursor += max(1, height / 2)
    case .control("u"): cursor -= max(1, height / 2)
    case .home, .character("g"): cursor = 0
    case .end, .character("G"): cursor = count - 1
    default: return false
    }
    scroll(count: count, height: height)
    return true
  }
}

extension Range<Int> {
  package func shifted(by step: Int) -> Range<Int> { lowerBound + step..<upperBound + step }
}
