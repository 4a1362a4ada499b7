package import CRM
package import TerminalUI

/// Edits that wait, were refused or are in conflict. Nothing leaves this list by itself but by
/// arriving.
package struct OutboxScreen: ListScreen {
  package enum Action: Sendable, Hashable { case retry, discard }

  package var model = ListModel()
  private var rows: [OutboxRow] = []

  package init() {}

  package var trail: String { "Outbox" }
  package var views: [ViewCount] { [ViewCount(id: "all", title: "To send", count: rows.count)] }
  package var list: Rows<OutboxRow> { Rows(rows, all: rows.count) }
  package func id(of row: OutboxRow) -> RecordID { row.id }
  package func look(_ row: OutboxRow) -> RowLook {
    switch row.state {
    case .waiting, .sending: RowLook()
    case .refused: RowLook(stripe: .soon)
    case .conflict: RowLook(stripe: .late)
    }
  }
  package var detailRows: Int { 10 }
  package var emptyWords: [SafeLine] {
    ["Everything is sent.", "Edits made without a connection wait here until they arrive."]
  }

  package static let table: [ActionRow<Action>] = [
    ActionRow(.retry, [.character("r")], "try again", "Send this edit again now", footer: 10),
    ActionRow(
      .discard, [.character("D")], "drop", "Give the edit up; the row goes back", footer: 20),
  ]

  package static let columns: [Column<OutboxRow>] = [
    Column("made", title: "Made", width: .fixed(8), align: .right) { row, _ in
      [Span(SafeLine(row.made), .dim)]
    },
    Column("state", title: "State", width: .fixed(10)) { row, _ in [row.stateSpan] },
    Column("kind", title: "What", width: .fixed(8)) { row, _ in [Span(SafeLine(row.kind), .dim)] },
    Column("record", title: "Record", width: .between(16, 26), isMain: true) { row, _ in
      [Span(SafeLine(row.record))]
    },
    Column("change", title: "Change", width: .flex) { row, _ in
      [Span(SafeLine(row.change), .dim)]
    },
    Column("tries", title: "Tries", width: .fixed(5), align: .right, from: 80) { row, _ in
      [Span(SafeLine("\(row.tries)"), .faint)]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] { [:] }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    rows = context.outbox
    followList(context)
  }

  package func refusal(_ action: Action, _ context: Context) -> Refusal? {
    current == nil ? Refusal("There is nothing to send.") : nil
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {
    guard let row = current else { return [] }
    switch action {
    case .retry: return [.effect(.retry(outboxID: row.id))]
    case .discard:
      return [
        .drawer(
          .confirm(
            Confirm(
              question: SafeLine("Drop the \(row.kind) of \(row.record)?"),
              yes: "drop it", value: .commands([.effect(.discard(outboxID: row.id))]),
              lines: [
                [Span(SafeLine(row.change))],
                [Span("The row goes back to what the server has.", .dim)],
              ])))
      ]
    }
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    TitledRule([Span(SafeLine(row.record), .strong)], right: [Span(SafeLine(row.kind), .dim)])
      .draw(on: &canvas, row: 0)
    canvas.put([Span("change   ", .dim), Span(SafeLine(row.change))], row: 2, column: 4)
    switch row.state {
    case .waiting: canvas.put("Waits to be sent.", row: 3, column: 4, style: .dim)
    case .sending: canvas.put("Is being sent.", row: 3, column: 4, style: .dim)
    case .refused(let words), .conflict(let words):
      canvas.put([Span("answer   ", .dim), Span(SafeLine(words), .warn)], row: 3, column: 4)
    }
  }
}

extension OutboxRow {
  fileprivate var stateSpan: Span {
    switch state {
    case .waiting: Span("waiting", .warn)
    case .sending: Span("sending", .info)
    case .refused: Span("refused", .warn)
    case .conflict: Span("conflict", .bad)
    }
  }
}
