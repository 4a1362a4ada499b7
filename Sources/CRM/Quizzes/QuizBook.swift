import ParseCore

/// Attempts sorted into quizzes and learners, in one pass over them in the order they were made.
/// Quizzes, trials and attempts are numbers into its arrays, 32 bits wide: books of all attempts
/// stay in memory while their screen does.
struct QuizBook: Sendable {
  /// What one learner did in one quiz, by scored attempts.
  struct Trial: Sendable {
    let quiz: Int32
    /// As `LearnerNumbers` has it.
    let learner: Int32
    fileprivate(set) var tries: Int32 = 0
    /// The places of the first and the latest scored attempt.
    fileprivate(set) var firstPlace: Int32 = 0
    fileprivate(set) var lastPlace: Int32 = 0
    fileprivate(set) var first = 0.0
    fileprivate(set) var last = 0.0
    fileprivate(set) var best = 0.0
    fileprivate(set) var sum = 0.0

    var gain: Double? { tries >= 2 ? last - first : nil }
    var bestGain: Double? { tries >= 2 ? best - first : nil }
  }

  struct Quiz: Sendable {
    let key: QuizKey
    fileprivate(set) var titles: [(title: String, count: Int)] = []
    fileprivate(set) var places: [Int32] = []
    fileprivate(set) var trials: [Int32] = []
    fileprivate(set) var lastAt: ParseDate?

    /// The spelling most attempts use; of equals the first by its bytes.
    var title: String { Self.usual(titles) }

    static func usual(_ titles: [(title: String, count: Int)]) -> String {
      titles.max {
        $0.count == $1.count
          ? $1.title.utf8.lexicographicallyPrecedes($0.title.utf8) : $0.count < $1.count
      }?.title ?? ""
    }
  }

  /// What is known of one attempt beyond its row.
  struct Fact: Sendable {
    /// Where it stands in the table.
    let row: Int32
    let quiz: Int32
    /// −1 when it is not scored.
    fileprivate(set) var trial: Int32 = -1
    /// Which scored try it is, from 1.
    fileprivate(set) var number: Int32 = 0
    /// The place of the scored try before it, −1 for the first.
    fileprivate(set) var before: Int32 = -1
  }

  /// By `attemptedAt`, then `createdAt`, then id, oldest first; an index is an attempt's place.
  private(set) var facts: [Fact] = []
  private(set) var quizzes: [Quiz] = []
  private(set) var trials: [Trial] = []

  /// O(n log n) in the attempts of the book.
  ///
  /// - Parameters:
  ///   - attempts: the table.
  ///   - rows: where in it the attempts of this book stand.
  init(_ attempts: [QuizAttempt], at rows: [Int], _ learners: inout LearnerNumbers) {
    facts.reserveCapacity(rows.count)
    var numbers = QuizNumbers()
    for row in Self.order(attempts, rows) {
      let attempt = attempts[row]
      let spelling = QuizSpelling(attempt)
      let (quiz, title) = numbers.spellings[spelling] ?? add(spelling, &numbers)
      quizzes[quiz].titles[title].count += 1
      let place = Int32(facts.count)
      quizzes[quiz].places.append(place)
      var fact = Fact(row: Int32(row), quiz: Int32(quiz))
      if let score = attempt.countedScore {
        let pair = QuizNumbers.Pair(quiz: quiz, learner: learners.number(of: attempt.student))
        let trial = numbers.trials[pair] ?? add(pair, &numbers)
        if trials[trial].tries > 0 { fact.before = trials[trial].lastPlace }
        trials[trial].add(score, at: place)
        fact.trial = Int32(trial)
        fact.number = trials[trial].tries
        quizzes[quiz].lastAt = attempt.attemptedAt ?? quizzes[quiz].lastAt
      }
      facts.append(fact)
    }
  }

  /// Sorted by bare numbers: rows are looked at again only where two attempts share an instant.
  private static func order(_ attempts: [QuizAttempt], _ rows: [Int]) -> [Int] {
    let moments = rows.map { (at: attempts[$0].place, row: $0) }
    return moments.sorted { one, two in
      one.at == two.at
        ? attempts[one.row].meta.precedes(attempts[two.row].meta) : one.at < two.at
    }
    .map(\.row)
  }

  private mutating func add(
    _ spelling: QuizSpelling, _ numbers: inout QuizNumbers
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

  private mutating func add(_ pair: QuizNumbers.Pair, _ numbers: inout QuizNumbers) -> Int {
    let number = trials.count
    trials.append(Trial(quiz: Int32(pair.quiz), learner: Int32(pair.learner)))
    quizzes[pair.quiz].trials.append(Int32(number))
    numbers.trials[pair] = number
    return number
  }
}

/// Numbers for learners, shared by the books made with them; attempts without one share one too.
struct LearnerNumbers: Sendable {
  private var numbers: [RecordID?: Int] = [:]
  private(set) var ids: [RecordID?] = []

  /// Nil for a learner in no book.
  subscript(id: RecordID?) -> Int? { numbers[id] }

  mutating func number(of id: RecordID?) -> Int {
    if let number = numbers[id] { return number }
    numbers[id] = ids.count
    ids.append(id)
    return ids.count - 1
  }
}

/// A title as written, in its course.
struct QuizSpelling: Hashable, Sendable {
  private let courseID: PackedID
  private let spelling: SharedText

  var course: RecordID { courseID.id ?? "" }
  var title: String { spelling.text }
  var key: QuizKey { QuizKey(course: course, title: title) }

  init(_ attempt: QuizAttempt) {
    courseID = attempt.courseID.orEmpty
    spelling = attempt.title
  }
}

/// What already has a number while a book is made.
private struct QuizNumbers {
  struct Pair: Hashable {
    let quiz: Int
    let learner: Int
  }

  var spellings: [QuizSpelling: (quiz: Int, title: Int)] = [:]
  var quizzes: [QuizKey: Int] = [:]
  var trials: [Pair: Int] = [:]
}

extension QuizBook.Trial {
  fileprivate mutating func add(_ score: Double, at place: Int32) {
    if tries == 0 {
      first = score
      best = score
      firstPlace = place
    }
    tries += 1
    last = score
    sum += score
    best = max(best, score)
    lastPlace = place
  }
}

extension QuizAttempt {
  /// The score as it enters statistics: of a scored attempt, within 0 to 100.
  var countedScore: Double? { isScored ? Statistics.percent(scorePercent) : nil }

  /// Milliseconds by which books are sorted; an attempt without any instant comes last.
  var place: Int64 { (attemptedAt ?? meta.createdAt)?.milliseconds ?? .max }

  /// The order of books: by instant, then creation, then id.
  func stands(before other: QuizAttempt) -> Bool {
    place == other.place ? meta.precedes(other.meta) : place < other.place
  }
}
