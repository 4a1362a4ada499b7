import ParseCore

/// Where one enrollment stands against its course's target (reference/domain.md §5.3).
package struct EnrollmentState: Sendable {
  package let enrollment: Enrollment
  package let course: Course?
  /// Percent; nil when missing or out of range.
  package let progress: Double?
  /// Whole days without a change while active and short of the target; nil otherwise.
  package let stalledDays: Int?
  /// Whole days since enrolment while active without any progress; nil otherwise.
  package let notStartedDays: Int?
  /// Percentage points a week since enrolment, on a straight line.
  package let perWeek: Double?

  package static let stalledFrom = 14
  package static let notStartedFrom = 7
  /// Percentage points a week under which a target is never reached.
  package static let leastPace = 0.5

  package init(_ enrollment: Enrollment, course: Course?, _ viewpoint: Viewpoint) {
    self.enrollment = enrollment
    self.course = course
    let progress = Statistics.percent(enrollment.progressPercent)
    self.progress = progress
    let start = enrollment.enrolledAt ?? enrollment.meta.createdAt
    let isRunning = enrollment.active && progress != nil
    let isUntouched = isRunning && progress == 0
    notStartedDays = isUntouched ? start.map(viewpoint.days(since:)) : nil
    let target = course?.targetCompletionRate
    let isShort = isRunning && (progress ?? 0) < min(100, target ?? 0)
    // The server's time of change is that of before an edit that is not sent yet.
    let stillFor =
      enrollment.meta.isUnsent ? 0 : enrollment.meta.updatedAt.map(viewpoint.days(since:))
    stalledDays = isShort && !isUntouched ? stillFor : nil
    if let progress, let enrolledAt = enrollment.enrolledAt, enrolledAt <= viewpoint.now {
      let days = Double(viewpoint.seconds(since: enrolledAt)) / 86_400
      perWeek = progress / max(1, days) * 7
    } else {
      perWeek = nil
    }
  }

  /// When it began, as far as known.
  private var start: ParseDate? { enrollment.enrolledAt ?? enrollment.meta.createdAt }

  /// When a number of days will read otherwise.
  func note(_ viewpoint: Viewpoint, in edge: inout ClockEdge) {
    if notStartedDays != nil, let start { edge.note(viewpoint.nextDay(since: start)) }
    if stalledDays != nil, let changedAt = enrollment.meta.updatedAt {
      edge.note(viewpoint.nextDay(since: changedAt))
    }
  }

  package var target: Double? { course?.targetCompletionRate }

  /// What messages call the course.
  package var courseCode: String { course?.courseCode ?? "" }

  /// Percentage points, negative when short; nil without progress or target.
  package var gap: Double? {
    guard let progress, let target else { return nil }
    return progress - target
  }

  package var pace: CourseProgress.Pace {
    guard enrollment.active else { return .ended }
    guard let progress else { return .unknown }
    if let gap, gap >= 0 { return .reached }
    if progress >= 100 { return .reached }
    if let days = notStartedDays { return .notStarted(days: days) }
    if let days = stalledDays, days >= Self.stalledFrom { return .stalled(days: days) }
    guard let perWeek else { return .unknown }
    let weeks = gap.flatMap { perWeek >= Self.leastPace ? -$0 / perWeek : nil }
    return .moving(perWeek: perWeek, weeksToTarget: weeks)
  }
}
