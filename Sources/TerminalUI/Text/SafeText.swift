/// Text of several lines that is safe to draw: split at line ends, tabs widened to blanks.
package struct SafeText: Sendable, Hashable {
  package let lines: [SafeLine]

  /// Columns between tab stops.
  private static let tabStop = 4

  /// Splits `raw` at LF, CR LF and CR, and sanitises each line.
  package init(_ raw: String) {
    lines = raw.split(omittingEmptySubsequences: false) { $0.isNewline }.map { part in
      SafeLine(SafeText.expandTabs(String(part)))
    }
  }

  package init(lines: [SafeLine]) {
    self.lines = lines
  }

  private static func expandTabs(_ line: String) -> String {
    guard line.utf8.contains(9) else { return line }
    var out = ""
    var column = 0
    for letter in line {
      let width = letter == "\t" ? tabStop - column % tabStop : SafeLine(String(letter)).width
      out += letter == "\t" ? String(repeating: " ", count: width) : String(letter)
      column += width
    }
    return out
  }

  /// The lines broken at blanks to fit `columns`; a longer word is broken at a letter.
  ///
  /// - Complexity: O(n).
  package func wrapped(to columns: Int) -> [SafeLine] {
    guard columns > 1 else { return lines }
    return lines.flatMap { $0.width <= columns ? [$0] : SafeText.wrap($0, columns) }
  }

  private static func wrap(_ line: SafeLine, _ columns: Int) -> [SafeLine] {
    var out: [SafeLine] = []
    var current = SafeLine.empty
    for part in line.text.split(separator: " ", omittingEmptySubsequences: true) {
      let word = SafeLine(String(part))
      if current.isEmpty {
        current = word
      } else if current.width + 1 + word.width <= columns {
        current += " " + word
      } else {
        out.append(current)
        current = word
      }
      while current.width > columns {
        let (head, tail) = split(current, columns)
        out.append(head)
        current = tail
      }
    }
    if !current.isEmpty || out.isEmpty { out.append(current) }
    return out
  }

  /// The part of the line that fits, at least one letter, and the rest.
  private static func split(_ line: SafeLine, _ columns: Int) -> (SafeLine, SafeLine) {
    var used = 0
    var index = line.text.startIndex
    while index < line.text.endIndex {
      let next = SafeLine.columns(of: line.text[index])
      if used + next > columns, used > 0 { break }
      used += next
      index = line.text.index(after: index)
    }
    return (SafeLine(String(line.text[..<index])), SafeLine(String(line.text[index...])))
  }
}
