import ParseCore

/// A student with everything the completion screens weigh. A class, because lists of it are
/// filtered, grouped and sorted, and its many fields cost more to copy than to reach.
final class Learner: Sendable {
  let student: Student
  let row: CompletionRow
  let active: [ActiveCourse]
  let isMine: Bool
  /// Percent for statistics; nil when missing or out of range.
  let completion: Double?
  let gap: Double?
  /// The longest time in a course without having started; nil when started everywhere.
  let notStartedDays: Int?
  let views: ViewBits<CompletionView>

  /// - Parameter active: the active enrollments.
  init(student: Student, row: CompletionRow, active: [EnrollmentState], isMine: Bool) {
    self.student = student
    self.row = row
    self.active = active.map(ActiveCourse.init)
    self.isMine = isMine
    let completion = Statistics.percent(student.currentCompletionRate)
    let gap = completion.flatMap { completion in row.target.map { completion - $0 } }
    let notStartedDays = active.compactMap(\.notStartedDays).max()
    let isNotStarted = (notStartedDays ?? -1) >= EnrollmentState.notStartedFrom
    self.completion = completion
    self.gap = gap
    self.notStartedDays = notStartedDays
    views = ViewBits {
      $0.holds(row, gap: gap, isMine: isMine, isNotStarted: isNotStarted)
    }
  }

  var isNotStarted: Bool { (notStartedDays ?? -1) >= EnrollmentState.notStartedFrom }
  var isAtRisk: Bool { row.isAtRisk }
  var isStalled: Bool { row.isStalled }

  var words: [String] {
    [row.name, row.cohort, row.owner, student.email ?? ""] + active.map(\.courseCode)
      + row.risk.reasons.map(\.keyword)
  }
}

/// What groups and search need of an active enrollment.
struct ActiveCourse: Sendable {
  let course: RecordID?
  let courseCode: String
  /// Percent; nil when missing or out of range.
  let progress: Double?

  init(_ state: EnrollmentState) {
    course = state.enrollment.course
    courseCode = state.courseCode
    progress = state.progress
  }
}

extension School {
  /// All students as learners. O(students + enrollments + attempts + tickets), sorting each
  /// student's own attempts.
  func learners(_ viewpoint: Viewpoint) -> [Learner] {
    students.all.map { learner($0, viewpoint) }
  }

  func learner(_ student: Student, _ viewpoint: Viewpoint) -> Learner {
    let states = enrollmentStates(of: student, viewpoint)
    let active = states.filter(\.enrollment.active)
    let attempts = self.attempts[.student, student.id]
    let scored = attempts.filter { $0.countedScore != nil }
      .sorted(by: { $0.happenedAt }, descending: true) { $1.meta.precedes($0.meta) }
    let tickets = self.tickets[.student, student.id]
    // Without all attempts here, "none" would be a guess.
    let knowsAttempts = complete.contains(.attempt)
    let rules = RiskRules(
      active: active, scored: scored, attempts: attempts,
      hasQuizzes: { knowsAttempts && self.attempts.contains(.course, $0) }, tickets: tickets,
      viewpoint: viewpoint)
    let isMine =
      viewpoint.user != nil
      && (student.accountOwner == viewpoint.user
        || active.contains { $0.course?.instructor == viewpoint.user })
    let row = CompletionRow(
      id: student.id, name: student.fullName, email: student.email, cohort: student.cohort,
      completion: student.currentCompletionRate,
      target: Statistics.mean(active.compactMap(\.target)), risk: rules.risk,
      owner: userName(student.accountOwner), activeEnrollments: active.count,
      allEnrollments: states.count, stalledDays: active.compactMap(\.stalledDays).max(),
      lastScore: lastScore(student, scored: scored), openTickets: tickets.count { $0.isOpen },
      changedAt: student.meta.updatedAt, isUnsent: student.meta.isUnsent,
      snoozed: snoozed(.student, student.id, viewpoint),
      furthestBehind: active.min { $0.shortfall < $1.shortfall }.map(CourseBrief.init),
      endedLast: states.filter { !$0.enrollment.active }
        .max { $0.changedAt < $1.changedAt }.map(CourseBrief.init))
    return Learner(student: student, row: row, active: active, isMine: isMine)
  }

  func enrollmentStates(of student: Student, _ viewpoint: Viewpoint) -> [EnrollmentState] {
    enrollments[.student, student.id].map {
      EnrollmentState($0, course: courses[$0.course], viewpoint)
    }
  }

  /// The newest scored attempt; without one the stored number, of which zero means no score yet.
  private func lastScore(_ student: Student, scored: [QuizAttempt]) -> Double? {
    scored.first?.scorePercent ?? student.lastQuizScore.flatMap { $0 == 0 ? nil : $0 }
  }
}

extension EnrollmentState {
  /// Percentage points to the target, negative when short; without a target to the end of the course.
  var shortfall: Double { (enrollment.progressPercent ?? 0) - (target ?? 100) }

  fileprivate var changedAt: Int64 { enrollment.meta.updatedAt?.milliseconds ?? .min }
}
