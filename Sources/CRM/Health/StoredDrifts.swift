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
  /// Off by more than 5 percentage points (reference/domain.md §5.3), the furthest first.
  func completionDrifts() -> [CompletionDrift] {
    var progress: [RecordID: [Double]] = [:]
    for row in enrollments.all where row.active {
      guard let student = row.student, let percent = Statistics.percent(row.progressPercent)
      else { continue }
      progress[student, default: []].append(percent)
    }
    var found: [CompletionDrift] = []
    for student in students.all {
      guard let stored = student.currentCompletionRate,
        let mean = progress[student.id].flatMap(Statistics.mean), abs(stored - mean) > 5
      else { continue }
      found.append(CompletionDrift(student: student, stored: stored, mean: mean))
    }
    return found.sorted {
      let drifts = (abs($0.stored - $0.mean), abs($1.stored - $1.mean))
      return drifts.0 == drifts.1
        ? $0.student.meta.precedes($1.student.meta) : drifts.0 > drifts.1
    }
  }

  /// Against the newest scored attempt. Zero without any attempt means no score yet
  /// (reference/domain.md T6).
  func scoreDrifts() -> [ScoreDrift] {
    var latest: [RecordID: (attempt: QuizAttempt, score: Double)] = [:]
    for attempt in attempts.all {
      guard let student = attempt.student, let score = attempt.countedScore else { continue }
      if let known = latest[student], attempt.precedes(known.attempt) { continue }
      latest[student] = (attempt, score)
    }
    let found = students.all.filter { student in
      guard let stored = student.lastQuizScore else { return false }
      guard let last = latest[student.id] else {
        return stored != 0 && complete.contains(.attempt)
      }
      return abs(stored - last.score) > 0.05
    }
    return found.inOrder.map { ScoreDrift(student: $0, last: latest[$0.id]?.score) }
  }

  /// Attempts whose title is not spelled as most of its quiz are, quiz by quiz, the oldest first.
  func oddSpellings() -> [(attempt: QuizAttempt, usual: String)] {
    var odd: [(first: QuizAttempt, found: [(attempt: QuizAttempt, usual: String)])] = []
    for course in attempts.targets(.course) {
      var learners = LearnerNumbers()
      let book = QuizBook(attempts.all, at: attempts.positions(.course, course), &learners)
      for quiz in book.quizzes where quiz.titles.count > 1 {
        let usual = quiz.title
        let rows = quiz.places.map { attempts.all[Int(book.facts[Int($0)].row)] }
        let found = rows.filter { !$0.quizTitle.utf8.elementsEqual(usual.utf8) }
        odd.append((rows[0], found.map { (attempt: $0, usual: usual) }))
      }
    }
    return odd.sorted { $0.first.stands(before: $1.first) }.flatMap(\.found)
  }
}
