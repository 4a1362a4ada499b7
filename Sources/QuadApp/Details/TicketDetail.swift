import CRM
import TerminalUI

/// A ticket and its learner's situation, below the list or as a card of its own.
struct TicketDetail {
  let card: TicketCard
  let context: Context

  func draw(_ canvas: inout Canvas) {
    let row = card.row
    TitledRule(
      [Span(SafeLine(row.number), .dim), Span("  "), Span(SafeLine(row.subject), .strong)],
      right: .facts([[row.priority.span], [row.status.span], [withSpan]].map { $0 })
    ).draw(on: &canvas, row: 0)
    canvas.put(facts, row: 1, column: 1)
    guard let student = card.student else {
      canvas.put("The learner is not open to you.", row: 3, column: 1, style: .faint)
      return
    }
    let blocks = StudentBlocks(card: student, context: context)
    if canvas.size.rows < 10 {
      canvas.put(blocks.headline, row: 2, column: 1)
      let line = blocks.courses(1).lines.first ?? []
      canvas.put(line, row: 3, column: 1)
      return
    }
    canvas.put(blocks.headline, row: 3, column: 1)
    if canvas.size.columns >= StudentBlocks.twoFrom {
      let width = StudentBlocks.second - 3
      canvas.stack([blocks.courses(5), blocks.tickets(6)], row: 5, column: 1, width: width)
      canvas.stack(
        [blocks.quizzes(8)], row: 5, column: StudentBlocks.second,
        width: canvas.size.columns - StudentBlocks.second - 1)
    } else {
      canvas.stack(
        [blocks.courses(4), blocks.quizzes(5), blocks.tickets(4)], row: 5, column: 1,
        width: canvas.size.columns - 2)
    }
  }

  private var withSpan: Span {
    switch card.row.assignee {
    case .queue: Span("in the queue", .dim)
    case .person(let name): Span(SafeLine("with \(name)"), .dim)
    case .hidden: Span("with somebody hidden", .info)
    case .nobody: Span("with nobody", .info)
    }
  }

  private var facts: [Span] {
    let row = card.row
    let waiting = [
      Span("waiting ", .dim), Span(SafeLine(Wording.waiting(row.waiting)), waitingStyle),
      Span(SafeLine(" of \(Wording.target(card.responseTarget))"), .faint),
    ]
    let age = [
      Span("age ", .dim), Span(SafeLine(Wording.age(row.age))),
      Span(SafeLine(" of \(Wording.target(card.ageTarget))"), .faint),
    ]
    let last = card.lastMessageAt.map {
      fact("last message", SafeLine(Wording.moment($0, context.viewpoint)), .text)
    }
    let others = [
      Span("other tickets ", .dim), Span(SafeLine("\(card.otherTickets)")),
      Span(SafeLine(card.otherTickets > 0 ? " \(card.otherOpen) open" : ""), .faint),
    ]
    return .facts([waiting, age, last ?? [], others])
  }

  private var waitingStyle: Style {
    card.row.severity == .plain ? .strong : Style(card.row.severity.style.role, bold: true)
  }
}
