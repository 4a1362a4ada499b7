import ParseCore

/// Attempts sorted into quizzes and learners, in one pass over them in the order they were made.
/// Quizzes, learners, trials and attempts are numbers into its arrays.
struct QuizBook {
  /// What one learner did in one quiz, by scored attempts.
  struct Trial {
    let quiz: Int
    let learner: Int
    var tries = 0
    var first = 0.0
    var last = 0.0
    var best = 0.0
    /// The place of the latest scored attempt.
    var lastPlace = 0

    var gain: Double? { tries >= 2 ? last - first : nil }
    var bestGain: Double? { tries >= 2 ? best - first : nil }
  }

  struct Quiz {
    let key: QuizKey
    var titles: [(title: String, count: Int)] = []
    var places: [Int] = []
    var trials: [Int] = []
    var lastAt: ParseDate?

    /// The spelling most attempts use; of equals the first by its bytes.
    var title: String {
      titles.max {
        $0.count == $1.count
          ? $1.title.utf8.lexicographicallyPrecedes($0.title.utf8) : $0.count < $1.count
      }?.title ?? ""
    }
  }

  /// What is known of one attempt beyond its row.
  struct Fact {
    let row: Int
    let quiz: Int
    var trial: Int?
    var number: Int?
    var change: Double?
  }

  private let rows: [QuizAttempt]
  /// By `attemptedAt`, then `createdAt`, then id, oldest first; an index is an attempt's place.
  private(set) var facts: [Fact] = []
  private(set) var quizzes: [Quiz] = []
  private(set) var trials: [Trial] = []
  private(set) var learners: [RecordID?] = []

  /// O(n log n) in attempts.
  init(_ attempts: [QuizAttempt]) {
    rows = attempts
    facts.reserveCapacity(attempts.count)
    var numbers = QuizNumbers()
    for row in Self.order(attempts) {
      let attempt = attempts[row]
      let spelling = QuizNumbers.Spelling(attempt)
      let (quiz, title) = numbers.spellings[spelling] ?? add(spelling, &numbers)
      quizzes[quiz].titles[title].count += 1
      quizzes[quiz].places.append(facts.count)
      var fact = Fact(row: row, quiz: quiz)
      if let score = attempt.countedScore {
        let learner = numbers.learners[attempt.student] ?? add(attempt.student, &numbers)
        let pair = QuizNumbers.Pair(quiz: quiz, learner: learner)
        let trial = numbers.trials[pair] ?? add(pair, &numbers)
        if trials[trial].tries > 0 { fact.change = score - trials[trial].last }
        trials[trial].add(score, at: facts.count)
        fact.trial = trial
        fact.number = trials[trial].tries
        quizzes[quiz].lastAt = attempt.attemptedAt ?? quizzes[quiz].lastAt
      }
      facts.append(fact)
    }
  }

  func attempt(_ place: Int) -> QuizAttempt { rows[facts[place].row] }

  /// Sorted by bare numbers: rows are looked at again only where two attempts share an instant.
  private static func order(_ attempts: [QuizAttempt]) -> [Int] {
    let moments = attempts.enumerated().map { row, attempt in
      (at: (attempt.attemptedAt ?? attempt.meta.createdAt)?.milliseconds ?? .max, row: row)
    }
    return moments.sorted { one, two in
      one.at == two.at
        ? attempts[one.row].meta.precedes(attempts[two.row].meta) : one.at < two.at
    }
    .map(\.row)
  }

  private mutating func add(
    _ spelling: QuizNumbers.Spelling, _ numbers: inout QuizNumbers
  ) -> (quiz: Int, title: Int) {
    let key = QuizKey(course: spelling.course, title: spelling.title)
    let quiz = numbers.quizzes[key] ?? quizzes.count
    if quiz == quizzes.count {
      quizzes.append(Quiz(key: key))
      numbers.quizzes[key] = quiz
    }
    quizzes[quiz].titles.append((spelling.title, 0))
    let number = (quiz: quiz, title: quizzes[quiz].titles.count - 1)
    numbers.spellings[spelling] = number
    return number
  }

  private mutating func add(_ learner: RecordID?, _ numbers: inout QuizNumbers) -> Int {
    learners.append(learner)
    numbers.learners[learner] = learners.count - 1
    return learners.count - 1
  }

  private mutating func add(_ pair: QuizNumbers.Pair, _ numbers: inout QuizNumbers) -> Int {
    trials.append(Trial(quiz: pair.quiz, learner: pair.learner))
    quizzes[pair.quiz].trials.append(trials.count - 1)
    numbers.trials[pair] = trials.count - 1
    return trials.count - 1
  }
}

/// What already has a number while a book is made.
private struct QuizNumbers {
  /// A title as written, in its course. Hashed by its bytes: the standard hash of text that is not
  /// ASCII normalizes it first, which would be most of the time spent here.
  struct Spelling: Hashable {
    let course: RecordID
    let title: String

    init(_ attempt: QuizAttempt) {
      course = attempt.course ?? ""
      title = attempt.quizTitle
    }

    static func == (left: Spelling, right: Spelling) -> Bool {
      left.title.utf8.elementsEqual(right.title.utf8) && left.course == right.course
    }

    func hash(into hasher: inout Hasher) {
      // FNV-1a, 64 bits.
      var sum: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in title.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hasher.combine(sum)
      hasher.combine(course)
    }
  }

  struct Pair: Hashable {
    let quiz: Int
    let learner: Int
  }

  var spellings: [Spelling: (quiz: Int, title: Int)] = [:]
  var quizzes: [QuizKey: Int] = [:]
  var learners: [RecordID?: Int] = [:]
  var trials: [Pair: Int] = [:]
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
