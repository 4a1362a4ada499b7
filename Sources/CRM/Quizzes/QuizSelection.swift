import ParseCore

/// Which quizzes and which attempts each view of the quiz screen holds.
struct QuizSelection {
  private let shelf: QuizShelf
  private let school: School
  private let viewpoint: Viewpoint
  private let facts: TrialFacts
  private var mine: Set<RecordID> = []
  private let basis: QuizBasis

  init(
    _ shelf: QuizShelf, _ school: School, _ viewpoint: Viewpoint, _ basis: QuizBasis,
    _ facts: TrialFacts
  ) {
    self.shelf = shelf
    self.school = school
    self.viewpoint = viewpoint
    self.basis = basis
    self.facts = facts
    mine = school.coursesOfViewer(viewpoint)
  }

  var summary: QuizSummary { facts.summary }

  private func rows(_ course: CourseQuizzes) -> [QuizRow] {
    course.rows(basis, shelf.learners, school, viewpoint)
  }

  private func spots(_ places: (CourseQuizzes) -> [Int32]) -> [QuizSpot] {
    shelf.courses.indices.flatMap { course in
      places(shelf.courses[course]).map { QuizSpot(course: course, place: $0) }
    }
  }

  /// The attempts a view counts, in no particular order; nil for views that count no attempts.
  private func counted(_ view: QuizView) -> [QuizSpot]? {
    switch view {
    case .failing: facts.failing
    case .improved: spots(\.improved)
    case .declined: spots(\.declined)
    case .byQuiz, .never, .byCohort, .mine: nil
    }
  }

  func count(_ view: QuizView) -> Int {
    switch view {
    case .byQuiz: shelf.quizCount
    case .failing: facts.failing.count
    case .improved: shelf.courses.reduce(0) { $0 + $1.improved.count }
    case .declined: shelf.courses.reduce(0) { $0 + $1.declined.count }
    case .never: summary.neverTried
    case .byCohort: facts.cohortCount
    case .mine:
      shelf.courses.reduce(0) { $0 + (mine.contains($1.course) ? $1.rows.count : 0) }
    }
  }

  func quizRows(_ view: QuizView, of group: GroupFilter?) -> [QuizRow] {
    switch view {
    case .byCohort: return cohortRows().filter { $0.isMember(of: group) }
    case .byQuiz, .mine, .never:
      return shelf.courses.filter { holds($0, view) && $0.isMember(of: group) }.flatMap(rows)
    case .failing, .improved, .declined:
      var quizzes = shelf.courses.map { Array(repeating: false, count: $0.rows.count) }
      for spot in counted(view) ?? [] {
        quizzes[spot.course][quiz(spot)] = true
      }
      return zip(shelf.courses, quizzes).flatMap { course, isIn in
        guard course.isMember(of: group) else { return [QuizRow]() }
        return zip(rows(course), isIn).filter(\.1).map(\.0)
      }
    }
  }

  private func quiz(_ spot: QuizSpot) -> Int {
    let book = shelf.courses[spot.course].book
    return book.quiz(of: book.facts[Int(spot.place)])
  }

  /// The attempts a view counts that have all the words; of a view that counts none the newest 200,
  /// and how many there are. Newest first.
  func latest(
    _ view: QuizView, _ words: SearchWords, of group: GroupFilter?
  ) -> (rows: [AttemptRow], count: Int) {
    switch view {
    case .failing, .improved, .declined, .never:
      return (attemptRows(view).filter { words.matches($0.words) }, school.attempts.count)
    case .byQuiz, .byCohort, .mine:
      if words.isEmpty {
        func isShown(_ course: CourseQuizzes) -> Bool {
          holds(course, view) && course.isMember(of: group)
        }
        let newest = shelf.newest(KeptAttempts.limit, school, where: isShown)
        let count =
          group == nil
          ? school.attempts.count
          : shelf.courses.filter(isShown).reduce(0) { $0 + $1.book.facts.count }
        return (newest.map(row), count)
      }
      let found = shelf.newestFirst(
        spots(words, of: group) { holds($0, view) }, school)
      return (found.prefix(KeptAttempts.limit).map(row), found.count)
    }
  }

  /// Newest first.
  func attemptRows(_ view: QuizView) -> [AttemptRow] {
    switch view {
    case .never: neverRows()
    case .failing, .improved, .declined: shelf.newestFirst(counted(view) ?? [], school).map(row)
    case .byQuiz, .byCohort, .mine:
      shelf.newest(nil, school) { holds($0, view) }.map(row)
    }
  }

  private func row(_ spot: QuizSpot) -> AttemptRow { shelf.row(spot, school, viewpoint, basis) }

  /// The attempts whose rows have all the words. O(attempts + students · words): no row is made.
  private func spots(
    _ words: SearchWords, of group: GroupFilter?, where holds: (CourseQuizzes) -> Bool
  ) -> [QuizSpot] {
    let spots = shelf.courses.indices.filter { course in
      holds(shelf.courses[course]) && shelf.courses[course].isMember(of: group)
    }
    .flatMap { course in
      shelf.courses[course].book.facts.indices.map { QuizSpot(course: course, place: Int32($0)) }
    }
    return words.each.reduce(spots) { spots, word in
      let students = school.students.all.map { word.matches([$0.fullName, $0.cohort]) }
      let quizzes = shelf.courses.map { course in
        course.rows.map { word.matches([$0.title, $0.courseCode]) }
      }
      var statuses: [Term<AttemptStatus>: Bool] = [:]
      return spots.filter { spot in
        if quizzes[spot.course][quiz(spot)] { return true }
        let attempt = shelf.attempt(spot, school)
        if let student = school.students.position(of: attempt.studentID), students[student] {
          return true
        }
        if let known = statuses[attempt.status] { return known }
        let isFound = word.matches([attempt.status.label])
        statuses[attempt.status] = isFound
        return isFound
      }
    }
  }

  private func holds(_ course: CourseQuizzes, _ view: QuizView) -> Bool {
    switch view {
    case .mine: mine.contains(course.course)
    case .never: !course.never.isEmpty
    case .byQuiz, .byCohort, .failing, .improved, .declined: true
    }
  }

  private func neverRows() -> [AttemptRow] {
    shelf.courses.flatMap(\.never).map { row(never: school.enrollments.all[Int($0)]) }
      .sorted(by: AttemptSort.isNewer)
  }

  private func row(never enrollment: Enrollment) -> AttemptRow {
    let student = school.students[enrollment.student]
    return AttemptRow(
      meta: enrollment.meta, moment: enrollment.enrolledAt?.milliseconds ?? .min,
      at: enrollment.enrolledAt, student: enrollment.student,
      studentName: student?.fullName ?? "", cohort: student?.cohort ?? "", quiz: "",
      course: enrollment.course, courseCode: school.courseCode(enrollment.course),
      attemptNumber: nil, attempts: 0,
      score: nil, change: nil, best: nil, counted: nil, status: .missing, severity: .plain)
  }
}

extension QuizShelf {
  /// The attempts that stand first in an order, of a view that does not count attempts; nil for the
  /// others. O(courses) but for the courses whose lists are made anew.
  func firstRows(
    _ request: ListRequest, _ order: RowOrder<AttemptRow>, _ school: School,
    _ viewpoint: Viewpoint, _ kept: inout KeptAttempts
  ) -> [AttemptRow]? {
    let view = QuizView(request)
    switch view {
    case .failing, .improved, .declined, .never: return nil
    case .byQuiz, .byCohort, .mine: break
    }
    let words = SearchWords(request.filter)
    let mine = school.coursesOfViewer(viewpoint)
    let courses = courses.filter { view != .mine || mine.contains($0.course) }
    return kept.first(of: courses, request, order) { course, place in
      let row = course.book.attemptRow(
        place, school, viewpoint,
        title: course.rows[course.book.quiz(of: course.book.facts[Int(place)])].title,
        basis: request.basis)
      return words.matches(row.words) ? row : nil
    }
  }
}

extension School {
  /// Nobody has any before sign-in.
  fileprivate func coursesOfViewer(_ viewpoint: Viewpoint) -> Set<RecordID> {
    guard let user = viewpoint.user else { return [] }
    return Set(courses.all.filter { $0.instructor == user }.map(\.id))
  }
}

/// What the learners of one cohort did.
private struct CohortTrials {
  var trials: [QuizBook.Trial] = []
  var progress: [Double?] = []
  var scored: [QuizAttempt] = []
}

extension QuizSelection {
  /// The quizzes of each cohort's learners as one row: passing is who fails none of their quizzes.
  private func cohortRows() -> [QuizRow] {
    var cohorts: [String: CohortTrials] = [:]
    for course in shelf.courses {
      let standings = CourseQuizzes.standings(course.course, school).byStudent
      for trial in course.book.trials {
        let learner = Int(trial.learner)
        let standing = standings[shelf.learners.ids[learner]]
        cohorts[shelf.cohorts[learner], default: CohortTrials()].trials.append(trial)
        cohorts[shelf.cohorts[learner]]?.progress.append(standing?.progress)
      }
      for fact in course.book.facts {
        guard let trial = course.book.trial(of: fact) else { continue }
        let learner = Int(trial.learner)
        cohorts[shelf.cohorts[learner]]?.scored.append(school.attempts.all[Int(fact.row)])
      }
    }
    return cohorts.map { row($0.key, $0.value) }
  }

  private func row(_ name: String, _ cohort: CohortTrials) -> QuizRow {
    let key = QuizKey(course: "", title: name)
    var row = QuizRow(key: key, title: name, courseCode: "")
    let mark = viewpoint.passMark
    row.learners = Set(cohort.trials.map(\.learner)).count
    row.failing = Set(cohort.trials.filter { $0.passScore(basis) < mark }.map(\.learner)).count
    row.enrolled = row.learners
    row.lastAt = cohort.scored.max { $0.stands(before: $1) }?.attemptedAt
    row.fill(cohort.trials, progress: cohort.progress, scored: cohort.scored, basis, viewpoint)
    return row
  }
}
