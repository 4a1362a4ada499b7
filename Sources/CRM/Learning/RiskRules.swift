import ParseCore

/// The at-risk rule of reference/domain.md §1.1: points per signal, each with its reason.
struct RiskRules {
  /// The active enrollments.
  let active: [EnrollmentState]
  /// The learner's attempts whose score counts, newest first.
  let scored: [QuizAttempt]
  /// All attempts of the learner, scored or not.
  let attempts: [QuizAttempt]
  /// Whether the course has quizzes at all, as far as known.
  let hasQuizzes: (RecordID) -> Bool
  let tickets: [SupportTicket]
  let viewpoint: Viewpoint

  /// In the order they are printed.
  var risk: Risk {
    Risk([gap, stalled, notStarted, score, falling, noAttempt, lateTicket].compactMap { $0 })
  }

  private var gap: RiskReason? {
    let worst = active.filter { $0.gap != nil }.min { ($0.gap ?? 0) < ($1.gap ?? 0) }
    guard let worst, let gap = worst.gap, gap <= -10 else { return nil }
    return RiskReason(
      .gap(gap, course: worst.courseCode), points: gap <= -40 ? 3 : gap <= -25 ? 2 : 1)
  }

  private var stalled: RiskReason? {
    let worst = active.max { ($0.stalledDays ?? -1) < ($1.stalledDays ?? -1) }
    guard let worst, let days = worst.stalledDays, days >= EnrollmentState.stalledFrom else {
      return nil
    }
    return RiskReason(.stalled(days: days, course: worst.courseCode), points: days >= 30 ? 2 : 1)
  }

  private var notStarted: RiskReason? {
    let worst = active.max { ($0.notStartedDays ?? -1) < ($1.notStartedDays ?? -1) }
    guard let worst, let days = worst.notStartedDays, days >= EnrollmentState.notStartedFrom else {
      return nil
    }
    return RiskReason(
      .notStarted(days: days, course: worst.courseCode), points: days >= 21 ? 2 : 1)
  }

  private var score: RiskReason? {
    guard let latest = scored.first, let score = latest.scorePercent, score < 70 else {
      return nil
    }
    return RiskReason(.score(score, quiz: latest.quizTitle), points: score < 50 ? 2 : 1)
  }

  /// The latest quiz against the try before it, or the last three scores each below the one before.
  private var falling: RiskReason? {
    guard let latest = scored.first, let score = latest.scorePercent else { return nil }
    if let before = previousTry(of: latest), before - score >= 10 {
      return RiskReason(.falling(points: before - score, quiz: latest.quizTitle), points: 1)
    }
    guard scored.count >= 3, let second = scored[1].scorePercent,
      let third = scored[2].scorePercent, third > second, second > score, third - score >= 10
    else { return nil }
    return RiskReason(.falling(points: third - score, quiz: "last 3 scores"), points: 1)
  }

  private func previousTry(of attempt: QuizAttempt) -> Double? {
    guard let course = attempt.course else { return nil }
    let key = QuizKey(course: course, title: attempt.quizTitle)
    return scored.dropFirst().first {
      $0.course == course
        && ($0.quizTitle == attempt.quizTitle
          || QuizKey(course: course, title: $0.quizTitle) == key)
    }?.scorePercent
  }

  private var noAttempt: RiskReason? {
    for state in active {
      guard let course = state.enrollment.course, (state.progress ?? 0) >= 30,
        !attempts.contains(where: { $0.course == course }), hasQuizzes(course)
      else { continue }
      return RiskReason(.noAttempt(course: state.courseCode), points: 1)
    }
    return nil
  }

  /// An urgent or high ticket that runs past its response target; the heaviest one counts.
  private var lateTicket: RiskReason? {
    let late = tickets.filter {
      Self.counts($0) && TicketClock($0, viewpoint).pressure >= 1
    }
    guard let worst = late.max(by: { $0.priority.effective < $1.priority.effective }) else {
      return nil
    }
    return RiskReason(
      .lateTicket(number: worst.ticketNumber), points: worst.priority.effective == .urgent ? 2 : 1)
  }

  private static func counts(_ ticket: SupportTicket) -> Bool {
    (ticket.status.word?.isRunning ?? true) && ticket.priority.effective >= .high
  }

  /// When a ticket will be late, or will not be any more.
  static func note(
    late tickets: [SupportTicket], _ viewpoint: Viewpoint, in edge: inout ClockEdge
  ) {
    for ticket in tickets where counts(ticket) {
      TicketClock(ticket, viewpoint).note(lateness: ticket, viewpoint, in: &edge)
    }
  }
}

extension QuizAttempt {
  /// When it counts as made: attempts without an instant take their creation.
  package var happenedAt: Int64 {
    (attemptedAt ?? meta.createdAt)?.milliseconds ?? .min
  }

  /// The order of attempts: by instant, then creation, then id (reference/domain.md §5.3).
  package func precedes(_ other: QuizAttempt) -> Bool {
    happenedAt == other.happenedAt
      ? meta.precedes(other.meta) : happenedAt < other.happenedAt
  }
}
