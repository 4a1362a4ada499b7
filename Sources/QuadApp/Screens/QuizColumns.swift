import CRM
import TerminalUI

/// What the list of quizzes shows; the same numbers of a group of learners in the view by cohort.
enum QuizColumns {
  static let quizzes = [title("Quiz"), course] + numbers
  static let cohorts = [title("Cohort")] + numbers

  private static func title(_ head: SafeLine) -> Column<QuizRow> {
    Column("quiz", title: head, width: .flex, isMain: true) { row, cell in
      [row.title.isEmpty ? Span(cell.glyphs.empty, .faint) : Span(SafeLine(row.title))]
    }
  }

  private static let course = Column<QuizRow>(
    "course", title: "Course", width: .fixed(6), from: 80
  ) { row, _ in [Span(SafeLine(row.courseCode), .dim)] }

  private static let numbers: [Column<QuizRow>] = [
    Column("tries", title: "Tries", width: .fixed(5), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.count(row.tries)))]
    },
    Column("learners", title: "Learners", width: .fixed(8), align: .right, from: 100) { row, _ in
      [Span(SafeLine("\(row.learners)")), Span(SafeLine("/\(row.enrolled)"), .dim)]
    },
    Column("pass", title: "Pass", width: .fixed(6), align: .right) { row, _ in
      [Span(SafeLine(Wording.share(row.passRate)), row.severity.style)]
    },
    Column("fail", title: "Fail", width: .fixed(4), align: .right) { row, _ in
      [Span(SafeLine("\(row.failing)"), row.failing > 0 ? .text : .faint)]
    },
    Column("mean", title: "Mean", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.integer(row.mean)), row.shape.isOdd(.ceiling, .floor) ? .info : .text)]
    },
    Column("sd", title: "SD", width: .fixed(3), align: .right, from: 100) { row, _ in
      let isOdd = row.shape.isOdd(.split, .bunched)
      return [Span(SafeLine(Wording.integer(row.deviation)), isOdd ? .info : .text)]
    },
    Column("scores", title: "Scores", width: .fixed(10)) { row, cell in
      Columns(row.histogram.map(Double.init)).spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("gain", title: "Gain", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.gain.map { Wording.signed($0) } ?? "-"), .dim)]
    },
    Column("rho", title: "Rho", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(Wording.rho(row.rho)), .dim)]
    },
    Column("weeks", title: "12 weeks", width: .fixed(12), from: 100) { row, cell in
      Columns(row.weeks, scale: 0...100).spans(width: cell.width, glyphs: cell.glyphs)
    },
    Column("shape", title: "Shape", width: .fixed(7), from: 80) { row, _ in
      row.tries < 5
        ? [Span(SafeLine("n = \(row.tries)"), .faint)]
        : row.shape.map { [Span(SafeLine($0.word), .info)] } ?? []
    },
  ]

  static let sorts: [SortOrder] = [
    SortOrder("pass", "Pass rate, lowest first", column: "pass"),
    SortOrder("fail", "Most failing first", column: "fail", descending: true),
    SortOrder("tries", "Most tries first", column: "tries", descending: true),
    SortOrder("learners", "Most learners first", column: "learners", descending: true),
    SortOrder("mean", "Mean, lowest first", column: "mean"),
    SortOrder("deviation", "Widest spread first", column: "sd", descending: true),
    SortOrder("gain", "Least gain first", column: "gain"),
    SortOrder("rho", "Rho, highest first", column: "rho", descending: true),
    SortOrder("title", "Title", column: "quiz"),
    SortOrder("course", "Course", column: "course"),
    SortOrder("last", "Latest try first", column: "weeks", descending: true),
  ]
}

extension QuizRow.Shape? {
  fileprivate func isOdd(_ shapes: QuizRow.Shape...) -> Bool { map(shapes.contains) ?? false }
}
