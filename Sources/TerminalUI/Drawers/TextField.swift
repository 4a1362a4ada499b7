/// One line being typed: letters, a cursor between them, and the keys that edit them.
package struct TextField: Sendable, Hashable {
  /// What is typed. Sanitised, unless the field is secret: a password keeps its exact scalars.
  package private(set) var text: String
  /// Letters before the cursor.
  package private(set) var cursor: Int
  /// Secret fields draw nothing of what is typed.
  package let isSecret: Bool
  /// Most letters; typing beyond it has no effect.
  package let limit: Int

  package init(_ text: String = "", isSecret: Bool = false, limit: Int = 10_000) {
    self.isSecret = isSecret
    self.limit = limit
    let clean = isSecret ? text : SafeLine(text).text
    self.text = String(clean.prefix(limit))
    cursor = self.text.count
  }

  package var line: SafeLine { SafeLine(text) }
  package var isEmpty: Bool { text.isEmpty }

  package mutating func set(_ text: String) {
    self = TextField(text, isSecret: isSecret, limit: limit)
  }

  /// Edits by the key; false when the key is not one of editing.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let letter): insert(String(letter))
    case .paste(let pasted): insert(TextField.singleLine(pasted))
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end: cursor = text.count
    case .backspace, .control("h"): remove(cursor - 1..<cursor)
    case .delete: remove(cursor..<cursor + 1)
    case .control("u"): remove(0..<cursor)
    case .control("w"): remove(wordStart..<cursor)
    default: return false
    }
    return true
  }

  /// Pasted text without line ends at its ends; those inside become blanks.
  private static func singleLine(_ pasted: String) -> String {
    pasted.split { $0.isNewline }.joined(separator: " ")
  }

  private var wordStart: Int {
    let letters = Array(text)
    var start = cursor
    while start > 0, letters[start - 1] == " " { start -= 1 }
    while start > 0, letters[start - 1] != " " { start -= 1 }
    return start
  }

  private mutating func insert(_ addition: String) {
    let head = String(text.prefix(cursor)) + addition
    let tail = String(text.dropFirst(cursor))
    // Cleaned together, so that a mark typed after its letter joins it.
    let clean = isSecret ? head : SafeLine(head).text
    guard clean.count + tail.count > limit else {
      text = clean + tail
      cursor = clean.count
      return
    }
    let room = max(0, limit - tail.count)
    guard room >= cursor else { return }
    text = String(clean.prefix(room)) + tail
    cursor = room
  }

  private mutating func remove(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<text.count)
    guard !range.isEmpty else { return }
    text = String(text.prefix(range.lowerBound) + text.dropFirst(range.upperBound))
    cursor = range.lowerBound
  }

  /// Draws the text in `width` columns, scrolled so that the cursor is in sight.
  ///
  /// - Parameter isFocused: Underlines the field and puts the hardware cursor into it.
  package func draw(
    on canvas: inout Canvas, row: Int, column: Int, width: Int, isFocused: Bool,
    placeholder: SafeLine = ""
  ) {
    guard width > 1 else { return }
    canvas.area(Rect(row: row, column: column, columns: width, rows: 1)) { canvas in
      let before = isSecret ? .empty : SafeLine(String(text.prefix(cursor)))
      let shift = max(0, before.width - width + 1)
      if isEmpty {
        canvas.put(placeholder, row: 0, column: 0, style: .faint)
      } else if !isSecret {
        canvas.put(line, row: 0, column: -shift, width: line.width)
        if shift > 0 { canvas.put(canvas.glyphs.ellipsis, row: 0, column: 0, style: .faint) }
        if !isFocused, shift == 0 { canvas.put(line, row: 0, column: 0, width: width) }
      }
      if isFocused {
        canvas.restyle(canvas.bounds) { $0.underline = true }
        canvas.placeCursor(row: 0, column: before.width - shift)
      }
    }
  }
}
