import ParseCore

private let leftOut = "left out of means"

extension User: CheckedRecord {
  static let checks: [HealthCheck<User>] = [.words("role", "counts as learner", \.role)]
}

extension Course: CheckedRecord {
  static let checks: [HealthCheck<Course>] = [
    .pointers(
      "instructor column shows hidden", ("instructor", .user, { $0.instructor })),
    .words("status", "counts as active", \.status),
    .range("Target outside 0 to 100", "nobody or everybody is behind") {
      [$0.targetCompletionRate]
    },
  ]
}

extension Student: CheckedRecord {
  static let checks: [HealthCheck<Student>] = [
    .pointers("owner column shows hidden", ("owner", .user, { $0.accountOwner })),
    completionDrift, scoreDrift,
    .range("Rate outside 0 to 100", leftOut) { [$0.currentCompletionRate, $0.lastQuizScore] },
    .scripts { [$0.fullName, $0.email ?? ""] },
  ]

  private static let completionDrift = HealthCheck<Student>(
    .stored, "completion", "Stored completion is off", spoils: "rank, risk, means",
    rank: { $1.completionDrift(of: $0).map { abs($0.stored - $0.mean) } ?? 0 },
    fix: (
      .completion,
      { student, context in
        HealthChange(
          name: student.fullName, was: Wording.rate(student.currentCompletionRate),
          becomes: Wording.rate(context.completionDrift(of: student)?.becomes))
      }
    ),
    restsOn: { $0.readsWholeStudent(.enrollment) },
    finds: { $1.completionDrift(of: $0) != nil },
    words: { student, context in
      let drift = context.completionDrift(of: student)
      return "\(student.fullName) \(Wording.integer(drift?.stored)), mean of active "
        + "\(Wording.integer(drift?.mean)), \(Wording.signed(drift.map { $0.stored - $0.mean }))"
    })

  private static let scoreDrift = HealthCheck<Student>(
    .stored, "score", "Stored last score is not the last", spoils: "risk points for score",
    fix: (
      .score,
      { student, context in
        HealthChange(
          name: student.fullName, was: Wording.rate(student.lastQuizScore),
          becomes: Wording.rate(context.scoreDrift(of: student)?.becomes))
      }
    ),
    restsOn: { $0.readsWholeStudent(.attempt) },
    finds: { $1.scoreDrift(of: $0) != nil },
    words: { student, context in
      let last = context.scoreDrift(of: student)?.last.map { Wording.integer($0) } ?? "none"
      return "\(student.fullName) \(Wording.integer(student.lastQuizScore)), last try \(last)"
    })
}

extension Enrollment: CheckedRecord {
  static let checks: [HealthCheck<Enrollment>] = [
    .pointers(
      "left out of its course", ("learner", .student, { $0.student }),
      ("course", .course, { $0.course })),
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
    .pointers(
      "no student or no course", ("learner", .student, { $0.student }),
      ("course", .course, { $0.course })),
    HealthCheck(
      .spelling, "spelling", "One quiz, several spellings",
      spoils: "its numbers are split",
      fix: (
        .spelling,
        {
          HealthChange(name: "", was: $0.quizTitle, becomes: $1.oddTitles.usual($0) ?? $0.quizTitle)
        }
      ),
      finds: { $1.oddTitles.usual($0) != nil },
      words: { "\($0.quizTitle), mostly \($1.oddTitles.usual($0) ?? "")" }),
    .words("status", "counts as scored", \.status),
    .range("Score outside 0 to 100", leftOut) { [$0.scorePercent] },
    .ahead("order of tries", of: \.soon, \.attemptedAt),
  ]
}

extension SupportTicket: CheckedRecord {
  static let checks: [HealthCheck<SupportTicket>] = [
    .pointers(
      "without learner or owner", ("learner", .student, { $0.student }),
      ("owner", .user, { $0.assignedTo })),
    HealthCheck(
      .double, "number", "Two tickets with one number", spoils: "may open the wrong one",
      finds: { $1.school.tickets.sharesTarget(.number, $0) },
      words: { ticket, _ in "\(ticket.ticketNumber) \(ticket.subject)" }),
    .words("status", "counts as open", \.status),
    .words("priority", "counts as normal", \.priority),
    .ahead("waits from its arrival", of: \.soon, \.lastMessageAt),
  ]
}
