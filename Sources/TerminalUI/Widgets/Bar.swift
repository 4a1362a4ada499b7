/// Progress from 0 to 100 with a tick at the target (design/screens.md §7).
///
/// Rounding never crosses the tick: below the target the fill ends before it, at the target it
/// covers it, so that the bar never says more than the number.
package struct Bar: Chart {
  package var value: Double?
  package var target: Double?
  package var style: Style

  /// - Parameters:
  ///   - value: 0 to 100; nil draws an empty bar.
  ///   - target: 0 to 100; nil draws no tick.
  package init(value: Double?, target: Double? = nil, style: Style = Style(.chart2)) {
    self.value = value
    self.target = target
    self.style = style
  }

  package func spans(width: Int, glyphs: Glyphs) -> [Span] {
    guard width > 0 else { return [] }
    let value = min(max(self.value.flatMap(finite) ?? 0, 0), 100)
    var halves = roundedCount(value / 100 * Double(width * 2))
    var tick: TickedBar.Tick?
    if let target = target.flatMap(finite) {
      let place = min(width - 1, Int(min(max(target, 0), 100) / 100 * Double(width)))
      let reached = self.value.map { $0 >= target } ?? false
      halves = reached ? max(halves, (place + 1) * 2) : min(halves, place * 2)
      tick = TickedBar.Tick(place: place, reached: reached)
    }
    return TickedBar(halves: halves, tick: tick, style: style).spans(width: width, glyphs: glyphs)
  }
}

/// Waiting time against its limit: the tick is 1x, each cell beyond it one limit more.
package struct PressureBar: Chart {
  /// Waiting time divided by its limit.
  package var pressure: Double
  package var style: Style

  package init(pressure: Double, style: Style = Style(.chart2)) {
    self.pressure = pressure
    self.style = style
  }

  package func spans(width: Int, glyphs: Glyphs) -> [Span] {
    guard width > 1 else { return [] }
    let place = width / 2
    let reached = pressure >= 1
    let halves: Int
    if reached {
      let beyond = roundedCount((min(pressure, 99) - 1) * 2)
      halves = min((place + 1) * 2 + beyond, width * 2)
    } else {
      halves = min(roundedCount(pressure * Double(place * 2)), place * 2)
    }
    let tick = TickedBar.Tick(place: place, reached: reached)
    return TickedBar(halves: halves, tick: tick, style: style).spans(width: width, glyphs: glyphs)
  }
}

/// A filled bar measured in half cells, then a rule, with one tick over it.
struct TickedBar {
  struct Tick {
    let place: Int
    let reached: Bool
  }

  let halves: Int
  let tick: Tick?
  let style: Style

  func spans(width: Int, glyphs: Glyphs) -> [Span] {
    var builder = SpanBuilder()
    for cell in 0..<width {
      if let tick, tick.place == cell {
        builder.add(
          tick.reached ? glyphs.tickReached : glyphs.tick, tick.reached ? style : .dim)
      } else if halves >= cell * 2 + 2 {
        builder.add(glyphs.bar, style)
      } else if halves == cell * 2 + 1 {
        builder.add(glyphs.barHalf, style)
      } else {
        builder.add(glyphs.rule, .rule)
      }
    }
    return builder.spans
  }
}
