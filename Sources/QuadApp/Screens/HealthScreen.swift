package import CRM
package import TerminalUI

/// What is odd in the data, how many rows, and what it spoils.
package struct HealthScreen: ListScreen {
  package enum Action: Sendable, Hashable {}

  package var model = ListModel()
  private var answer: HealthAnswer?

  package init() {}

  package var trail: String { "Health" }
  package var views: [ViewCount] { answer?.views ?? [] }
  package var list: Rows<HealthRow> { answer?.list ?? Rows() }
  package func id(of row: HealthRow) -> RecordID { row.id }
  package func look(_ row: HealthRow) -> RowLook { RowLook(row.severity, isUnsent: false) }
  package var detailRows: Int { 12 }
  package var emptyWords: [SafeLine] { ["Nothing is odd in the rows that are here."] }

  package static let table: [ActionRow<Action>] = []

  package static let columns: [Column<HealthRow>] = [
    Column("check", title: "Check", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.check))]
    },
    Column("class", title: "Rows of", width: .fixed(14), from: 80) { row, _ in
      [Span(SafeLine(row.schoolClass.plural), .dim)]
    },
    Column("rows", title: "Found", width: .fixed(14), align: .right) { row, _ in
      [
        Span(SafeLine("\(row.found)"), row.severity.style),
        Span(SafeLine(" of \(Wording.count(row.of))"), .faint),
      ]
    },
    Column("spoils", title: "What it spoils", width: .fixed(30), from: 100) { row, _ in
      [Span(SafeLine(row.spoils), .dim)]
    },
  ]

  package func watches(_ context: Context) -> [Slot.Part: ViewRequest] {
    [.list: .health(model.request)]
  }

  package mutating func receive(_ answer: ViewAnswer, _ part: Slot.Part, _ context: Context) {
    guard case .health(let answer) = answer else { return }
    self.answer = answer
    followList(context)
  }

  package mutating func perform(_ action: Action, _ context: Context) -> [Command] {}

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    guard let row = current else { return }
    TitledRule(
      [Span(SafeLine(row.check), .strong)],
      right: [
        Span(SafeLine("\(row.found) of \(Wording.count(row.of)) \(row.schoolClass.plural)"), .dim)
      ]
    ).draw(on: &canvas, row: 0)
    for (line, example) in row.examples.enumerated() {
      canvas.put(SafeLine(example), row: line + 2, column: 4)
    }
  }
}
