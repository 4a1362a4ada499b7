package import CRM
package import TerminalUI

/// What is odd in the data, how many rows, and what it spoils. Enter goes into the rows found.
package struct HealthScreen: ListScreen {
  package enum Action: Sendable, Hashable { case enter, fix, open, edit, leave, ignore }

  package var model = ListModel()
  private var answer: HealthAnswer?
  /// The place among the rows found while they have the cursor; nil while the checks have it.
  private var example: Int?

  package init() {}

  package var trail: String { "Health" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<HealthRow> { answer?.list ?? Rows() }
  package func id(of row: HealthRow) -> RecordID { row.id }
  package func look(_ row: HealthRow) -> RowLook {
    RowLook(row.isIgnored ? .plain : row.severity, isUnsent: false)
  }
  package var detailRows: Int { 13 }
  package static var opensRows: Bool { false }
  package var rowWords: String { "checks" }
  package var emptyWords: [SafeLine] {
    ["Nothing is odd in the rows that are here.", "Every check and every number is clean."]
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.enter, [.enter], "rows", "Go to the rows found, then open one", footer: 10),
    ActionRow(
      .fix, [.character("x")], "fix",
      "Put the rows found right once you saw what is written; where that takes judgement, a form",
      footer: 15),
    ActionRow(.open, [.character("o")], "open", "Open the first row found", footer: 20),
    ActionRow(.edit, [.character("e")], "edit", "Edit the row in a form", footer: 30),
    ActionRow(
      .ignore, [.character("Z")], "ignore",
      "Leave the finding out on this machine until more rows are found, or take it in again",
      footer: 40),
    ActionRow(.leave, [.escape, .backspace], "back", "Back to the checks", footer: 12),
  ]

  package static let sorts: [SortOrder] = [
    SortOrder("severity", "Worst first", column: ""),
    SortOrder("found", "Most rows first", column: "rows", descending: true),
    SortOrder("class", "Class", column: "class"),
    SortOrder("check", "Check", column: "check"),
  ]

  /// The share of a class's rows that fills the bar.
  private static let fullShare = 0.06

  package static let columns: [Column<HealthRow>] = [
    Column("check", title: "Check", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.check))]
    },
    Column("class", title: "Class", width: .fixed(13), from: 80) { row, _ in
      [Span(SafeLine(row.schoolClass.plural), .dim)]
    },
    Column("rows", title: "Rows", width: .fixed(12), align: .right) { row, _ in
      [
        Span(SafeLine("\(row.found)"), row.found > 0 ? .strong : .faint),
        Span(SafeLine(" of \(Wording.count(row.of))"), .faint),
      ]
    },
    Column("share", title: "", width: .fixed(8), from: 116) { row, cell in
      guard row.of > 0, row.found > 0 else { return [] }
      let share = min(fullShare, Double(row.found) / Double(row.of))
      let least = fullShare / Double(2 * cell.width)
      return AmountBar(heavy: max(share, least), full: fullShare)
        .spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("spoils", title: "What it spoils", width: .fixed(24), from: 100) { row, _ in
      [Span(SafeLine(row.spoils), .dim)]
    },
    Column("fix", title: "Fix", width: .fixed(11), from: 80) { row, _ in
      guard row.found > 0 else { return [] }
      if row.isIgnored { return [Span("ignored", .faint)] }
      return [
        Span(row.fix == nil ? "e" : "x", .accent),
        Span(SafeLine(" " + (row.fix?.word ?? "edit")), .dim),
      ]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .health(model.request)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .health(let answer) = answer else { return }
    self.answer = answer
    followList(context)
    if let example, example >= current?.exampleIDs.count ?? 0 { self.example = nil }
  }

  package func counts(_ context: Context) -> [Span] {
    guard let answer else { return [] }
    return [
      Span(SafeLine(Wording.count(answer.rowsChecked))), Span(" rows checked", .dim),
    ]
  }

  package mutating func press(_ key: Key, _ context: Context) -> [Command]? {
    if example == nil, key == .escape || key == .backspace { return nil }
    if let commands = pressOwn(key, context) { return commands }
    guard let row = ListAction.table.first(where: { $0.keys.contains(key) }) else { return nil }
    return pressShared(row.action, context)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    guard let current else { return Refusal("There is no check here.") }
    if action == .leave { return nil }
    guard !current.exampleIDs.isEmpty else { return Refusal("Nothing was found by this check.") }
    guard action == .edit || action == .fix else { return nil }
    return context.rights.refusal(to: .update, current.schoolClass)
  }

  package func footerWord(_ row: ActionRow<Action>, _ context: Context) -> String? {
    let isInRows = example != nil
    switch row.action {
    case .enter: return isInRows ? "open" : row.word
    case .leave: return isInRows ? row.word : nil
    case .open: return isInRows ? nil : row.word
    case .ignore: return activeView?.id == HealthView.ignored.rawValue ? "heed again" : row.word
    case .fix, .edit: return row.word
    }
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    guard let row = current else { return [] }
    let place = example ?? 0
    let id = row.exampleIDs.indices.contains(place) ? row.exampleIDs[place] : nil
    switch action {
    case .enter:
      guard example == nil else { return id.map { open(row.schoolClass, $0) } ?? [] }
      example = 0
    case .fix: return fix(row, context)
    case .open: return id.map { open(row.schoolClass, $0) } ?? []
    case .edit: return id.map { [.form(.edit(row.schoolClass, $0))] } ?? []
    case .ignore:
      let finding = HealthFinding(row)
      example = nil
      return [.act(row.isIgnored ? .heed(finding) : .ignore(finding))]
    case .leave: example = nil
    }
    return []
  }

  /// All rows found are shown before they are put right; the one picked is put right at once. What
  /// needs judgement opens in its form.
  private func fix(_ row: HealthRow, _ context: Context) -> [Command] {
    let place = example ?? 0
    guard let fix = row.fix else {
      return row.exampleIDs.dropFirst(place).first.map { [.form(.edit(row.schoolClass, $0))] } ?? []
    }
    guard example == nil else {
      return row.exampleIDs.dropFirst(place).first.map { [.act(.fix(fix, only: [$0]))] } ?? []
    }
    return [.drawer(.confirm(HealthBatch(row: row, fix: fix, context: context).confirm))]
  }

  /// The record's card where it has one, else its form.
  private func open(_ kind: SchoolClass, _ id: RecordID) -> [Command] {
    [RecordReference(kind, id).map(Command.open) ?? .form(.edit(kind, id))]
  }

  package mutating func move(_ motion: Motion, _ context: Context) {
    guard let place = example, let row = current else {
      model.move(motion, height: layout(context).listHeight)
      return
    }
    let last = max(0, row.exampleIDs.count - 1)
    switch motion {
    case .down: example = min(last, place + 1)
    case .up: example = max(0, place - 1)
    case .top, .pageUp, .halfUp: example = 0
    case .bottom, .pageDown, .halfDown: example = last
    case .left: example = nil
    case .right: break
    }
  }

  package func status(_ context: Context) -> [Span] {
    guard context.size.rows >= ListLayout.statusRows else { return [] }
    return [
      Span("Quad never repairs by itself; each fix is an edit of yours and can be undone.", .faint)
    ]
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    let found = "\(row.found) of \(Wording.count(row.of)) \(row.schoolClass.plural)"
    TitledRule(
      [Span(SafeLine(row.check), .strong), Span("  "), Span(SafeLine(row.spoils), .dim)],
      right: (row.fix.map { fix in
        [Span("x", .accent), Span(SafeLine(" \(fix.word) all, shows the plan first   "), .dim)]
      } ?? []) + [Span(SafeLine(found), .dim)]
    ).draw(on: &canvas, row: 0)
    guard row.found > 0 else {
      canvas.put("Nothing found.", row: 2, column: 4, style: .faint)
      return
    }
    let isSmall = canvas.size.rows < 10
    let first = isSmall ? 1 : 2
    // In a short detail the rows scroll with their cursor.
    let room = max(1, canvas.size.rows - first - 1)
    let top = max(0, min((example ?? 0) - room + 1, row.examples.count - room))
    for (line, words) in row.examples.dropFirst(top).prefix(room).enumerated() {
      canvas.put(SafeLine(words), row: first + line, column: 4)
    }
    let more = row.found - top - min(room, row.examples.count - top)
    if more > 0 {
      canvas.put(
        SafeLine("\(Wording.count(more)) more"), row: first + min(room, row.examples.count),
        column: 4, style: .faint)
    }
    if let example, !context.isDimmed {
      canvas.put(context.glyphs.cursor, row: first + example - top, column: 0, style: .accent)
      canvas.placeCursor(row: first + example - top, column: 0)
    }
  }
}
