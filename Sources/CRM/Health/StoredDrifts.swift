/// A stored completion against the rows it comes from.
struct CompletionDrift {
  let student: Student
  let stored: Double
  let mean: Double

  /// As the server rounds it (reference/domain.md §4.4).
  var becomes: Double { (mean * 10).rounded() / 10 }
}

/// A stored last score against the attempts.
struct ScoreDrift {
  let student: Student
  /// Of the newest scored attempt; nil without one.
  let last: Double?

  /// Zero is how a required number says that there is none (reference/domain.md T6).
  var becomes: Double { last ?? 0 }
}

extension School {
  /// Off by more than 5 percentage points (reference/domain.md §5.3); nil for a student who is not.
  func completionDrift(of student: Student) -> CompletionDrift? {
    guard let stored = student.currentCompletionRate else { return nil }
    let percents = enrollments.positions(.student, student.id).compactMap { position in
      let enrollment = enrollments.all[position]
      return enrollment.active ? Statistics.percent(enrollment.progressPercent) : nil
    }
    guard let mean = Statistics.mean(percents), abs(stored - mean) > 5 else { return nil }
    return CompletionDrift(student: student, stored: stored, mean: mean)
  }

  /// Against the newest scored attempt. Zero without any attempt means no score yet
  /// (reference/domain.md T6).
  func scoreDrift(of student: Student) -> ScoreDrift? {
    guard let stored = student.lastQuizScore else { return nil }
    let last = attempts.positions(.student, student.id).lazy.map { attempts.all[$0] }
      .filter { $0.countedScore != nil }
      .max { $0.precedes($1) }?.countedScore
    let isOff = last.map { abs(stored - $0) > 0.05 } ?? (stored != 0 && complete.contains(.attempt))
    return isOff ? ScoreDrift(student: student, last: last) : nil
  }

  /// O(students + enrollments).
  func completionDrifts() -> [CompletionDrift] { students.all.compactMap(completionDrift) }

  /// O(students + attempts).
  func scoreDrifts() -> [ScoreDrift] { students.all.compactMap(scoreDrift) }

  /// Attempts whose title is not spelled as most of its quiz are. O(attempts).
  func oddSpellings() -> [(attempt: QuizAttempt, usual: String)] {
    let titles = OddTitles(self)
    return attempts.all.compactMap { attempt in titles.usual(attempt).map { (attempt, $0) } }
  }
}
