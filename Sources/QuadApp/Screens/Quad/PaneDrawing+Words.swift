import CRM
import TerminalUI

extension PaneDrawing {
  /// What stands at the right end of the title: how many rows the pane speaks of, with a plus while
  /// more are on their way.
  var size: String {
    switch pane {
    case .completion:
      counted(answer.completion.summary.students)
        + (answer.completion.summary.students == 1 ? " student" : " students")
    case .quizzes: "\(counted(answer.quizzes.summary.tries)) tries"
    case .tickets:
      "\(Wording.count(answer.tickets.summary.open)) open of \(counted(answer.tickets.summary.all))"
    case .pipeline:
      "\(Wording.count(answer.pipeline.summary.open)) open of \(counted(answer.pipeline.summary.all))"
    }
  }

  private func counted(_ rows: Int) -> String {
    Wording.count(rows) + (answer.isComplete ? "" : "+")
  }

  /// The pane's numbers, most telling first.
  var summary: [[Span]] {
    switch pane {
    case .completion: completionSummary
    case .quizzes: quizSummary
    case .tickets: ticketSummary
    case .pipeline: pipelineSummary
    }
  }

  private var completionSummary: [[Span]] {
    let summary = answer.completion.summary
    let target = [
      Span("at target ", .dim), Span(SafeLine(Wording.count(summary.atTarget)), .strong),
      Span(SafeLine(" of \(counted(summary.withTarget))"), .faint),
    ]
    let soFar = answer.isComplete ? "" : " of \(Wording.count(summary.students)) so far"
    let mean =
      fact("mean", SafeLine(Wording.percent(summary.mean))) + [Span(SafeLine(soFar), .faint)]
    let risk = fact("at risk", SafeLine(counted(summary.atRisk)))
    let stalled = fact("stalled", SafeLine(counted(summary.stalled)))
    return isStacked ? [risk, stalled, target] : [mean, target, risk, stalled]
  }

  private var quizSummary: [[Span]] {
    let summary = answer.quizzes.summary
    let passing = [
      Span("passing ", .dim), Span(SafeLine(Wording.count(summary.passing)), .strong),
      Span(SafeLine(" of \(counted(summary.learners))"), .faint),
    ]
    let mean = [
      Span("mean ", .dim), Span(SafeLine(Wording.integer(summary.mean)), .strong),
      Span(" first try", .faint),
    ]
    let failing = fact(isStacked ? "failing" : "failing now", SafeLine(counted(summary.failingNow)))
    let never = fact("never tried", SafeLine(counted(summary.neverTried)))
    return isStacked ? [passing, failing, never] : [passing, mean, failing, never]
  }

  private var ticketSummary: [[Span]] {
    let summary = answer.tickets.summary
    let breached = fact(
      "breached", SafeLine(counted(summary.breached)),
      summary.breached > 0 ? Style(.bad, bold: true) : .strong)
    let wait = [
      Span("median wait ", .dim),
      Span(SafeLine(summary.medianWait.map(Wording.waiting) ?? "-"), .strong),
      Span(SafeLine(summary.ninetiethWait.map { " p90 \(Wording.waiting($0))" } ?? ""), .faint),
    ]
    let open = [
      Span("open ", .dim), Span(SafeLine(Wording.count(summary.open)), .strong),
      Span(SafeLine(" of \(counted(summary.all))"), .faint),
    ]
    return [
      breached, fact(isStacked ? "due" : "due soon", SafeLine(counted(summary.dueSoon))),
      fact("unassigned", SafeLine(counted(summary.unassigned))), isStacked ? open : wait,
    ]
  }

  private var pipelineSummary: [[Span]] {
    let summary = answer.pipeline.summary
    let won = [
      Span("won ", .dim), Span(SafeLine(Wording.compact(summary.wonSum)), .strong),
      Span(SafeLine(isStacked ? "" : " \(summary.wonThisQuarter) this quarter"), .faint),
    ]
    let last =
      isStacked
      ? [
        Span("open ", .dim), Span(SafeLine(Wording.count(summary.open)), .strong),
        Span(SafeLine(" of \(counted(summary.all))"), .faint),
      ]
      : fact("won of closed", SafeLine(Wording.share(summary.winRate)))
        + [Span(SafeLine(" n \(Wording.count(summary.closedThisQuarter))"), .faint)]
    return [
      fact("weighted", SafeLine(Wording.compact(summary.weighted))),
      fact("sum", SafeLine(Wording.compact(summary.sum))), won, last,
    ]
  }
}
