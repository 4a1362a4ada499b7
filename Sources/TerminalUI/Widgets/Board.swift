/// The head of a lane: how many, how much, what needs care.
package struct LaneHead: Sendable, Hashable {
  package var name: SafeLine
  package var count: SafeLine
  package var weighted: SafeLine
  package var sum: SafeLine
  package var care: [Span]
  package var split: [SplitRule.Part]
  /// Cards in all, which the split divides.
  package var total: Int

  package init(
    name: SafeLine, count: SafeLine, weighted: SafeLine, sum: SafeLine, care: [Span] = [],
    split: [SplitRule.Part] = [], total: Int = 0
  ) {
    self.name = name
    self.count = count
    self.weighted = weighted
    self.sum = sum
    self.care = care
    self.split = split
    self.total = total
  }
}

/// A card of three lines.
package struct Card: Sendable, Hashable {
  package var title: SafeLine
  package var company: Span
  package var owner: Span
  package var amount: Span
  package var step: Span
  package var close: Span
  package var look: RowLook

  package init(
    title: SafeLine, company: Span, owner: Span, amount: Span, step: Span, close: Span,
    look: RowLook = RowLook()
  ) {
    self.title = title
    self.company = company
    self.owner = owner
    self.amount = amount
    self.step = step
    self.close = close
    self.look = look
  }
}

/// One lane of the board, drawn in its own area: column 0 cursor, 1 stripe, 3 text.
package struct Lane: Sendable {
  package var head: LaneHead
  /// Rows the head takes, with the blank below it.
  package static let headRows = 4
  /// Rows a card takes, with the blank below it.
  package static let cardRows = 4
  /// Columns of text from which a card has its amount in the first line.
  private static let wideCard = 30

  package init(head: LaneHead) {
    self.head = head
  }

  /// Cards that fit below the head in `rows` rows, keeping a row for "5 more".
  package static func capacity(rows: Int) -> Int {
    max(0, (rows - headRows) / cardRows)
  }

  /// Draws head and cards.
  ///
  /// - Parameters:
  ///   - cards: The cards in sight, first one first.
  ///   - cursor: Which of them has the cursor.
  ///   - whole: Which of them stay whole while the cursor is on its way; of the others only the first
  ///     line shows. Nil: all.
  ///   - more: The line after the last card, such as `5 more, 51k`.
  package func draw(
    on canvas: inout Canvas, in rect: Rect, cards: [Card], cursor: Int? = nil,
    whole: Range<Int>? = nil, cursorLook: Table<Card>.CursorLook = .compact, more: SafeLine? = nil
  ) {
    canvas.area(rect) { canvas in
      let width = min(max(0, rect.columns - 4), 34)
      drawHead(&canvas, width)
      var row = Lane.headRows
      for (index, card) in cards.enumerated() {
        let isCursor = index == cursor && cursorLook != .none
        let isBrief = cursorLook == .travelling && whole?.contains(index) == false
        Lane.draw(card, on: &canvas, row: row, width: width, lines: isBrief ? 1 : 3)
        if isCursor { Lane.drawCursor(&canvas, row: row, width: width, look: cursorLook) }
        row += Lane.cardRows
      }
      if let more { canvas.put(more, row: row, column: 3, width: width, style: .faint) }
    }
  }

  private func drawHead(_ canvas: inout Canvas, _ width: Int) {
    let right = [Span(head.weighted, .dim), Span("  "), Span(head.sum, .strong)]
    canvas.put(
      [Span(head.name, .strong), Span(" "), Span(head.count)], row: 0, column: 3,
      width: max(0, width - right.width - 1))
    canvas.put(right, row: 0, column: 3, width: width, align: .right)
    canvas.put(head.care, row: 1, column: 3, width: width)
    canvas.put(
      SplitRule(parts: head.split, total: head.total), row: 2, column: 3, width: width)
  }

  private static func draw(
    _ card: Card, on canvas: inout Canvas, row: Int, width: Int, lines shown: Int
  ) {
    let isWide = width >= wideCard
    if let stripe = card.look.stripe {
      for line in row..<row + shown {
        canvas.put(stripe.sign(canvas.glyphs), row: line, column: 1, style: stripe.style)
      }
    }
    let mark: SafeLine =
      card.look.isMarked ? canvas.glyphs.marked : card.look.isUnsent ? canvas.glyphs.unsent : " "
    canvas.put(mark, row: row, column: 2, style: card.look.isMarked ? .accent : .info)
    let title = Span(card.title)
    let lines: [(Span, Span)] = [
      (title, isWide ? card.amount : Span("")), (card.company, isWide ? card.owner : card.amount),
      (card.step, card.close),
    ]
    for (line, pair) in lines.prefix(shown).enumerated() {
      let gap = pair.1.line.isEmpty ? 0 : 2
      canvas.put(
        [pair.0], row: row + line, column: 3, width: max(0, width - pair.1.width - gap))
      canvas.put([pair.1], row: row + line, column: 3, width: width, align: .right)
    }
  }

  private static func drawCursor(
    _ canvas: inout Canvas, row: Int, width: Int, look: Table<Card>.CursorLook
  ) {
    canvas.put(canvas.glyphs.cursor, row: row, column: 0, style: look.signStyle)
    if look == .bar {
      for line in row..<row + 3 { canvas.tint(row: line, from: 2, to: width + 3) }
      canvas.restyle(Rect(row: row, column: 3, columns: width, rows: 1)) { $0.bold = true }
    }
    if look != .dimmed { canvas.placeCursor(row: row, column: 0) }
  }
}
