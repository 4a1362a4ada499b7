extension Canvas {
  /// Puts one text from column 1 and one that ends before the last column, which stays empty.
  ///
  /// The right one stays whole; the left one is cut two columns before it.
  package mutating func putEnds(row: Int, left: [Span], right: [Span]) {
    let last = size.columns - 1
    let rightStart = last - right.width
    put(right, row: row, column: max(1, rightStart), width: min(right.width, last - 1))
    let room = right.isEmpty ? last - 1 : rightStart - 3
    if room > 0 { put(left, row: row, column: 1, width: room) }
  }
}

/// A title, a rule that fills the line, and facts at its right end.
package struct TitledRule: Sendable, Hashable {
  package var title: [Span]
  package var right: [Span]
  /// The title of a drawer or of the pane in focus: reversed, with a heavy rule for a drawer.
  package var isHeader: Bool
  package var isHeavy: Bool

  package init(_ title: [Span], right: [Span] = [], isHeader: Bool = false, isHeavy: Bool = false) {
    self.title = title
    self.right = right
    self.isHeader = isHeader
    self.isHeavy = isHeavy
  }

  /// The head of a drawer.
  package static func drawer(_ title: SafeLine, note: [Span] = []) -> TitledRule {
    TitledRule([Span(title, .header)], right: note, isHeader: true, isHeavy: true)
  }

  /// Draws on one row of the area, its last column empty.
  package func draw(on canvas: inout Canvas, row: Int) {
    let last = canvas.size.columns - 1
    let rightStart = last - right.width
    var end = canvas.put(title, row: row, column: 1, width: max(0, last - 1))
    if isHeader {
      canvas.put(" ", row: row, column: 0, style: .header)
      canvas.put(" ", row: row, column: end, style: .header)
      end += 1
    }
    let ruleEnd = right.isEmpty ? last : rightStart - 1
    canvas.hline(
      row: row, column: end + 1, width: ruleEnd - end - 1,
      sign: isHeavy ? canvas.glyphs.bar : canvas.glyphs.rule,
      style: isHeavy ? Style(.chart1) : .rule)
    if !right.isEmpty, rightStart > end + 1 {
      canvas.put(right, row: row, column: rightStart, width: right.width)
    }
  }
}

/// The keys that work here and now, in words.
package struct Footer: Sendable, Hashable {
  package struct Item: Sendable, Hashable {
    package var keys: SafeLine
    package var word: SafeLine

    package init(_ keys: SafeLine, _ word: SafeLine) {
      self.keys = keys
      self.word = word
    }

    var spans: [Span] { [Span(keys, .accent), Span(" " + word, .dim)] }
  }

  /// Most used first; the last one stays when room is short.
  package var items: [Item]
  package var right: [Span]

  package init(_ items: [Item], right: [Span] = []) {
    self.items = items
    self.right = right
  }

  package func draw(on canvas: inout Canvas, row: Int) {
    var room = canvas.size.columns - 2 - (right.isEmpty ? 0 : right.width + 2)
    var shown: [Item] = []
    if let last = items.last {
      room -= last.spans.width
      for item in items.dropLast() where room >= item.spans.width + 3 {
        shown.append(item)
        room -= item.spans.width + 3
      }
      shown.append(last)
    }
    var left: [Span] = []
    for item in shown {
      if !left.isEmpty { left.append(Span("   ")) }
      left += item.spans
    }
    canvas.putEnds(row: row, left: left, right: right)
  }
}

/// What happened, or what the marks are; the position at the right.
package struct StatusLine: Sendable, Hashable {
  package var left: [Span]
  package var right: [Span]

  package init(left: [Span] = [], right: [Span] = []) {
    self.left = left
    self.right = right
  }

  package func draw(on canvas: inout Canvas, row: Int) {
    canvas.putEnds(row: row, left: left, right: right)
  }
}
