import CRM
import TerminalUI

extension ListScreen {
  /// Says which kind of nothing it is, why, and which key helps (design/screens.md §10).
  func drawEmpty(_ canvas: inout Canvas, _ layout: ListLayout, _ context: Context) {
    for (line, spans) in emptyLines(context).enumerated() {
      canvas.put(
        spans, row: layout.table.row + line, column: 4, width: max(0, canvas.size.columns - 5))
    }
  }

  private func emptyLines(_ context: Context) -> [[Span]] {
    if list.all > 0 { return hiddenLines(isTyping: context.filterText != nil) }
    guard Self.isFetched else { return ownWords }
    switch context.sync.connection {
    case .starting: return [[Span("Reading the cache.")]]
    case .syncing(let done, let total):
      guard let fill = context.fill, !fill.kinds.isEmpty else {
        return syncingLines(done, total, context.glyphs)
      }
      return fillingLines(FillBars(fill: fill, glyphs: context.glyphs), context)
    case .offline:
      return [
        [Span(SafeLine("No \(things) here yet, and the server does not answer."))],
        [Span("The rest of Quad works with what is on this machine.", .dim)],
        keys("R", "try now") + [Span("   ")] + keys("8", "what waits"),
      ]
    case .live, .polling: return ownWords
    }
  }

  private var ownWords: [[Span]] {
    emptyWords.enumerated().map { emptyLine($0.element, $0.offset) }
  }

  private var things: String { Self.subject?.plural ?? "rows" }

  private func keys(_ key: SafeLine, _ word: SafeLine) -> [Span] {
    [Span(key, .accent), Span(" " + word, .dim)]
  }

  /// Rows are here, the filter or the view hides them.
  private func hiddenLines(isTyping: Bool) -> [[Span]] {
    let here = "\(Wording.count(list.all)) \(list.all == 1 ? "row is" : "\(rowWords) are") here"
    if !model.request.filter.isEmpty {
      return [
        [Span("Nothing matches.")], [Span(SafeLine("\(here); the filter hides them."), .dim)],
        isTyping ? keys("Esc", "clear the filter") : keys("F", "clear the filter"),
      ]
    }
    return [
      [Span(SafeLine("Nothing in \(activeView?.title ?? "this view")."))],
      [Span(SafeLine("\(here)."), .dim)], keys("f", "other views"),
    ]
  }

  /// A bar for each class, the first of all what is being fetched.
  private func fillingLines(_ bars: FillBars, _ context: Context) -> [[Span]] {
    [
      [
        Span(SafeLine("Fetching \(things)   ")),
        Span(SafeLine(bars.summary(context.viewpoint)), .dim),
      ]
    ] + bars.lines(context.size.columns - 5) + [[], Self.workAtOnce]
  }

  private static var workAtOnce: [Span] {
    [Span("You can work already: numbers carry a + until their rows are all here.", .dim)]
  }

  private func syncingLines(_ done: Int, _ total: Int?, _ glyphs: Glyphs) -> [[Span]] {
    var progress = [Span(SafeLine(Wording.count(done)), .strong)]
    if let total, total > 0 {
      let share = 100 * Double(done) / Double(total)
      progress =
        Bar(value: share, target: nil, style: Style(.chart2)).spans(width: 30, glyphs: glyphs)
        + [Span("   ")] + progress + [Span(SafeLine(" of \(Wording.count(total))"), .dim)]
    }
    return [
      [Span(SafeLine("Fetching \(things)"))], progress + [Span(" rows", .dim)], Self.workAtOnce,
    ]
  }

  /// The first line plain, the others dim; a line that starts with a key shows it as one.
  private func emptyLine(_ line: SafeLine, _ place: Int) -> [Span] {
    guard place > 0 else { return [Span(line)] }
    let text = line.text
    guard let blank = text.firstIndex(of: " "), text[..<blank].count == 1 else {
      return [Span(line, .dim)]
    }
    return keys(
      SafeLine(String(text[..<blank])), SafeLine(String(text[text.index(after: blank)...])))
  }
}
