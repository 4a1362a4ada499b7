/// An amount against the largest of its column: heavy for the part that counts, light for the rest.
///
/// Without a rest the bar ends open, with half a cell if need be. It takes only the columns it
/// fills.
package struct AmountBar: Chart {
  /// The part drawn first in `leadStyle`, such as what is late; included in `heavy`.
  package var lead: Double
  package var heavy: Double
  /// Heavy and light together; never less than `heavy`.
  package var total: Double
  /// The amount that fills the width.
  package var full: Double
  package var style: Style
  package var leadStyle: Style

  package init(
    heavy: Double, total: Double? = nil, full: Double, lead: Double = 0,
    style: Style = Style(.chart2), leadStyle: Style = .bad
  ) {
    self.heavy = heavy
    self.total = max(total ?? heavy, heavy)
    self.full = full
    self.lead = lead
    self.style = style
    self.leadStyle = leadStyle
  }

  package func spans(width: Int, glyphs: Glyphs) -> [Span] {
    guard width > 0, full > 0 else { return [] }
    let scale = Double(width) / full
    let heavyHalves = min(roundedCount(heavy * scale * 2), width * 2)
    let totalCells = min(max(roundedCount(total * scale), (heavyHalves + 1) / 2), width)
    let leadCells = min(roundedCount(lead * scale), heavyHalves / 2)
    let hasRest = totalCells > (heavyHalves + 1) / 2 || total > heavy
    var builder = SpanBuilder()
    for cell in 0..<totalCells {
      if cell < leadCells {
        builder.add(glyphs.bar, leadStyle)
      } else if heavyHalves >= cell * 2 + 2 {
        builder.add(glyphs.bar, style)
      } else if heavyHalves == cell * 2 + 1 {
        builder.add(hasRest ? glyphs.barHalf : glyphs.barEnd, style)
      } else {
        builder.add(glyphs.rule, .rule)
      }
    }
    return builder.spans
  }
}

/// A rule divided by counts, such as late, today, no step, planned.
package struct SplitRule: Chart {
  package struct Part: Sendable, Hashable {
    package var count: Int
    package var sign: SafeLine
    package var style: Style

    package init(count: Int, sign: SafeLine, style: Style) {
      self.count = count
      self.sign = sign
      self.style = style
    }
  }

  package var parts: [Part]
  /// What the whole width stands for.
  package var total: Int

  package init(parts: [Part], total: Int) {
    self.parts = parts
    self.total = total
  }

  /// Each part takes its share, at least one cell; the rule fills the rest.
  package func spans(width: Int, glyphs: Glyphs) -> [Span] {
    var builder = SpanBuilder()
    var left = max(0, width)
    for part in parts where part.count > 0 && total > 0 {
      let share = roundedCount(Double(part.count) * Double(width) / Double(total))
      let cells = min(max(share, 1), left)
      builder.add(part.sign, part.style, count: cells)
      left -= cells
    }
    builder.add(glyphs.rule, .rule, count: left)
    return builder.spans
  }
}
