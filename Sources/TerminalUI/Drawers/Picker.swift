import Foundation

/// One thing to pick.
package struct PickerItem<Value: Sendable>: Sendable {
  package var value: Value
  /// A cell for each column of the picker.
  package var cells: [[Span]]
  /// Why it cannot be picked now; nil when it can.
  package var disabled: SafeLine?
  /// Cells and aliases without case and accents, which the typed words are looked for in.
  fileprivate let haystack: String

  /// - Parameter aliases: Other words the item is found by.
  package init(
    _ value: Value, cells: [[Span]], aliases: String = "", disabled: SafeLine? = nil
  ) {
    self.value = value
    self.cells = cells
    self.disabled = disabled
    haystack = folded(cells.map { $0.plain.text }.joined(separator: " ") + " " + aliases)
  }

  package init(_ value: Value, _ line: SafeLine, aliases: String = "", disabled: SafeLine? = nil) {
    self.init(value, cells: [[Span(line)]], aliases: aliases, disabled: disabled)
  }
}

/// Text without case, accents and width, for finding.
private func folded(_ text: String) -> String {
  text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
}

/// A drawer that lists, filters as you type and returns the picked value (design/screens.md §9).
package struct Picker<Value: Sendable>: Sendable {
  package struct Head: Sendable, Hashable {
    package var title: SafeLine
    /// Columns; nil takes what is left.
    package var width: Int?
    package var align: Alignment

    package init(_ title: SafeLine, width: Int? = nil, align: Alignment = .left) {
      self.title = title
      self.width = width
      self.align = align
    }
  }

  package var title: SafeLine
  package var note: [Span]
  /// The value in force, shown at the right of the prompt.
  package var present: [Span]
  package var placeholder: SafeLine
  package var heads: [Head]
  package private(set) var items: [PickerItem<Value>]
  package private(set) var field = TextField()
  /// Places in `items` of what the typed words leave.
  package private(set) var shown: [Int]
  package private(set) var list = ListState()

  package init(
    title: SafeLine, items: [PickerItem<Value>], heads: [Head] = [Head("")], note: [Span] = [],
    present: [Span] = [], placeholder: SafeLine = "", cursor: Int = 0
  ) {
    self.title = title
    self.items = items
    self.heads = heads
    self.note = note
    self.present = present
    self.placeholder = placeholder
    shown = Array(items.indices)
    list = ListState(cursor: cursor)
  }

  /// The item under the cursor.
  package var current: PickerItem<Value>? {
    shown.indices.contains(list.cursor) ? items[shown[list.cursor]] : nil
  }

  /// The filter's own keys come last, so that letters always type.
  package mutating func handle(_ key: Key) -> Outcome<Value> {
    switch key {
    case .escape: return .cancelled
    case .enter:
      guard let current, current.disabled == nil else { return .open }
      return .chosen(current.value)
    case .up, .control("p"): move(-1)
    case .down, .control("n"): move(1)
    case .pageUp: move(-10)
    case .pageDown: move(10)
    default:
      let before = field.text
      guard field.handle(key) else { return .unhandled }
      if field.text != before { filter() }
    }
    return .open
  }

  private mutating func move(_ rows: Int) {
    list.cursor = min(max(0, list.cursor + rows), max(0, shown.count - 1))
  }

  /// Takes the items as they are now; what was typed stays, the cursor in its place.
  package mutating func replaceItems(_ items: [PickerItem<Value>]) {
    self.items = items
    let cursor = list.cursor
    filter()
    list.cursor = min(cursor, max(0, shown.count - 1))
  }

  /// Keeps items that hold every typed word, in any order.
  private mutating func filter() {
    let words = folded(field.text).split(separator: " ")
    shown = items.indices.filter { index in
      words.allSatisfy { items[index].haystack.contains($0) }
    }
    list = ListState()
  }

  private var hasHeads: Bool { heads.contains { !$0.title.isEmpty } }
  /// Rows above the list: title, blank, prompt, blank, heads.
  private var chromeRows: Int { hasHeads ? 5 : 4 }

  /// Rows the drawer wants.
  package var wantedRows: Int { chromeRows + max(1, shown.count) }

  package func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.area(rect) { canvas in
      canvas.fill(canvas.bounds)
      TitledRule.drawer(title, note: note).draw(on: &canvas, row: 0)
      canvas.put(canvas.glyphs.prompt, row: 2, column: 2, style: .accent)
      let columns = canvas.size.columns
      let presentStart = columns - 1 - present.width
      if !present.isEmpty { canvas.put(present, row: 2, column: presentStart) }
      field.draw(
        on: &canvas, row: 2, column: 4, width: max(0, presentStart - 6), isFocused: true,
        placeholder: placeholder)
      if hasHeads { drawHeads(&canvas) }
      drawList(&canvas)
    }
  }

  private func drawHeads(_ canvas: inout Canvas) {
    for (place, head) in zip(places(canvas.size.columns), heads) {
      canvas.put(
        head.title, row: 4, column: place.column, width: place.width, align: head.align, style: .dim
      )
    }
  }

  private func drawList(_ canvas: inout Canvas) {
    let height = max(0, canvas.size.rows - chromeRows)
    if shown.isEmpty, height > 0 {
      canvas.put("Nothing matches.", row: chromeRows, column: 4, style: .dim)
    }
    var list = list
    list.scroll(count: shown.count, height: height)
    let places = places(canvas.size.columns)
    for line in 0..<height where list.top + line < shown.count {
      let item = items[shown[list.top + line]]
      let row = chromeRows + line
      if list.top + line == list.cursor {
        canvas.put(canvas.glyphs.cursor, row: row, column: 0, style: .accent)
      }
      let reason = item.disabled.map { $0.cut(to: reasonRoom(item, places, canvas.size.columns)) }
      // A reason takes its room from the cells, so that neither covers the other.
      let end = canvas.size.columns - 1 - (reason.map { $0.width + 2 } ?? 0)
      for (index, cell) in item.cells.enumerated() where index < places.count {
        let spans =
          item.disabled == nil ? cell : cell.map { Span($0.line, .faint) }
        let width = min(places[index].width, end - places[index].column)
        guard width > 0 else { break }
        canvas.put(
          spans, row: row, column: places[index].column, width: width, align: heads[index].align)
      }
      if let reason {
        canvas.put(
          reason, row: row, column: 4, width: max(0, canvas.size.columns - 5), align: .right,
          style: .faint)
      }
    }
  }

  /// Columns a reason may take: those the cells leave, and some of theirs where that is too little
  /// to say anything.
  private func reasonRoom(
    _ item: PickerItem<Value>, _ places: [(column: Int, width: Int)], _ columns: Int
  ) -> Int {
    let ends = zip(places, item.cells).map { $0.column + min($0.width, $1.width) }
    return max(Self.leastReason, columns - 3 - (ends.max() ?? 4))
  }

  /// Columns in which the first words of a reason can be read.
  private static var leastReason: Int { 24 }

  /// Columns of the cells: three blanks apart, open ones share what is left.
  private func places(_ columns: Int) -> [(column: Int, width: Int)] {
    let fixed = heads.reduce(0) { $0 + ($1.width ?? 0) } + 3 * max(0, heads.count - 1)
    let open = heads.count { $0.width == nil }
    let share = open == 0 ? 0 : max(0, columns - 5 - fixed) / open
    var column = 4
    return heads.map { head in
      let width = head.width ?? share
      defer { column += width + 3 }
      return (column, width)
    }
  }
}
