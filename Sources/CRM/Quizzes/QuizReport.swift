import ParseCore

/// A learner in a course.
struct StudentCourse: Hashable {
  let student: RecordID
  let course: RecordID
}

/// The active enrollments of a learner in a course, of which there should be one.
private struct Standing {
  /// The furthest, in percent; nil when none counts in statistics.
  private(set) var progress: Double?

  mutating func add(_ percent: Double?) {
    guard let percent = Statistics.percent(percent) else { return }
    progress = max(percent, progress ?? percent)
  }
}

/// The quizzes of a school with all that their lists are made of.
struct QuizReport {
  let school: School
  let viewpoint: Viewpoint
  let book: QuizBook
  let titles: [String]

  private let standings: [StudentCourse: Standing]
  private let enrolled: [RecordID: Int]

  init(_ school: School, _ viewpoint: Viewpoint) {
    self.school = school
    self.viewpoint = viewpoint
    book = QuizBook(school.attempts.all)
    titles = book.quizzes.map(\.title)
    var standings: [StudentCourse: Standing] = [:]
    var enrolled: [RecordID: Int] = [:]
    for enrollment in school.enrollments.all where enrollment.active {
      guard let course = enrollment.course else { continue }
      enrolled[course, default: 0] += 1
      guard let student = enrollment.student else { continue }
      let key = StudentCourse(student: student, course: course)
      standings[key, default: Standing()].add(enrollment.progressPercent)
    }
    self.standings = standings
    self.enrolled = enrolled
  }

  /// One quiz by its place in the book.
  func row(_ place: Int) -> QuizRow {
    let quiz = book.quizzes[place]
    var row = QuizRow(
      key: quiz.key, title: titles[place], courseCode: school.courseCode(quiz.key.course))
    row.enrolled = enrolled[quiz.key.course] ?? 0
    let trials = quiz.trials.map { book.trials[$0] }
    row.learners = trials.count
    row.extra = trials.count { standing(of: $0) == nil }
    row.failing = trials.count { $0.best < viewpoint.passMark }
    row.lastAt = quiz.lastAt
    fill(&row, trials, weeks: quiz.places)
    return row
  }

  /// Quizzes of a group of learners as one row: passing is who fails none of their quizzes.
  func cohortRow(_ name: String, trials: [QuizBook.Trial], attempts: [Int]) -> QuizRow {
    let key = QuizKey(course: "", title: name)
    var row = QuizRow(key: key, title: name, courseCode: "")
    let mark = viewpoint.passMark
    row.learners = Set(trials.map(\.learner)).count
    row.failing = Set(trials.filter { $0.best < mark }.map(\.learner)).count
    row.enrolled = row.learners
    row.lastAt = attempts.last.flatMap { book.attempt($0).attemptedAt }
    fill(&row, trials, weeks: attempts)
    return row
  }

  private func fill(_ row: inout QuizRow, _ trials: [QuizBook.Trial], weeks attempts: [Int]) {
    let firsts = trials.map(\.first)
    row.tries = trials.reduce(0) { $0 + $1.tries }
    if row.learners >= 5 {
      row.passRate = Statistics.share(row.learners - row.failing, of: row.learners)
    }
    row.mean = Statistics.mean(firsts)
    row.deviation = Statistics.deviation(firsts)
    row.histogram = Statistics.histogram(firsts)
    row.gain = Statistics.mean(trials.compactMap(\.gain))
    row.bestGain = Statistics.mean(trials.compactMap(\.bestGain))
    let pairs = trials.compactMap { trial in
      standing(of: trial)?.progress.map { (trial.first, $0) }
    }
    row.rho = Statistics.rho(pairs)
    row.d27 = Statistics.d27(pairs)
    row.weeks = weeklyMeans(attempts)
    row.shape = QuizRow.Shape(firsts, deviation: row.deviation)
    row.severity = Severity(passRate: row.passRate)
  }

  /// Nil for who has no active enrollment in the quiz's course.
  private func standing(of trial: QuizBook.Trial) -> Standing? {
    guard let student = book.learners[trial.learner] else { return nil }
    let course = book.quizzes[trial.quiz].key.course
    return standings[StudentCourse(student: student, course: course)]
  }

  /// Means of the last twelve ISO weeks, this one last; a week without a score is a gap.
  private func weeklyMeans(_ attempts: [Int]) -> [Double?] {
    let first = viewpoint.today.monday - 77
    var scores: [[Double]] = Array(repeating: [], count: 12)
    for place in attempts {
      let attempt = book.attempt(place)
      guard let score = attempt.countedScore, let at = attempt.attemptedAt else { continue }
      let days = viewpoint.day(at: at) - first
      if (0..<84).contains(days) { scores[days / 7].append(score) }
    }
    return scores.map { Statistics.mean($0) }
  }

  /// One attempt by its place in the book.
  func attemptRow(_ place: Int) -> AttemptRow {
    book.attemptRow(place, school, viewpoint, title: titles[book.facts[place].quiz])
  }
}

extension QuizBook {
  func attemptRow(
    _ place: Int, _ school: School, _ viewpoint: Viewpoint, title: String
  ) -> AttemptRow {
    let fact = facts[place]
    let attempt = attempt(place)
    let student = school.students[attempt.student]
    let trial = fact.trial.map { trials[$0] }
    return AttemptRow(
      id: attempt.id, at: attempt.attemptedAt, student: attempt.student,
      studentName: student?.fullName ?? "", cohort: student?.cohort ?? "", quiz: title,
      course: attempt.course, courseCode: school.courseCode(attempt.course),
      attemptNumber: fact.number,
      attempts: trial?.tries ?? 0, score: attempt.isScored ? attempt.scorePercent : nil,
      change: fact.change, best: trial?.best, status: attempt.status,
      severity: Severity(score: attempt.countedScore, passMark: viewpoint.passMark),
      isUnsent: attempt.meta.isUnsent)
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

  /// What is odd about the first scores, from ten of them on (reference/domain.md §1.2).
  init?(_ firsts: [Double], deviation: Double?) {
    guard firsts.count >= 10, let deviation else { return nil }
    let high = Double(firsts.count { $0 >= 98 }) / Double(firsts.count)
    let low = Double(firsts.count { $0 <= 20 }) / Double(firsts.count)
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
