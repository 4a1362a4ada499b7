package import CRM
package import TerminalUI

/// Edits that wait, were refused or are in conflict. Nothing leaves this list by itself but by
/// arriving.
package struct OutboxScreen: ListScreen {
  package enum Action: Sendable, Hashable {
    case tryNow, retry, retryAll, edit, discard, export
  }

  package var model = ListModel()
  private var all: [OutboxRow] = []

  package init() {}

  package var trail: String { "Outbox" }
  package func id(of row: OutboxRow) -> RecordID { row.id }
  package func look(_ row: OutboxRow) -> RowLook {
    switch row.state {
    case .waiting, .sending: RowLook()
    case .refused, .held: RowLook(stripe: .soon)
    case .conflict: RowLook(stripe: .late)
    }
  }
  package static var isFetched: Bool { false }
  package var rowWords: String { "edits" }
  package var detailRows: Int { 8 + SyncBlock.height }
  package var emptyWords: [SafeLine] {
    ["Everything is sent.", "Edits made without a connection wait here until they arrive."]
  }

  /// The views in the order they are shown.
  private enum View: String, CaseIterable {
    case all, waiting, conflict, refused

    var title: String {
      switch self {
      case .all: "To send"
      case .waiting: "Waiting"
      case .conflict: "Conflicts"
      case .refused: "Refused"
      }
    }

    func holds(_ row: OutboxRow) -> Bool {
      switch (self, row.state) {
      case (.all, _), (.waiting, .waiting), (.waiting, .sending), (.conflict, .conflict),
        (.refused, .refused), (.refused, .held):
        true
      default: false
      }
    }
  }

  package var views: [ViewCount] {
    View.allCases.map { view in
      ViewCount(id: view.rawValue, title: view.title, count: all.count { view.holds($0) })
    }
  }

  package var list: Rows<OutboxRow> {
    let view = model.request.view.flatMap(View.init(rawValue:)) ?? .all
    let words = model.request.filter.lowercased().split(separator: " ")
    let rows = all.filter { row in
      let text = "\(row.record) \(row.change) \(row.kind)".lowercased()
      return view.holds(row) && words.allSatisfy { text.contains($0) }
    }
    return Rows(rows, ids: rows.map(\.id), all: all.count)
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(
      .tryNow, [.character("R"), .function(5)], "try now", "Send what waits and ask for changes",
      footer: 5),
    ActionRow(
      .retry, [.character("r")], "send again", "Send a refused edit or one in conflict again",
      footer: 10),
    ActionRow(
      .retryAll, [.character("A")], "send all again", "Send every refused edit again"),
    ActionRow(.edit, [.character("e")], "edit", "Change the edit in the record's form", footer: 15),
    ActionRow(
      .discard, [.character("D")], "drop", "Give the edit up; the row goes back", footer: 20),
    ActionRow(
      .export, [.character("x")], "export",
      "Write every unsent edit with all its values to a file", footer: 25),
  ]

  package static let columns: [Column<OutboxRow>] = [
    Column("made", title: "Made", width: .fixed(6)) { row, _ in
      [Span(SafeLine(row.dayOrTime))]
    },
    Column("state", title: "State", width: .fixed(9)) { row, _ in [row.stateSpan] },
    Column("kind", title: "What", width: .fixed(8), from: 90) { row, _ in
      [Span(SafeLine(row.kind), .dim)]
    },
    Column("record", title: "Record", width: .between(16, 24), isMain: true) { row, _ in
      [Span(SafeLine(row.record))]
    },
    Column("change", title: "Change", width: .flex) { row, _ in row.changeSpans },
    Column("tries", title: "Tries", width: .fixed(5), align: .right, from: 80) { row, _ in
      [Span(SafeLine("\(row.tries)"), .faint)]
    },
    Column("then", title: "Then", width: .fixed(15), from: 115) { row, _ in
      switch row.state {
      case .waiting: row.nextTry.map { [Span(SafeLine("after \($0)"), .faint)] } ?? []
      case .sending: []
      case .held: [Span("after another", .faint)]
      case .conflict: [Span("Enter", .accent), Span(" choose")]
      case .refused: [Span("Enter", .accent), Span(" decide")]
      }
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] { [:] }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    all = context.outbox
    followList(context)
  }

  package mutating func choose(view: String) {
    model.request.view = view
    model.restart()
    model.follow(list.ids, height: 1)
  }

  package var filter: String? {
    get { model.request.filter }
    set {
      model.request.filter = newValue ?? ""
      model.restart()
      model.follow(list.ids, height: 1)
    }
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    if action == .tryNow { return nil }
    guard let current else { return Refusal("There is nothing to send.") }
    switch (action, current.state) {
    case (.retryAll, _) where !all.contains(where: \.isRefused):
      return Refusal("Nothing was refused.")
    case (.retry, .waiting), (.retry, .sending): return Refusal("It goes by itself; R tries now.")
    case (.retry, .conflict) where current.conflict != nil:
      return Refusal("It was changed on both sides: Enter shows both.")
    case (.edit, .sending): return Refusal("It is being sent; wait for its answer.")
    case (.edit, _) where current.target == nil || current.kind == "delete":
      return Refusal("There is nothing in it to edit.")
    case (.edit, .conflict) where current.conflict != nil:
      return Refusal("It was changed on both sides: Enter shows both.")
    default: return nil
    }
  }

  package func open(_ row: OutboxRow) -> [Command] {
    switch row.state {
    case .conflict, .refused: [.open(.conflict(row.id, record: row.record))]
    case .waiting, .sending, .held:
      row.target.flatMap { RecordReference($0.kind, $0.id) }.map { [.open($0)] }
        ?? [.toast(Toast(.notice, "\(row.record) has no card of its own."))]
    }
  }

  package mutating func select(_ id: RecordID, _ context: Context) {
    model.select(id, height: layout(context).listHeight)
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    guard let row = current else { return action == .tryNow ? [.effect(.refresh)] : [] }
    switch action {
    case .tryNow: return [.effect(.refresh)]
    case .retryAll: return [.effect(.retryAll)]
    case .export: return [.effect(.exportOutbox)]
    case .retry: return [.effect(.retry(outboxID: row.id))]
    case .edit: return row.target.map { [.form(.edit($0.kind, $0.id))] } ?? []
    case .discard: return [.drawer(.dropping(row, then: []))]
    }
  }

  package func status(_ context: Context) -> [Span] {
    guard context.size.rows >= ListLayout.statusRows,
      case .offline = context.sync.connection
    else { return [] }
    return [
      Span("Offline.", .warn),
      Span(" All screens work; changes wait here in order and survive a restart.", .dim),
    ]
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    drawList(&canvas, context)
    let layout = layout(context)
    guard list.rows.isEmpty, let detail = layout.detail else { return }
    // The block has the list's room too, below the words.
    let end = detail.row + detail.rows
    let free = layout.table.row + 4
    let isBeside = detail.column > 0
    let row = isBeside ? detail.row : min(free, end - SyncBlock.height)
    let area = Rect(row: row, column: detail.column, columns: detail.columns, rows: end - row)
    let today = TodayBlock(context: context)
    canvas.area(area) { canvas in
      let next = SyncBlock(context: context).draw(&canvas, row: 0)
      if !isBeside { today.draw(&canvas, row: next + 1) }
    }
    if isBeside { canvas.area(layout.table.inset(top: 4)) { today.draw(&$0, row: 0) } }
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    TitledRule(
      [Span(SafeLine(row.record), .strong), Span("  "), Span(SafeLine(row.kind), .dim)],
      right: [Span(SafeLine("made \(row.shortMade), kept on disk"), .dim)]
    ).draw(on: &canvas, row: 0)
    var line = canvas.size.rows < 10 ? 1 : 2
    // To the left stand four blanks and the label, to the right the last column.
    let width = canvas.size.columns - 16
    for (label, words) in row.explained(context) {
      for (number, part) in SafeText(words.line.text).wrapped(to: width).enumerated()
      where line < canvas.size.rows {
        let head = Span(left(number == 0 ? label : "", 11), .dim)
        canvas.put([head, Span(part, words.style)], row: line, column: 4)
        line += 1
      }
    }
    if canvas.size.rows >= line + 5 {
      let next = SyncBlock(context: context).draw(&canvas, row: line + 1)
      TodayBlock(context: context).draw(&canvas, row: next + 1)
    } else if canvas.size.rows > line {
      SyncBlock(context: context).drawShort(&canvas, row: line)
    }
  }
}

extension OutboxRow {
  /// `14:11` of today, `19 Nov` of another day.
  fileprivate var dayOrTime: String {
    let words = made.split(separator: " ")
    return words.count < 4 ? shortMade : words[1...2].joined(separator: " ")
  }

  /// `14:11` of today, `19 Nov 22:05` of another day.
  fileprivate var shortMade: String {
    let words = made.split(separator: " ")
    if words.first == "today" { return words.dropFirst().joined(separator: " ") }
    return words.count == 4 ? words.dropFirst().joined(separator: " ") : made
  }

  /// The first field's name dim, what it becomes plain.
  fileprivate var changeSpans: [Span] {
    let field = change.prefix { $0 != " " }
    return [Span(SafeLine(String(field)), .dim), Span(SafeLine(String(change[field.endIndex...])))]
  }

  fileprivate var stateSpan: Span {
    switch state {
    case .waiting: Span("waiting", .dim)
    case .sending: Span("sending", .info)
    case .refused: Span("refused", .warn)
    case .conflict: Span("conflict", .bad)
    case .held: Span("held", .warn)
    }
  }

  /// What is to be written, what the server said, and what can be done.
  fileprivate func explained(_ context: Context) -> [(SafeLine, Span)] {
    let changes = change.split(separator: ", ").prefix(5)
    var lines: [(SafeLine, Span)] = changes.enumerated().map { index, text in
      (index == 0 ? "change" : "", Span(SafeLine(String(text))))
    }
    switch state {
    case .waiting:
      let isOffline = if case .offline = context.sync.connection { true } else { false }
      lines.append(
        ("state", Span(isOffline ? "waits for the connection" : "waits for its turn", .dim)))
    case .sending: lines.append(("state", Span("is being sent", .dim)))
    case .refused(let words):
      let answer: SafeLine =
        switch reason {
        case .noRight: "You have no right to \(kind == "delete" ? "delete" : "change") it."
        case .gone: "It is gone from the server, or not open to you."
        case .twin, nil: SafeLine(words)
        }
      lines.append(("answer", Span(answer, .warn)))
      lines.append(("", Span("Enter says what can be done, r sends it again, D drops it", .dim)))
    case .held(let words): lines.append(("state", Span(SafeLine(words), .warn)))
    case .conflict(let words):
      lines.append(("answer", Span(SafeLine(words), .bad)))
      let ways: SafeLine =
        conflict == nil
        ? "r send it again, D take the server's" : "Enter choose per field, D take the server's"
      lines.append(("", Span(ways, .dim)))
    }
    return lines
  }
}
