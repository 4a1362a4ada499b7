import CRM
import TerminalUI

/// A ticket and its learner's situation, below the list or beside it.
struct TicketDetail {
  let card: TicketCard
  /// Its place by pressure, from 1; nil in another order.
  var place: Int?
  let context: Context

  func draw(_ canvas: inout Canvas) {
    let row = card.row
    TitledRule(
      [Span(SafeLine(row.number), .dim), Span("  "), Span(SafeLine(row.subject), .strong)],
      right: state(canvas.size.columns)
    ).draw(on: &canvas, row: 0)
    if canvas.size.rows < 10 {
      drawSmall(&canvas)
      return
    }
    canvas.put(facts(canvas.size.columns), row: 1, column: 1)
    guard let student = card.student else {
      canvas.put("The learner is not open to you.", row: 3, column: 1, style: .faint)
      return
    }
    let blocks = StudentBlocks(card: student, context: context)
    let top = drawLearner(blocks, &canvas)
    if canvas.size.columns >= StudentBlocks.twoFrom {
      let width = StudentBlocks.second - 3
      let rest = canvas.size.columns - StudentBlocks.second - 1
      canvas.stack(
        [blocks.courses(5), blocks.tickets(6, width)], row: top, column: 1, width: width)
      canvas.stack(
        [blocks.quizzes(8, rest)], row: top, column: StudentBlocks.second, width: rest)
    } else {
      let width = canvas.size.columns - 2
      canvas.stack(
        canvas.size.rows >= 34
          ? [blocks.courses(6), blocks.quizzes(8, width), blocks.tickets(8, width), blocks.why]
          : [blocks.courses(4), blocks.quizzes(5, width), blocks.tickets(4, width)], row: top,
        column: 1, width: width)
    }
  }

  /// Who it is and why at risk, in two lines where one is too short; the next free row but one
  /// comes back.
  private func drawLearner(_ blocks: StudentBlocks, _ canvas: inout Canvas) -> Int {
    let width = canvas.size.columns - 2
    let headline = blocks.headline
    guard headline.width > width else {
      canvas.put(headline, row: 3, column: 1)
      return 5
    }
    canvas.putEnds(row: 3, left: blocks.who, right: blocks.standing)
    canvas.put(blocks.card.row.risk.chips(width), row: 4, column: 1, width: width)
    return 6
  }

  /// Four lines for a window of 24: the learner, the worst course, the tickets.
  private func drawSmall(_ canvas: inout Canvas) {
    guard let student = card.student else {
      canvas.put(facts(canvas.size.columns), row: 1, column: 1)
      canvas.put("The learner is not open to you.", row: 2, column: 1, style: .faint)
      return
    }
    let blocks = StudentBlocks(card: student, context: context)
    canvas.putEnds(row: 1, left: blocks.who, right: blocks.standing)
    canvas.putEnds(
      row: 2, left: blocks.courses(1).lines.first ?? [], right: blocks.latestScore)
    var why = [Span("=", .accent), Span(" why", .dim)]
    if let place { why.append(Span(SafeLine(" " + TicketWhy.ordinal(place)), .dim)) }
    let waited = Wording.waiting(card.row.counted) + " of " + Wording.target(card.responseTarget)
    canvas.putEnds(row: 3, left: others, right: why + [Span(SafeLine(": " + waited), .dim)])
  }

  /// `urgent  new  in the queue`; short of room only the first two.
  private func state(_ columns: Int) -> [Span] {
    let spans = [card.row.priority.span, Span("  "), card.row.status.span]
    guard columns >= StudentBlocks.twoFrom else { return spans }
    return snoozedSpans + spans + [Span("  "), withSpan]
  }

  /// `snoozed until Mon 23 Nov 08:00`.
  private var snoozedSpans: [Span] {
    guard let until = card.row.snoozed?.until else { return [] }
    let words = "snoozed until " + Wording.moment(until, context.viewpoint)
    return [Span(SafeLine(words), .info), Span("  ")]
  }

  var withSpan: Span {
    switch card.row.assignee {
    case .queue: Span("in the queue", .dim)
    case .person(let name): Span(SafeLine("with \(name)"), .dim)
    case .hidden: Span("with somebody hidden", .info)
    case .awaited: Span("with …", .faint)
    case .nobody: Span("with nobody", .info)
    }
  }

  func facts(_ columns: Int) -> [Span] {
    let last = card.lastMessageAt.map {
      fact("last message", SafeLine(Wording.moment($0, context.viewpoint)), .text)
    }
    var facts = [waiting, age, last ?? [], others]
    if columns >= StudentBlocks.twoFrom {
      let word = place.map { " why " + TicketWhy.ordinal($0) } ?? " why"
      facts.append([Span("=", .accent), Span(SafeLine(word), .dim)])
    }
    return .fitting(facts, width: columns - 2)
  }

  /// `waiting 5h10 of 1h`; where office hours are set `waiting 65h, 7h of 24h in office hours`.
  var waiting: [Span] {
    let row = card.row
    let target = " of " + Wording.target(card.responseTarget)
    let waited = [
      Span("waiting ", .dim), Span(SafeLine(Wording.waiting(row.waiting)), waitingStyle),
    ]
    guard row.counted != row.waiting else { return waited + [Span(SafeLine(target), .faint)] }
    let office = ", \(Wording.waiting(row.counted))\(target) in office hours"
    return waited + [Span(SafeLine(office), .faint)]
  }

  /// `age 5h of 8h`.
  var age: [Span] {
    [
      Span("age ", .dim), Span(SafeLine(Wording.age(card.row.age))),
      Span(SafeLine(" of \(Wording.target(card.ageTarget))"), .faint),
    ]
  }

  private var others: [Span] {
    [
      Span("other tickets ", .dim), Span(SafeLine("\(card.otherTickets)")),
      Span(SafeLine(card.otherTickets > 0 ? " \(card.otherOpen) open" : ""), .faint),
    ]
  }

  private var waitingStyle: Style {
    card.row.severity == .plain ? .strong : Style(card.row.severity.style.role, bold: true)
  }
}
