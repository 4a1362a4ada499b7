/// A student with everything the completion screens weigh. A class, because lists of it are
/// filtered, grouped and sorted, and its many fields cost more to copy than to reach.
final class Learner: Sendable {
  let student: Student
  let row: CompletionRow
  let states: [EnrollmentState]
  let isMine: Bool
  /// Percent for statistics; nil when missing or out of range.
  let completion: Double?
  let gap: Double?
  let isNotStarted: Bool
  let views: ViewBits<CompletionView>

  init(student: Student, row: CompletionRow, states: [EnrollmentState], isMine: Bool) {
    self.student = student
    self.row = row
    self.states = states
    self.isMine = isMine
    let completion = Statistics.percent(student.currentCompletionRate)
    let gap = completion.flatMap { completion in row.target.map { completion - $0 } }
    let isNotStarted = states.contains {
      ($0.notStartedDays ?? -1) >= EnrollmentState.notStartedFrom
    }
    self.completion = completion
    self.gap = gap
    self.isNotStarted = isNotStarted
    views = ViewBits {
      $0.holds(row, gap: gap, isMine: isMine, isNotStarted: isNotStarted)
    }
  }

  var active: [EnrollmentState] { states.filter(\.enrollment.active) }
  var isAtRisk: Bool { row.isAtRisk }
  var isStalled: Bool { row.isStalled }

  var words: [String] {
    [row.name, row.cohort, row.owner, student.email ?? ""] + active.map(\.courseCode)
      + row.risk.reasons.map(\.keyword)
  }
}

extension School {
  /// All students as learners. O(students + enrollments + attempts + tickets), sorting each
  /// student's own attempts.
  func learners(_ viewpoint: Viewpoint) -> [Learner] {
    students.all.map { learner($0, viewpoint) }
  }

  func learner(_ student: Student, _ viewpoint: Viewpoint) -> Learner {
    let states = enrollments[.student, student.id].map {
      EnrollmentState($0, course: courses[$0.course], viewpoint)
    }
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
