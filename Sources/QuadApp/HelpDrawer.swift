import CRM
import TerminalUI

/// All keys that work here in one list that filters and runs, with the chosen one explained below.
package struct HelpDrawer: Sendable {
  private let title: SafeLine
  private var bindings: [Binding]
  private let screen: ScreenID
  private let note: [Span]
  private var picker: Picker<DrawerOutcome>
  /// The next key is looked up instead of typed.
  private var isListening = false

  /// Rows of the explanation: a blank, its rule and three lines.
  private static let detailRows = 5
  private static let detailFrom = 16
  private static let scopeWidth = 12

  init(_ title: SafeLine, _ bindings: [Binding], on screen: ScreenID, role: CRM.Role?) {
    self.title = title
    self.bindings = bindings
    self.screen = screen
    note = [
      Span(SafeLine("\(screen.title)" + (role.map { ", as \($0.rawValue)" } ?? "")), .dim)
    ]
    picker = Self.picker(title, bindings, note)
  }

  private static func picker(
    _ title: SafeLine, _ bindings: [Binding], _ note: [Span], cursor: Int = 0
  ) -> Picker<DrawerOutcome> {
    let items = bindings.map { binding in
      PickerItem(
        DrawerOutcome.binding(binding),
        cells: [
          [Span(SafeLine(binding.scope.rawValue), .dim)],
          [Span(SafeLine(binding.allKeyWords), .accent)],
          [Span(SafeLine(binding.help))],
        ], aliases: binding.word, disabled: binding.refusal.map { SafeLine($0.words) })
    }
    return Picker(
      title: title, items: items,
      heads: [.init("", width: scopeWidth), .init("", width: 13, align: .right), .init("")],
      note: note,
      placeholder: "type what you want to do", cursor: cursor)
  }

  /// What can be pressed now, after rows have come or gone; the words typed and the cursor stay.
  mutating func refresh(_ present: [Binding]) {
    guard present != bindings else { return }
    bindings = present
    picker.replaceItems(Self.picker(title, present, note).items)
  }

  mutating func handle(_ key: Key) -> Outcome<DrawerOutcome> {
    if isListening {
      isListening = false
      if let index = bindings.firstIndex(where: { $0.keys.contains(key) }) {
        picker = Self.picker(title, bindings, note, cursor: index)
      }
      return .open
    }
    if key == .control("k") {
      isListening = true
      return .open
    }
    return picker.handle(key)
  }

  /// Of the whole list, so that typing does not move it.
  var wantedRows: Int { picker.items.count + 4 + Self.detailRows }

  var footerItems: [Footer.Item] {
    isListening
      ? [Footer.Item("any key", "shows what it does")]
      : [
        Footer.Item("Enter", "run"), Footer.Item("C-k", "press a key to find it"),
        Footer.Item("Esc", "close"),
      ]
  }

  func draw(_ canvas: inout Canvas, _ rect: Rect) {
    let hasDetail = rect.rows >= Self.detailFrom
    let (above, below) = rect.splitBottom(hasDetail ? Self.detailRows : 0)
    var picker = picker
    picker.present = [
      Span(SafeLine("\(picker.shown.count)")),
      Span(SafeLine(" of \(picker.items.count) actions"), .dim),
    ]
    picker.draw(on: &canvas, in: above)
    canvas.area(above) { Self.dropRepeatedScopes(&$0) }
    if hasDetail { canvas.area(below) { drawDetail(&$0) } }
  }

  /// The group of keys is named once, on its first row.
  private static func dropRepeatedScopes(_ canvas: inout Canvas) {
    let columns = 4..<4 + scopeWidth
    var last = ""
    for row in 4..<max(4, canvas.size.rows) {
      let scope = columns.map { canvas[row: row, column: $0].glyph }.joined()
      if scope == last {
        canvas.fill(Rect(row: row, column: 4, columns: scopeWidth, rows: 1))
      }
      last = scope
    }
  }

  private func drawDetail(_ canvas: inout Canvas) {
    canvas.fill(canvas.bounds)
    guard case .binding(let binding)? = picker.current?.value else { return }
    TitledRule([Span(SafeLine(binding.word.prefix(1).uppercased() + binding.word.dropFirst()))])
      .draw(on: &canvas, row: 1)
    canvas.put(SafeLine(binding.help + "."), row: 2, column: 4)
    let keys = SafeLine(binding.allKeyWords)
    if let refusal = binding.refusal {
      canvas.put(
        [Span("Not now  ", .dim), Span(SafeLine(refusal.words), .warn)], row: 3, column: 4)
    } else {
      let place: SafeLine = binding.scope == .screen ? SafeLine(" on \(screen.title)") : ""
      canvas.put(
        [Span("Learn  ", .dim), Span("next time press "), Span(keys, .accent), Span(place)], row: 3,
        column: 4)
    }
  }
}

extension Binding {
  /// Every key of the action in words, `+ =`; a row without keys of its own names those of others.
  var allKeyWords: String {
    keys.isEmpty ? shown ?? "" : keys.map(\.description).joined(separator: " ")
  }
}

/// Lines to read in a drawer; any key that means closing closes it.
package struct ReadingDrawer: Sendable {
  let title: SafeLine
  let note: [Span]
  let lines: [[Span]]

  static func closes(_ key: Key) -> Bool {
    switch key {
    case .escape, .enter, .backspace, .character("q"), .character("="): true
    default: false
    }
  }

  var wantedRows: Int { lines.count + 3 }

  func draw(_ canvas: inout Canvas, _ rect: Rect) {
    canvas.area(rect) { canvas in
      canvas.fill(canvas.bounds)
      TitledRule.drawer(title, note: note).draw(on: &canvas, row: 0)
      for (row, line) in fitting(canvas.size.rows - 2).enumerated() {
        canvas.put(line, row: row + 2, column: 4, width: canvas.size.columns - 5)
      }
      canvas.placeCursor(row: 2, column: 4)
    }
  }

  /// All lines where they fit; else without blank ones, the last first, and then cut.
  private func fitting(_ rows: Int) -> ArraySlice<[Span]> {
    var lines = lines
    while lines.count > rows, let blank = lines.lastIndex(where: \.isEmpty) {
      lines.remove(at: blank)
    }
    return lines.prefix(rows)
  }
}
