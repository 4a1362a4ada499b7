/// A drawing of one line: pieces of text that fill a number of columns.
///
/// Charts are values; a table cell, a card or a line of facts places them like any text.
package protocol Chart: Sendable {
  /// The chart in exactly `width` columns, unless it says otherwise.
  func spans(width: Int, glyphs: Glyphs) -> [Span]
}

extension Canvas {
  /// Puts a chart that is `width` columns wide.
  package mutating func put(_ chart: some Chart, row: Int, column: Int, width: Int) {
    put(chart.spans(width: width, glyphs: glyphs), row: row, column: column, width: width)
  }
}

/// Collects signs of one column and joins neighbours of one style.
struct SpanBuilder {
  private(set) var spans: [Span] = []

  mutating func add(_ sign: SafeLine, _ style: Style, count: Int = 1) {
    guard count > 0 else { return }
    let line = sign.repeated(count)
    if let last = spans.indices.last, spans[last].style == style {
      spans[last].line += line
    } else {
      var span = Span(line, style)
      span.isChart = true
      spans.append(span)
    }
  }
}

/// The number, nil when it is infinite or not a number.
func finite(_ value: Double) -> Double? {
  value.isFinite ? value : nil
}

/// Rounds to the nearest whole number, halves up; not-a-number and negatives give 0.
func roundedCount(_ value: Double) -> Int {
  guard value > 0 else { return 0 }
  return value < 1e6 ? Int((value + 0.5).rounded(.down)) : 1_000_000
}
