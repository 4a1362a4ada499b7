/// Quiz titles that most attempts spell otherwise: statistics fold the spellings, exports and other
/// programs do not.
struct OddTitles: Sendable, Equatable {
  /// The usual spelling of each odd one, by course.
  private var usual: [RecordID: [QuizSpelling: String]] = [:]

  init() {}

  /// O(attempts).
  init(_ school: School) {
    for course in school.attempts.targets(.course) { renew(course, school) }
  }

  /// - Returns: whether anything has changed. O(attempts of the course).
  @discardableResult
  mutating func renew(_ course: RecordID, _ school: School) -> Bool {
    var counts: [QuizSpelling: Int] = [:]
    for position in school.attempts.positions(.course, course) {
      counts[QuizSpelling(school.attempts.all[position]), default: 0] += 1
    }
    let known = usual[course]
    usual[course] = Self.odd(counts)
    return usual[course] != known
  }

  private static func odd(_ counts: [QuizSpelling: Int]) -> [QuizSpelling: String]? {
    var odd: [QuizSpelling: String] = [:]
    for spellings in Dictionary(grouping: counts.keys, by: \.key).values where spellings.count > 1 {
      let titles = spellings.map { (title: $0.title, count: counts[$0] ?? 0) }
      let usual = QuizBook.Quiz.usual(titles)
      for spelling in spellings where !spelling.title.utf8.elementsEqual(usual.utf8) {
        odd[spelling] = usual
      }
    }
    return odd.isEmpty ? nil : odd
  }

  /// How most attempts spell the quiz of an attempt that has it odd; nil for all others.
  func usual(_ attempt: QuizAttempt) -> String? {
    usual[attempt.course ?? ""]?[QuizSpelling(attempt)]
  }
}
