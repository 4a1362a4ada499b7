import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct QuizzesScreenTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the list looks as its pictures`(columns: Int, rows: Int) throws {
    let fixture = AppFixture(columns, rows, as: "lind", start: .quizzes)
    try expectPicture(fixture.screen, "quizzes-\(columns)x\(rows)")
  }

  @Test(arguments: [("failing", "]"), ("never", "]]]]"), ("cohorts", "]]]]]")])
  func `other views look as their pictures`(name: String, keys: String) throws {
    var fixture = AppFixture(start: .quizzes)
    try fixture.type(keys)
    try expectPicture(fixture.screen, "quizzes-\(name)-120x40")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `a quiz looks as its pictures`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, as: "lind", start: .quizzes)
    try fixture.type("<Enter>")
    try expectPicture(fixture.screen, "quiz-\(columns)x\(rows)")
  }

  @Test func `b takes another try as the basis, and everything says which`() throws {
    var fixture = AppFixture(as: "lind", start: .quizzes)
    #expect(
      fixture.line(3).contains(" first try, n ") && fixture.line(3).contains(", best try, mark"))
    #expect(fixture.line(3).hasSuffix("b basis"))
    try fixture.type("bb")
    #expect(fixture.line(1).contains("by best try"))
    #expect(fixture.screen.contains("Pass, Fail, Mean, SD, Scores and Rho: each learner once, by"))
    try fixture.type("b")
    try expectPicture(fixture.screen, "quizzes-last-120x40")
    #expect(fixture.line(1).contains("by last try") && fixture.line(3).contains(" last try, n "))
    try fixture.type("=")
    #expect(fixture.screen.contains("Passing and statistics are by the last try of each learner."))
    try fixture.type("<Esc><Enter>")
    #expect(fixture.line(3).hasSuffix("by last try") && fixture.screen.contains("Scores  last try"))
    try fixture.type("b")
    #expect(fixture.line(3).hasSuffix("by mean try"))
    try fixture.type("b<Esc>bb")
    #expect(!fixture.line(1).contains(" by ") && fixture.line(3).contains(" first try, n "))
  }

  @Test func `a small window names the basis too`() throws {
    var fixture = AppFixture(80, 24, as: "lind", start: .quizzes)
    try fixture.type("b")
    #expect(fixture.line(1).contains("by first try"))
    try expectPicture(fixture.screen, "quizzes-first-80x24")
  }

  /// The views whose counts are of attempts, and how many `]` lead there.
  @Test(arguments: [1, 2, 3, 4])
  func `views that count attempts show as many rows, with the cursor on them`(steps: Int) throws {
    var fixture = AppFixture(start: .quizzes)
    try fixture.type(String(repeating: "]", count: steps))
    let counts = fixture.line(1).split(separator: "   ").last.map(String.init) ?? ""
    let number = counts.split(separator: " ").first
    #expect(number != nil && fixture.line(38).hasSuffix("1 of \(number ?? "")"))
    #expect(fixture.screen.contains("Their quizzes"))
    #expect(fixture.line(39).contains("Tab quizzes"))
    try fixture.type("<Enter>")
    #expect(fixture.line(1).contains("Quizzes › "))
    #expect(fixture.screen.contains("Courses"))
  }

  @Test func `tab goes to the attempts, where enter opens the learner and o the quiz`() throws {
    var fixture = AppFixture(start: .quizzes)
    #expect(fixture.style(of: "Latest attempts") == .strong)
    try fixture.type("<Tab>")
    #expect(fixture.style(of: "Latest attempts") == .header)
    #expect(fixture.line(38).hasSuffix("1 of 200"))
    try fixture.type("o")
    #expect(fixture.screen.contains("Scores  first try, n"))
    try fixture.type("<Esc><Enter>")
    #expect(fixture.screen.contains("score by time"))
  }

  @Test func `attempts have orders of their own`() throws {
    var fixture = AppFixture(start: .quizzes)
    try fixture.type("]slowest<Enter>")
    #expect(fixture.style(of: "Score ▴") == .text)
    let scores = (6..<12).compactMap { row in
      fixture.line(row).split(separator: "┼").last?.split(separator: " ").dropFirst().first
        .flatMap { Double($0) }
    }
    #expect(scores.count == 6)
    #expect(scores == scores.sorted())
  }

  @Test func `an attempt ahead of now says so, in the colour of what is odd`() throws {
    let fixture = AppFixture(start: .quizzes) { school in
      let later = fixtureNow.advanced(bySeconds: 2 * 86_400 + 3600)
      let attempt = ParseObject(
        className: "QuizAttempt", objectId: "later", createdAt: fixtureNow, updatedAt: fixtureNow,
        fields: [
          "student": Pointer(className: "Student", objectId: school.students.all[0].id).json,
          "course": Pointer(className: "Course", objectId: school.courses.all[0].id).json,
          "quizTitle": "Tomorrow's quiz", "scorePercent": 80, "status": "graded",
          "attemptedAt": later.json,
        ])
      school.upsert(School.Row(id: "later", object: attempt, isUnsent: false))
    }
    #expect(fixture.style(of: "in 2d") == .info)
    #expect(fixture.screen.contains("dated ahead of now."))
    #expect(fixture.style(of: "attempts are dated")?.role == .info)
  }

  @Test func `enter on a cohort shows who fails in it`() throws {
    var fixture = AppFixture(start: .quizzes)
    try fixture.type("]]]]]<Enter>")
    #expect(fixture.line(1).hasPrefix(" / 2"))
    #expect(fixture.screen.contains("Their quizzes"))
  }

  @Test func `an attempt is recorded for the course under the cursor`() throws {
    var fixture = AppFixture(as: "lind", start: .quizzes)
    try fixture.type("i")
    #expect(fixture.screen.contains("ART101"))
    #expect(fixture.screen.contains("Score"))
  }

  @Test func `a quiz lists who has not passed, and one form is a ticket for each marked`() throws {
    var fixture = AppFixture(as: "lind", start: .quizzes)
    try fixture.type("<Enter>")
    #expect(fixture.screen.contains("Attempts  "))
    try fixture.type("p")
    let rule = try #require(fixture.row(of: "Not passed  "))
    let count = fixture.line(rule).split(separator: " ").compactMap { Int($0) }.first ?? 0
    #expect(count > 1)
    #expect(fixture.screen.contains("failing \(count)"))
    #expect(fixture.line(38).hasSuffix("1 of \(count)"))
    try fixture.type("*tLook again<C-s>")
    guard case .edit(let edit)? = fixture.taken().last else {
      Issue.record("nothing was saved")
      return
    }
    let students = edit.writes.compactMap { write -> JSON? in
      if case .create(.ticket, let fields) = write { fields["student"] } else { nil }
    }
    #expect(students.count == count)
    #expect(Set(students.compactMap { Pointer($0)?.objectId }).count == count)
    #expect(!fixture.screen.contains(" marked"))
    try fixture.type("p")
    #expect(fixture.screen.contains("Attempts  "))
  }

  @Test func `a ticket is opened for each marked learner who never tried`() throws {
    var fixture = AppFixture(start: .quizzes)
    try fixture.type("]]]]<Space><Space>")
    #expect(fixture.line(38).contains("2 marked"))
    try fixture.type("/zzzz<Enter>")
    try fixture.type("F")
    try fixture.type("tPlease try the quiz<C-s>")
    guard case .edit(let edit)? = fixture.taken().last else {
      Issue.record("nothing was saved")
      return
    }
    #expect(edit.words == "2 tickets created")
  }

  @Test func `a coordinator's help says what needs an attempt first`() throws {
    var fixture = AppFixture(start: .quizzes)
    try fixture.type("t")
    #expect(fixture.line(38).contains("Tab leads there"))
  }

  @Test func `scores just below the mark do not read as reaching it`() {
    let fixture = AppFixture(start: .quizzes)
    for line in fixture.screen.split(separator: "\n") where line.contains("▌") {
      #expect(!line.contains("┼────  60"))
    }
  }
}
