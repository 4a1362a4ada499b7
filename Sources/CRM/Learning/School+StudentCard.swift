import ParseCore

extension School {
  /// A learner across courses, quizzes and tickets; nil when the student is not here.
  package func studentCard(_ id: RecordID, _ viewpoint: Viewpoint) -> StudentCard? {
    guard let student = students[id] else { return nil }
    let row = CompletionRow(student, self, viewpoint)
    let month = 30 * 86_400
    let states = enrollmentStates(of: student, viewpoint).sorted(by: Self.cardOrder)
    let scored = attempts[.student, id].filter { $0.countedScore != nil }
    return StudentCard(
      row: row, email: student.email, createdAt: student.meta.createdAt,
      peerRank: states.first.flatMap { peerRank($0) },
      scores: ScoreSummary(scored, viewpoint), drift: row.drift,
      scoreDrift: viewpoint.readsWholeStudent(.attempt) ? scoreDrift(student, scored) : nil,
      contact: contact(of: student, viewpoint),
      courses: states.map(progress),
      attempts: attemptRows(of: id, viewpoint),
      tickets: ticketBriefs(of: id, viewpoint),
      recentTickets: tickets[.student, id].count {
        $0.meta.createdAt.map { viewpoint.seconds(since: $0) <= month } ?? false
      }, isComplete: knowsCompletion)
  }

  /// Active courses first, the largest shortfall on top.
  private static func cardOrder(_ one: EnrollmentState, _ two: EnrollmentState) -> Bool {
    if one.enrollment.active != two.enrollment.active { return one.enrollment.active }
    return switch (one.gap, two.gap) {
    case (let first?, let second?) where first != second: first < second
    case (_?, nil): true
    case (nil, _?): false
    default: one.enrollment.meta.precedes(two.enrollment.meta)
    }
  }

  private func progress(_ state: EnrollmentState) -> CourseProgress {
    let enrollment = state.enrollment
    return CourseProgress(
      enrollment: enrollment.id, courseCode: state.courseCode,
      courseTitle: state.course?.title ?? "", instructor: userName(state.course?.instructor),
      progress: enrollment.progressPercent, target: state.target, isActive: enrollment.active,
      pace: state.pace, enrolledAt: enrollment.enrolledAt, changedAt: enrollment.meta.updatedAt,
      isUnsent: enrollment.meta.isUnsent)
  }
}
