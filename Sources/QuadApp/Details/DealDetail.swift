import CRM
import TerminalUI

/// A deal in a few lines, below the list.
struct DealDetail {
  let card: DealCard
  let context: Context

  func draw(_ canvas: inout Canvas) {
    let row = card.row
    TitledRule(
      [Span(SafeLine(row.title), .strong)],
      right: [row.stage.span, Span("  "), row.wordyAmountSpan(context.glyphs).strong]
    ).draw(on: &canvas, row: 0)
    canvas.putEnds(row: 1, left: card.peopleSpans, right: [Span("owner ", .dim), card.ownerSpan])
    canvas.putEnds(row: 2, left: step, right: closes)
    canvas.putEnds(row: 3, left: touch, right: row.weightedSpans)
    guard canvas.size.rows > 6 else { return }
    canvas.area(canvas.bounds.inset(top: 5)) {
      DealTimeline(card: card, cursor: nil, context: context).draw(&$0)
    }
  }

  private var step: [Span] {
    guard card.row.isOpen else {
      return [Span(SafeLine(card.row.lostReason ?? ""), .dim)]
    }
    return [card.row.nextStep.span, Span("  "), Span(SafeLine(card.nextSubject), .dim)]
  }

  private var touch: [Span] {
    let words = SafeLine(card.touchWords(context.viewpoint))
    return [Span(SafeLine("last touch \(Wording.touch(days: card.row.quietDays))"), .dim)]
      + (words.isEmpty ? [] : [Span("  "), Span(words, .dim)])
  }

  private var closes: [Span] {
    guard let day = card.row.closeDay, let days = card.row.daysToClose else {
      return [Span("no close date", card.row.isOpen ? .warn : .faint)]
    }
    let isLate = card.row.isOpen && days < 0
    return [
      Span("closes ", .dim),
      Span(SafeLine(Wording.shortDay(CivilDay(number: day))), isLate ? .bad : .text),
      Span(SafeLine(isLate ? "  " + Wording.late(days: -days) : ""), .bad),
    ]
  }
}

extension Span {
  /// The same with the weight of a number that counts.
  var strong: Span { style == .text ? Span(line, .strong) : self }
}

extension Wording {
  /// `Mon 14 Dec`, the year left out.
  static func shortDay(_ day: CivilDay) -> String {
    longDay(day).split(separator: " ").dropLast().joined(separator: " ")
  }
}

extension DealCard {
  /// Company and contact, `no company` where neither is known.
  var peopleSpans: [Span] {
    let names = [row.company, row.contact].filter { !$0.isEmpty }
    guard let first = names.first else { return [Span("no company", row.isOpen ? .warn : .faint)] }
    return [Span(SafeLine(first))]
      + names.dropFirst().flatMap { [Span("  "), Span(SafeLine($0), .dim)] }
  }

  var ownerSpan: Span {
    row.owner.isEmpty ? Span("nobody", .warn) : Span(SafeLine(row.owner))
  }

  /// The planned activity that is the next step; nil without one.
  var nextActivity: ActivityRow? {
    let planned = timeline.filter { !$0.isDone }
    return planned.filter { $0.daysToDue != nil }.min { ($0.daysToDue ?? 0) < ($1.daysToDue ?? 0) }
      ?? planned.first
  }

  var nextSubject: String { row.nextStep == .none ? "" : nextActivity?.subject ?? "" }

  /// `mail, Sent the offer`: the latest thing done; `by a change` where the deal or its plan was
  /// changed after it, which is a touch too. Empty when nothing was done.
  func touchWords(_ viewpoint: Viewpoint) -> String {
    guard let latest = timeline.first(where: \.isDone), let done = latest.completedAt else {
      return ""
    }
    return viewpoint.days(since: done) > row.quietDays
      ? "by a change" : "\(latest.type.said), \(latest.subject)"
  }
}
