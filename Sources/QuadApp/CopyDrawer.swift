import CRM
package import TerminalUI

/// One thing to copy: its letter, what it is called, what is shown of it and what is copied.
package struct CopyEntry: Sendable, Hashable {
  package let key: Character
  package let name: SafeLine
  package let shown: SafeLine
  package let clip: Clip
  /// What the status line calls it.
  private let said: SafeLine

  /// - Parameter said: nil takes the name with what is shown.
  package init(
    _ key: Character, _ name: SafeLine, shown: SafeLine, _ clip: Clip, said: SafeLine? = nil
  ) {
    self.key = key
    self.name = name
    self.shown = shown
    self.clip = clip
    self.said = said ?? name + " " + shown.cut(to: 40)
  }

  /// A field as it is; nil when there is nothing in it.
  init?(_ key: Character, _ name: SafeLine, _ text: String?) {
    guard let text, !text.isEmpty else { return nil }
    let line = SafeLine(text)
    self.init(key, name, shown: line, Clip(line))
  }

  /// What the status line says once the terminal has it, or does not take it.
  package func message(_ outcome: CursesScreen.CopyOutcome) -> Message {
    switch outcome {
    case .sent: .done(words: "\(said) sent to the clipboard", canUndo: false)
    case .tooLong:
      .refused("\(said) is more than a terminal's clipboard takes; mark fewer rows.")
    case .unsupported:
      .refused("This terminal has no clipboard for programs; select it with the mouse: \(shown)")
    case .busy: .refused("The line is slow just now; press y again.")
    }
  }
}

extension CopyEntry {
  /// A record as it is stored, as JSON.
  static func stored(_ name: String, _ json: String) -> CopyEntry {
    let name = SafeLine(name)
    return CopyEntry("j", "JSON", shown: name, Clip(SafeLine(json)), said: name + " as JSON")
  }

  /// One row as fields parted by tabs.
  static func row<Row>(_ columns: [Column<Row>], _ row: Row) -> CopyEntry {
    let clip = Clip(rows: [columns.map { $0.copied(row) }])
    return CopyEntry("r", "row", shown: "its fields, parted by tabs", clip, said: "1 row")
  }

  /// The row, or the marked ones, and the whole table, as fields parted by tabs.
  static func rows<Row>(
    _ columns: [Column<Row>], current: Row, marked: [Row], all: [Row]
  ) -> [CopyEntry] {
    let head = columns.map(\.title)
    let chosen = marked.isEmpty ? [current] : marked
    func fields(_ row: Row) -> [SafeLine] { columns.map { $0.copied(row) } }
    func count(_ rows: Int) -> SafeLine { rows == 1 ? "1 row" : "\(rows) rows" }
    return [
      CopyEntry(
        "r", marked.isEmpty ? "row" : "marked rows",
        shown: marked.isEmpty ? "its fields, parted by tabs" : count(chosen.count),
        Clip(rows: chosen.map(fields)), said: count(chosen.count)),
      CopyEntry(
        "t", "table", shown: count(all.count) + " with heads",
        Clip(rows: [head] + all.map(fields)), said: count(all.count) + " with heads"),
    ]
  }
}

extension Column {
  /// The cell as text, whole and without the signs of its chart.
  fileprivate func copied(_ row: Row) -> SafeLine {
    let spans = content(row, CellContext(width: 12, glyphs: .unicode))
    let text = spans.map(\.line.text).joined()
    let words = text.split { $0 == " " || Self.chartSigns.contains($0) }
    return SafeLine(words.joined(separator: " "))
  }

  private static var chartSigns: Set<Character> { Set("━╾╸─╌╍┼┿▁▂▃▄▅▆▇█∅") }
}

/// Letters for what can be copied; one closes it (design/screens.md §9).
package struct CopyDrawer: Sendable {
  private struct Item: Hashable {
    let key: Character
    let name: SafeLine
    let shown: SafeLine
    let effect: Effect
  }

  private let items: [Item]

  private static let twoFrom = 100
  private static let second = 58
  private static let nameWidth = 12

  /// - Parameter stored: The record that can be copied as it is stored; nil for none.
  init(_ entries: [CopyEntry], stored: (kind: SchoolClass, id: RecordID)?) {
    let whole = stored.map {
      Item(
        key: "j", name: "JSON", shown: "the record as stored",
        effect: .readStored($0.kind, $0.id))
    }
    items =
      entries.map { Item(key: $0.key, name: $0.name, shown: $0.shown, effect: .copy($0)) }
      + [whole].compactMap(\.self)
  }

  func handle(_ key: Key) -> DrawerOutcome {
    if key == .escape { return .closed }
    guard case .character(let letter) = key, let item = items.first(where: { $0.key == letter })
    else { return .open }
    return .commands([.effect(item.effect)])
  }

  func wantedRows(_ columns: Int) -> Int {
    2 + (columns >= Self.twoFrom ? (items.count + 1) / 2 : items.count)
  }

  func draw(_ canvas: inout Canvas, _ rect: Rect) {
    canvas.area(rect) { canvas in
      canvas.fill(canvas.bounds)
      TitledRule.drawer("y  copy", note: [Span("a letter copies", .dim)]).draw(
        on: &canvas, row: 0)
      let isTwo = canvas.size.columns >= Self.twoFrom
      let half = isTwo ? (items.count + 1) / 2 : items.count
      for (index, item) in items.enumerated() {
        let column = index < half ? 4 : Self.second
        let end = isTwo && index < half ? Self.second - 2 : canvas.size.columns - 1
        canvas.put(
          [
            Span(SafeLine(String(item.key)), .accent), Span("   "),
            Span(left(item.name, Self.nameWidth)), Span("  "), Span(item.shown, .dim),
          ], row: 2 + index % half, column: column, width: end - column)
      }
      canvas.placeCursor(row: 2, column: 4)
    }
  }
}
