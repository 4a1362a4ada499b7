import ParseCore

/// Which quizzes and which attempts each view of the quiz screen holds, found in one pass.
struct QuizSelection {
  private let report: QuizReport
  private(set) var summary = QuizSummary()
  /// Places of the attempts to show, newest first.
  private(set) var failing: [Int] = []
  private(set) var improved: [Int] = []
  private(set) var declined: [Int] = []
  /// Active enrollments without a scored try, of courses in which somebody tried.
  private(set) var never: [Enrollment] = []
  /// The cohort of each learner of the book.
  private var cohortOf: [String] = []
  private(set) var mine: Set<RecordID> = []

  init(_ report: QuizReport) {
    self.report = report
    let school = report.school
    readTrials()
    readEnrollments()
    if let user = report.viewpoint.user {
      mine = Set(school.courses.all.filter { $0.instructor == user }.map(\.id))
    }
  }

  private mutating func readTrials() {
    let mark = report.viewpoint.passMark
    let book = report.book
    var firsts: [Double] = []
    firsts.reserveCapacity(book.trials.count)
    var worst: [Int: QuizBook.Trial] = [:]
    for trial in book.trials {
      summary.tries += trial.tries
      firsts.append(trial.first)
      if trial.best < mark, trial.best < worst[trial.learner]?.best ?? .infinity {
        worst[trial.learner] = trial
      }
      if let gain = trial.gain, abs(gain) >= 10 {
        if gain > 0 { improved.append(trial.lastPlace) } else { declined.append(trial.lastPlace) }
      }
    }
    cohortOf = book.learners.map { report.school.students[$0]?.cohort ?? "" }
    let learners = cohortOf.count
    summary.mark = mark
    summary.learners = learners
    summary.firstTries = firsts.count
    summary.meanFirst = Statistics.mean(firsts)
    summary.failingNow = worst.count
    summary.passing = learners - worst.count
    failing = worst.values.map(\.lastPlace).sorted(by: >)
    improved.sort(by: >)
    declined.sort(by: >)
  }

  private mutating func readEnrollments() {
    var tried: Set<StudentCourse> = []
    var courses: Set<RecordID> = []
    for trial in report.book.trials {
      let course = report.book.quizzes[trial.quiz].key.course
      courses.insert(course)
      if let student = report.book.learners[trial.learner] {
        tried.insert(StudentCourse(student: student, course: course))
      }
    }
    never = report.school.enrollments.all.filter { enrollment in
      guard enrollment.active, let course = enrollment.course, courses.contains(course),
        let student = enrollment.student
      else { return false }
      return !tried.contains(StudentCourse(student: student, course: course))
    }
    .sorted { one, two in
      one.enrolledAt == two.enrolledAt
        ? two.meta.precedes(one.meta)
        : one.enrolledAt ?? .init(milliseconds: .min) > two.enrolledAt ?? .init(milliseconds: .min)
    }
    summary.neverTried = never.count
  }

  func isMine(quiz place: Int) -> Bool {
    mine.contains(report.book.quizzes[place].key.course)
  }

  func count(_ view: QuizView) -> Int {
    switch view {
    case .byQuiz: report.book.quizzes.count
    case .failing: failing.count
    case .improved: improved.count
    case .declined: declined.count
    case .never: never.count
    case .byCohort: Set(cohortOf).count
    case .mine: report.book.quizzes.indices.count { isMine(quiz: $0) }
    }
  }

  func quizRows(_ view: QuizView) -> [QuizRow] {
    let all = report.book.quizzes.indices
    switch view {
    case .byQuiz: return all.map(report.row)
    case .mine: return all.filter { isMine(quiz: $0) }.map(report.row)
    case .byCohort: return cohortRows()
    case .failing: return quizzes(of: failing)
    case .improved: return quizzes(of: improved)
    case .declined: return quizzes(of: declined)
    case .never:
      let courses = Set(never.compactMap(\.course))
      return all.filter { courses.contains(report.book.quizzes[$0].key.course) }.map(report.row)
    }
  }

  private func quizzes(of attempts: [Int]) -> [QuizRow] {
    Set(attempts.map { report.book.facts[$0].quiz }).sorted().map(report.row)
  }

  private func cohortRows() -> [QuizRow] {
    var trials: [String: [QuizBook.Trial]] = [:]
    var attempts: [String: [Int]] = [:]
    for trial in report.book.trials {
      trials[cohortOf[trial.learner], default: []].append(trial)
    }
    for (place, fact) in report.book.facts.enumerated() {
      guard let trial = fact.trial else { continue }
      attempts[cohortOf[report.book.trials[trial].learner], default: []].append(place)
    }
    return trials.map { cohort, trials in
      report.cohortRow(cohort, trials: trials, attempts: attempts[cohort] ?? [])
    }
  }

  /// Newest first.
  ///
  /// - Parameter limit: rows at most, as long as nothing else than their age picks them.
  func attemptRows(_ view: QuizView, limit: Int?) -> [AttemptRow] {
    switch view {
    case .failing: return failing.map(report.attemptRow)
    case .improved: return improved.map(report.attemptRow)
    case .declined: return declined.map(report.attemptRow)
    case .never: return never.map(row(never:))
    case .byQuiz, .byCohort, .mine:
      var rows: [AttemptRow] = []
      for place in report.book.facts.indices.reversed() where rows.count < limit ?? .max {
        if view == .mine, !isMine(quiz: report.book.facts[place].quiz) { continue }
        rows.append(report.attemptRow(place))
      }
      return rows
    }
  }

  private func row(never enrollment: Enrollment) -> AttemptRow {
    let student = report.school.students[enrollment.student]
    return AttemptRow(
      id: enrollment.id, at: enrollment.enrolledAt, student: enrollment.student,
      studentName: student?.fullName ?? "", cohort: student?.cohort ?? "", quiz: "",
      course: enrollment.course, courseCode: report.school.courseCode(enrollment.course),
      attemptNumber: nil, attempts: 0,
      score: nil, change: nil, best: nil, status: .missing, severity: .plain,
      isUnsent: enrollment.meta.isUnsent)
  }
}
