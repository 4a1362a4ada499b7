import ParseCore

private let leftOut = "left out of means"

extension User: CheckedRecord {
  static let checks: [HealthCheck<User>] = [.words("role", "counts as learner", \.role)]
}

extension Course: CheckedRecord {
  static let checks: [HealthCheck<Course>] = [
    .pointers("instructor column shows hidden") { $1.isGone(.user, $0.instructor) },
    .words("status", "counts as active", \.status),
    .range("Target outside 0 to 100", "nobody or everybody is behind") {
      [$0.targetCompletionRate]
    },
  ]
}

extension Student: CheckedRecord {
  static let checks: [HealthCheck<Student>] = [
    .pointers("owner column shows hidden") { $1.isGone(.user, $0.accountOwner) },
    completionDrift, scoreDrift,
    .range("Rate outside 0 to 100", leftOut) { [$0.currentCompletionRate, $0.lastQuizScore] },
    .scripts { [$0.fullName, $0.email ?? ""] },
  ]

  /// The roll-up the server stores against the rows it comes from, off by more than 5 percentage
  /// points (reference/domain.md §5.3), the furthest first.
  private static let completionDrift = HealthCheck<Student>(
    .stored, "completion", "Stored completion is off", spoils: "rank, risk, means",
    rank: { student, context in
      context.school.progress(of: student).map { abs($0.stored - $0.mean) } ?? 0
    },
    finds: { student, context in
      context.school.progress(of: student).map { abs($0.stored - $0.mean) > 5 } ?? false
    },
    words: { student, context in
      let progress = context.school.progress(of: student)
      let drift = progress.map { $0.stored - $0.mean } ?? 0
      return "\(student.fullName) \(Wording.integer(progress?.stored)), mean of active "
        + "\(Wording.integer(progress?.mean)), \(Wording.signed(drift))"
    })

  /// Against the newest scored attempt. Zero without any attempt means no score yet
  /// (reference/domain.md T6).
  private static let scoreDrift = HealthCheck<Student>(
    .stored, "score", "Stored last score is not the last", spoils: "risk points for score",
    finds: { student, context in
      guard let stored = student.lastQuizScore else { return false }
      guard let last = context.school.lastScore(of: student.id) else {
        return stored != 0 && context.school.complete.contains(.attempt)
      }
      return abs(stored - last) > 0.05
    },
    words: { student, context in
      let last = context.school.lastScore(of: student.id).map { Wording.integer($0) } ?? "none"
      return "\(student.fullName) \(Wording.integer(student.lastQuizScore)), last try \(last)"
    })
}

extension School {
  /// The stored completion and the mean of the active enrollments; nil without either.
  fileprivate func progress(of student: Student) -> (stored: Double, mean: Double)? {
    guard let stored = student.currentCompletionRate else { return nil }
    let percents = enrollments.positions(.student, student.id).compactMap { position in
      let enrollment = enrollments.all[position]
      return enrollment.active ? Statistics.percent(enrollment.progressPercent) : nil
    }
    return Statistics.mean(percents).map { (stored, $0) }
  }

  /// The score of a student's newest scored attempt.
  fileprivate func lastScore(of student: RecordID) -> Double? {
    attempts.positions(.student, student).lazy.map { attempts.all[$0] }
      .filter { $0.countedScore != nil }
      .max { $0.precedes($1) }?.countedScore
  }
}

extension Enrollment: CheckedRecord {
  static let checks: [HealthCheck<Enrollment>] = [
    .pointers("left out of its student and course") {
      $1.isGone(.student, $0.student) || $1.isGone(.course, $0.course)
    },
    HealthCheck(
      .double, "double", "One learner twice in a course", spoils: "means count it twice",
      finds: { $1.school.isDouble($0) }, words: { $1.school.label(of: $0) }),
    .range("Progress outside 0 to 100", leftOut) { [$0.progressPercent] },
    .ahead("no pace", of: \.tomorrow, \.enrolledAt),
  ]
}

extension School {
  fileprivate func isDouble(_ enrollment: Enrollment) -> Bool {
    guard let student = enrollment.student, let course = enrollment.course else { return false }
    return enrollments.positions(.student, student).count {
      enrollments.all[$0].course == course
    } > 1
  }
}

extension QuizAttempt: CheckedRecord {
  static let checks: [HealthCheck<QuizAttempt>] = [
    .pointers("shown without its student or course") {
      $1.isGone(.student, $0.student) || $1.isGone(.course, $0.course)
    },
    HealthCheck(
      .spelling, "spelling", "One quiz, several spellings",
      spoils: "elsewhere its statistics are split",
      finds: { $1.oddTitles.usual($0) != nil },
      words: { "\($0.quizTitle), mostly \($1.oddTitles.usual($0) ?? "")" }),
    .words("status", "counts as scored", \.status),
    .range("Score outside 0 to 100", leftOut) { [$0.scorePercent] },
    .ahead("order of tries", of: \.soon, \.attemptedAt),
  ]
}

extension SupportTicket: CheckedRecord {
  static let checks: [HealthCheck<SupportTicket>] = [
    .pointers("shown without its student, or with nobody") {
      $1.isGone(.student, $0.student) || $1.isGone(.user, $0.assignedTo)
    },
    HealthCheck(
      .double, "number", "Two tickets with one number", spoils: "a number finds the wrong one",
      finds: { $1.school.tickets.sharesTarget(.number, $0) },
      words: { ticket, _ in "\(ticket.ticketNumber) \(ticket.subject)" }),
    .words("status", "counts as open", \.status),
    .words("priority", "counts as normal", \.priority),
    .ahead("waiting counts from arrival", of: \.soon, \.lastMessageAt),
  ]
}
