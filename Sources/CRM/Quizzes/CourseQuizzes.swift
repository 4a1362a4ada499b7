import ParseCore

/// A learner in a course.
struct StudentCourse: Hashable {
  let student: RecordID
  let course: RecordID
}

/// The active enrollments of a learner in a course, of which there should be one.
struct Standing {
  /// The furthest, in percent; nil when none counts in statistics.
  private(set) var progress: Double?

  fileprivate mutating func add(_ percent: Double?) {
    guard let percent = Statistics.percent(percent) else { return }
    progress = max(percent, progress ?? percent)
  }
}

/// The quizzes of one course with all that their lists are made of. Nothing in it depends on
/// another course.
struct CourseQuizzes: Sendable {
  /// The course's id; empty for attempts that name none.
  let course: RecordID
  let book: QuizBook
  /// By the usual basis, in the order of the book's quizzes.
  let rows: [QuizRow]
  /// Where active enrollments without a scored try stand in their table; none when nobody tried.
  let never: [Int32]
  /// Places of the latest attempts of trials that gained, or lost, 10 points or more.
  let improved: [Int32]
  let declined: [Int32]
  let tries: Int
  let sumOfFirsts: Double

  /// O(n log n) in the attempts of the course.
  init(
    _ course: RecordID, _ school: School, _ viewpoint: Viewpoint, _ learners: inout LearnerNumbers
  ) {
    self.course = course
    let book = QuizBook(
      school.attempts.all, at: school.attempts.positions(.course, course), &learners)
    self.book = book
    rows = QuizRowMaker(course, book, learners, school, viewpoint).rows(.usual)
    let tried = Set(book.trials.map { learners.ids[Int($0.learner)] })
    never =
      book.trials.isEmpty
      ? []
      : school.enrollments.positions(.course, course).filter { position in
        let enrollment = school.enrollments.all[position]
        return enrollment.active && !enrollment.studentID.isNone
          && !tried.contains(enrollment.studentID)
      }
      .map(Int32.init)
    improved = book.trials.filter { $0.gain ?? 0 >= 10 }.map(\.lastPlace)
    declined = book.trials.filter { $0.gain ?? 0 <= -10 }.map(\.lastPlace)
    tries = book.trials.reduce(0) { $0 + Int($1.tries) }
    sumOfFirsts = Statistics.sum(book.trials.lazy.map(\.first))
  }

  /// Whether the quizzes are those of a group. Nothing but a course is one.
  func isMember(of group: GroupFilter?) -> Bool {
    rows.first?.isMember(of: group) ?? (group == nil)
  }

  /// The rows by a basis, in the order of the book's quizzes. O(trials) for any but the usual one.
  func rows(
    _ basis: QuizBasis, _ learners: LearnerNumbers, _ school: School, _ viewpoint: Viewpoint
  ) -> [QuizRow] {
    basis == .usual
      ? rows : QuizRowMaker(course, book, learners, school, viewpoint).rows(basis)
  }

  /// By learner, of those that name one. O(enrollments of the course).
  static func standings(_ course: RecordID, _ school: School) -> (
    byStudent: [PackedID: Standing], enrolled: Int
  ) {
    var standings: [PackedID: Standing] = [:]
    var enrolled = 0
    for position in school.enrollments.positions(.course, course) {
      let enrollment = school.enrollments.all[position]
      guard enrollment.active else { continue }
      enrolled += 1
      guard !enrollment.studentID.isNone else { continue }
      standings[enrollment.studentID, default: Standing()].add(enrollment.progressPercent)
    }
    return (standings, enrolled)
  }
}

/// Makes the rows of a course's quizzes.
private struct QuizRowMaker {
  let book: QuizBook
  let school: School
  let viewpoint: Viewpoint
  let courseCode: String
  let enrolled: Int
  /// Of each trial of the book; nil for who has no active enrollment in the course.
  let standings: [Standing?]

  init(
    _ course: RecordID, _ book: QuizBook, _ learners: LearnerNumbers, _ school: School,
    _ viewpoint: Viewpoint
  ) {
    self.book = book
    self.school = school
    self.viewpoint = viewpoint
    courseCode = school.courseCode(course)
    let (standings, enrolled) = CourseQuizzes.standings(course, school)
    self.enrolled = enrolled
    self.standings = book.trials.map { standings[learners.ids[Int($0.learner)]] }
  }

  func rows(_ basis: QuizBasis) -> [QuizRow] { book.quizzes.map { row($0, basis) } }

  private func row(_ quiz: QuizBook.Quiz, _ basis: QuizBasis) -> QuizRow {
    var row = QuizRow(key: quiz.key, title: quiz.title, courseCode: courseCode)
    let trials = quiz.trials.map { book.trials[Int($0)] }
    let standings = quiz.trials.map { self.standings[Int($0)] }
    row.enrolled = enrolled
    row.learners = trials.count
    row.extra = standings.count { $0 == nil }
    row.failing = trials.count { $0.passScore(basis) < viewpoint.passMark }
    row.lastAt = quiz.lastAt
    row.fill(
      trials, progress: standings.map { $0?.progress },
      scored: quiz.places.lazy.map { school.attempts.all[Int(book.facts[Int($0)].row)] },
      basis, viewpoint)
    return row
  }
}

extension QuizRow {
  /// The statistics over some trials; learners and failing are known before.
  ///
  /// - Parameters:
  ///   - progress: of each trial's learner in the course, percent.
  ///   - scored: the attempts, oldest first within a course.
  mutating func fill(
    _ trials: [QuizBook.Trial], progress: [Double?], scored: some Sequence<QuizAttempt>,
    _ basis: QuizBasis, _ viewpoint: Viewpoint
  ) {
    let scores = trials.map { $0.score(basis) }
    tries = trials.reduce(0) { $0 + Int($1.tries) }
    if learners >= 5 {
      passRate = Statistics.share(learners - failing, of: learners)
    }
    mean = Statistics.mean(scores)
    deviation = Statistics.deviation(scores)
    histogram = Statistics.histogram(scores)
    gain = Statistics.mean(trials.compactMap(\.gain))
    bestGain = Statistics.mean(trials.compactMap(\.bestGain))
    let pairs = zip(scores, progress).compactMap { score, progress in
      progress.map { (score, $0) }
    }
    rho = Statistics.rho(pairs)
    d27 = Statistics.d27(pairs)
    weeks = Self.weeklyMeans(scored, viewpoint)
    shape = Shape(scores, deviation: deviation)
    severity = Severity(passRate: passRate)
  }

  /// Means of the last twelve ISO weeks, this one last; a week without a score is a gap.
  private static func weeklyMeans(
    _ attempts: some Sequence<QuizAttempt>, _ viewpoint: Viewpoint
  ) -> [Double?] {
    let first = viewpoint.today.monday - 77
    var scores: [[Double]] = Array(repeating: [], count: 12)
    for attempt in attempts {
      guard let score = attempt.countedScore, let at = attempt.attemptedAt else { continue }
      let days = viewpoint.day(at: at) - first
      if (0..<84).contains(days) { scores[days / 7].append(score) }
    }
    return scores.map { Statistics.mean($0) }
  }
}

extension QuizBook {
  func attemptRow(
    _ place: Int32, _ school: School, _ viewpoint: Viewpoint, title: String,
    basis: QuizBasis = .usual
  ) -> AttemptRow {
    let fact = facts[Int(place)]
    let attempt = school.attempts.all[Int(fact.row)]
    let student = school.students[attempt.studentID]
    let trial = trial(of: fact)
    let before =
      fact.before < 0
      ? nil : school.attempts.all[Int(facts[Int(fact.before)].row)].countedScore
    return AttemptRow(
      meta: attempt.meta, moment: attempt.place, at: attempt.attemptedAt, student: attempt.student,
      studentName: student?.fullName ?? "", cohort: student?.cohort ?? "", quiz: title,
      course: attempt.course, courseCode: school.courseCode(attempt.course),
      attemptNumber: trial == nil ? nil : Int(fact.number),
      attempts: trial.map { Int($0.tries) } ?? 0,
      score: attempt.isScored ? attempt.scorePercent : nil,
      change: before.flatMap { before in attempt.countedScore.map { $0 - before } },
      best: trial?.best, counted: trial?.passScore(basis), status: attempt.status,
      severity: Severity(score: attempt.countedScore, passMark: viewpoint.passMark))
  }
}

extension QuizRow.Shape {
  /// What stands under `Shape`.
  package var word: String {
    switch self {
    case .ceiling: "easy"
    case .floor: "hard"
    case .bunched, .split: rawValue
    }
  }

  /// What is odd about the scores, from ten of them on (reference/domain.md §1.2).
  init?(_ scores: [Double], deviation: Double?) {
    guard scores.count >= 10, let deviation else { return nil }
    let high = Double(scores.count { $0 >= 98 }) / Double(scores.count)
    let low = Double(scores.count { $0 <= 20 }) / Double(scores.count)
    if high >= 0.3 {
      self = .ceiling
    } else if low >= 0.2 {
      self = .floor
    } else if deviation > 25 {
      self = .split
    } else if deviation < 8 {
      self = .bunched
    } else {
      return nil
    }
  }
}

extension School {
  /// Empty when the course is not readable here.
  func courseCode(_ id: RecordID?) -> String { courses[id]?.courseCode ?? "" }
}
