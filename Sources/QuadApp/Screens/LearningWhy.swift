import CRM
import TerminalUI

/// Why a learner is at risk: every rule with what it gives, reached or not.
struct RiskWhy {
  let row: CompletionRow
  /// All rows the rules look at are in the cache.
  let isComplete: Bool
  let context: Context

  /// One of each kind, for the rules that give nothing.
  private static let kinds: [RiskReason.Kind] = [
    .gap(0, course: ""), .stalled(days: 0, course: ""), .notStarted(days: 0, course: ""),
    .score(0, quiz: ""), .falling(points: 0, quiz: ""), .noAttempt(course: ""),
    .lateTicket(number: ""),
  ]

  var drawer: Drawer {
    let title = SafeLine("\(row.name)  \(row.risk.word) \(row.risk.points)")
    return .reading(
      ReadingDrawer(title: title, note: [Span("why this risk", .dim)], lines: lines))
  }

  private var lines: [[Span]] {
    let rules = Self.kinds.map { kind in
      let none = RiskReason(kind, points: 0)
      let reason = row.risk.reasons.first { $0.keyword == none.keyword }
      return line(reason, none)
    }
    var lines: [[Span]] = [
      [
        Span(
          "Points for what keeps a learner from the target: 3 and 4 at risk, 5 high.")
      ], [],
    ]
    lines += rules
    lines.append([])
    let words: SafeLine =
      isComplete
      ? "yes, courses, attempts and tickets are all here" : "no, more rows are on their way"
    lines.append([Span(left("Complete", 12), .dim), Span(words, .dim)])
    lines.append([Span(left("As of", 12), .dim), Span(SafeLine(context.asOf), .dim)])
    return lines
  }

  private func line(_ reason: RiskReason?, _ none: RiskReason) -> [Span] {
    let width = context.size.columns >= StudentBlocks.twoFrom ? 45 : 26
    guard let reason else {
      return [
        Span(" -  ", .faint), Span(left(SafeLine(none.keyword), width), .faint),
        Span(SafeLine(" " + none.rule), .faint),
      ]
    }
    return [
      Span(SafeLine("+\(reason.points)  "), reason.points >= 2 ? .warn : .text),
      Span(left(SafeLine(reason.sentence), width)), Span(SafeLine(" " + reason.rule), .dim),
    ]
  }
}

/// What the numbers of a quiz are over.
struct QuizWhy {
  let row: QuizRow
  let mark: Double
  let basis: QuizBasis
  let isComplete: Bool

  var drawer: Drawer {
    .reading(
      ReadingDrawer(
        title: SafeLine("\(row.title)  \(Wording.share(row.passRate)) pass"),
        note: [Span("why these numbers", .dim)], lines: lines))
  }

  private var lines: [[Span]] {
    let passing = row.learners - row.failing
    let mark = Wording.integer(mark)
    let (counts, passes) = (basis.statisticsWord, basis.passingWord)
    return [
      [Span(SafeLine(basisSentence))],
      [
        Span("b", .accent),
        Span(" takes the first, best, last or mean of the tries instead.", .dim),
      ],
      [],
      line(
        "Pass", Wording.share(row.passRate),
        "\(passing) of \(row.learners) learners reach \(mark) by \(passes)"),
      line("Stripe", "", "from 5 learners: soon below 70 %, late below 60 %"),
      line("Fail", "\(row.failing)", "learners whose \(passes) is below \(mark)"),
      line("Learners", "\(row.learners)", "tried; \(row.enrolled) are enrolled and active now"),
      line("Mean", Wording.integer(row.mean), "of \(row.learners) learners by \(counts)"),
      line(
        "SD", Wording.integer(row.deviation), "split over 25, bunched under 8, from 10 learners"),
      line(
        "Shape", row.shape?.word ?? "-", "easy: 30 % at 98 or more, hard: 20 % at 20 or less"),
      line("Gain", Wording.signed(row.gain), "points, mean of last minus first try"),
      line(
        "Rho", Wording.rho(row.rho), "\(counts) against progress, by rank, from 10 learners"),
      line("Complete", "", isComplete ? "yes, all attempts are here" : "no, more are on their way"),
    ]
  }

  private var basisSentence: String {
    basis == .usual
      ? "Passing is by the best try of each learner, statistics are of first tries."
      : "Passing and statistics are by the \(basis.word) of each learner."
  }

  private func line(_ label: SafeLine, _ value: String, _ words: String) -> [Span] {
    .why(label, value, words)
  }
}

extension [Span] {
  /// A number of a "why", and what it is of.
  ///
  /// - Parameter width: Columns of the number.
  static func why(
    _ label: SafeLine, _ value: String, _ words: String, width: Int = 7
  ) -> [Span] {
    [
      Span(left(label, 10), .dim), Span(right(SafeLine(value), width)), Span("   "),
      Span(SafeLine(words), .dim),
    ]
  }
}
