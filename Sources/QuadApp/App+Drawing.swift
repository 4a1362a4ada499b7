import CRM
package import TerminalUI

extension App {
  /// The whole picture. Cheap enough to be made anew for every paint.
  package func draw() -> Canvas {
    var canvas = Canvas(size: context.size, glyphs: context.glyphs)
    guard context.size.columns >= 40, context.size.rows >= 10 else {
      drawTooSmall(&canvas)
      return canvas
    }
    if let keptCanvas { return drawKept(keptCanvas) }
    header.draw(on: &canvas)
    if let refusal = top.closed(screenContext) {
      drawClosed(refusal, &canvas)
    } else if !hasAnswer, !top.watches(context).isEmpty {
      canvas.put("Reading the cache.", row: 4, column: 4)
      canvas.placeCursor(row: 4, column: 4)
    } else {
      top.draw(&canvas, screenContext)
    }
    if let travel { drawStaying(travel, &canvas) }
    if !cards.isEmpty { drawTrail(&canvas) }
    if let drawer {
      drawer.draw(
        &canvas, context, loose: top.loose(screenContext), list: top.rowsArea(screenContext))
      return canvas
    }
    drawLastLines(&canvas)
    return canvas
  }

  /// The detail as it was when the cursor set out; a cursor that is in the detail takes it along.
  private func drawStaying(_ travel: Travel, _ canvas: inout Canvas) {
    guard let area = top.detailArea(screenContext),
      !(canvas.cursor.map { area.contains(row: $0.row, column: $0.column) } ?? false)
    else { return }
    var before = Canvas(size: context.size, glyphs: context.glyphs)
    travel.start.draw(&before, screenContext)
    canvas.copy(area, from: before)
  }

  /// Status and footer. In a short window there is no line for news but the footer's.
  private func drawLastLines(_ canvas: inout Canvas) {
    let last = context.size.rows - 1
    let hasStatusLine = context.size.rows >= ListLayout.statusRows
    let position = positionSpans
    let news = statusSpans(besides: position.width)
    if context.size.rows < ListLayout.detailFrom, !news.isEmpty {
      StatusLine(left: news, right: position).draw(on: &canvas, row: last)
      return
    }
    if hasStatusLine || !news.isEmpty {
      StatusLine(left: news, right: position).draw(on: &canvas, row: last - 1)
    }
    let showsPosition = !hasStatusLine && news.isEmpty
    footer(right: showsPosition ? position : []).draw(on: &canvas, row: last)
  }

  /// `4 of 23`: the number that goes with the cursor is plain, as the cursor is, and has the room of
  /// the total, so that what stands before it stays put.
  private var positionSpans: [Span] {
    guard top.closed(screenContext) == nil else { return [] }
    let words = top.position(screenContext).text.split(
      separator: " ", omittingEmptySubsequences: false)
    guard let of = words.lastIndex(of: "of"), of > 0, of + 1 < words.count else {
      return [Span(SafeLine(words.joined(separator: " ")), .dim)]
    }
    let before = words[..<(of - 1)].map { $0 + " " }.joined()
    let number = String(words[of - 1])
    let room = String(repeating: " ", count: max(0, words[of + 1].count - number.count))
    let after = words[of...].map { " " + $0 }.joined()
    return [
      Span(SafeLine(room + before), .dim), Span(SafeLine(number)), Span(SafeLine(after), .dim),
    ]
  }

  /// Says that the screen is not open, instead of numbers that are none (design/screens.md §10).
  private func drawClosed(_ refusal: Refusal, _ canvas: inout Canvas) {
    let lines: [[Span]] = [
      [Span(SafeLine(refusal.words))],
      [Span("The server decides this (119). An admin can give you another role.", .dim)],
      [Span("0", .accent), Span(" Quad", .dim)],
    ]
    for (line, spans) in lines.enumerated() { canvas.put(spans, row: 3 + line, column: 4) }
    canvas.placeCursor(row: 5, column: 4)
  }

  private func drawTooSmall(_ canvas: inout Canvas) {
    let size = context.size
    let isRoomy = size.columns >= 28 && size.rows >= 5
    let window = SafeLine("This window is \(size.columns) x \(size.rows).")
    let lines: [[Span]] = [
      [Span("Quad needs 40 x 10.")], [Span(window, .dim)],
      [Span("q", .accent), Span(" quit", .dim)],
    ]
    for (row, line) in lines.enumerated() {
      canvas.put(line, row: row + (isRoomy ? 1 : 0), column: isRoomy ? 4 : 0)
    }
    canvas.placeCursor(row: 0, column: 0)
  }

  private func drawTrail(_ canvas: inout Canvas) {
    let parts = [screens[current]?.trail ?? current.title] + cards.map(\.trail)
    var spans: [Span] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { spans += [Span(" "), Span(context.glyphs.prompt, .faint), Span(" ")] }
      let isLast = index == parts.count - 1
      spans.append(Span(SafeLine(part), isLast ? .strong : .dim))
    }
    let before = SafeLine(parts.count > 1 ? parts[parts.count - 2] : "").cut(to: 24)
    let back = [Span("Backspace", .accent), Span(" back to " + before, .dim)]
    canvas.putEnds(row: 1, left: spans, right: stepSpans ?? back)
  }

  /// The toast, or marks and moved rows. Long words give way to the key that leads on.
  func statusSpans(besides position: Int) -> [Span] {
    guard let toast else { return top.status(screenContext) }
    let sign =
      switch toast.kind {
      case .done: [Span(context.glyphs.done, .good), Span(" ")]
      case .notice: [Span("! ", .warn)]
      }
    var keys: [Span] = []
    if toast.canUndo { keys += [Span("   "), Span("u", .accent), Span(" undo", .dim)] }
    if let next = toast.next, next.screen != current {
      let digit = SafeLine("\(next.screen.rawValue)")
      keys += [Span("   "), Span(digit, .accent), Span(SafeLine(" " + next.word), .dim)]
    }
    let margins = 2 + (position > 0 ? 3 : 0)
    let room = context.size.columns - margins - position - sign.width - keys.width
    return sign + [Span(SafeLine(toast.words).cut(to: max(room, 0)))] + keys
  }

  private func footer(right: [Span]) -> Footer {
    if filterField != nil {
      return Footer(
        [
          Footer.Item("Enter", "keep the filter"), Footer.Item("Up Down", "move"),
          Footer.Item("Esc", "clear it"),
        ], right: right)
    }
    let isClosed = top.closed(screenContext) != nil
    let bindings = allBindings.filter {
      $0.footer != nil && $0.refusal == nil && !(isClosed && $0.scope == .screen)
    }
    .sorted { ($0.footer ?? 0) < ($1.footer ?? 0) }
    return Footer(
      bindings.map { Footer.Item(SafeLine($0.keyWords), SafeLine($0.word)) }, right: right)
  }
}
