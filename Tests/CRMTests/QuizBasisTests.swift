import CRM
import ParseCore
import Testing

struct QuizBasisTests {
  struct Case: Sendable {
    var basis: QuizBasis
    var mean: Double
    var failing: [String]
    var histogram: [Int]
  }

  /// First and later scores of five learners at one quiz, and two of the first at another.
  private static func school() -> School {
    var school = QuizzesTests.school(6)
    for (student, score) in [(1, 50.0), (2, 58), (3, 60), (4, 80), (5, 30)] {
      QuizzesTests.put(&school, student, score, at: ago(days: 9))
    }
    QuizzesTests.put(&school, 1, 70, tries: 1, at: ago(days: 3))
    QuizzesTests.put(&school, 5, 20, tries: 1, at: ago(days: 2))
    return school
  }

  @Test(arguments: [
    Case(
      basis: .usual, mean: 55.6, failing: ["Student 5", "Student 2"],
      histogram: [0, 0, 0, 1, 0, 2, 1, 0, 1, 0]),
    Case(
      basis: .first, mean: 55.6, failing: ["Student 5", "Student 1", "Student 2"],
      histogram: [0, 0, 0, 1, 0, 2, 1, 0, 1, 0]),
    Case(
      basis: .best, mean: 59.6, failing: ["Student 5", "Student 2"],
      histogram: [0, 0, 0, 1, 0, 1, 1, 1, 1, 0]),
    Case(
      basis: .last, mean: 57.6, failing: ["Student 5", "Student 2"],
      histogram: [0, 0, 1, 0, 0, 1, 1, 1, 1, 0]),
    Case(
      basis: .mean, mean: 56.6, failing: ["Student 5", "Student 2"],
      histogram: [0, 0, 1, 0, 0, 1, 2, 0, 1, 0]),
  ])
  func `statistics, passing and who fails are by the basis`(test: Case) throws {
    let school = Self.school()
    var request = ListRequest(view: QuizView.failing.rawValue)
    request.basis = test.basis
    let answer = school.quizzes(request, look())
    let row = try #require(answer.list.rows.first)
    #expect(row.mean == test.mean && answer.summary.mean == test.mean)
    #expect(row.histogram == test.histogram)
    #expect(row.failing == test.failing.count && answer.summary.failingNow == test.failing.count)
    #expect(row.passRate == Double(5 - test.failing.count) / 5)
    #expect(answer.latest.rows.map(\.studentName) == test.failing)
    #expect(answer.summary.basis == test.basis && row.gain == 5)
    let card = try #require(
      school.quizCard(QuizKey(course: "c1", title: "Quiz 3: Loops"), look(), basis: test.basis))
    #expect(card.row == row)
    let below = card.attempts.filter { ($0.counted ?? 100) < 60 }
    #expect(Set(below.map(\.studentName)) == Set(test.failing))
  }

  @Test func `a cohort passes by the basis too`() {
    var request = ListRequest(view: QuizView.byCohort.rawValue)
    request.basis = .first
    let rows = Self.school().quizzes(request, look()).list.rows
    #expect(rows.first { $0.title == "A" }?.failing == 2)
    request.basis = .best
    let best = Self.school().quizzes(request, look()).list.rows
    #expect(best.first { $0.title == "A" }?.failing == 1)
  }

  @Test func `b goes round`() {
    var basis = QuizBasis.usual
    var seen: [QuizBasis] = []
    for _ in QuizBasis.allCases {
      seen.append(basis)
      basis = basis.next
    }
    #expect(seen == QuizBasis.allCases && basis == .usual)
  }
}
