/// A student with everything the completion screens weigh. A class, because lists of it are
/// filtered, grouped and sorted, and its many fields cost more to copy than to reach.
final class Learner {
  let student: Student
  let row: CompletionRow
  let states: [EnrollmentState]
  let isMine: Bool

  init(student: Student, row: CompletionRow, states: [EnrollmentState], isMine: Bool) {
    self.student = student
    self.row = row
    self.states = states
    self.isMine = isMine
  }

  var active: [EnrollmentState] { states.filter(\.enrollment.active) }

  /// Percent for statistics; nil when missing or out of range.
  var completion: Double? { Statistics.percent(student.currentCompletionRate) }

  var gap: Double? {
    guard let completion, let target = row.target else { return nil }
    return completion - target
  }

  var isAtRisk: Bool { row.risk.points >= 3 }
  var isStalled: Bool { (row.stalledDays ?? 0) >= EnrollmentState.stalledFrom }

  var isNotStarted: Bool {
    states.contains { ($0.notStartedDays ?? -1) >= EnrollmentState.notStartedFrom }
  }

  var words: [String] {
    [row.name, row.cohort, row.owner, student.email ?? ""] + active.map(\.courseCode)
      + row.risk.reasons.map(\.keyword)
  }
}

extension School {
  /// All students as learners. O(students + enrollments + attempts + tickets), sorting each
  /// student's own attempts.
  func learners(_ viewpoint: Viewpoint, _ index: SchoolIndex) -> [Learner] {
    students.all.map { learner($0, viewpoint, index) }
  }

  func learner(_ student: Student, _ viewpoint: Viewpoint, _ index: SchoolIndex) -> Learner {
    let states = index.enrollmentsByStudent[student.id].map {
      EnrollmentState($0, course: courses[$0.course], viewpoint)
    }
    let active = states.filter(\.enrollment.active)
    let attempts = index.attemptsByStudent[student.id]
    let scored = attempts.filter { $0.countedScore != nil }
      .sorted(by: { $0.happenedAt }, descending: true) { $1.meta.precedes($0.meta) }
    let tickets = index.ticketsByStudent[student.id]
    // Without all attempts here, "none" would be a guess.
    let knowsAttempts = complete.contains(.attempt)
    let rules = RiskRules(
      active: active, scored: scored, attempts: attempts,
      hasQuizzes: { knowsAttempts && index.attemptsByCourse.contains($0) }, tickets: tickets,
      viewpoint: viewpoint)
    let isMine =
      viewpoint.user != nil
      && (student.accountOwner == viewpoint.user
        || active.contains { $0.course?.instructor == viewpoint.user })
    let row = CompletionRow(
      id: student.id, name: student.fullName, cohort: student.cohort,
      completion: student.currentCompletionRate,
      target: Statistics.mean(active.compactMap(\.target)), risk: rules.risk,
      owner: userName(student.accountOwner), activeEnrollments: active.count,
      allEnrollments: states.count, stalledDays: active.compactMap(\.stalledDays).max(),
      lastScore: lastScore(student, scored: scored), openTickets: tickets.count { $0.isOpen },
      changedAt: student.meta.updatedAt, isUnsent: student.meta.isUnsent)
    return Learner(student: student, row: row, states: states, isMine: isMine)
  }

  /// The newest scored attempt; without one the stored number, of which zero means no score yet.
  private func lastScore(_ student: Student, scored: [QuizAttempt]) -> Double? {
    scored.first?.scorePercent ?? student.lastQuizScore.flatMap { $0 == 0 ? nil : $0 }
  }
}
