package import ParseCore

/// A student with everything the completion screens weigh.
package final class CompletionRow: ListRow {
  package typealias View = CompletionView

  // What all rows are looked at for comes first, so that it lies together.
  let meta: RecordMeta
  package let cohort: String
  private let rate: CompactNumber
  private let goal: CompactNumber
  private let score: CompactNumber
  private let off: CompactNumber
  private let stalledFor: CompactInt
  private let untouchedFor: CompactInt
  let isAtRisk: Bool
  /// The viewer's own student, or in a course of theirs.
  let isMine: Bool
  private let away: SnoozedBox?
  private let actives: Int32
  private let enrollments: Int32
  private let tickets: Int32
  package let name: String
  package let risk: Risk
  package let owner: String
  /// Nil where it is not open to the one who looks.
  package let email: String?
  let active: [ActiveCourse]
  /// The active course with the largest shortfall.
  package let furthestBehind: CourseBrief?
  /// The course that is not active any more and changed last.
  package let endedLast: CourseBrief?

  convenience init(_ student: Student, _ school: borrowing School, _ viewpoint: Viewpoint) {
    var edge = ClockEdge()
    self.init(student, school, viewpoint, &edge)
  }

  init(
    _ student: Student, _ school: borrowing School, _ viewpoint: Viewpoint, _ edge: inout ClockEdge
  ) {
    let facts = LearnerFacts(student, school, viewpoint)
    let active = facts.active
    let risk = facts.risk(school, viewpoint)
    meta = student.meta
    email = student.email
    name = student.fullName
    cohort = student.cohort
    rate = CompactNumber(student.currentCompletionRate)
    goal = CompactNumber(Statistics.mean(active.compactMap(\.target)))
    self.risk = risk
    owner = school.userName(student.accountOwnerID)
    actives = Int32(active.count)
    enrollments = Int32(facts.states.count)
    stalledFor = CompactInt(active.compactMap(\.stalledDays).max())
    score = CompactNumber(facts.lastScore)
    tickets = Int32(facts.tickets.count { $0.isOpen })
    self.active = active.map(ActiveCourse.init)
    isMine =
      viewpoint.user != nil
      && (student.accountOwner == viewpoint.user
        || active.contains { $0.course?.instructor == viewpoint.user })
    untouchedFor = CompactInt(active.compactMap(\.notStartedDays).max())
    isAtRisk = risk.points >= 3
    away = SnoozedBox(school.snoozed(.student, student.id, viewpoint))
    furthestBehind = active.min { $0.shortfall < $1.shortfall }.map(CourseBrief.init)
    endedLast = facts.states.filter { !$0.enrollment.active }
      .max { $0.changedAt < $1.changedAt }.map(CourseBrief.init)
    let isWhole = viewpoint.readsWholeStudent(.enrollment)
    let mean = isWhole ? Statistics.mean(active.compactMap(\.progress)) : nil
    let stored = Statistics.percent(student.currentCompletionRate)
    off = CompactNumber(stored.flatMap { stored in mean.map { stored - $0 } })
    for state in active { state.note(viewpoint, in: &edge) }
    RiskRules.note(late: facts.tickets, viewpoint, in: &edge)
    if away != nil { edge.noteSeconds(viewpoint) }
  }
}

extension CompletionRow {
  package var packedID: PackedID { meta.packedID }
  package var id: RecordID { meta.id }
  package var activeEnrollments: Int { Int(actives) }
  package var allEnrollments: Int { Int(enrollments) }
  package var openTickets: Int { Int(tickets) }
  /// Percent.
  package var completion: Double? { rate.number }
  /// Mean target of the active courses, percent.
  package var target: Double? { goal.number }
  package var lastScore: Double? { score.number }
  package var stalledDays: Int? { stalledFor.value }
  /// The longest time in a course without having started; nil when started everywhere.
  var notStartedDays: Int? { untouchedFor.value }
  /// The counted completion minus the mean of the active courses; nil without either, and where not
  /// all courses are open to the viewer.
  var drift: Double? { off.number }
  /// When it comes back, while it is put aside on this machine.
  package var snoozed: Snoozed? { away?.snoozed }
  package var changedAt: ParseDate? { meta.updatedAt }
  package var isUnsent: Bool { meta.isUnsent }

  /// Percentage points, negative when short of the target.
  package var gap: Double? {
    guard let completion, let target else { return nil }
    return completion - target
  }

  /// The completion as it enters statistics; nil when missing or out of range.
  var countedCompletion: Double? { Statistics.percent(completion) }

  /// The gap of that completion.
  var countedGap: Double? { countedCompletion == nil ? nil : gap }

  var isStalled: Bool { (stalledDays ?? 0) >= EnrollmentState.stalledFrom }
  var isNotStarted: Bool { (notStartedDays ?? -1) >= EnrollmentState.notStartedFrom }

  /// By what the summary and the cohorts add up.
  func countsLike(_ other: CompletionRow) -> Bool {
    cohort == other.cohort && completion == other.completion && target == other.target
      && lastScore == other.lastScore && drift == other.drift && isAtRisk == other.isAtRisk
      && isStalled == other.isStalled && isNotStarted == other.isNotStarted
  }

  var words: [String] {
    [name, cohort, owner, email ?? ""] + active.map(\.courseCode) + risk.reasons.map(\.keyword)
  }
}

/// One of a student's courses, for what is done to it from a list.
package struct CourseBrief: Sendable {
  private let enrollmentID: PackedID
  package let code: String
  private let percent: CompactNumber

  package var enrollment: RecordID { enrollmentID.id ?? "" }
  /// Percent, as stored.
  package var progress: Double? { percent.number }

  init(_ state: EnrollmentState) {
    enrollmentID = state.enrollment.meta.packedID
    code = state.courseCode
    percent = CompactNumber(state.enrollment.progressPercent)
  }
}

extension EnrollmentState {
  /// Percentage points to the target, negative when short; without a target to the end of the course.
  var shortfall: Double { (enrollment.progressPercent ?? 0) - (target ?? 100) }

  fileprivate var changedAt: Int64 { enrollment.meta.updatedAt?.milliseconds ?? .min }
}

/// What groups and search need of an active enrollment.
struct ActiveCourse: Sendable {
  let courseID: PackedID
  let courseCode: String
  private let percent: CompactNumber
  /// Percent; nil when missing or out of range.
  var progress: Double? { percent.number }

  init(_ state: EnrollmentState) {
    courseID = state.enrollment.courseID
    courseCode = state.courseCode
    percent = CompactNumber(state.progress)
  }
}

/// The rows of other classes that a student's row is made of.
private struct LearnerFacts {
  let student: Student
  let states: [EnrollmentState]
  let active: [EnrollmentState]
  let attempts: [QuizAttempt]
  /// The attempts whose score counts, newest first.
  let scored: [QuizAttempt]
  let tickets: [SupportTicket]

  init(_ student: Student, _ school: borrowing School, _ viewpoint: Viewpoint) {
    self.student = student
    states = school.enrollmentStates(of: student, viewpoint)
    active = states.filter(\.enrollment.active)
    attempts = school.attempts[.student, student.meta.packedID]
    scored = attempts.filter { $0.countedScore != nil }
      .sorted(by: { $0.happenedAt }, descending: true) { $1.meta.precedes($0.meta) }
    tickets = school.tickets[.student, student.meta.packedID]
  }

  func risk(_ school: School, _ viewpoint: Viewpoint) -> Risk {
    // Without all attempts here, "none" would be a guess.
    let knowsAttempts = school.complete.contains(.attempt)
    return RiskRules(
      active: active, scored: scored, attempts: attempts,
      hasQuizzes: { knowsAttempts && school.attempts.contains(.course, $0) }, tickets: tickets,
      viewpoint: viewpoint
    ).risk
  }

  /// The newest scored attempt; without one the stored number, of which zero means no score yet.
  var lastScore: Double? {
    scored.first?.scorePercent ?? student.lastQuizScore.flatMap { $0 == 0 ? nil : $0 }
  }
}

extension School {
  /// All students. O(students + enrollments + attempts + tickets), sorting each student's own
  /// attempts.
  func learners(_ viewpoint: Viewpoint) -> [CompletionRow] {
    students.all.map { CompletionRow($0, self, viewpoint) }
  }

  func enrollmentStates(of student: Student, _ viewpoint: Viewpoint) -> [EnrollmentState] {
    enrollments[.student, student.meta.packedID].map {
      EnrollmentState($0, course: courses[$0.courseID], viewpoint)
    }
  }
}
