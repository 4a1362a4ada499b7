import CRM
import TerminalUI

/// A ticket alone: itself, its learner, what can be done now, and what comes after it.
struct TicketCardView {
  let card: TicketCard
  /// The tickets that wait after this one.
  let following: [TicketRow]
  let isTriage: Bool
  /// What the card's keys do, those that cannot be used now among them.
  let actions: [Binding]
  let context: Context

  /// Rows from which the keys have a block of their own, besides the footer.
  private static let keysFrom = 28
  private static let keyRows = 4
  private static let afterFrom = 16
  /// Where the second block starts when two stand side by side, and from which width on where a
  /// subject is whole.
  private static let second = 60
  private static let roomyFrom = 160
  private static let roomySecond = 86

  func draw(_ canvas: inout Canvas) {
    let isWide = canvas.size.columns >= StudentBlocks.twoFrom
    let margin = isWide ? 3 : 0
    let width = canvas.size.columns - margin - (isWide ? 1 : 0)
    let rows = canvas.size.rows
    canvas.area(Rect(row: 0, column: margin, columns: width, rows: rows)) { canvas in
      drawTicket(&canvas)
      var bottom = rows
      if rows >= Self.afterFrom, !following.isEmpty { bottom = drawAfter(&canvas, bottom) }
      if rows >= Self.keysFrom { bottom = drawKeys(&canvas, bottom) }
      drawLearner(&canvas, from: 4, to: bottom)
      canvas.placeCursor(row: 0, column: 0)
    }
  }

  /// Subject, state and clock, with the ticket's stripe along them.
  private func drawTicket(_ canvas: inout Canvas) {
    let row = card.row
    if let stripe = row.severity.stripe {
      for line in 0..<3 {
        canvas.put(stripe.sign(context.glyphs), row: line, column: 1, style: stripe.style)
      }
    }
    let detail = TicketDetail(card: card, context: context)
    canvas.put(SafeLine(row.subject), row: 0, column: 3, style: .strong)
    canvas.put(
      .facts([
        [Span(SafeLine(row.number), .dim)], [row.priority.span], [row.status.span],
        [detail.withSpan],
      ]), row: 1, column: 3)
    let pressure =
      PressureBar(pressure: row.pressure, style: row.severity.barStyle)
      .spans(width: canvas.size.columns >= StudentBlocks.twoFrom ? 16 : 10, glyphs: context.glyphs)
      + [Span(" "), Span(SafeLine(Wording.pressure(row.pressure)), row.severity.style)]
    canvas.put(.facts([detail.waiting, pressure, detail.age]), row: 2, column: 3)
  }

  private func drawLearner(_ canvas: inout Canvas, from top: Int, to bottom: Int) {
    guard let student = card.student else {
      canvas.put("The learner is not open to you.", row: top, column: 3, style: .faint)
      return
    }
    let row = student.row
    let blocks = StudentBlocks(card: student, context: context)
    var facts = [[Span(SafeLine(row.cohort), .dim)], fact("owner", SafeLine(row.owner), .text)]
    let isWide = canvas.size.columns >= StudentBlocks.twoFrom
    if let email = student.email, isWide { facts.append([Span(SafeLine(email), .dim)]) }
    canvas.area(
      Rect(row: top, column: 2, columns: canvas.size.columns - 2, rows: bottom - 1 - top)
    ) { canvas in
      TitledRule([Span(SafeLine(row.name), .strong)], right: .facts(facts)).draw(
        on: &canvas, row: 0)
      let risk: [Span] =
        blocks.standing.isEmpty
        ? [Span("no risk points", .faint)]
        : blocks.standing + [Span("   "), Span(SafeLine(row.risk.words))]
      canvas.put(risk, row: 1, column: 1)
      let isTwo = canvas.size.columns >= Self.second + 43
      guard isTwo else {
        let width = canvas.size.columns - 2
        canvas.stack(
          [blocks.courses(3), blocks.tickets(3, width), blocks.quizzes(3, width)],
          row: 3, column: 1, width: width)
        return
      }
      let half = canvas.size.columns >= Self.roomyFrom ? Self.roomySecond : Self.second
      let rest = canvas.size.columns - half - 1
      // Rows below the blank one under the risk; a head and a blank line part two blocks.
      let room = canvas.size.rows - 3
      let courses = blocks.courses(5)
      let tickets = blocks.tickets(max(6, room - courses.rows - 2), half - 2)
      let spare = room - blocks.why.rows - 1
      let quizzes = blocks.quizzes(min(12, max(8, spare - 1)), rest)
      let hasWhy = quizzes.rows <= spare && row.risk.points > 0
      canvas.stack([courses, tickets], row: 3, column: 1, width: half - 2)
      canvas.stack(
        hasWhy ? [quizzes, blocks.why] : [quizzes], row: 3, column: half, width: rest)
    }
  }

  /// Draws above `bottom`; the first row used comes back.
  private func drawKeys(_ canvas: inout Canvas, _ bottom: Int) -> Int {
    let top = bottom - Self.keyRows - 1
    let words = isTriage ? "then the next one opens" : ""
    canvas.area(Rect(row: top, column: 2, columns: canvas.size.columns - 2, rows: Self.keyRows)) {
      TitledRule(
        [Span("What now", .dim)], right: words.isEmpty ? [] : [Span(SafeLine(words), .faint)]
      )
      .draw(on: &$0, row: 0)
      let shown = actions.filter { $0.refusal == nil && $0.footer != nil }.prefix(9)
      let column = ($0.size.columns - 2) / 3
      for (index, action) in shown.enumerated() {
        let start = 1 + (index / 3) * column
        $0.put(SafeLine(action.keyWords), row: 1 + index % 3, column: start, style: .accent)
        $0.put(
          SafeLine(action.help), row: 1 + index % 3, column: start + 5,
          width: max(0, column - 7))
      }
    }
    return top
  }

  /// What waits next, at the foot of the card; the first row used comes back.
  private func drawAfter(_ canvas: inout Canvas, _ bottom: Int) -> Int {
    let most = canvas.size.rows >= Self.keysFrom ? 6 : 2
    let rows = following.prefix(most)
    let top = bottom - rows.count - 1
    let more = following.count - rows.count
    canvas.area(Rect(row: top, column: 2, columns: canvas.size.columns - 2, rows: rows.count + 1)) {
      TitledRule(
        [Span(isTriage ? "After this" : "Next in the queue", .dim)],
        right: more > 0 ? [Span(SafeLine("\(more) more"), .faint)] : []
      ).draw(on: &$0, row: 0)
    }
    for (line, row) in rows.enumerated() { drawNext(row, &canvas, top + 1 + line) }
    return top
  }

  private func drawNext(_ row: TicketRow, _ canvas: inout Canvas, _ line: Int) {
    if let stripe = row.severity.stripe {
      canvas.put(stripe.sign(context.glyphs), row: line, column: 1, style: stripe.style)
    }
    let isWide = canvas.size.columns >= StudentBlocks.twoFrom
    canvas.put(
      [
        Span(left(SafeLine(row.number), 7), .dim), Span(" "),
        Span(right(SafeLine(Wording.pressure(row.pressure)), 5), row.severity.style), Span("  "),
        Span(left(row.priority.span.line, 7), row.priority.span.style), Span("  "),
        Span(left(SafeLine(row.subject), isWide ? 44 : 30)), Span("  "),
        Span(left(SafeLine(row.studentName), isWide ? 25 : 18)), Span("  "),
        isWide ? row.assignee.span : Span(""),
      ], row: line, column: 3)
  }
}
