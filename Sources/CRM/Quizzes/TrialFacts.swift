import ParseCore

/// What the quiz screen says of all trials, by one basis.
struct TrialFacts: Sendable {
  /// The latest attempts of the learners' worst quizzes.
  private(set) var failing: [QuizSpot] = []
  private(set) var summary = QuizSummary()
  private(set) var cohortCount = 0
  /// By number.
  private var hasTried: [Bool]

  /// O(trials): no row is looked at but where a learner fails two quizzes alike.
  init(_ shelf: QuizShelf, _ school: School, _ viewpoint: Viewpoint, _ basis: QuizBasis) {
    hasTried = Array(repeating: false, count: shelf.learners.ids.count)
    let mark = viewpoint.passMark
    var worst: [(course: Int, trial: Int32)] = Array(
      repeating: (0, -1), count: shelf.learners.ids.count)
    for (place, course) in shelf.courses.enumerated() {
      for (number, trial) in course.book.trials.enumerated() {
        let learner = Int(trial.learner)
        hasTried[learner] = true
        if trial.passScore(basis) < mark,
          Self.isWorse(trial, in: course, than: worst[learner], shelf, school, basis)
        {
          worst[learner] = (place, Int32(number))
        }
      }
    }
    for worst in worst where worst.trial >= 0 {
      let trial = shelf.courses[worst.course].book.trials[Int(worst.trial)]
      failing.append(QuizSpot(course: worst.course, place: trial.lastPlace))
    }
    countCohorts(shelf)
    summary.mark = mark
    summary.basis = basis
    summary.learners = hasTried.count { $0 }
    summary.tries = shelf.courses.reduce(0) { $0 + $1.tries }
    summary.firstTries = shelf.courses.reduce(0) { $0 + $1.book.trials.count }
    if summary.firstTries > 0 {
      let sums = shelf.courses.lazy.map { Self.sumOfScores($0, basis) }
      summary.mean = Statistics.sum(sums) / Double(summary.firstTries)
    }
    summary.failingNow = failing.count
    summary.passing = summary.learners - failing.count
    summary.neverTried = shelf.courses.reduce(0) { $0 + $1.never.count }
  }

  /// Learners are in other cohorts than before. O(learners).
  mutating func countCohorts(_ shelf: QuizShelf) {
    var seen: Set<String> = []
    for learner in hasTried.indices where hasTried[learner] { seen.insert(shelf.cohorts[learner]) }
    cohortCount = seen.count
  }

  private static func sumOfScores(_ course: CourseQuizzes, _ basis: QuizBasis) -> Double {
    basis == .usual
      ? course.sumOfFirsts : Statistics.sum(course.book.trials.lazy.map { $0.score(basis) })
  }

  /// Further below the mark; of equals the quiz tried first.
  private static func isWorse(
    _ trial: QuizBook.Trial, in course: CourseQuizzes, than known: (course: Int, trial: Int32),
    _ shelf: QuizShelf, _ school: School, _ basis: QuizBasis
  ) -> Bool {
    guard known.trial >= 0 else { return true }
    let other = shelf.courses[known.course]
    let worst = other.book.trials[Int(known.trial)]
    let (score, known) = (trial.passScore(basis), worst.passScore(basis))
    guard score == known else { return score < known }
    func first(_ trial: QuizBook.Trial, _ book: QuizBook) -> QuizAttempt {
      school.attempts.all[Int(book.facts[Int(trial.firstPlace)].row)]
    }
    return first(trial, course.book).stands(before: first(worst, other.book))
  }
}

/// The facts of each basis, until something they rest on changes.
struct KeptTrialFacts {
  private var facts: [QuizBasis: TrialFacts] = [:]

  mutating func forget() { facts = [:] }

  mutating func countCohorts(_ shelf: QuizShelf) {
    for basis in facts.keys { facts[basis]?.countCohorts(shelf) }
  }

  mutating func facts(
    _ shelf: QuizShelf, _ school: School, _ viewpoint: Viewpoint, _ basis: QuizBasis
  ) -> TrialFacts {
    let known = facts[basis] ?? TrialFacts(shelf, school, viewpoint, basis)
    facts[basis] = known
    return known
  }
}
