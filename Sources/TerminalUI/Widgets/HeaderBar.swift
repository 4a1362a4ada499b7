/// The first line: the screens at the left, freshness and who at the right (design/screens.md §2).
package struct HeaderBar: Sendable, Hashable {
  /// Names of the screens; the place in the list is the digit.
  package var screens: [SafeLine]
  package var active: Int
  package var right: [Span]

  /// Columns from which all screens are named, and from which the first five are.
  private static let allNames = 150
  private static let firstNames = 100
  private static let named = 5

  package init(screens: [SafeLine], active: Int, right: [Span] = []) {
    self.screens = screens
    self.active = active
    self.right = right
  }

  package func draw(on canvas: inout Canvas, row: Int = 0) {
    let room = canvas.size.columns - 2 - (right.isEmpty ? 0 : right.width + 2)
    let layouts = layouts(columns: canvas.size.columns)
    let spans = layouts.first { $0.width <= room } ?? layouts.last ?? []
    canvas.putEnds(row: row, left: spans, right: right)
    guard let name = spans.firstIndex(where: { $0.style == .header }) else { return }
    // The reversed name has a blank on each side; the first one may stand in column 0.
    let start = 1 + Array(spans[..<name]).width
    canvas.put(" ", row: row, column: start - 1, style: .header)
    if start + spans[name].width <= room + 1 {
      canvas.put(" ", row: row, column: start + spans[name].width, style: .header)
    }
  }

  /// The left part from all that the width allows down to the active name alone: long news at the
  /// right takes names away, never a part of the active one.
  private func layouts(columns: Int) -> [[Span]] {
    var layouts: [[Span]] = []
    if columns >= HeaderBar.allNames { layouts.append(names(screens.count)) }
    if columns >= HeaderBar.firstNames { layouts.append(names(HeaderBar.named)) }
    layouts += [digits(gap: 2), digits(gap: 1)]
    layouts.append(names(0))
    return layouts
  }

  private func digits(gap: Int) -> [Span] {
    screens.indices.reduce(into: []) { spans, digit in
      let blanks = digit == active + 1 ? gap + 1 : digit == active ? 2 : gap
      if digit > 0 { spans.append(Span(.blanks(blanks))) }
      spans.append(
        digit == active
          ? Span("\(digit) \(screens[digit])", .header) : Span("\(digit)", .dim))
    }
  }

  /// The first names and the active one, then what the other digits are.
  private func names(_ shown: Int) -> [Span] {
    var pieces = screens.indices.filter { $0 < shown || $0 == active }.map { digit in
      Span("\(digit) \(screens[digit])", digit == active ? .header : .dim)
    }
    if shown < screens.count, active < shown {
      pieces.append(Span("\(shown)-\(screens.count - 1) more", .dim))
    } else if shown == 0 {
      pieces.append(Span("0-\(screens.count - 1)", .dim))
    }
    return Array(pieces.map { [$0] }.joined(separator: [Span(.blanks(3))]))
  }
}

/// The saved views with their counts, the active one underlined.
package struct ViewsLine: Sendable, Hashable {
  package struct Item: Sendable, Hashable {
    package var name: SafeLine
    package var count: SafeLine

    package init(_ name: SafeLine, count: SafeLine) {
      self.name = name
      self.count = count
    }
  }

  package var items: [Item]
  package var active: Int?
  package var right: [Span]

  package init(_ items: [Item], active: Int?, right: [Span] = []) {
    self.items = items
    self.active = active
    self.right = right
  }

  /// Shows what fits and `f +3` for the rest; the active view is always among the shown ones.
  package func draw(on canvas: inout Canvas, row: Int = 1) {
    let room = canvas.size.columns - 2 - (right.isEmpty ? 0 : right.width + 2)
    var shown = fitting(room)
    if let active, active < items.count, !shown.contains(active) {
      shown = Array(shown.dropLast()) + [active]
    }
    var left: [Span] = []
    for place in shown {
      if !left.isEmpty { left.append(Span("   ")) }
      left += spans(place)
    }
    let hidden = items.count - shown.count
    if hidden > 0 { left += [Span("   "), Span("f", .accent), Span(" +\(hidden)", .dim)] }
    canvas.putEnds(row: row, left: left, right: right)
  }

  private func fitting(_ room: Int) -> [Int] {
    let widths = items.indices.map { spans($0).width + 3 }
    if widths.reduce(0, +) - 3 <= room { return Array(items.indices) }
    var left = room - 4
    return Array(
      items.indices.prefix { place in
        left -= widths[place]
        return left >= 0
      })
  }

  private func spans(_ place: Int) -> [Span] {
    let item = items[place]
    let isActive = place == active
    return [
      Span(item.name, isActive ? Style(.strong, underline: true) : .dim),
      Span(" "), Span(item.count, isActive ? .accent : .text),
    ]
  }
}
