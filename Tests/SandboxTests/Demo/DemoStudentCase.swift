import ParseCore

/// What the completion pane computes of one student (reference/domain.md §1.1, §5.3), small enough
/// to check the demo's spread of risk without the domain's own code.
struct DemoStudentCase {
  struct Course {
    let progress, target, stalledDays, enrolledDays: Double
    let attempts: Int

    var gap: Double? { target > 0 ? progress - target : nil }
    var isBelow: Bool { gap.map { $0 < 0 } ?? false }
    var isStalled: Bool { isBelow && progress < 100 && stalledDays >= 14 }
    var isNotStarted: Bool { progress == 0 && enrolledDays >= 7 }
  }

  let row: ParseObject
  /// Active enrolments.
  let courses: [Course]
  /// Scored attempts that lie in the past, oldest first, with their quiz.
  let scores: [(quiz: String, score: Double)]
  let lateTicketPoints: Int

  var worstGap: Double? { courses.compactMap(\.gap).min() }
  var isStalled: Bool { courses.contains(where: \.isStalled) }
  var isNotStarted: Bool { courses.contains(where: \.isNotStarted) }
  var isAtTarget: Bool { worstGap.map { $0 >= 0 } ?? false }

  var isFalling: Bool {
    guard let last = scores.last else { return false }
    let same = scores.filter { $0.quiz == last.quiz }
    if same.count > 1, same[same.count - 2].score - last.score >= 10 { return true }
    return scores.count > 2 && scores[scores.count - 3].score - last.score >= 10
      && scores[scores.count - 2].score >= last.score
  }

  /// 0 ok, 1 and 2 watch, 3 and 4 at risk, from 5 high.
  var points: Int {
    var points = 0
    if let gap = worstGap { points += gap <= -40 ? 3 : gap <= -25 ? 2 : gap <= -10 ? 1 : 0 }
    points += courses.map { $0.isStalled ? ($0.stalledDays >= 30 ? 2 : 1) : 0 }.max() ?? 0
    points += courses.map { $0.isNotStarted ? ($0.enrolledDays >= 21 ? 2 : 1) : 0 }.max() ?? 0
    if let last = scores.last { points += last.score < 50 ? 2 : last.score < 70 ? 1 : 0 }
    if isFalling { points += 1 }
    if courses.contains(where: { $0.progress >= 30 && $0.attempts == 0 }) { points += 1 }
    return points + lateTicketPoints
  }

  static func all(_ table: DemoTable) -> [DemoStudentCase] {
    let enrollments = Dictionary(grouping: table.rows("Enrollment")) { $0.id("student") ?? "" }
    let attempts = Dictionary(grouping: table.rows("QuizAttempt")) { $0.id("student") ?? "" }
    let tickets = Dictionary(grouping: table.rows("SupportTicket")) { $0.id("student") ?? "" }
    return table.rows("Student").map { student in
      let id = student.objectId ?? ""
      let own = attempts[id] ?? []
      let past = own.filter { isScored($0) && ($0.date("attemptedAt") ?? table.now) < table.now }
      let scores = past.sorted {
        ($0.date("attemptedAt") ?? table.now) < ($1.date("attemptedAt") ?? table.now)
      }
      return DemoStudentCase(
        row: student,
        courses: (enrollments[id] ?? []).filter { $0["active"]?.bool == true }.map { enrollment in
          Course(
            progress: enrollment.number("progressPercent") ?? 0,
            target: table.target(enrollment, "course")?.number("targetCompletionRate") ?? 0,
            stalledDays: table.age(enrollment, "updatedAt") ?? 0,
            enrolledDays: table.age(enrollment, "enrolledAt") ?? 0,
            attempts: own.count { $0.id("course") == enrollment.id("course") })
        },
        scores: scores.map { ($0.text("quizTitle") ?? "", $0.number("scorePercent") ?? 0) },
        lateTicketPoints: (tickets[id] ?? []).map { latePoints($0, table) }.max() ?? 0)
    }
  }

  static func isScored(_ attempt: ParseObject) -> Bool {
    !["in_progress", "abandoned", "voided"].contains(attempt.text("status"))
  }

  private static func latePoints(_ ticket: ParseObject, _ table: DemoTable) -> Int {
    let hours = (table.age(ticket, "createdAt") ?? 0) * 24
    guard ["new", "open"].contains(ticket.text("status")) else { return 0 }
    switch ticket.text("priority") {
    case "urgent": return hours > 8 ? 2 : 0
    case "high": return hours > 24 ? 1 : 0
    default: return 0
    }
  }
}
