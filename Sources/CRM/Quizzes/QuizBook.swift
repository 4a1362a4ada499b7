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

    /// Gives back the room that was left for more.
    fileprivate mutating func shrink() {
      places = places.map(\.self)
      trials = trials.map(\.self)
    }

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
    /// Of a scored one the trial, else −1 minus the quiz.
    fileprivate let owner: Int32
    /// Which scored try it is, from 1.
    fileprivate(set) var number: Int32 = 0
    /// The place of the scored try before it, −1 for the first.
    fileprivate(set) var before: Int32 = -1
  }

  /// By `attemptedAt`, then `createdAt`, then id, oldest first; an index is an attempt's place.
  private(set) var facts: [Fact] = []
  private(set) var quizzes: [Quiz] = []
  private(set) var trials = QuizTrials()

  /// Nil for an attempt that is not scored.
  func trial(of fact: Fact) -> Trial? { fact.owner < 0 ? nil : trials[Int(fact.owner)] }

  func quiz(of fact: Fact) -> Int { Int(trial(of: fact)?.quiz ?? -1 - fact.owner) }

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
      guard let score = attempt.countedScore else {
        facts.append(Fact(row: Int32(row), owner: Int32(-1 - quiz)))
        continue
      }
      let learner = learners.number(of: attempt.studentID)
      let trial = numbers.trial(quiz, learner)
      var fact = Fact(row: Int32(row), owner: Int32(trial))
      if numbers.made[trial].tries > 0 { fact.before = numbers.made[trial].lastPlace }
      numbers.made[trial].add(score, at: place)
      fact.number = numbers.made[trial].tries
      quizzes[quiz].lastAt = attempt.attemptedAt ?? quizzes[quiz].lastAt
      facts.append(fact)
    }
    trials = QuizTrials(numbers.made)
    for (number, trial) in numbers.made.enumerated() {
      quizzes[Int(trial.quiz)].trials.append(Int32(number))
    }
    for quiz in quizzes.indices { quizzes[quiz].shrink() }
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
}

/// Numbers for learners, shared by the books made with them; attempts without one share one too.
struct LearnerNumbers: Sendable {
  private var numbers: [PackedID: Int32] = [:]
  private(set) var ids: [PackedID] = []

  /// Nil for a learner in no book.
  subscript(id: PackedID) -> Int? { numbers[id].map { Int($0) } }

  mutating func number(of id: PackedID) -> Int32 {
    if let number = numbers[id] { return number }
    let number = Int32(ids.count)
    numbers[id] = number
    ids.append(id)
    return number
  }
}

/// A title as written, in its course.
struct QuizSpelling: Hashable, Sendable {
  private let sharedCourse: SharedID
  private let spelling: SharedText

  var course: RecordID { sharedCourse.packed.id ?? "" }
  var title: String { spelling.text }
  var key: QuizKey { QuizKey(course: course, title: title) }

  init(_ attempt: QuizAttempt) {
    sharedCourse = attempt.sharedCourse.orEmpty
    spelling = attempt.title
  }
}

/// What already has a number while a book is made.
private struct QuizNumbers {
  struct Pair: Hashable {
    let quiz: Int32
    let learner: Int32
  }

  var spellings: [QuizSpelling: (quiz: Int, title: Int)] = [:]
  var quizzes: [QuizKey: Int] = [:]
  /// As far as they were tried.
  var made: [QuizBook.Trial] = []
  private var trials: [Pair: Int] = [:]

  mutating func trial(_ quiz: Int, _ learner: Int32) -> Int {
    let pair = Pair(quiz: Int32(quiz), learner: learner)
    if let number = trials[pair] { return number }
    trials[pair] = made.count
    made.append(QuizBook.Trial(quiz: pair.quiz, learner: learner))
    return made.count - 1
  }
}

extension QuizBook.Trial {
  /// One more try.
  mutating func add(_ score: Double, at place: Int32) {
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

  /// What more tries than the first came to.
  mutating func take(tries: Int32, last: Double, at place: Int32, best: Double, sum: Double) {
    (self.tries, self.last, lastPlace, self.best, self.sum) = (tries, last, place, best, sum)
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
