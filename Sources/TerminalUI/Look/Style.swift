/// What a piece of text is for; the theme decides how it looks (design/screens.md §3).
package enum Role: UInt8, Sendable, Hashable, CaseIterable {
  case text, strong, dim, faint, rule, accent, good, warn, bad, info
  case chart1, chart2, chart3, chart4
  case header

  /// The letter of the role in `Canvas.styleMap`.
  package var letter: Character {
    switch self {
    case .text: "."
    case .strong: "S"
    case .dim: "d"
    case .faint: "f"
    case .rule: "r"
    case .accent: "a"
    case .good: "g"
    case .warn: "w"
    case .bad: "b"
    case .info: "i"
    case .chart1: "1"
    case .chart2: "2"
    case .chart3: "3"
    case .chart4: "4"
    case .header: "H"
    }
  }
}

/// A role with what the place adds to it.
package struct Style: Sendable, Hashable {
  package var role: Role
  package var bold: Bool
  package var underline: Bool
  package var reverse: Bool
  /// The tint of the bar cursor; the only background there is.
  package var selected: Bool

  package init(
    _ role: Role, bold: Bool = false, underline: Bool = false, reverse: Bool = false,
    selected: Bool = false
  ) {
    self.role = role
    self.bold = bold
    self.underline = underline
    self.reverse = reverse
    self.selected = selected
  }

  package static let text = Style(.text)
  package static let strong = Style(.strong)
  package static let dim = Style(.dim)
  package static let faint = Style(.faint)
  package static let rule = Style(.rule)
  package static let accent = Style(.accent)
  package static let good = Style(.good)
  package static let warn = Style(.warn)
  package static let bad = Style(.bad)
  package static let info = Style(.info)
  package static let header = Style(.header)

  /// Whether a blank looks the same in this style and in the other.
  func isUnseenOnBlank(beside other: Style) -> Bool {
    [self, other].allSatisfy { !$0.underline && !$0.reverse && $0.role != .header }
      && selected == other.selected
  }

  package func underlined(_ on: Bool = true) -> Style {
    var style = self
    style.underline = on
    return style
  }

  /// On the tint of the cursor bar, where grey is hard to read and each change of colour takes 22
  /// bytes.
  func tinted(_ on: Bool = true) -> Style {
    guard on else { return self }
    var style = self
    style.selected = true
    if style.role == .dim || style.role == .faint { style.role = .text }
    return style
  }

  package func bolded(_ on: Bool = true) -> Style {
    var style = self
    style.bold = on
    return style
  }
}

/// A piece of a line in one style.
package struct Span: Sendable, Hashable {
  package var line: SafeLine
  package var style: Style
  /// A part of a chart, which the cursor bar leaves on the terminal's own ground: the tint would
  /// hide its rules, and to draw charts anew is what a bar would cost most.
  var isChart = false

  package init(_ line: SafeLine, _ style: Style = .text) {
    self.line = line
    self.style = style
  }

  package var width: Int { line.width }
}

extension [Span] {
  /// Columns of all pieces together.
  package var width: Int { reduce(0) { $0 + $1.width } }

  /// The pieces as one line without their styles.
  package var plain: SafeLine { map(\.line).joined(by: .empty) }

  /// The pieces in at most `columns`, the piece at the edge cut with `ellipsis`.
  package func cut(to columns: Int, ellipsis: SafeLine = .ellipsis) -> [Span] {
    if width <= columns { return self }
    var out: [Span] = []
    var room = columns - ellipsis.width
    if room < 0 { return [] }
    for span in self {
      if span.width <= room {
        out.append(span)
        room -= span.width
        continue
      }
      // The sign stands even where this piece would just fit: more pieces are left out after it.
      out.append(Span(span.line.cut(to: room, ellipsis: .empty) + ellipsis, span.style))
      break
    }
    return out
  }
}
