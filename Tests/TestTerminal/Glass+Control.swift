extension Glass {
  /// The control sequences of terminfo's xterm-256color, by their final byte (ECMA-48 §5.4).
  mutating func control(_ final: Character, _ text: String) {
    if text.first == "?" {
      mode(final, text.dropFirst())
      return
    }
    let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    guard text.allSatisfy({ $0.isNumber || $0 == ";" }) else {
      refuse("CSI \(text)\(final)")
      return
    }
    let first = numbers.first.flatMap(\.self)
    let count = max(1, first ?? 1)
    switch final {
    case "A": place(row - count, column)
    case "B": place(row + count, column)
    case "C": place(row, column + count)
    case "D": place(row, column - count)
    case "G": place(row, count - 1)
    case "d": place(count - 1, column)
    case "H": place(count - 1, (numbers.dropFirst().first.flatMap(\.self) ?? 1) - 1)
    case "Z": place(row, max(0, (column - 1) / 8 * 8))
    case "J": erase(screen: first ?? 0)
    case "K": erase(line: first ?? 0)
    case "X": blank(row, column..<min(columns, column + count))
    case "P":
      let gone = min(count, columns - column)
      rows[row].removeSubrange(column..<column + gone)
      rows[row] += Array(repeating: erased, count: gone)
    case "@":
      rows[row].insert(contentsOf: Array(repeating: erased, count: count), at: column)
      rows[row].removeLast(count)
    case "L": scroll(-count, row..<region.upperBound)
    case "M": scroll(count, row..<region.upperBound)
    case "S": scroll(count, region)
    case "T": scroll(-count, region)
    case "b": for scalar in String(repeating: last, count: count).unicodeScalars { put(scalar) }
    case "r": setRegion(first ?? 1, numbers.dropFirst().first.flatMap(\.self) ?? rows.count)
    case "m": if !ink.select(numbers.map { $0 ?? 0 }) { refuse("CSI \(text)m") }
    case "h", "l":
      inserts = final == "h"
      if first != 4 { refuse("CSI \(text)\(final)") }
    // The title's stack, part of smcup and rmcup.
    case "t": if text != "22;0;0", text != "23;0;0" { refuse("CSI \(text)t") }
    default: refuse("CSI \(text)\(final)")
    }
  }

  private mutating func mode(_ final: Character, _ text: Substring) {
    for part in text.split(separator: ";") {
      switch (final, part) {
      case ("h", "1049"):
        behind = rows
        rows = rows.map { $0.map { _ in GlassCell() } }
        isAlternate = true
      case ("l", "1049"):
        if isAlternate, !behind.isEmpty { rows = behind }
        isAlternate = false
      case ("h", "25"), ("l", "25"): isCursorVisible = final == "h"
      case ("h", "2004"), ("l", "2004"): hasBracketedPaste = final == "h"
      case ("h", "1"), ("l", "1"), ("h", "7"), ("l", "7"), ("h", "12"), ("l", "12"): break
      // What the guard's constant turns off, whether it was on or not.
      case ("l", "2026"), ("l", "1000"), ("l", "1002"), ("l", "1003"), ("l", "1006"),
        ("l", "1004"):
        break
      default: refuse("CSI ?\(text)\(final)")
      }
    }
  }

  private mutating func setRegion(_ top: Int, _ bottom: Int) {
    let top = min(max(1, top), rows.count)
    region = top - 1..<max(top, min(bottom, rows.count))
    place(0, 0)
  }

  private mutating func blank(_ row: Int, _ range: Range<Int>) {
    for column in range { rows[row][column] = erased }
  }

  private mutating func erase(screen part: Int) {
    erase(line: part)
    for other in rows.indices where part == 2 || (part == 0 ? other > row : other < row) {
      blank(other, 0..<columns)
    }
  }

  private mutating func erase(line part: Int) {
    switch part {
    case 0: blank(row, column..<columns)
    case 1: blank(row, 0..<column + 1)
    default: blank(row, 0..<columns)
    }
  }
}
