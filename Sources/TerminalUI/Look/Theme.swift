/// A colour of the terminal.
package enum TerminalColor: Sendable, Hashable {
  /// An entry of the terminal's palette, 0 to 255.
  case index(UInt8)
  /// 0xRRGGBB; only where the terminal takes direct colour.
  case rgb(UInt32)
}

/// How a cell is painted. Without a foreground or background the terminal's own is used.
package struct Paint: Sendable, Hashable {
  package var foreground: TerminalColor?
  package var background: TerminalColor?
  package var bold = false
  package var dim = false
  package var underline = false
  package var reverse = false
}

/// Turns styles into paint for one terminal (design/screens.md §3).
package struct Theme: Sendable, Hashable {
  package enum Name: String, Sendable, Hashable, CaseIterable {
    case auto, dark, light, mono, contrast, deuteranopia
  }

  package enum Depth: Sendable, Hashable, CaseIterable {
    case mono, sixteen, indexed, direct
  }

  package enum Background: Sendable, Hashable, CaseIterable {
    case dark, light, unknown
  }

  package let name: Name
  package let depth: Depth
  package let background: Background

  package init(name: Name, depth: Depth, background: Background) {
    self.name = name
    self.depth = name == .mono ? .mono : depth
    switch name {
    case .dark: self.background = .dark
    case .light: self.background = .light
    default: self.background = background
    }
  }

  /// The theme for a terminal, without asking it anything.
  ///
  /// `NO_COLOR` turns `auto` to mono; a theme chosen by name wins over it, as no-color.org says.
  /// - Parameters:
  ///   - colors: How many colours terminfo names; below 8 is mono.
  ///   - directColor: Whether the library can send direct colour to this terminal.
  ///   - background: What the person set; nil looks at `COLORFGBG`.
  package init(
    name: Name = .auto, environment: [String: String], colors: Int, directColor: Bool = false,
    background: Background? = nil
  ) {
    let quiet = name == .auto && !(environment["NO_COLOR"] ?? "").isEmpty
    let wantsDirect = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
    let depth: Depth =
      if quiet || colors < 8 {
        .mono
      } else if directColor && wantsDirect {
        .direct
      } else if colors >= 256 {
        .indexed
      } else {
        .sixteen
      }
    self.init(
      name: name, depth: depth,
      background: background ?? Theme.background(colorfgbg: environment["COLORFGBG"]))
  }

  /// Reads `COLORFGBG`, "foreground;background" with an optional middle part.
  static func background(colorfgbg: String?) -> Background {
    guard let last = colorfgbg?.split(separator: ";").last, let index = Int(last) else {
      return .unknown
    }
    switch index {
    case 7, 9...15: return .light
    case 0...6, 8: return .dark
    default: return .unknown
    }
  }

  /// Whether a cursor bar shows; where not, the compact cursor is the only one.
  package var hasSelection: Bool { selection != nil }

  /// Whether the row under a local cursor stands out: by its ground, in mono by a bold main column.
  package var hasCursorBar: Bool { hasSelection || depth == .mono }

  /// The paint for a style.
  package func paint(_ style: Style) -> Paint {
    var paint = Paint()
    var role = style.role
    if name == .contrast, role == .faint || role == .dim { role = .text }
    if style.selected {
      paint.background = selection
      if role == .faint, selection != nil { role = .dim }
    }
    paint.foreground = color(role)
    paint.bold = style.bold || role == .strong || role == .header
    paint.underline = style.underline
    paint.reverse = style.reverse || role == .header
    if depth == .mono {
      paint.bold = paint.bold || role == .accent || role == .bad
      paint.dim = [.dim, .faint, .rule].contains(role)
    }
    return paint
  }
}
