import CRM
import TerminalUI

/// A deal with its people and its timeline, below the list or as a card of its own.
struct DealDetail {
  let card: DealCard
  let context: Context

  func draw(_ canvas: inout Canvas) {
    let row = card.row
    TitledRule(
      [Span(SafeLine(row.title), .strong)],
      right: .facts([[row.stage.span], [row.amountSpan]])
    ).draw(on: &canvas, row: 0)
    let people = [SafeLine(row.company), SafeLine(row.contact)].filter { !$0.isEmpty }
    canvas.putEnds(
      row: 1, left: .facts(people.map { [Span($0)] }),
      right: fact("owner", SafeLine(row.owner), .text))
    let touch = fact("last touch", SafeLine("\(row.quietDays)d ago"), .text)
    canvas.putEnds(row: 2, left: [row.nextStep.span], right: closes)
    guard canvas.size.rows > 5 else {
      canvas.put(touch, row: 3, column: 1)
      return
    }
    var reach: [[Span]] = [touch]
    if let email = card.contactEmail { reach.append([Span(SafeLine(email), .dim)]) }
    if let phone = card.contactPhone { reach.append([Span(SafeLine(phone), .dim)]) }
    if let industry = card.industry { reach.append([Span(SafeLine(industry), .faint)]) }
    canvas.put(.facts(reach), row: 3, column: 1)
    let end = Block("Timeline", SafeLine("\(card.timeline.count)"), timeline)
      .draw(&canvas, row: 5, column: 1, width: canvas.size.columns - 2)
    if let notes = card.notes, end + 2 < canvas.size.rows {
      let lines = SafeText(notes).wrapped(to: canvas.size.columns - 6)
      Block("Notes", "", lines.map { [Span($0)] })
        .draw(&canvas, row: end + 1, column: 1, width: canvas.size.columns - 2)
    }
  }

  private var closes: [Span] {
    guard let day = card.row.closeDay, let days = card.row.daysToClose else {
      return [Span("no close date", .warn)]
    }
    return [
      Span("closes ", .dim), Span(SafeLine(Wording.longDay(CivilDay(number: day)))),
      Span(SafeLine("  " + Wording.ahead(days: days)), card.row.isOpen && days < 0 ? .bad : .faint),
    ]
  }

  private var timeline: [[Span]] {
    if card.timeline.isEmpty { return [[Span("nothing planned, nothing done yet", .faint)]] }
    return card.timeline.map { row in
      [
        Span(right(SafeLine(when(row)), 9), row.severity.style), Span("  "),
        Span(sign(row), row.isDone ? .good : row.severity.style), Span("  "),
        Span(left(SafeLine(row.type.label), 9), .dim), Span(left(SafeLine(row.subject), 50)),
        Span(SafeLine(row.by), .faint),
      ]
    }
  }

  private func sign(_ row: ActivityRow) -> SafeLine {
    if row.isDone { return context.glyphs.done }
    return (row.daysToDue ?? 0) < 0 ? context.glyphs.overdue : context.glyphs.planned
  }

  private func when(_ row: ActivityRow) -> String {
    if let done = row.completedAt { return Wording.age(context.viewpoint.seconds(since: done)) }
    return row.daysToDue.map(Wording.ahead(days:)) ?? "no day"
  }
}

/// Open deals by the month they are to close, with what was won.
struct ForecastTable {
  let answer: PipelineAnswer

  func draw(_ canvas: inout Canvas) {
    TitledRule(
      [Span("Forecast by close month", .strong)],
      right: [
        Span(canvas.glyphs.bar, Style(.chart2)), Span(" weighted  ", .dim),
        Span(canvas.glyphs.rule, .rule), Span(" rest of the sum", .dim),
      ]
    ).draw(on: &canvas, row: 0)
    canvas.put(head, row: 2, column: 4)
    let full = answer.forecast.map(\.sum).max() ?? 1
    for (line, row) in answer.forecast.prefix(max(0, canvas.size.rows - 4)).enumerated() {
      drawRow(row, &canvas, row: 3 + line, full: full)
    }
    let last = 3 + min(answer.forecast.count, max(0, canvas.size.rows - 4))
    let summary = answer.summary
    canvas.put(
      line("All open", summary.open, summary.weighted, summary.sum, .strong)
        + [Span("   weighted = sum of amount x stage chance: 10, 25, 50, 80 %", .faint)],
      row: last, column: 4)
  }

  private var head: [Span] {
    [
      Span(left("Closing", 10), .dim), Span(right("Deals", 7), .dim),
      Span(right("Weighted", 10), .dim), Span(right("Sum", 8), .dim),
    ]
  }

  private func line(
    _ name: SafeLine, _ deals: Int, _ weighted: Double, _ sum: Double, _ style: Style
  ) -> [Span] {
    [
      Span(left(name, 10), style), Span(right(SafeLine("\(deals)"), 7)),
      Span(right(SafeLine(Wording.compact(weighted)), 10)),
      Span(right(SafeLine(Wording.compact(sum)), 8), .strong),
    ]
  }

  private func drawRow(_ row: ForecastRow, _ canvas: inout Canvas, row place: Int, full: Double) {
    let severity: Severity =
      row.deals == 0
      ? .plain : row.bucket == .overdue ? .late : row.bucket == .noDate ? .soon : .plain
    if let stripe = severity.stripe {
      canvas.put(stripe.sign(canvas.glyphs), row: place, column: 2, style: stripe.style)
    }
    let end = canvas.put(
      line(SafeLine(row.bucket.words), row.deals, row.weighted, row.sum, .text), row: place,
      column: 4)
    let width = max(0, min(50, canvas.size.columns - end - 30))
    canvas.put(
      AmountBar(heavy: row.weighted, total: row.sum, full: full, style: severity.barStyle)
        .spans(width: width, glyphs: canvas.glyphs), row: place, column: end + 3)
    var notes: [Span] = []
    if row.withoutAmount > 0 {
      notes.append(Span(SafeLine("\(row.withoutAmount) without amount  "), .faint))
    }
    if row.won > 0 {
      notes.append(Span(SafeLine("won \(row.won)  \(Wording.compact(row.wonSum))"), .good))
    }
    canvas.putEnds(row: place, left: [], right: notes)
  }
}

extension ForecastRow.Bucket {
  var words: String {
    switch self {
    case .overdue: "Overdue"
    case .month(let year, let month): Wording.month(year: year, month: month)
    case .later: "Later"
    case .noDate: "No date"
    }
  }
}
