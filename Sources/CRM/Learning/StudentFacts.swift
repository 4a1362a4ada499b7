import ParseCore

extension School {
  /// Nil for an ended enrollment, without progress or day, and below eight peers
  /// (reference/domain.md §5.3).
  func peerRank(_ state: EnrollmentState) -> PeerRank? {
    guard state.enrollment.active, let progress = state.progress,
      let course = state.enrollment.course, let day = state.enrollment.enrolledAt
    else { return nil }
    let fortnight: Int64 = 14 * 86_400_000
    let peers = enrollments[.course, course].compactMap { other -> Double? in
      guard other.active, let start = other.enrolledAt,
        abs(start.milliseconds - day.milliseconds) <= fortnight
      else { return nil }
      return Statistics.percent(other.progressPercent)
    }
    guard peers.count >= 8 else { return nil }
    return PeerRank(
      courseCode: state.courseCode, peers: peers.count, rank: peers.count { $0 > progress } + 1)
  }

  /// - Parameter scored: the student's attempts whose score counts, in any order.
  func scoreDrift(_ student: Student, _ scored: [QuizAttempt]) -> Double? {
    guard let stored = student.lastQuizScore,
      let newest = scored.max(by: { $0.precedes($1) })?.scorePercent
    else { return nil }
    return stored - newest
  }

  /// The oldest contact with the student's e-mail address.
  func contact(of student: Student, _ viewpoint: Viewpoint) -> PersonRow? {
    guard let email = student.email, !email.isEmpty else { return nil }
    let found = contacts[.email, FoldedText(email).text]
      .filter { $0.email.map { Self.isSameAddress($0, email) } ?? false }
      .min { $0.meta.precedes($1.meta) }
    return found.map { PersonRow($0, self, viewpoint) }
  }

  /// The oldest student with the address. O(n) in students, which are not kept by it.
  func learner(with email: String?) -> Choice? {
    guard let email, !email.isEmpty else { return nil }
    return students.all.filter { $0.email.map { Self.isSameAddress($0, email) } ?? false }
      .min { $0.meta.precedes($1.meta) }
      .map { Choice(id: $0.id, label: $0.fullName, detail: $0.cohort) }
  }

  /// Equal but for the case of ASCII letters.
  private static func isSameAddress(_ one: String, _ two: String) -> Bool {
    func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
    return one.utf8.lazy.map(lower).elementsEqual(two.utf8.lazy.map(lower))
  }
}

extension ScoreSummary {
  /// How many of the newest tries the slope is over.
  private static let slopeTries = 50

  /// - Parameter scored: a learner's scored attempts in any order.
  init(_ scored: [QuizAttempt], _ viewpoint: Viewpoint) {
    var bestOfQuiz: [QuizKey: Double] = [:]
    var scores: [Double] = []
    for attempt in scored {
      guard let score = Statistics.percent(attempt.scorePercent) else { continue }
      scores.append(score)
      guard let course = attempt.course else { continue }
      let key = QuizKey(course: course, title: attempt.quizTitle)
      bestOfQuiz[key] = max(score, bestOfQuiz[key] ?? 0)
    }
    let week = 7 * 86_400_000.0
    let points = scored.filter {
      $0.attemptedAt != nil && Statistics.percent($0.scorePercent) != nil
    }
    .sorted { $1.precedes($0) }.prefix(Self.slopeTries)
    .map { (x: Double($0.happenedAt) / week, y: $0.scorePercent ?? 0) }
    self.init(
      tries: scores.count, quizzes: bestOfQuiz.count, best: scores.max(),
      median: Statistics.median(scores),
      passing: bestOfQuiz.values.count { $0 >= viewpoint.passMark },
      perWeek: Statistics.slope(points))
  }
}
