import CRM
import TerminalUI

/// One of the four panes: a titled rule, its numbers, and its two tables.
struct PaneDrawing {
  let answer: QuadAnswer
  let pane: QuadScreen.Pane
  let isFocused: Bool
  let state: ListState
  let isStacked: Bool
  let context: Context

  /// Rows above the rows of the list the cursor moves in, in the grid.
  static func upperRows(_ pane: QuadScreen.Pane, rows: Int) -> Int {
    switch pane {
    case .completion: 3 + groupRows(rows) + 3
    case .quizzes: 4 + groupRows(rows)
    case .tickets: 4 + footRows(rows)
    case .pipeline: 3 + 6 + 1
    }
  }

  /// Rows the groups take when there is room for both tables.
  static func groupRows(_ rows: Int) -> Int { rows >= 16 ? 5 : 3 }

  /// Rows of the people and the days below the tickets.
  static func footRows(_ rows: Int) -> Int { rows >= 20 ? 7 : 0 }

  func draw(_ canvas: inout Canvas) {
    if isStacked {
      drawStacked(&canvas)
      return
    }
    TitledRule(title, right: [Span(SafeLine(size), .dim)], isHeader: isFocused)
      .draw(on: &canvas, row: 0)
    canvas.put(summary, row: 1, column: 1, width: canvas.size.columns - 2)
    switch pane {
    case .completion: drawCompletion(&canvas)
    case .quizzes: drawQuizzes(&canvas)
    case .tickets: drawTickets(&canvas)
    case .pipeline: drawPipeline(&canvas)
    }
  }

  private var title: [Span] {
    let name = SafeLine(pane.screen.title)
    let digit = SafeLine("\(pane.screen.rawValue) ")
    return isFocused ? [Span(digit + name, .header)] : [Span(digit, .dim), Span(name, .strong)]
  }

  private func drawStacked(_ canvas: inout Canvas) {
    let end = canvas.put(title, row: 0, column: 1)
    if isFocused {
      canvas.put(" ", row: 0, column: 0, style: .header)
      canvas.put(" ", row: 0, column: end, style: .header)
    }
    let start = 18
    canvas.put(summary, row: 0, column: start, width: canvas.size.columns - start - 1)
    let rect = canvas.bounds.inset(top: 1)
    switch pane {
    case .completion:
      draw(Self.riskColumns, answer.completion.list.rows, &canvas, rect, head: false)
    case .quizzes: draw(Self.quizColumns, answer.quizzes.list.rows, &canvas, rect, head: false)
    case .tickets: draw(Self.ticketColumns, answer.tickets.list.rows, &canvas, rect, head: false)
    case .pipeline: draw(Self.dealColumns, answer.pipeline.list.rows, &canvas, rect, head: false)
    }
  }

  /// The pane's own list, with the cursor when the pane has the focus.
  func draw<Row: QuadRow>(
    _ columns: [Column<Row>], _ rows: [Row], _ canvas: inout Canvas, _ rect: Rect,
    head: Bool = true
  ) {
    let table = Table(
      columns: columns,
      cursorLook: isFocused ? context.cursorLook(Row.self) : Table<Row>.CursorLook.none,
      hasMarks: isStacked, showsHead: head, look: { $0.look })
    var state = state
    state.scroll(count: rows.count, height: table.height(in: rect.rows))
    table.draw(on: &canvas, in: rect, state: state, count: rows.count, row: { rows[$0] })
    if rows.isEmpty {
      canvas.put(emptyWords, row: rect.row + (head ? 1 : 0), column: 3, style: .faint)
    }
  }

  private var emptyWords: SafeLine {
    let kind: SchoolClass =
      switch pane {
      case .completion: .student
      case .quizzes: .attempt
      case .tickets: .ticket
      case .pipeline: .deal
      }
    if let refusal = context.rights.refusal(to: .read, kind) { return SafeLine(refusal.words) }
    return context.sync.connection == .starting ? "Reading the cache." : "Nothing needs care here."
  }

  /// A second table of the pane, without a cursor.
  func drawPlain<Row>(
    _ columns: [Column<Row>], _ rows: [Row], _ canvas: inout Canvas, _ rect: Rect,
    look: @escaping @Sendable (Row) -> RowLook
  ) {
    Table(columns: columns, cursorLook: .none, hasMarks: false, look: look)
      .draw(on: &canvas, in: rect, state: ListState(), count: rows.count, row: { rows[$0] })
  }
}

/// A row of one of the four lists, with its stripe.
protocol QuadRow: Sendable {
  var look: RowLook { get }
}

extension CompletionRow: QuadRow {
  var look: RowLook { RowLook(risk.severity, isUnsent: isUnsent) }
}

extension QuizRow: QuadRow {
  var look: RowLook { RowLook(severity, isUnsent: false) }
}

extension TicketRow: QuadRow {
  var look: RowLook { RowLook(severity, isUnsent: isUnsent) }
}

extension DealRow: QuadRow {
  var look: RowLook { RowLook(severity, isUnsent: isUnsent) }
}
