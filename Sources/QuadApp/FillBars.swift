import CRM
import TerminalUI

/// A bar for each class whose first rows arrive (design/screens.md §10).
struct FillBars {
  let fill: FillProgress
  let glyphs: Glyphs

  private static let barWidth = 30
  private static let nameWidth = 16

  /// - Parameter width: Columns; narrow ones go without the bar.
  func lines(_ width: Int) -> [[Span]] {
    let bar = width >= Self.nameWidth + Self.barWidth + 20 ? Self.barWidth : 0
    return fill.kinds.map { line($0, bar) }
  }

  /// `2 kinds done, 1 600 a second, 6 s left`. How many kinds there will be nobody knows before the
  /// last of them has begun.
  func summary(_ viewpoint: Viewpoint) -> String {
    let done = fill.kinds.count(where: \.isDone)
    let kinds = done == 0 ? nil : done == 1 ? "1 kind done" : "\(done) kinds done"
    let words = [kinds, fill.words(now: viewpoint.now)].compactMap(\.self)
    return words.isEmpty ? "the first rows are on their way" : words.joined(separator: ", ")
  }

  private func line(_ kind: FillProgress.Kind, _ bar: Int) -> [Span] {
    let name = SchoolClass(rawValue: kind.className)?.plural ?? kind.className
    let share = kind.isDone ? 100 : kind.total.map { Self.share(kind.done, of: $0) } ?? 0
    let rows =
      kind.total == 0
      ? "none"
      : Wording.count(kind.done) + (kind.total.map { " of \(Wording.count($0))" } ?? " so far")
    var line = [Span(left(SafeLine(name), Self.nameWidth), .dim)]
    if bar > 0 {
      line += Bar(value: share, target: nil, style: Style(.chart2)).spans(
        width: bar, glyphs: glyphs)
    }
    line.append(Span(right(SafeLine(rows), 17)))
    if kind.isDone { line += [Span("  "), Span(glyphs.done, .good)] }
    return line
  }

  /// Percent; a class without rows is whole.
  private static func share(_ done: Int, of total: Int) -> Double {
    total > 0 ? 100 * Double(done) / Double(total) : 100
  }
}
