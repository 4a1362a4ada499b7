import CNcurses
import Glibc

/// A terminal as strict as can be: it knows what terminfo's xterm-256color lets ncurses send, draws
/// that, and writes down everything else.
package struct Glass {
  /// Whether the terminal was described without motions by CR, LF, BS and TAB: then any of them is
  /// text that went out raw.
  package let isStrict: Bool
  /// Sequences and scalars that none of our own output may hold.
  package private(set) var violations: [String] = []
  package var isAlternate = false
  package var isCursorVisible = true
  package var hasBracketedPaste = false
  var rows: [[GlassCell]]
  var behind: [[GlassCell]] = []
  var ink = Ink()
  var row = 0
  var column = 0
  private var saved = (row: 0, column: 0, ink: Ink())
  var region: Range<Int>
  /// The last column is written; the next letter goes to the next line.
  private var isAtMargin = false
  var inserts = false
  var last = " "
  private var parser = Parser()

  private struct Parser {
    enum State { case ground, escape, charset, control, command }
    var state = State.ground
    var parameters = ""
    /// Bytes of a letter that is not whole yet.
    var letter: [UInt8] = []
  }

  package init(columns: Int, rows: Int, isStrict: Bool = false) {
    self.isStrict = isStrict
    self.rows = Array(repeating: Array(repeating: GlassCell(), count: columns), count: rows)
    region = 0..<rows
  }

  var columns: Int { rows.first?.count ?? 1 }
  /// What erasing leaves.
  var erased: GlassCell { GlassCell(ink: ink.erased) }

  /// What stands on the screen, line by line.
  package var text: String {
    rows.map { line in
      var text = line.map(\.letter).joined()
      while text.last == " " { text.removeLast() }
      return text
    }.joined(separator: "\n")
  }

  package func letter(row: Int, column: Int) -> String { rows[row][column].letter }

  /// Whether a line shows the same as another terminal's.
  package func hasSameLine(_ row: Int, as other: Glass) -> Bool { rows[row] == other.rows[row] }

  package func ink(row: Int, column: Int) -> Ink { rows[row][column].ink }

  package mutating func resize(columns: Int, rows count: Int) {
    rows = (0..<count).map { row in
      (0..<columns).map { column in
        row < rows.count && column < rows[row].count ? rows[row][column] : GlassCell()
      }
    }
    region = 0..<count
    place(row, column)
  }

  package mutating func write(_ bytes: some Sequence<UInt8>) {
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
    case 0x08...0x0A, 0x0D:
      if isStrict, isAlternate { refuse("raw control \(byte)") }
      move(by: byte)
    // The guard's constant ends a character set nobody began.
    case 0x0F: break
    case 0x1B: parser.state = .escape
    case 0x20...0x7E: put(Unicode.Scalar(byte))
    default: refuse("control \(byte)")
    }
  }

  /// BS, TAB, LF and CR.
  private mutating func move(by byte: UInt8) {
    switch byte {
    case 0x08: place(row, column - 1)
    case 0x09: place(row, min(columns - 1, (column / 8 + 1) * 8))
    case 0x0A: lineFeed()
    default: place(row, 0)
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
    case 0x37: saved = (row, column, ink)
    case 0x38:
      place(saved.row, saved.column)
      ink = saved.ink
    case 0x3D, 0x3E, 0x48: break
    case 0x4D:
      if row == region.lowerBound { scroll(-1, region) } else { place(row - 1, column) }
    default: refuse("ESC \(Character(Unicode.Scalar(byte)))")
    }
  }

  mutating func put(_ scalar: Unicode.Scalar) {
    guard isPrintable(scalar) else {
      refuse("scalar U+\(String(scalar.value, radix: 16, uppercase: true))")
      return
    }
    let width = Int(cncurses_wcwidth(scalar.value))
    if width == 0 {
      let before = isAtMargin ? column : column - 1
      if rows[row].indices.contains(before) {
        rows[row][before].letter.unicodeScalars.append(scalar)
      }
      return
    }
    if isAtMargin || column + width > columns {
      place(row, 0)
      lineFeed()
    }
    last = String(scalar)
    if inserts {
      rows[row].insert(contentsOf: Array(repeating: erased, count: width), at: column)
      rows[row].removeLast(width)
    }
    rows[row][column] = GlassCell(letter: last, ink: ink)
    if width == 2, column + 1 < columns { rows[row][column + 1] = GlassCell(letter: "", ink: ink) }
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

  mutating func refuse(_ what: String) { violations.append(what) }

  mutating func place(_ row: Int, _ column: Int) {
    self.row = min(max(0, row), rows.count - 1)
    self.column = min(max(0, column), columns - 1)
    isAtMargin = false
  }

  private mutating func lineFeed() {
    isAtMargin = false
    if row == region.upperBound - 1 { scroll(1, region) } else { place(row + 1, column) }
  }

  /// Moves the lines of the range up by `count`, down where it is negative.
  mutating func scroll(_ count: Int, _ range: Range<Int>) {
    let blank = Array(repeating: erased, count: columns)
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
