import CRM
import ParseCore
import Testing

struct HealthFixTests {
  private func editor(_ school: School, _ role: Role = .coordinator) -> Editor {
    Editor(school: school, viewpoint: look(as: "u1", role))
  }

  /// Does to the school what the edit writes.
  private func applied(_ edit: Edit, to school: School) throws -> School {
    var school = school
    for case .update(let kind, let id, let changes) in edit.writes {
      var fields: JSONObject = [:]
      switch kind {
      case .student:
        let row = try #require(school.students[id])
        fields["fullName"] = .string(row.fullName)
        fields["currentCompletionRate"] = row.currentCompletionRate.map { .init($0) }
        fields["lastQuizScore"] = row.lastQuizScore.map { .init($0) }
      default:
        let row = try #require(school.attempts[id])
        fields["course"] = .to(.course, row.course ?? "")
        fields["student"] = .to(.student, row.student ?? "")
        fields["scorePercent"] = row.scorePercent.map { .init($0) }
        fields["attemptedAt"] = row.attemptedAt?.json
        fields["status"] = .string(row.status.label)
      }
      for (field, change) in changes {
        guard case .set(let value) = change else {
          Issue.record("\(field) is not set")
          continue
        }
        fields[field] = value
      }
      school.put(kind, id, fields)
    }
    return school
  }

  private static func drifting() -> School {
    var school = School.learner(progress: 40)
    school.put(
      .student, "s1",
      ["fullName": "Zoë", "currentCompletionRate": .init(64), "lastQuizScore": 55])
    school.put(
      .enrollment, "e2",
      [
        "student": .to(.student, "s1"), "course": .to(.course, "c2"), "active": true,
        "progressPercent": .init(30.5),
      ])
    school.attempt("a1", 41.5, at: ago(days: 1))
    for day in 2...3 { school.attempt("a\(day)", 50, at: ago(days: day)) }
    school.attempt("a4", 50, at: ago(days: 4), quiz: "quiz-1")
    school.put(.student, "s2", ["fullName": "Bo", "lastQuizScore": 70])
    return school
  }

  @Test(arguments: [
    (
      HealthFix.completion, "Student.completion", "Zoë: stored completion 35.3, was 64",
      [HealthFixChange("Zoë", "64", "35.3")]
    ),
    (
      .score, "Student.score", "2 students: stored last score recomputed",
      [HealthFixChange("Zoë", "55", "41.5"), HealthFixChange("Bo", "70", "0")]
    ),
    (
      .spelling, "QuizAttempt.spelling", "Quiz 1, was quiz-1",
      [HealthFixChange("", "quiz-1", "Quiz 1")]
    ),
  ])
  func `a fix writes what its check shows, and the check is clean after it`(
    fix: HealthFix, id: String, words: String, changes: [HealthFixChange]
  ) throws {
    let school = Self.drifting()
    let row = try #require(HealthTests.found(school, id))
    #expect(row.fix == fix && row.found == changes.count)
    #expect(row.changes.map { HealthFixChange($0.name, $0.was, $0.becomes) } == changes)
    let edit = try editor(school).fix(fix)
    #expect(edit.words == words && edit.writes.count == changes.count)
    let after = try applied(edit, to: school)
    #expect(HealthTests.found(after, id)?.found == 0)
    #expect(throws: Refusal.self) { _ = try editor(after).fix(fix) }
  }

  @Test func `one row can be fixed alone, and one that is right is left`() throws {
    let school = Self.drifting()
    let edit = try editor(school).fix(.score, only: ["s2"])
    #expect(edit.words == "Bo: stored last score 0, was 70" && edit.writes.count == 1)
    #expect(throws: Refusal("Bo has the right completion already.")) {
      _ = try editor(school).fix(.completion, only: ["s2"])
    }
  }

  @Test func `rights hold for fixes too`() throws {
    let school = Self.drifting()
    for role in [Role.sales, .learner] {
      #expect(throws: Refusal.self) { _ = try editor(school, role).fix(.completion) }
    }
    // An instructor may change students of his own, and these are not.
    #expect(throws: Refusal.self) { _ = try editor(school, .instructor).fix(.spelling) }
  }

  @Test func `what needs judgement has no fix`() {
    let rows = School.whole().health(ListRequest(view: "all"), look()).list.rows
    #expect(rows.count { $0.fix != nil } == HealthFix.allCases.count)
    #expect(rows.allSatisfy { ($0.fix != nil) || $0.changes.isEmpty })
  }
}

/// Name, what stands there and what will.
struct HealthFixChange: Sendable, Hashable {
  let name: String
  let was: String
  let becomes: String

  init(_ name: String, _ was: String, _ becomes: String) {
    self.name = name
    self.was = was
    self.becomes = becomes
  }
}
