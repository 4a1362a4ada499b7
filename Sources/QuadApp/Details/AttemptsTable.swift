import CRM
import ParseCore
import TerminalUI

/// Attempts with the try, the score against the mark and the change against the try before.
struct AttemptsTable {
  /// Where the table stands: what its place says already is not said in a column again.
  enum Place: Sendable {
    case everywhere, oneQuiz, oneStudent
    /// Learners who have not tried: enrollments instead of attempts.
    case neverTried
  }

  let viewpoint: Viewpoint
  var place = Place.everywhere
  var sort = Table<AttemptRow>.Sort(column: "when", descending: true)

  /// The stripe is for who has not reached the mark by any try, as that can still be helped.
  func table(_ cursor: Table<AttemptRow>.CursorLook) -> Table<AttemptRow> {
    let viewpoint = viewpoint
    return Table(
      columns: columns, sort: [sort], cursorLook: cursor,
      look: { row in
        let isFailing = row.score != nil && row.best.map { $0 < viewpoint.passMark } ?? false
        let stripe: RowLook.Stripe? = isFailing ? .late : row.isAhead(viewpoint) ? .today : nil
        return RowLook(stripe: stripe, isUnsent: row.isUnsent)
      })
  }

  private var columns: [Column<AttemptRow>] {
    switch place {
    case .everywhere:
      [when("When"), student(.fixed(23)), cohort, quiz, trial, score, change, best, status]
    case .oneQuiz: [when("When"), student(.flex), cohort, trial, score, change, best, status]
    case .oneStudent: [when("When"), quiz, course, trial, score, change, best, status]
    case .neverTried:
      [when("Enrolled"), student(.fixed(23)), cohort, course, Self.nothing]
    }
  }

  private func when(_ title: SafeLine) -> Column<AttemptRow> {
    let viewpoint = viewpoint
    return Column("when", title: title, width: .fixed(max(6, title.width)), align: .right) {
      row, _ in [row.ageSpan(viewpoint)]
    }
  }

  private func student(_ width: Column<AttemptRow>.Width) -> Column<AttemptRow> {
    Column("student", title: "Student", width: width, isMain: true) { row, _ in
      [row.studentName.isEmpty ? Span("hidden", .info) : Span(SafeLine(row.studentName))]
    }
  }

  private var cohort: Column<AttemptRow> {
    Column("cohort", title: "Cohort", width: .fixed(12), from: 100) { row, _ in
      [Span(SafeLine(row.cohort), .dim)]
    }
  }

  private var quiz: Column<AttemptRow> {
    Column("quiz", title: "Quiz", width: .flex, isMain: place == .oneStudent) { row, _ in
      [Span(SafeLine(row.quiz))]
    }
  }

  private var course: Column<AttemptRow> {
    Column("course", title: "Course", width: .fixed(7)) { row, _ in
      [Span(SafeLine(row.courseCode), .dim)]
    }
  }

  private var trial: Column<AttemptRow> {
    Column("try", title: "Try", width: .fixed(6), from: 100) { row, _ in
      guard let number = row.attemptNumber else { return [] }
      return [Span(SafeLine("\(number)")), Span(SafeLine(" of \(row.attempts)"), .dim)]
    }
  }

  private var score: Column<AttemptRow> {
    let mark = viewpoint.passMark
    return Column("score", title: "Score", width: .fixed(15)) { row, cell in
      guard let score = row.score, row.attemptNumber != nil else {
        return [Span("no score yet", .faint)]
      }
      return Bar(value: score, target: mark, style: row.severity.barStyle)
        .spans(width: cell.width - 4, glyphs: cell.glyphs)
        + [Span(right(SafeLine(Wording.integer(score)), 4), row.severity.style)]
    }
  }

  private var change: Column<AttemptRow> {
    Column("change", title: "Change", width: .fixed(6), align: .right, from: 80) { row, _ in
      [row.changeSpan].compactMap { $0 }
    }
  }

  private var best: Column<AttemptRow> {
    Column("best", title: "Best", width: .fixed(4), align: .right, from: 100) { row, _ in
      [Span(SafeLine(row.best.map { Wording.integer($0) } ?? ""), .dim)]
    }
  }

  private var status: Column<AttemptRow> {
    // Beside quizzes as well as people, 80 columns have no room for it.
    let from = place == .everywhere ? 100 : 80
    return Column("status", title: "Status", width: .fixed(11), from: from) { row, _ in
      [row.status.span]
    }
  }

  private static let nothing = Column<AttemptRow>(
    "nothing", title: "Attempts", width: .flex
  ) { _, _ in [Span("none in this course", .faint)] }

  static let sorts: [SortOrder] = [
    SortOrder("recent", "Newest first", column: "when", descending: true),
    SortOrder("score", "Score, lowest first", column: "score"),
    SortOrder("change", "Fell furthest first", column: "change"),
    SortOrder("student", "Student", column: "student"),
    SortOrder("cohort", "Cohort", column: "cohort"),
    SortOrder("quiz", "Quiz", column: "quiz"),
    SortOrder("status", "Status", column: "status"),
  ]
}

extension AttemptRow {
  /// Dated after now, which no attempt can be: a wrong clock or a slip.
  func isAhead(_ viewpoint: Viewpoint) -> Bool { at.map { $0 > viewpoint.now } ?? false }

  /// `6m`, `9d`; `in 2d` in the colour of what is odd for an attempt ahead of now.
  func ageSpan(_ viewpoint: Viewpoint) -> Span {
    guard let at else { return Span("-", .faint) }
    guard isAhead(viewpoint) else {
      return Span(SafeLine(Wording.age(viewpoint.seconds(since: at))), .faint)
    }
    let ahead = Int((at.milliseconds - viewpoint.now.milliseconds) / 1000)
    return Span(SafeLine("in \(Wording.age(max(60, ahead)))"), .info)
  }

  /// Points against the try before; nil for a first one.
  var changeSpan: Span? {
    guard let change else { return nil }
    let style: Style = change <= -10 ? .bad : change >= 10 ? .good : .dim
    return Span(SafeLine(Wording.signed(change)), style)
  }
}
