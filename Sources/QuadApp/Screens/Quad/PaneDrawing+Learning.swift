import CRM
import TerminalUI

extension PaneDrawing {
  /// - Parameter barWidth: Columns of the bar, without its number.
  static func riskColumns(barWidth: Int) -> [Column<CompletionRow>] {
    [
      Column(
        "student", title: "Most at risk", width: .between(16, 23), isMain: true
      ) { row, _ in [Span(SafeLine(row.name))] },
      Column("bar", title: "Completion", width: .fixed(barWidth + 3)) { row, cell in
        let severity = Severity(gap: row.gap)
        return Bar(value: row.completion, target: row.target, style: severity.barStyle)
          .spans(width: cell.width - 3, glyphs: cell.glyphs)
          + [Span(right(SafeLine(Wording.integer(row.completion)), 3), severity.style)]
      },
      Column("why", title: "Why", width: .flex) { row, cell in row.risk.chips(cell.width) },
    ]
  }

  /// - Parameter columns: Columns of the pane; the box takes what the numbers leave.
  static func cohortColumns(_ columns: Int) -> [Column<CohortRow>] {
    let hasSpread = columns >= spreadFrom
    let boxWidth = min(40, columns - 1 - 3 - 14 - 2 - 4 - 2 - (hasSpread ? 12 : 0) - 2 - 6 - 2 - 5)
    return [
      Column("group", title: "Cohort", width: .fixed(14)) { row, _ in
        [Span(SafeLine(row.name.isEmpty ? "∅" : row.name))]
      },
      Column("n", title: "n", width: .fixed(4), align: .right) { row, _ in
        [Span(SafeLine(Wording.count(row.summary.students, within: 4)), .dim)]
      },
      Column("box", title: scale(boxWidth), width: .fixed(boxWidth)) { row, cell in
        BoxPlot(row.box, style: row.severity.barStyle).spans(width: cell.width, glyphs: cell.glyphs)
      },
      Column("spread", title: "Spread", width: .fixed(10), from: spreadFrom) { row, cell in
        Columns(row.summary.histogram.map(Double.init))
          .spans(width: cell.width, glyphs: cell.glyphs)
      },
      Column("target", title: "Target", width: .fixed(6), align: .right) { row, _ in
        let share = Statistics.share(row.summary.atTarget, of: row.summary.withTarget)
        return [Span(SafeLine(Wording.share(share)), row.severity.style)]
      },
      Column("risk", title: "Risk", width: .fixed(5), align: .right) { row, _ in
        [Span(SafeLine(Wording.count(row.summary.atRisk)))]
      },
    ]
  }

  /// Columns of the pane from which the spread of the groups has room.
  private static let spreadFrom = 75

  /// `0    Progress    100` over a width.
  private static func scale(_ width: Int) -> SafeLine {
    let room = width - 4 - 8
    guard room >= 2 else { return "Progress" }
    return "0" + .blanks(room / 2) + "Progress" + .blanks(room - room / 2) + "100"
  }

  func drawCompletion(_ canvas: inout Canvas) {
    let groups = Self.groupRows(canvas.size.rows)
    let columns = canvas.size.columns
    drawPlain(
      Self.cohortColumns(columns), Array(answer.cohorts.prefix(groups)), &canvas,
      Rect(row: 3, column: 0, columns: columns, rows: groups + 1),
      look: { RowLook(stripe: $0.severity.stripe) })
    let top = 3 + groups + 2
    draw(
      Self.riskColumns(barWidth: columns >= Self.wideFrom ? 12 : 8), riskRows, &canvas,
      Rect(row: top, column: 0, columns: columns, rows: canvas.size.rows - top))
  }

  static let quizColumns: [Column<QuizRow>] = [
    Column("quiz", title: "Lowest pass rate", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.title))]
    },
    Column("course", title: "", width: .fixed(6), from: 70) { row, _ in
      [Span(SafeLine(row.courseCode), .dim)]
    },
    Column("pass", title: "Pass", width: .fixed(5), align: .right) { row, _ in
      [Span(SafeLine(Wording.share(row.passRate)), row.severity.style)]
    },
    Column("fail", title: "Fail", width: .fixed(4), align: .right) { row, _ in
      [Span(SafeLine("\(row.failing)"))]
    },
    Column("mean", title: "Mean", width: .fixed(4), align: .right, from: 70) { row, _ in
      [Span(SafeLine(Wording.integer(row.mean)), .dim)]
    },
    Column("scores", title: "Scores", width: .fixed(10)) { row, cell in
      Columns(row.histogram.map(Double.init)).spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("weeks", title: "12 weeks", width: .fixed(10), from: 75) { row, cell in
      Columns(row.weeks, scale: 0...100).spans(width: cell.width, glyphs: cell.glyphs)
    },
  ]

  static let stackedQuizColumns: [Column<QuizRow>] = [
    Column("quiz", title: "", width: .flex, isMain: true) { row, _ in
      [Span(SafeLine(row.title))]
    },
    Column("course", title: "", width: .fixed(6), from: 60) { row, _ in
      [Span(SafeLine(row.courseCode), .dim)]
    },
    Column("pass", title: "", width: .fixed(5), align: .right) { row, _ in
      [Span(SafeLine(Wording.share(row.passRate)), row.severity.style)]
    },
    Column("scores", title: "", width: .fixed(10), from: 70) { row, cell in
      Columns(row.histogram.map(Double.init)).spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("fail", title: "", width: .fixed(11)) { row, _ in
      [Span(right(SafeLine("\(row.failing)"), 3)), Span(" failing", .dim)]
    },
    Column("shape", title: "", width: .fixed(7), from: 70) { row, _ in
      [Span(SafeLine(row.shape?.word ?? ""), .info)]
    },
  ]

  func drawQuizzes(_ canvas: inout Canvas) {
    let groups = Self.groupRows(canvas.size.rows) + 1
    let columns = canvas.size.columns
    draw(
      Self.quizColumns, quizRows, &canvas,
      Rect(row: 3, column: 0, columns: columns, rows: groups + 1))
    let top = 3 + groups + 2
    let viewpoint = context.viewpoint
    drawPlain(
      latestColumns(viewpoint), answer.quizzes.latest.rows, &canvas,
      Rect(row: top, column: 0, columns: columns, rows: canvas.size.rows - top),
      look: { RowLook(stripe: nil, isUnsent: $0.isUnsent) })
  }

  private func latestColumns(_ viewpoint: Viewpoint) -> [Column<AttemptRow>] {
    [
      Column("when", title: "When", width: .fixed(6), align: .right) { row, _ in
        [row.ageSpan(viewpoint)]
      },
      Column("student", title: "Latest", width: .flex) { row, _ in [Span(SafeLine(row.studentName))]
      },
      Column("quiz", title: "Quiz", width: .growing(14, 30), from: 60) { row, _ in
        [Span(SafeLine(row.quiz), .dim)]
      },
      Column("score", title: "Score", width: .fixed(14)) { row, cell in
        Bar(value: row.score, target: viewpoint.passMark, style: row.severity.barStyle)
          .spans(width: cell.width - 4, glyphs: cell.glyphs)
          + [Span(right(SafeLine(Wording.integer(row.score)), 4), row.severity.style)]
      },
      Column("change", title: "Change", width: .fixed(6), align: .right, from: 70) { row, _ in
        let style: Style = (row.change ?? 0) <= -10 ? .bad : (row.change ?? 0) >= 10 ? .good : .dim
        return [Span(SafeLine(row.change.map { $0 == 0 ? "" : Wording.signed($0) } ?? ""), style)]
      },
    ]
  }
}
