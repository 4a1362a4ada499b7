import CRM
import ParseCore
import Testing

extension Formula {
  /// Tries of learners s1, s2, … in one quiz, a day apart; each learner's progress as given, none
  /// without an enrollment.
  private static func school(
    _ tries: [[Double]], progress: [JSON?] = [], status: String = "graded"
  ) -> School {
    var school = School.whole()
    school.put(.course, "c1", ["courseCode": "ART101"])
    for (place, scores) in tries.enumerated() {
      for (number, score) in scores.enumerated() {
        QuizzesTests.put(
          &school, place + 1, score, tries: number, at: ago(days: scores.count - number),
          status: status)
      }
    }
    for (place, percent) in progress.enumerated() {
      guard let percent else { continue }
      school.put(
        .enrollment, "e\(place)",
        [
          "student": .to(.student, "s\(place + 1)"), "course": .to(.course, "c1"), "active": true,
          "progressPercent": percent,
        ])
    }
    return school
  }

  private static func row(_ school: School) throws -> QuizRow {
    try #require(school.quizzes(ListRequest(), look()).list.rows.first)
  }

  /// The newest attempt.
  private static func newest(_ school: School) throws -> AttemptRow {
    try #require(school.latestAttempts(ListRequest(), look()).list.rows.first)
  }

  private static let five: [[Double]] = [[50, 80], [60], [59], [90, 70], [20, 30]]

  /// Score and progress of `count` learners rising together, but for a swap of the first two.
  private static func pairs(_ count: Int) -> [(Double, Double)] {
    var pairs: [(Double, Double)] = (0..<count).map { (Double($0), Double($0)) }
    (pairs[0].0, pairs[1].0) = (1, 0)
    return pairs
  }

  /// Pairs whose right values are all the same.
  private static func flat(_ count: Int) -> [(Double, Double)] {
    (0..<count).map { (Double($0), 5.0) }
  }

  /// Learners whose one score is their progress, from 1.
  private static func rising(_ count: Int) -> School {
    let scores: [[Double]] = (1...count).map { [Double($0)] }
    let progress: [JSON?] = (1...count).map { JSON.integer($0) }
    return school(scores, progress: progress)
  }

  static let quizzes: [Formula] = [
    Formula("5.3 attempt order", "the second try", 2) {
      try newest(school([[50, 80]])).attemptNumber.map(Double.init)
    },
    Formula("5.3 attempt order", "the same instant goes by id", 2) {
      var school = School.whole()
      school.attempt("b", 10, at: ago(days: 1))
      school.attempt("a", 20, at: ago(days: 1))
      let rows = school.latestAttempts(ListRequest(), look()).list.rows
      return rows.first { $0.id == "b" }?.attemptNumber.map(Double.init)
    },
    Formula("5.3 attempt order", "abandoned tries have no number", nil) {
      try newest(school([[50]], status: "abandoned")).attemptNumber.map(Double.init)
    },
    Formula("5.3 attempt order", "an unknown word counts as scored", 1) {
      try newest(school([[50]], status: "Re-Check")).attemptNumber.map(Double.init)
    },
    Formula("5.3 basis score", "statistics take the first", 55.8) { try row(school(five)).mean },
    Formula("5.3 basis score", "the list of tries says the best", 80) {
      try newest(school([[80, 50]])).best
    },
    Formula("5.3 basis score", "the change is against the try before", -30) {
      try newest(school([[80, 50]])).change
    },
    Formula("5.3 pass rate", "best of five against 60", 0.6) { try row(school(five)).passRate },
    Formula("5.3 pass rate", "four learners are too few to print", nil) {
      try row(school([[50], [60], [70], [80]])).passRate
    },
    Formula("5.3 coverage", "two of three enrolled, the other tried without", 2.0 / 3) {
      try row(school([[50], [60], [70]], progress: [10, 20, nil, 30])).coverage
    },
    Formula("5.3 coverage", "extra learners", 1) {
      Double(try row(school([[50], [60], [70]], progress: [10, 20, nil, 30])).extra)
    },
    Formula("5.3 coverage", "nobody enrolled", nil) { try row(school([[50]])).coverage },
    // 80 − 50, 70 − 90, 30 − 20.
    Formula("5.3 gain", "last − first of who tried twice", 20.0 / 3) {
      try row(school(five)).gain
    },
    Formula("5.3 gain", "best − first", 40.0 / 3) { try row(school(five)).bestGain },
    Formula("5.3 gain", "one try each", nil) { try row(school([[50], [60]])).gain },
    // 14 November 2026 is in the week before the one of Friday, 20 November.
    Formula("5.3 trend", "mean of last week", 70) {
      var school = School.whole()
      for (place, score) in [60.0, 80].enumerated() {
        QuizzesTests.put(&school, place, score, at: instant("2026-11-14T09:00:00.000Z"))
      }
      return try row(school).weeks[10]
    },
    Formula("5.3 trend", "a week without scores is a gap", nil) {
      try row(school([[50]])).weeks[0]
    },
    Formula("5.3 trend", "slope is the median of pairs", 2) {
      let points: [(x: Double, y: Double)] = [(0, 0), (1, 2), (2, 40), (3, 6), (4, 8)]
      return Statistics.slope(points)
    },
    Formula("5.3 trend", "two points have no slope", nil) {
      Statistics.slope([(x: 0, y: 1), (x: 1, y: 2)])
    },
  ]

  static let correlation: [Formula] = [
    // Two squared differences of 1: 1 − 6 × 2 / (10 × 99).
    Formula("5.3 rho", "ten with two swapped", 1 - 12.0 / 990) { Statistics.rho(pairs(10)) },
    Formula("5.3 rho", "nine are too few", nil) { Statistics.rho(pairs(9)) },
    Formula("5.3 rho", "no variance", nil) { Statistics.rho(flat(10)) },
    Formula("5.3 rho", "of first scores and progress", 1) {
      try row(rising(10)).rho
    },
    // 27 % of 19 is 5.13: means of 14…18 and of 0…4.
    Formula("5.3 D27", "nineteen", 14) { Statistics.d27(pairs(19)) },
    Formula("5.3 D27", "sixteen have groups of four", nil) { Statistics.d27(pairs(16)) },
    Formula("5.3 D27", "equal progress goes by score", 14) {
      Statistics.d27(flat(19).reversed())
    },
    Formula("5.3 D27", "of first scores and progress", 14) {
      try row(rising(19)).d27
    },
  ]

  /// 1 when the flag is the one of ten first scores.
  private static func flag(_ flag: QuizRow.Shape?, _ scores: [Double]) throws -> Double {
    try row(school(scores.map { [$0] })).shape == flag ? 1 : 0
  }

  static let quizFlags: [Formula] = [
    Formula("5.3 quiz flags", "30 % at 98 is a ceiling", 1) {
      try flag(.ceiling, QuizzesTests.scores(98, 3, 60))
    },
    Formula("5.3 quiz flags", "20 % at 20 is a floor", 1) {
      try flag(.floor, QuizzesTests.scores(20, 2, 60))
    },
    // All scores ± 26.4 around the mean, or ± 3.2.
    Formula("5.3 quiz flags", "a deviation over 25 is split", 1) {
      try flag(.split, QuizzesTests.scores(30, 5, 80.1))
    },
    Formula("5.3 quiz flags", "a deviation under 8 is bunched", 1) {
      try flag(.bunched, QuizzesTests.scores(60, 5, 66))
    },
    Formula("5.3 quiz flags", "nine are too few", 1) {
      try flag(nil, Array(QuizzesTests.scores(60, 5, 66).dropLast()))
    },
    Formula("5.3 quiz flags", "between the marks is plain", 1) {
      try flag(nil, QuizzesTests.scores(50, 5, 70))
    },
  ]
}
