import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct HealthFixScreenTests {
  /// Puts the cursor on a check by its words.
  private func on(_ words: String, _ columns: Int = 120, _ rows: Int = 40) throws -> AppFixture {
    var fixture = AppFixture(columns, rows, as: "admin", start: .health)
    try fixture.type("/\(words)<Enter>")
    return fixture
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the plan of a fix is as pictured`(columns: Int, rows: Int) throws {
    var fixture = try on("stored completion", columns, rows)
    try fixture.type("x")
    try expectPicture(fixture.screen, "health-fix-\(columns)x\(rows)")
  }

  @Test func `x shows the plan, y writes it, and the check is gone`() throws {
    var fixture = try on("stored completion")
    #expect(fixture.line(4).contains("x recompute"))
    try fixture.type("x")
    #expect(fixture.screen.contains("Recompute 11 students?"))
    try fixture.type("<Enter>x")
    #expect(fixture.taken().isEmpty)
    try fixture.type("y")
    guard case .act(.fix(.completion, only: nil))? = fixture.taken().first else {
      Issue.record("nothing was fixed")
      return
    }
    #expect(fixture.screen.contains("11 students: stored completion recomputed   u undo"))
    try fixture.type("F")
    #expect(fixture.row(of: "Stored completion is off") == nil)
  }

  @Test func `Z leaves a finding out, and takes it in again`() throws {
    var fixture = AppFixture(as: "admin", start: .health)
    let first = fixture.line(4)
    let count = fixture.line(1).split(separator: " ")[2]
    try fixture.type("Z")
    #expect(
      fixture.screen.contains("in activities: ignored here until more rows are found   u undo"))
    #expect(fixture.line(4) != first && fixture.line(1).contains("Ignored 1"))
    try fixture.type("]")
    #expect(fixture.line(4).hasSuffix("ignored") && fixture.line(39).contains("Z heed again"))
    try fixture.type("Z")
    #expect(fixture.screen.contains("in activities: not ignored any more"))
    #expect(fixture.screen.contains("Nothing in Ignored."))
    try fixture.type("[")
    #expect(fixture.line(4) == first && fixture.line(1).hasPrefix(" To fix \(count)   Ignored 0"))
  }

  @Test func `more than twenty are agreed to by their number`() throws {
    var fixture = try on("several spellings")
    try fixture.type("xy")
    #expect(fixture.taken().isEmpty && fixture.screen.contains("Rename 23 quiz attempts?"))
    try fixture.type("<Esc>x23<Enter>")
    guard case .act(.fix(.spelling, only: nil))? = fixture.taken().first else {
      Issue.record("nothing was renamed")
      return
    }
  }

  @Test func `the row picked is fixed at once`() throws {
    var fixture = try on("stored completion")
    try fixture.type("<Enter>jx")
    guard case .act(.fix(.completion, only: let ids))? = fixture.taken().first else {
      Issue.record("nothing was fixed")
      return
    }
    #expect(ids?.count == 1 && fixture.screen.contains(": stored completion "))
    #expect(fixture.screen.contains("10 of 240 students"))
  }

  @Test func `a check that needs judgement opens the form`() throws {
    var fixture = try on("stage")
    #expect(fixture.line(4).contains("e edit"))
    try fixture.type("x")
    #expect(fixture.screen.contains("Edit deal") || fixture.screen.contains("Stage"))
    #expect(fixture.taken().isEmpty)
  }

  @Test func `a role that may not change the rows is told so`() throws {
    var fixture = AppFixture(as: "lind", start: .health) { school in
      let student = ParseObject(
        className: "Student", objectId: "odd", fields: ["fullName": "Аnna Petrova"])
      school.upsert(School.Row(id: "odd", object: student, isUnsent: false))
    }
    try fixture.type("/two scripts<Enter>x")
    #expect(fixture.taken().isEmpty)
    #expect(
      fixture.line(38).hasPrefix(" ! Only an admin or a coordinator can update a student."))
  }

  /// What a check rests on may not be open to a role: no number is better than a wrong one.
  @Test(arguments: [("admin", true), ("mara", true), ("lind", false), ("kai", false)])
  func `a check that a role cannot make is not there`(username: String, isThere: Bool) throws {
    var fixture = AppFixture(as: username, start: .health)
    try fixture.type("fall<Enter>/stored completion<Enter>")
    #expect(fixture.screen.contains("Stored completion is off") == isThere)
  }
}
