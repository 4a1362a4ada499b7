/// One line of text that is safe to draw: the only text the canvas takes.
///
/// Every way to make one sanitises, so text from a server cannot move the cursor, change modes,
/// reorder its neighbours or hide letters (reference/terminal.md §3.6).
package struct SafeLine: Sendable, Hashable, CustomStringConvertible {
  /// The text in NFC, without controls, format characters, unassigned or private scalars.
  package let text: String
  /// Columns the text takes on the screen.
  package let width: Int

  /// Sanitises `raw`: line ends and tabs become blanks, ESC becomes `␛`, other controls and
  /// unprintable scalars `·`; format, bidi, tag and zero-width characters are dropped.
  ///
  /// - Complexity: O(n); plain text is only scanned.
  package init(_ raw: String) {
    if let count = Sanitiser.plainASCIICount(raw) {
      self.init(text: raw, width: count)
    } else if Sanitiser.isPlain(raw) {
      self.init(sanitised: raw)
    } else {
      self.init(sanitised: Sanitiser.line(raw))
    }
  }

  /// Takes text that came out of the sanitiser or is a part of such text.
  private init(sanitised text: String) {
    self.init(text: text, width: text.unicodeScalars.reduce(0) { $0 + CellWidth.columns(of: $1) })
  }

  private init(text: String, width: Int) {
    self.text = text
    self.width = width
  }

  package static let empty = SafeLine(text: "", width: 0)

  package static let ellipsis: SafeLine = "…"

  /// A run of blanks; negative counts give none.
  package static func blanks(_ count: Int) -> SafeLine {
    SafeLine(text: String(repeating: " ", count: max(0, count)), width: max(0, count))
  }

  /// The line over and over; negative counts give none.
  package func repeated(_ count: Int) -> SafeLine {
    SafeLine(text: String(repeating: text, count: max(0, count)), width: width * max(0, count))
  }

  package var isEmpty: Bool { text.isEmpty }
  package var description: String { text }

  /// Joins two lines; the second never starts with a mark, so no letter changes.
  package static func + (left: SafeLine, right: SafeLine) -> SafeLine {
    SafeLine(text: left.text + right.text, width: left.width + right.width)
  }

  package static func += (left: inout SafeLine, right: SafeLine) {
    left = left + right
  }

  /// The line in at most `columns` columns, ended with `ellipsis` at a whole letter when it was cut.
  ///
  /// A wide letter that would be split is left out, so the result may be one column short.
  /// - Complexity: O(n) in the length of the result.
  package func cut(to columns: Int, ellipsis: SafeLine = .ellipsis) -> SafeLine {
    if width <= columns { return self }
    let room = columns - ellipsis.width
    if room < 0 { return .empty }
    var kept = ""
    var used = 0
    for letter in text {
      let next = SafeLine.columns(of: letter)
      if used + next > room { break }
      kept.append(letter)
      used += next
    }
    while kept.last == " " {
      kept.removeLast()
      used -= 1
    }
    return SafeLine(text: kept, width: used) + ellipsis
  }

  /// Columns of one letter of sanitised text.
  static func columns(of letter: Character) -> Int {
    letter.unicodeScalars.reduce(0) { $0 + CellWidth.columns(of: $1) }
  }

}

extension SafeLine: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) {
    self.init(value)
  }
}

extension [SafeLine] {
  /// The lines in one, with `separator` between them.
  package func joined(by separator: SafeLine) -> SafeLine {
    guard var line = first else { return .empty }
    for next in dropFirst() { line += separator + next }
    return line
  }
}
