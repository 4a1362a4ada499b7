@testable import CRM
import ParseCore
import Testing

struct QuizzesTests {
  static func put(
    _ school: inout School, _ student: Int, _ score: Double, tries: Int = 0,
    quiz: String = "Quiz 3: Loops", at: ParseDate = ago(days: 1), status: String = "graded"
  ) {
    school.put(
      .attempt, "a\(student)-\(tries)-\(quiz)", created: at,
      [
        "student": .to(.student, "s\(student)"), "course": .to(.course, "c1"),
        "quizTitle": .string(quiz), "scorePercent": .init(score), "attemptedAt": at.json,
        "status": .string(status),
      ])
  }

  /// Students 1 to `count`, each with an active enrollment and progress of ten times their number.
  static func school(_ count: Int) -> School {
    var school = School.whole()
    school.put(.course, "c1", ["courseCode": "ART101", "instructor": .to(.user, "lind")])
    for number in 1...count {
      school.put(
        .student, "s\(number)",
        ["fullName": .string("Student \(number)"), "cohort": number.isMultiple(of: 2) ? "B" : "A"])
      school.put(
        .enrollment, "e\(number)",
        [
          "student": .to(.student, "s\(number)"), "course": .to(.course, "c1"), "active": true,
          "progressPercent": .integer(number * 8),
        ])
    }
    return school
  }

  @Test func `statistics are of first tries, passing is by the best`() throws {
    var school = Self.school(6)
    for (student, score) in [(1, 50.0), (2, 58), (3, 60), (4, 80), (5, 30)] {
      Self.put(&school, student, score, at: ago(days: 9))
    }
    Self.put(&school, 1, 70, tries: 1, at: ago(days: 3))
    Self.put(&school, 5, 20, tries: 1, at: ago(days: 2))
    let answer = school.quizzes(ListRequest(), look())
    let row = try #require(answer.list.rows.first)
    #expect(row.title == "Quiz 3: Loops")
    #expect(row.courseCode == "ART101")
    #expect((row.tries, row.learners, row.enrolled) == (7, 5, 6))
    #expect(row.failing == 2)
    #expect(row.passRate == 0.6)
    #expect(row.mean == 55.6)
    #expect(row.gain == 5)
    #expect(row.severity == .soon)
    #expect(row.histogram == [0, 0, 0, 1, 0, 2, 1, 0, 1, 0])
    #expect(answer.summary.failingNow == 2)
    #expect(answer.summary.passing == 3)
    #expect(answer.summary.neverTried == 1)
    #expect(answer.summary.firstTries == 5)
  }

  @Test func `views count what they list`() {
    var school = Self.school(6)
    Self.put(&school, 1, 50, at: ago(days: 9))
    Self.put(&school, 1, 65, tries: 1, at: ago(days: 3))
    Self.put(&school, 2, 80, at: ago(days: 9))
    Self.put(&school, 2, 70, tries: 1, at: ago(days: 2))
    Self.put(&school, 3, 10, at: ago(days: 1))
    let views = school.quizzes(ListRequest(), look(as: "lind", .instructor)).views
    #expect(
      views.map { "\($0.id) \($0.count)" } == [
        "by-quiz 1", "failing 1", "improved 1", "declined 1", "never 3", "by-cohort 2", "mine 1",
      ])
    for view in ["failing", "improved", "declined", "never"] {
      let rows = school.quizzes(ListRequest(view: view), look()).latest.rows
      #expect(rows.count == views.first { $0.id == view }?.count, "\(view)")
    }
    let never = school.quizzes(ListRequest(view: "never"), look()).latest.rows
    #expect(never.allSatisfy { $0.course == "c1" && $0.quiz.isEmpty })
    let declined = school.latestAttempts(ListRequest(view: "declined"), look()).list.rows
    #expect(declined.map(\.studentName) == ["Student 2"])
    let cohorts = school.quizzes(ListRequest(view: "by-cohort"), look()).list.rows
    #expect(Set(cohorts.map(\.title)) == ["A", "B"])
  }

  @Test func `an attempt knows which try it is, its change and the best`() throws {
    var school = Self.school(1)
    Self.put(&school, 1, 55, tries: 0, at: ago(days: 9))
    Self.put(&school, 1, 41, tries: 1, at: ago(minutes: 6), status: "failed")
    Self.put(&school, 1, 90, tries: 2, at: ago(days: 5), status: "abandoned")
    let rows = school.latestAttempts(ListRequest(), look()).list.rows
    #expect(rows.map(\.attemptNumber) == [2, nil, 1])
    #expect(rows.map(\.attempts) == [2, 0, 2])
    #expect(rows.map(\.change) == [-14, nil, nil])
    #expect(rows.map(\.best) == [55, nil, 55])
    #expect(rows.map(\.score) == [41, nil, 55])
    #expect(rows.first?.severity == .late)
    let own = school.attemptRows(of: "s1", look())
    #expect(own == rows)
  }

  @Test func `spellings of a title are one quiz under the usual one`() throws {
    var school = Self.school(6)
    for student in 1...3 { Self.put(&school, student, 70) }
    Self.put(&school, 4, 70, quiz: "quiz 3 - loops")
    Self.put(&school, 5, 70, quiz: "QUIZ 3 – Loops ")
    let answer = school.quizzes(ListRequest(), look())
    #expect(answer.list.rows.map(\.title) == ["Quiz 3: Loops"])
    #expect(answer.list.rows.first?.learners == 5)
    let card = try #require(
      school.quizCard(QuizKey(course: "c1", title: "Quiz 3, loops"), look()))
    #expect(card.attempts.count == 5)
    #expect(school.quizCard(QuizKey(course: "c1", title: "Quiz 4"), look()) == nil)
  }

  @Test(arguments: [
    ("Quiz 3: Loops", "quiz 3 loops"), ("C++", "c++"), ("C#", "c#"), ("第4章 小テスト", "第4章 小テスト"),
    ("Módulo 2 – examen", "modulo 2 examen"), ("Quiz 3.1", "quiz 3 1"), (" ", ""),
  ]) func `titles fold`(title: String, folded: String) {
    #expect(QuizTitle.fold(title) == folded)
  }

  @Test func `scores outside the scale stay out of the numbers`() {
    var school = Self.school(5)
    for student in 1...4 { Self.put(&school, student, 70) }
    Self.put(&school, 5, 104)
    let row = school.quizzes(ListRequest(), look()).list.rows.first
    #expect(row?.learners == 4)
    #expect(row?.mean == 70)
    #expect(row?.passRate == nil)
  }

  @Test func `weeks without a score are gaps`() {
    var school = Self.school(3)
    Self.put(&school, 1, 60, at: instant("2026-11-16T00:00:00.000Z"))
    Self.put(&school, 2, 80, at: instant("2026-11-20T08:00:00.000Z"))
    Self.put(&school, 3, 50, at: instant("2026-11-08T23:59:00.000Z"))
    Self.put(&school, 3, 10, tries: 1, at: instant("2026-08-30T23:59:00.000Z"))
    let weeks = school.quizzes(ListRequest(), look()).list.rows.first?.weeks
    #expect(weeks == Array(repeating: nil, count: 9) + [50, nil, 70])
  }

  static func scores(_ one: Double, _ count: Int, _ other: Double) -> [Double] {
    Array(repeating: one, count: count) + Array(repeating: other, count: 10 - count)
  }

  static let shapes: [([Double], QuizRow.Shape)] = [
    (scores(99, 3, 60), .ceiling), (scores(20, 2, 60), .floor), (scores(30, 5, 90), .split),
    (scores(60, 5, 66), .bunched),
  ]

  @Test(arguments: shapes) func `odd shapes are named`(scores: [Double], shape: QuizRow.Shape) {
    var school = Self.school(10)
    for (index, score) in scores.enumerated() { Self.put(&school, index + 1, score) }
    #expect(school.quizzes(ListRequest(), look()).list.rows.first?.shape == shape)
  }

  @Test func `the lowest pass rate stands first and small quizzes last`() {
    var school = Self.school(6)
    for student in 1...6 {
      Self.put(&school, student, 90, quiz: "Easy")
      Self.put(&school, student, 30, quiz: "Hard")
    }
    Self.put(&school, 1, 10, quiz: "Pilot")
    #expect(
      school.quizzes(ListRequest(), look()).list.rows.map(\.title) == ["Hard", "Easy", "Pilot"])
    #expect(
      school.quizzes(ListRequest(isReversed: true), look()).list.rows.map(\.title)
        == ["Easy", "Hard", "Pilot"])
    #expect(
      school.quizzes(ListRequest(filter: "pil"), look()).list.rows.map(\.title) == ["Pilot"])
  }

  @Test(arguments: ["", "3", "student 12", "a art101", "GRADED b", "loops 2", "pend", "nobody"])
  func `a filter finds the attempts whose rows have its words`(filter: String) {
    var school = Self.school(60)
    for student in 1...60 {
      for (number, quiz) in ["Quiz 3: Loops", "Quiz 4: Words", "Final"].enumerated() {
        for tries in 0...1 {
          Self.put(
            &school, student, Double((student * 7 + number * 31) % 101), tries: tries, quiz: quiz,
            at: ago(days: (student + number * 5 + tries) % 40),
            status: student.isMultiple(of: 9) ? "pending" : "graded")
        }
      }
    }
    let all = school.latestAttempts(ListRequest(filter: filter), look())
    let answer = school.quizzes(ListRequest(filter: filter), look())
    #expect(answer.latest.ids == all.list.ids.first(200))
    let rows = school.students.all.flatMap { school.attemptRows(of: $0.id, look()) }
    let found = rows.count { SearchWords(filter).matches($0.words) }
    #expect(answer.latest.all == found)
    #expect(answer.latest.rows.count == min(found, 200))
  }

  @Test func `quizzes of one course are asked for by its code`() {
    var school = Self.school(3)
    Self.put(&school, 1, 50)
    school.put(.course, "c2", ["courseCode": "ART1015"])
    school.put(
      .attempt, "other",
      [
        "student": .to(.student, "s1"), "course": .to(.course, "c2"),
        "quizTitle": "Quiz 3: Loops", "scorePercent": 70, "attemptedAt": ago(days: 2).json,
        "status": "graded",
      ])
    let one = school.quizzes(ListRequest(group: GroupFilter(.course, "ART101")), look())
    #expect(one.list.rows.map(\.courseCode) == ["ART101"])
    #expect(one.latest.ids == ["a1-0-Quiz 3: Loops"])
    #expect(one.latest.all == 1)
    #expect(school.quizzes(ListRequest(filter: "ART101"), look()).list.rows.count == 2)
  }

  @Test func `no attempts give no numbers`() {
    let answer = School.whole().quizzes(ListRequest(), look())
    #expect(answer.list.rows.isEmpty)
    #expect(answer.summary.mean == nil)
  }
}

struct RankCorrelationTests {
  @Test func `ties share the mean of their places`() {
    #expect(Statistics.averageRanks([10, 20, 20, 5]) == [2, 3.5, 3.5, 1])
  }

  /// Ten pairs without ties: the squared rank differences sum to 34, so 1 − 6·34 / 990.
  @Test func `rho equals the one computed by hand`() throws {
    let ranks: [(Double, Double)] = [
      (1, 2), (2, 1), (3, 4), (4, 3), (5, 8), (6, 5), (7, 10), (8, 7), (9, 6), (10, 9),
    ]
    let squares = ranks.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(squares == 34)
    let rho = try #require(Statistics.rho(ranks))
    #expect(abs(rho - (1 - 6 * 34.0 / 990)) < 1e-12)
  }

  @Test func `few pairs or no variance have no rho`() {
    let nine = (1...9).map { (Double($0), Double($0)) }
    #expect(Statistics.rho(nine) == nil)
    #expect(Statistics.rho((1...12).map { (Double($0), 5) }) == nil)
    #expect(Statistics.rho((1...12).map { (Double($0), Double(-$0)) }) == -1)
  }
}
