/// A row of small columns, one a value: a distribution or a trend (design/screens.md §7).
package struct Columns: Chart {
  /// Values oldest or lowest first; nil is a gap.
  package var values: [Double?]
  /// The values of the lowest and the highest column; nil scales from 0 to the largest value.
  package var scale: ClosedRange<Double>?
  package var style: Style

  package init(
    _ values: [Double?], scale: ClosedRange<Double>? = nil, style: Style = Style(.chart2)
  ) {
    self.values = values
    self.scale = scale
    self.style = style
  }

  /// One column a value, at most `width`; the last ones stay when there are more.
  package func spans(width: Int, glyphs: Glyphs) -> [Span] {
    var builder = SpanBuilder()
    let top = values.compactMap { $0 }.max() ?? 0
    for value in values.suffix(max(0, width)) {
      guard let value, value.isFinite else {
        builder.add(" ", .text)
        continue
      }
      if let scale {
        let span = scale.upperBound - scale.lowerBound
        let part = span > 0 ? min(max((value - scale.lowerBound) / span, 0), 1) : 0.5
        builder.add(glyphs.columns[roundedCount(part * 6)], style)
      } else if value > 0 {
        builder.add(glyphs.columns[max(1, roundedCount(value / top * 7)) - 1], style)
      } else {
        builder.add(glyphs.columns[0], .rule)
      }
    }
    return builder.spans
  }
}

/// Where the middle of a group lies: light p10 to p90, heavy p25 to p75, a tick at the median.
package struct BoxPlot: Chart {
  package struct Quantiles: Sendable, Hashable {
    package var p10: Double
    package var p25: Double
    package var median: Double
    package var p75: Double
    package var p90: Double

    package init(p10: Double, p25: Double, median: Double, p75: Double, p90: Double) {
      self.p10 = p10
      self.p25 = p25
      self.median = median
      self.p75 = p75
      self.p90 = p90
    }
  }

  package var quantiles: Quantiles?
  /// The values at the left and the right edge.
  package var scale: ClosedRange<Double>
  package var style: Style

  /// - Parameter quantiles: nil draws nothing.
  package init(
    _ quantiles: Quantiles?, scale: ClosedRange<Double> = 0...100, style: Style = Style(.chart2)
  ) {
    self.quantiles = quantiles
    self.scale = scale
    self.style = style
  }

  package func spans(width: Int, glyphs: Glyphs) -> [Span] {
    var builder = SpanBuilder()
    guard let quantiles, width > 0 else {
      builder.add(" ", .text, count: width)
      return builder.spans
    }
    let low = cell(quantiles.p10, width)
    let high = cell(quantiles.p90, width)
    let inner =
      cell(
        quantiles.p25, width)...max(
        cell(quantiles.p25, width), cell(quantiles.p75, width))
    let median = cell(quantiles.median, width)
    for place in 0..<width {
      if place == median {
        builder.add(glyphs.tickReached, .strong)
      } else if inner.contains(place) {
        builder.add(glyphs.bar, style)
      } else if place >= low, place <= high {
        builder.add(glyphs.rule, .dim)
      } else {
        builder.add(" ", .text)
      }
    }
    return builder.spans
  }

  private func cell(_ value: Double, _ width: Int) -> Int {
    let span = scale.upperBound - scale.lowerBound
    guard span > 0, value.isFinite else { return 0 }
    let part = min(max((value - scale.lowerBound) / span, 0), 1)
    return min(width - 1, Int(part * Double(width)))
  }
}
