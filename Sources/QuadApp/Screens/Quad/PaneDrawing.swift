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

  /// Columns of a pane from which its charts have room.
  static let wideFrom = 70
  /// Column where the numbers of a stacked pane start, behind the longest title.
  private static let stackedNumbers = 18

  /// Rows above the rows of the list the cursor moves in, in the grid.
  static func upperRows(_ pane: QuadScreen.Pane, rows: Int) -> Int {
    switch pane {
    case .completion: 3 + groupRows(rows) + 3
    case .quizzes: 4
    case .tickets: 4
    case .pipeline: 3 + 6 + 1
    }
  }

  /// Rows below them.
  static func lowerRows(_ pane: QuadScreen.Pane, rows: Int) -> Int {
    switch pane {
    case .completion, .pipeline: 0
    case .quizzes: rows - 4 - (groupRows(rows) + 1)
    case .tickets: footRows(rows)
    }
  }

  /// Rows the groups take when there is room for both tables.
  static func groupRows(_ rows: Int) -> Int { rows >= 16 ? 5 : 3 }

  /// Rows of the people and the days below the tickets.
  static func footRows(_ rows: Int) -> Int { rows >= 20 ? 6 : 0 }

  func draw(_ canvas: inout Canvas) {
    if isStacked {
      drawStacked(&canvas)
      return
    }
    let refusal = refusal
    TitledRule(
      title, right: refusal == nil ? [Span(SafeLine(size), .dim)] : [], isHeader: isFocused
    ).draw(on: &canvas, row: 0)
    if let refusal {
      drawRefusal(refusal, &canvas, row: 2)
      return
    }
    canvas.put(.fitting(summary, width: canvas.size.columns - 2), row: 1, column: 1)
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
    if let refusal {
      drawRefusal(refusal, &canvas, row: 1)
      return
    }
    let start = Self.stackedNumbers
    canvas.put(.fitting(summary, width: canvas.size.columns - start - 1), row: 0, column: start)
    let rect = canvas.bounds.inset(top: 1)
    switch pane {
    case .completion:
      draw(Self.riskColumns(barWidth: 10), riskRows, &canvas, rect, head: false)
    case .quizzes: draw(Self.stackedQuizColumns, quizRows, &canvas, rect, head: false)
    case .tickets: draw(Self.stackedTicketColumns, ticketRows, &canvas, rect, head: false)
    case .pipeline: draw(Self.stackedDealColumns, dealRows, &canvas, rect, head: false)
    }
  }

  var riskRows: [CompletionRow] { answer.completion.list.rows }
  var quizRows: [QuizRow] { answer.quizzes.list.rows }
  var ticketRows: [TicketRow] { answer.tickets.list.rows }
  var dealRows: [DealRow] { answer.needingCare }

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
    guard rows.isEmpty else { return }
    let row = rect.row + (head ? 1 : 0)
    canvas.put(
      context.sync.connection == .starting ? "Reading the cache." : emptyWords, row: row,
      column: 3, style: .faint)
    if isFocused, !context.isDimmed { canvas.placeCursor(row: row, column: 0) }
  }

  /// Why nothing of the pane can be read; nil when it can.
  private var refusal: Refusal? {
    let kind: SchoolClass =
      switch pane {
      case .completion: .student
      case .quizzes: .attempt
      case .tickets: .ticket
      case .pipeline: .deal
      }
    return context.rights.refusal(to: .read, kind)
  }

  private func drawRefusal(_ refusal: Refusal, _ canvas: inout Canvas, row: Int) {
    canvas.put(SafeLine(refusal.words), row: row, column: isStacked ? 4 : 3, style: .faint)
    if isFocused, !context.isDimmed { canvas.placeCursor(row: row, column: 0) }
  }

  /// While rows are on their way nobody knows whether there are any.
  private var emptyWords: SafeLine {
    guard answer.isComplete else { return arrivingWords }
    return switch pane {
    case .completion: "Nobody is at risk."
    case .quizzes: "No attempts yet."
    case .tickets: "Nothing waits."
    case .pipeline: "Nothing needs care."
    }
  }

  private var arrivingWords: SafeLine {
    switch pane {
    case .completion: "Students and their courses are still arriving."
    case .quizzes: "Attempts are still arriving."
    case .tickets: "Tickets are still arriving."
    case .pipeline: "Deals are still arriving."
    }
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
