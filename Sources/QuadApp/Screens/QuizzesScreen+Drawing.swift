import CRM
package import TerminalUI

extension QuizzesScreen {
  package func summary(_ context: Context) -> [Span] {
    guard let summary = answer?.summary else { return [] }
    return .facts([
      fact("tries", SafeLine(Wording.count(summary.tries))),
      fact("learners", SafeLine(Wording.count(summary.learners))),
      [
        Span("mean ", .dim), Span(SafeLine(Wording.integer(summary.mean)), .strong),
        Span(
          SafeLine(
            " \(summary.basis.statisticsWord), n \(Wording.count(summary.firstTries))"), .faint),
      ],
      [
        Span("passing ", .dim), Span(SafeLine("\(summary.passing)"), .strong),
        Span(
          SafeLine(
            " of \(summary.learners) in all quizzes, \(summary.basis.passingWord), mark "
              + Wording.integer(summary.mark)), .faint),
      ],
    ])
  }

  package func summaryEnd(_ context: Context) -> [Span] {
    guard answer != nil, context.size.columns >= 110 else { return [] }
    return [Span("b", .accent), Span(" basis", .dim)]
  }

  /// Another basis than the usual one is named where every window shows it.
  private var basisSpans: [Span] {
    basis == .usual ? [] : [Span(SafeLine("by \(basis.word)"), .info), Span("   ")]
  }

  package func counts(_ context: Context) -> [Span] {
    guard isAboutAttempts else { return basisSpans + listCounts }
    return basisSpans
      + .shown(attempts.rows.count, of: activeView?.count ?? 0, isComplete: list.isComplete)
  }

  package func draw(_ canvas: inout Canvas, _ context: Context) {
    guard isAboutAttempts, !attempts.rows.isEmpty else { return drawList(&canvas, context) }
    let layout = layout(context)
    drawViews(&canvas, context)
    if let row = layout.summaryRow {
      canvas.putEnds(row: row, left: summary(context), right: summaryEnd(context))
    }
    drawAttempts(&canvas, layout.table, context)
    if let detail = layout.detail {
      canvas.area(detail) { drawDetail(&$0, context) }
    }
  }

  package func drawDetail(_ canvas: inout Canvas, _ context: Context) {
    drawRule(&canvas)
    let rect = lowerTable(canvas.size)
    if isAboutAttempts {
      drawRows(&canvas, rect, context)
    } else {
      drawAttempts(&canvas, rect, context)
    }
    for (line, words) in notes(context, canvas.size).enumerated() {
      canvas.put(
        words, row: rect.endRow + 1 + line, column: 1, width: canvas.size.columns - 2)
    }
  }

  private func drawRule(_ canvas: inout Canvas) {
    let isFocused = isInLatest != isAboutAttempts
    let shown = attempts.rows.count
    let title: SafeLine = isAboutAttempts ? "Their quizzes" : "Latest attempts"
    let words =
      isAboutAttempts
      ? "\(Wording.count(list.rows.count)) of \(Wording.count(list.all)) quizzes"
      : shown < attempts.all
        ? "newest \(Wording.count(shown)) of \(Wording.count(attempts.all))"
        : "all \(Wording.count(shown))"
    TitledRule(
      [Span(title, isFocused ? .header : .strong)],
      right: [
        Span("Tab", .accent), Span(isFocused ? " go back" : " go there", .dim),
        Span(SafeLine("   \(words)"), .faint),
      ], isHeader: isFocused
    ).draw(on: &canvas, row: 0)
  }

  /// Below the rule, above the notes.
  func lowerTable(_ size: Size) -> Rect {
    Rect(size).inset(top: size.rows < 10 ? 1 : 2, bottom: size.rows < 10 ? 0 : 3)
  }

  private func drawAttempts(_ canvas: inout Canvas, _ rect: Rect, _ context: Context) {
    let order =
      AttemptsTable.sorts.first { $0.id == latest.request.sort } ?? AttemptsTable.sorts[0]
    let table = AttemptsTable(
      viewpoint: context.viewpoint, place: view == .never ? .neverTried : .everywhere,
      sort: .init(
        column: order.column, descending: order.descending != latest.request.isReversed),
      marks: latest.marks)
    let look = isInLatest ? context.cursorLook(AttemptRow.self) : .none
    table.table(look).draw(
      on: &canvas, in: rect, state: latest.state, count: attempts.rows.count,
      row: { attempts.rows[$0] })
  }

  /// What the numbers are over, and what is odd about the rows.
  private func notes(_ context: Context, _ size: Size) -> [[Span]] {
    guard size.rows >= 10 else { return [] }
    var odd: [Span] = []
    let ahead = attempts.rows.count { $0.isAhead(context.viewpoint) }
    if ahead > 0 {
      let words = ahead == 1 ? "1 attempt is" : "\(ahead) attempts are"
      odd = [
        Span(SafeLine("\(words) dated ahead of now.  "), .info), Span("9", .accent),
        Span(" data health", .faint),
      ]
    }
    if let meaning = meaning { return [[Span(meaning, .faint)], odd] }
    let shapes: SafeLine = "split is SD over 25, bunched under 8, easy is 30 % at 98 or more."
    let numbers: SafeLine =
      size.columns < Self.wholeNotes
      ? SafeLine(
        "Pass, Fail: \(basis.passingWord).  Mean, SD, Scores: \(basis.statisticsWord).  "
          + "Rho: from n 10.")
      : basis == .usual
        ? "Pass and Fail: best try, per learner.  Mean, SD, Scores: first tries.  "
          + "Rho: first score against progress, from n 10."
        : "Pass, Fail, Mean, SD, Scores and Rho: each learner once, by the "
          + SafeLine(basis.word) + ".  Rho: against progress, from n 10."
    return [
      [Span(numbers, .faint)],
      odd.isEmpty ? [Span("Shape: " + shapes, .faint)] : odd,
    ]
  }

  /// Columns from which the notes say all.
  private static let wholeNotes = 118

  private var meaning: SafeLine? {
    meaningWords.map { SafeLine($0) }
  }

  private var meaningWords: String? {
    switch view {
    case .failing:
      "Each learner once, by the quiz whose \(basis.passingWord) is furthest below the mark."
    case .improved: "Latest tries at least 10 points above the learner's first at that quiz."
    case .declined: "Latest tries at least 10 points below the learner's first at that quiz."
    case .never: "Active enrollments without a scored try, in courses that have quizzes."
    case .byQuiz, .byCohort, .mine: nil
    }
  }
}
