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
    let spans = left(columns: canvas.size.columns)
    canvas.putEnds(row: row, left: spans, right: right)
    guard let name = spans.firstIndex(where: { $0.style == .header }) else { return }
    // The reversed name has a blank on each side; the first one may stand in column 0.
    let start = 1 + Array(spans[..<name]).width
    canvas.put(" ", row: row, column: start - 1, style: .header)
    canvas.put(" ", row: row, column: start + spans[name].width, style: .header)
  }

  private func left(columns: Int) -> [Span] {
    var spans: [Span] = []
    func add(_ span: Span, gap: Int) {
      if !spans.isEmpty { spans.append(Span(.blanks(gap))) }
      spans.append(span)
    }
    if columns < HeaderBar.firstNames {
      for (digit, name) in screens.enumerated() {
        if digit == active {
          add(Span("\(digit) \(name)", .header), gap: 2)
        } else {
          add(Span("\(digit)", .dim), gap: digit == active + 1 ? 3 : 2)
        }
      }
      return spans
    }
    let shown = columns >= HeaderBar.allNames ? screens.count : HeaderBar.named
    for (digit, name) in screens.enumerated() where digit < shown || digit == active {
      add(Span("\(digit) \(name)", digit == active ? .header : .dim), gap: 3)
    }
    if shown < screens.count, active < shown {
      add(Span("\(shown)-\(screens.count - 1) more", .dim), gap: 3)
    }
    return spans
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
