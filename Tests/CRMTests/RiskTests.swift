import CRM
import ParseCore
import Testing

struct RiskTests {
  private func words(_ school: School) -> [String] {
    school.studentCard("s1", look())?.row.risk.reasons.map { "\($0.points) \($0.words)" } ?? []
  }

  @Test(
    arguments: [
      (80.0, []), (71, []), (70, ["1 −10 ART101"]), (55, ["2 −25 ART101"]),
      (40, ["3 −40 ART101"]), (100.4, []),
    ] as [(Double, [String])])
  func `the gap counts from 10, 25 and 40 points`(progress: Double, reasons: [String]) {
    var school = School.learner(progress: progress)
    school.complete = []
    #expect(words(school) == reasons)
  }

  @Test func `no target, a target of zero and an ended course have no gap`() {
    #expect(words(.learner(progress: 10, target: 0)).isEmpty)
    #expect(words(.learner(progress: 10, target: .null)).isEmpty)
    #expect(words(.learner(progress: 10, active: false)).isEmpty)
  }

  @Test(arguments: [
    (13, []), (14, ["1 stalled 14d"]), (29, ["1 stalled 29d"]), (30, ["2 stalled 30d"]),
  ])
  func `stalled counts from 14 and 30 days`(days: Int, reasons: [String]) {
    #expect(words(.learner(progress: 75, changed: ago(days: days))) == reasons)
  }

  @Test func `who reached the target is not stalled`() {
    #expect(words(.learner(progress: 80, changed: ago(days: 60))).isEmpty)
  }

  @Test(arguments: [
    (6, []), (7, ["1 not started 7d"]), (20, ["1 not started 20d"]), (21, ["2 not started 21d"]),
  ])
  func `not started counts from 7 and 21 days and is not stalled too`(
    days: Int, reasons: [String]
  ) {
    let school = School.learner(
      progress: 0, target: .null, enrolled: ago(days: days), changed: ago(days: days))
    #expect(words(school) == reasons)
  }

  @Test(
    arguments: [(70.0, []), (69.9, ["1 quiz 70"]), (50, ["1 quiz 50"]), (49, ["2 quiz 49"])]
      as [(Double, [String])])
  func `the newest score counts below 70 and 50`(score: Double, reasons: [String]) {
    var school = School.learner(progress: 80)
    school.attempt("a1", 20, at: ago(days: 9), quiz: "Quiz 0")
    school.attempt("a2", score, at: ago(days: 2))
    school.attempt("a3", 5, at: ago(days: 1), status: "in_progress")
    #expect(words(school) == reasons)
  }

  @Test(arguments: [(80.0, 70.0, true), (80, 70.1, false), (60, 80, false)])
  func `the same quiz falls from ten points`(before: Double, latest: Double, falls: Bool) {
    var school = School.learner(progress: 80)
    school.attempt("a1", before, at: ago(days: 9), quiz: "Quiz 3: Loops")
    school.attempt("a2", 95, at: ago(days: 5), quiz: "Other")
    school.attempt("a3", latest, at: ago(days: 2), quiz: "quiz 3:  loops")
    #expect(words(school).contains("1 falling") == falls)
  }

  @Test(arguments: [([95.0, 90, 85], true), ([95, 97, 85], false), ([90, 85, 81], false)])
  func `the last three scores fall when each is below the one before`(
    scores: [Double], falls: Bool
  ) {
    var school = School.learner(progress: 80)
    for (place, score) in scores.enumerated() {
      school.attempt("a\(place)", score, at: ago(days: 9 - place), quiz: "Quiz \(place)")
    }
    #expect(words(school).contains("1 falling") == falls)
  }

  @Test func `no attempt counts from 30 percent, in a course with quizzes, when all are here`() {
    var school = School.learner(progress: 80)
    #expect(words(school).isEmpty)
    school.put(.attempt, "x", ["student": .to(.student, "s2"), "course": .to(.course, "c1")])
    #expect(words(school) == ["1 no quiz yet"])
    school.complete.remove(.attempt)
    #expect(words(school).isEmpty)
    var fresh = School.learner(progress: 29, target: .null)
    fresh.put(.attempt, "x", ["student": .to(.student, "s2"), "course": .to(.course, "c1")])
    #expect(words(fresh).isEmpty)
  }

  @Test(arguments: [
    ("urgent", "new", 2, ["2 ticket late"]), ("high", "open", 5, ["1 ticket late"]),
    ("high", "open", 3, []), ("normal", "open", 99, []), ("urgent", "pending", 99, []),
    ("urgent", "closed", 99, []),
  ])
  func `a late ticket counts while it runs`(
    priority: String, status: String, hours: Int, reasons: [String]
  ) {
    var school = School.learner(progress: 80)
    school.put(
      .ticket, "t1", created: ago(hours: hours),
      [
        "student": .to(.student, "s1"), "priority": .string(priority), "status": .string(status),
        "ticketNumber": "T-1",
      ])
    #expect(words(school) == reasons)
  }

  @Test(arguments: [
    (0, "ok", Severity.plain), (1, "watch", .plain), (2, "watch", .plain), (3, "at risk", .soon),
    (4, "at risk", .soon), (5, "high", .late), (9, "high", .late),
  ])
  func `points have a word and a colour`(points: Int, word: String, severity: Severity) {
    let risk = Risk([RiskReason(.noAttempt(course: "A"), points: points)])
    #expect(risk.word == word)
    #expect(risk.severity == severity)
  }
}
