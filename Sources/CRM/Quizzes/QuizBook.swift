import ParseCore

/// Attempts sorted into quizzes and learners, in one pass over them in the order they were made.
struct QuizBook {
  /// What one learner did in one quiz, by scored attempts.
  struct Trial {
    let quiz: Int
    let student: RecordID?
    var tries = 0
    var first = 0.0
    var last = 0.0
    var best = 0.0
    /// The place of the latest scored attempt.
    var lastPlace = 0

    var gain: Double? { tries >= 2 ? last - first : nil }
  }

  struct Quiz {
    let key: QuizKey
    var titles: [String: Int] = [:]
    var attempts: [Int] = []
    var trials: [Int] = []
    var tries = 0
    var lastAt: ParseDate?

    /// The spelling most attempts use; of equals the first by its bytes.
    var title: String {
      titles.max {
        $0.value == $1.value
          ? $1.key.utf8.lexicographicallyPrecedes($0.key.utf8) : $0.value < $1.value
      }?.key ?? ""
    }
  }

  /// What is known of one attempt beyond its row.
  struct Fact {
    let attempt: QuizAttempt
    let quiz: Int
    var trial: Int?
    var number: Int?
    var change: Double?
  }

  /// By `attemptedAt`, then `createdAt`, then id, oldest first.
  private(set) var facts: [Fact] = []
  private(set) var quizzes: [Quiz] = []
  private(set) var trials: [Trial] = []

  private struct Spelling: Hashable {
    let course: RecordID
    let title: String
  }

  private struct Learner: Hashable {
    let quiz: Int
    let student: RecordID?
  }

  /// O(n log n) in attempts.
  init(_ attempts: [QuizAttempt]) {
    var spellings: [Spelling: Int] = [:]
    var places: [QuizKey: Int] = [:]
    var learners: [Learner: Int] = [:]
    let ordered = attempts.sorted(by: { $0.attemptedAt ?? $0.meta.createdAt }) {
      $0.meta.precedes($1.meta)
    }
    facts.reserveCapacity(ordered.count)
    for (place, attempt) in ordered.enumerated() {
      let spelling = Spelling(course: attempt.course ?? "", title: attempt.quizTitle)
      let quiz = spellings[spelling] ?? addQuiz(spelling.course, spelling.title, &places)
      spellings[spelling] = quiz
      quizzes[quiz].titles[attempt.quizTitle, default: 0] += 1
      quizzes[quiz].attempts.append(place)
      var fact = Fact(attempt: attempt, quiz: quiz)
      if let score = attempt.countedScore {
        let learner = Learner(quiz: quiz, student: attempt.student)
        let trial = learners[learner] ?? addTrial(quiz, attempt.student)
        learners[learner] = trial
        if trials[trial].tries > 0 { fact.change = score - trials[trial].last }
        trials[trial].add(score, at: place)
        fact.trial = trial
        fact.number = trials[trial].tries
        quizzes[quiz].tries += 1
        quizzes[quiz].lastAt = attempt.attemptedAt ?? quizzes[quiz].lastAt
      }
      facts.append(fact)
    }
  }

  private mutating func addQuiz(
    _ course: RecordID, _ title: String, _ places: inout [QuizKey: Int]
  ) -> Int {
    let key = QuizKey(course: course, title: title)
    if let place = places[key] { return place }
    quizzes.append(Quiz(key: key))
    places[key] = quizzes.count - 1
    return quizzes.count - 1
  }

  private mutating func addTrial(_ quiz: Int, _ student: RecordID?) -> Int {
    trials.append(Trial(quiz: quiz, student: student))
    quizzes[quiz].trials.append(trials.count - 1)
    return trials.count - 1
  }
}

extension QuizBook.Trial {
  fileprivate mutating func add(_ score: Double, at place: Int) {
    if tries == 0 {
      first = score
      best = score
    }
    tries += 1
    last = score
    best = max(best, score)
    lastPlace = place
  }
}

extension QuizAttempt {
  /// The score as it enters statistics: of a scored attempt, within 0 to 100.
  var countedScore: Double? { isScored ? Statistics.percent(scorePercent) : nil }
}
