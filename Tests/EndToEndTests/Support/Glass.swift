import CNcurses
import Glibc

/// A terminal as strict as can be: it knows what terminfo's xterm-256color lets ncurses send, draws
/// that, and writes down everything else.
struct Glass {
  /// Sequences and scalars that none of our own output may hold.
  private(set) var violations: [String] = []
  private(set) var isAlternate = false
  private(set) var isCursorVisible = true
  private(set) var hasBracketedPaste = false
  private var rows: [[String]]
  private var behind: [[String]] = []
  private var row = 0
  private var column = 0
  private var saved = (row: 0, column: 0)
  private var region: Range<Int>
  /// The last column is written; the next letter goes to the next line.
  private var isAtMargin = false
  private var inserts = false
  private var last = " "
  private var parser = Parser()

  private struct Parser {
    enum State { case ground, escape, charset, control, command }
    var state = State.ground
    var parameters = ""
    /// Bytes of a letter that is not whole yet.
    var letter: [UInt8] = []
  }

  init(columns: Int, rows: Int) {
    self.rows = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    region = 0..<rows
  }

  private var columns: Int { rows.first?.count ?? 1 }

  /// What stands on the screen, line by line.
  var text: String {
    rows.map { line in
      var text = line.joined()
      while text.last == " " { text.removeLast() }
      return text
    }.joined(separator: "\n")
  }

  mutating func resize(columns: Int, rows count: Int) {
    rows = (0..<count).map { row in
      (0..<columns).map { column in
        row < rows.count && column < rows[row].count ? rows[row][column] : " "
      }
    }
    region = 0..<count
    place(row, column)
  }

  mutating func write(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { take(byte) }
  }

  private mutating func take(_ byte: UInt8) {
    switch parser.state {
    case .ground: parser.letter.isEmpty && byte < 0x80 ? ascii(byte) : part(byte)
    case .escape: escape(byte)
    case .charset:
      if byte != 0x42 { refuse("ESC ( \(byte)") }
      parser.state = .ground
    case .command:
      // Of operating system commands terminfo has one for ncurses: oc, the palette as it was.
      if byte == 0x07 {
        parser.state = .ground
        if parser.parameters != "104" { refuse("OSC \(parser.parameters)") }
      } else if (0x20...0x7E).contains(byte), parser.parameters.count < 40 {
        parser.parameters.append(Character(Unicode.Scalar(byte)))
      } else {
        refuse("OSC \(parser.parameters) byte \(byte)")
        parser.state = .ground
      }
    case .control:
      if (0x40...0x7E).contains(byte) {
        parser.state = .ground
        control(Character(Unicode.Scalar(byte)), parser.parameters)
      } else if (0x30...0x3F).contains(byte), parser.parameters.count < 40 {
        parser.parameters.append(Character(Unicode.Scalar(byte)))
      } else {
        refuse("CSI \(parser.parameters) byte \(byte)")
        parser.state = .ground
      }
    }
  }

  private mutating func ascii(_ byte: UInt8) {
    switch byte {
    case 0x08: place(row, column - 1)
    case 0x09: place(row, min(columns - 1, (column / 8 + 1) * 8))
    case 0x0A: lineFeed()
    case 0x0D: place(row, 0)
    // The guard's constant ends a character set nobody began.
    case 0x0F: break
    case 0x1B: parser.state = .escape
    case 0x20...0x7E: put(Unicode.Scalar(byte))
    default: refuse("control \(byte)")
    }
  }

  private mutating func part(_ byte: UInt8) {
    parser.letter.append(byte)
    let lead = parser.letter[0]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    guard parser.letter.count >= length else { return }
    let text = String(decoding: parser.letter, as: UTF8.self)
    parser.letter = []
    for scalar in text.unicodeScalars { put(scalar) }
  }

  private mutating func escape(_ byte: UInt8) {
    parser.state = .ground
    switch byte {
    case 0x5B, 0x5D:
      parser.state = byte == 0x5B ? .control : .command
      parser.parameters = ""
    case 0x28: parser.state = .charset
    case 0x45:
      place(row, 0)
      lineFeed()
    case 0x37: saved = (row, column)
    case 0x38: place(saved.row, saved.column)
    case 0x3D, 0x3E, 0x48: break
    case 0x4D:
      if row == region.lowerBound { scroll(-1, region) } else { place(row - 1, column) }
    default: refuse("ESC \(Character(Unicode.Scalar(byte)))")
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    guard isPrintable(scalar) else {
      refuse("scalar U+\(String(scalar.value, radix: 16, uppercase: true))")
      return
    }
    let width = Int(cncurses_wcwidth(scalar.value))
    if width == 0 {
      let before = isAtMargin ? column : column - 1
      if rows[row].indices.contains(before) { rows[row][before].unicodeScalars.append(scalar) }
      return
    }
    if isAtMargin || column + width > columns {
      place(row, 0)
      lineFeed()
    }
    last = String(scalar)
    if inserts {
      rows[row].insert(contentsOf: Array(repeating: " ", count: width), at: column)
      rows[row].removeLast(width)
    }
    rows[row][column] = last
    if width == 2, column + 1 < columns { rows[row][column + 1] = "" }
    isAtMargin = column + width >= columns
    column = min(columns - 1, column + width)
  }

  private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private mutating func refuse(_ what: String) { violations.append(what) }

  private mutating func place(_ row: Int, _ column: Int) {
    self.row = min(max(0, row), rows.count - 1)
    self.column = min(max(0, column), columns - 1)
    isAtMargin = false
  }

  private mutating func lineFeed() {
    isAtMargin = false
    if row == region.upperBound - 1 { scroll(1, region) } else { place(row + 1, column) }
  }

  /// Moves the lines of the range up by `count`, down where it is negative.
  private mutating func scroll(_ count: Int, _ range: Range<Int>) {
    let blank = Array(repeating: " ", count: columns)
    for _ in 0..<min(abs(count), range.count) {
      if count > 0 {
        rows.remove(at: range.lowerBound)
        rows.insert(blank, at: range.upperBound - 1)
      } else {
        rows.remove(at: range.upperBound - 1)
        rows.insert(blank, at: range.lowerBound)
      }
    }
  }
}

extension Glass {
  /// The control sequences of terminfo's xterm-256color, by their final byte (ECMA-48 §5.4).
  private mutating func control(_ final: Character, _ text: String) {
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
      rows[row] += Array(repeating: " ", count: gone)
    case "@":
      rows[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
      rows[row].removeLast(count)
    case "L": scroll(-count, row..<region.upperBound)
    case "M": scroll(count, row..<region.upperBound)
    case "S": scroll(count, region)
    case "T": scroll(-count, region)
    case "b": for scalar in String(repeating: last, count: count).unicodeScalars { put(scalar) }
    case "r": setRegion(first ?? 1, numbers.dropFirst().first.flatMap(\.self) ?? rows.count)
    case "m": if !Glass.isColour(numbers) { refuse("CSI \(text)m") }
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
        rows = rows.map { $0.map { _ in " " } }
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

  private static func isColour(_ numbers: [Int?]) -> Bool {
    numbers.allSatisfy { number in
      guard let number else { return true }
      return (0...107).contains(number) || (numbers.count > 2 && (0...255).contains(number))
    }
  }

  private mutating func setRegion(_ top: Int, _ bottom: Int) {
    let top = min(max(1, top), rows.count)
    region = top - 1..<max(top, min(bottom, rows.count))
    place(0, 0)
  }

  private mutating func blank(_ row: Int, _ range: Range<Int>) {
    for column in range { rows[row][column] = " " }
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
