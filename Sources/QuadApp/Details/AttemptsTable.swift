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

  /// Beyond this a bar says nothing more.
  private static let longestBar = 40

  let viewpoint: Viewpoint
  var place = Place.everywhere
  var sort = Table<AttemptRow>.Sort(column: "when", descending: true)
  var marks = RecordIDSet()
  /// On a wide screen the room goes behind the last column, not into the middle.
  var isWide = false

  /// The stripe is for who has not reached the mark by the basis in force, the best try as a rule, as
  /// that can still be helped.
  func table(_ cursor: Table<AttemptRow>.CursorLook) -> Table<AttemptRow> {
    let (viewpoint, marks) = (viewpoint, marks)
    return Table(
      columns: columns, sort: [sort], cursorLook: cursor,
      look: { row in
        let isFailing = row.score != nil && row.counted.map { $0 < viewpoint.passMark } ?? false
        let stripe: RowLook.Stripe? = isFailing ? .late : row.isAhead(viewpoint) ? .today : nil
        var look = RowLook(stripe: stripe, isUnsent: row.isUnsent)
        look.isMarked = marks.contains(row.id)
        return look
      })
  }

  /// What can be copied of an attempt, of the marked ones, and of all.
  func copies(of row: AttemptRow, among all: [AttemptRow]) -> [CopyEntry] {
    let fields = [CopyEntry("s", "learner", row.studentName), CopyEntry("n", "quiz", row.quiz)]
    return fields.compactMap(\.self)
      + CopyEntry.rows(
        columns, current: row, marked: all.filter { marks.contains($0.id) }, all: all)
      + [CopyEntry("i", "id", row.id)].compactMap(\.self)
  }

  private var columns: [Column<AttemptRow>] {
    switch place {
    case .everywhere:
      [when("When"), student, cohort, quiz, trial, score, change, best, status]
    case .oneQuiz: [when("When"), student, cohort, trial, score, change, best, status]
    case .oneStudent: [when("When"), quiz, course, trial, score, change, best, status]
    case .neverTried:
      [when("Enrolled"), student, cohort, course]
    }
  }

  private func when(_ title: SafeLine) -> Column<AttemptRow> {
    let viewpoint = viewpoint
    return Column("when", title: title, width: .fixed(max(6, title.width)), align: .right) {
      row, _ in [row.ageSpan(viewpoint)]
    }
  }

  private var student: Column<AttemptRow> {
    Column("student", title: "Student", width: .fixed(23), isMain: true) { row, _ in
      [row.studentName.isEmpty ? Span("hidden", .info) : Span(SafeLine(row.studentName))]
    }
  }

  private var cohort: Column<AttemptRow> {
    Column("cohort", title: "Cohort", width: .fixed(12), from: 100) { row, _ in
      [Span(SafeLine(row.cohort), .dim)]
    }
  }

  private var quiz: Column<AttemptRow> {
    let width: Column<AttemptRow>.Width = place == .oneStudent ? .fixed(26) : .flex
    return Column("quiz", title: "Quiz", width: width, isMain: place == .oneStudent) { row, _ in
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
    let width: Column<AttemptRow>.Width =
      place == .everywhere ? .fixed(15) : isWide ? .fixed(Self.longestBar + 4) : .flex
    return Column("score", title: "Score", width: width) { row, cell in
      guard let score = row.score, row.attemptNumber != nil else {
        return [Span("no score yet", .faint)]
      }
      return Bar(value: score, target: mark, style: row.severity.barStyle)
        .spans(width: min(cell.width - 4, Self.longestBar), glyphs: cell.glyphs)
        + [Span(right(row.scoreWords(mark), 4), row.severity.style)]
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
    // Beside the names of quizzes 80 columns have no room for it.
    let from = place == .oneQuiz ? 80 : 100
    return Column("status", title: "Status", width: isWide ? .flex : .fixed(11), from: from) {
      row, _ in
      [row.status.span]
    }
  }

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
    // A minute that has begun counts, so that `in 36m` holds for all of it.
    let minutes = Int((at.milliseconds - viewpoint.now.milliseconds + 59_999) / 60_000)
    return Span(SafeLine("in \(Wording.age(minutes * 60))"), .info)
  }

  /// `41`; `59.6` where rounding would say that the mark is reached.
  func scoreWords(_ mark: Double) -> SafeLine {
    guard let score else { return "-" }
    let isNear = score < mark && score.rounded() >= mark
    return SafeLine(isNear ? Wording.tenths(score) : Wording.integer(score))
  }

  /// Points against the try before; nil for a first one.
  var changeSpan: Span? {
    guard let change else { return nil }
    let style: Style = change <= -10 ? .bad : change >= 10 ? .good : .dim
    return Span(SafeLine(Wording.signed(change)), style)
  }
}
