import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct CompletionScreenTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the list looks as its pictures`(columns: Int, rows: Int) throws {
    let fixture = AppFixture(columns, rows, start: .completion)
    try expectPicture(fixture.screen, "completion-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the groups look as their pictures`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, start: .completion)
    try fixture.type("bjll")
    try expectPicture(fixture.screen, "completion-cohorts-\(columns)x\(rows)")
  }

  /// Columns keep their blanks and their right ends, whatever the school's size.
  @Test(arguments: [(80, 24), (120, 40)])
  func `a cohort of thousands fits its columns`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, start: .completion) { school in
      let course = school.courses.all.first { $0.targetCompletionRate != nil }
      for number in 0..<1234 {
        school.put("Student", "s\(number)", ["cohort": "2026-A", "currentCompletionRate": 100])
        school.put(
          "Enrollment", "e\(number)",
          [
            "student": pointer("Student", "s\(number)"), "active": true,
            "course": pointer("Course", course?.id ?? ""), "progressPercent": 100,
          ])
      }
    }
    #expect(fixture.line(1).hasSuffix(" of 1 474"))
    try fixture.type("b")
    let line = fixture.line(try #require(fixture.row(of: " 2026-A ")))
    #expect(line.contains(" 1 309 "))
    #expect(line.contains("  of 1 299  98 %"))
    try fixture.type("jl")
    #expect(fixture.screen.contains("1 3") || columns < 100)
  }

  @Test func `a group without courses has no head for them`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("b")
    #expect(fixture.screen.contains("By course"))
    fixture.change { school in
      for enrollment in school.enrollments.all { school.remove(.enrollment, id: enrollment.id) }
    }
    #expect(fixture.screen.contains("At risk") && !fixture.screen.contains("By course"))
  }

  @Test func `views that are not about risk show numbers instead of reasons`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("]")
    try expectPicture(fixture.screen, "completion-behind-120x40")
  }

  @Test(arguments: [
    ("admin", "At risk"), ("mara", "At risk"), ("lind", "My students"),
  ])
  func `a role starts with the view its work begins with`(user: String, view: String) {
    let fixture = AppFixture(as: user, start: .completion)
    #expect(fixture.style(of: view) == Style(.strong, underline: true))
  }

  @Test func `an instructor without students starts with all at risk`() {
    let fixture = AppFixture(as: "lind", start: .completion) { school in
      for course in school.courses.all { school.remove(.course, id: course.id) }
      let own = school.users.all.first { $0.username == "lind" }?.id
      for student in school.students.all where student.accountOwner == own {
        school.remove(.student, id: student.id)
      }
    }
    #expect(fixture.style(of: "At risk") == Style(.strong, underline: true))
  }

  @Test func `risk is weight, the stripe and the bar are hue`() {
    let fixture = AppFixture(start: .completion)
    #expect(fixture.style(of: "high ") == .strong)
    #expect(fixture.style(of: "risk 4") == .text)
    let roles = fixture.roles.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(roles[6].dropFirst(2).first == "b")
  }

  @Test func `keys act on the student under the cursor, or on all marked`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("+")
    guard case .act(.changeWorstProgress(let points, let one))? = fixture.taken().first else {
      Issue.record("no change of progress")
      return
    }
    #expect(points == 5)
    #expect(one.count == 1)
    #expect(fixture.screen.contains("u undo"))
    try fixture.type("  c")
    #expect(fixture.taken().isEmpty && fixture.screen.contains("Make me the owner of 2 students?"))
    try fixture.type("y")
    guard case .act(.claimStudents(let two))? = fixture.taken().first else {
      Issue.record("no claim")
      return
    }
    #expect(two.count == 2)
    #expect(two.first == one.first)
  }

  @Test func `an instructor cannot take students, and is told why`() throws {
    var fixture = AppFixture(as: "lind", start: .completion)
    try fixture.type("c")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.row(of: "! ") == 38)
    #expect(!fixture.line(39).contains("c own"))
  }

  @Test func `e edits the student, and on the courses screen the course`() throws {
    var fixture = AppFixture(start: .completion)
    let student = try #require(fixture.app.target)
    try fixture.type("e")
    #expect(fixture.screen.contains("Edit student"))
    try fixture.type("<Tab><Tab>9<C-s>")
    guard case .edit(let edit)? = fixture.taken().last,
      case .update(.student, student, let changes)? = edit.writes.first
    else {
      Issue.record("the student was not changed")
      return
    }
    #expect(Set(changes.keys) == ["cohort"])
    try fixture.type("7e")
    #expect(fixture.screen.contains("Edit course"))
    try fixture.type("<Esc>")
    var instructor = AppFixture(as: "lind", start: .completion)
    try instructor.type("e")
    #expect(!instructor.screen.contains("Edit student"))
  }

  @Test func `one form is a ticket for each marked student`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("<Space><Space><Space>t")
    #expect(fixture.screen.contains("New ticket for each of 3 students"))
    try fixture.type("How is it going<C-s>")
    guard case .edit(let edit)? = fixture.taken().last else {
      Issue.record("nothing was saved")
      return
    }
    #expect(edit.words == "3 tickets created")
    #expect(!fixture.screen.contains(" marked"))
  }

  @Test func `enter opens the card, o the attempts, and escape leads back`() throws {
    var fixture = AppFixture(start: .completion)
    let name = fixture.line(6).dropFirst(4).prefix(6)
    try fixture.type("<Enter>")
    #expect(fixture.line(1).contains("Completion › \(name)"))
    try fixture.type("o")
    #expect(fixture.line(1).contains("› attempts of \(name)"))
    try fixture.type("<Esc><Esc>")
    #expect(fixture.line(1).contains("At risk"))
  }

  @Test func `why lists every rule, reached or not`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("=")
    #expect(fixture.screen.contains("from 10 pp: 1, from 25 pp: 2, from 40 pp: 3"))
    #expect(fixture.screen.contains("high: 1, urgent: 2"))
    #expect(fixture.screen.contains("Complete"))
    try fixture.type("<Esc>")
    #expect(!fixture.screen.contains("high: 1, urgent: 2"))
  }

  @Test func `a group leads to its students and escape back to it`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("bj<Enter>")
    let group = fixture.line(1)
    #expect(group.contains("in 2026-A"))
    let count = fixture.school.students.all.count { $0.cohort == "2026-A" }
    #expect(group.contains("\(count) of 240"))
    try fixture.type("<Esc>")
    #expect(fixture.line(1).contains("by cohort"))
    try fixture.type("<Esc>")
    #expect(fixture.line(1).contains("240 of 240"))
  }

  @Test func `a bar leads to the students in it, lowest first`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("bj")
    let head = fixture.row(of: "At risk  ")
    #expect(head != nil)
    try fixture.type("hh")
    #expect(fixture.screen.contains("Students in 80 to 89 %"))
    try fixture.type("<Enter>")
    #expect(fixture.line(1).contains("in 2026-A, 80 to 89 %"))
    #expect(fixture.style(of: "Completion ▴") == .text)
  }

  @Test func `beyond the last bar none is picked`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("bhl")
    #expect(!fixture.screen.contains("Students in"))
  }

  @Test func `groups refuse what needs a student and take another grouping`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("b+c ")
    #expect(fixture.taken().isEmpty)
    try fixture.type("scourse<Enter>")
    #expect(fixture.line(1).contains("by course"))
    #expect(fixture.style(of: "ART101") != nil)
  }

  @Test func `the cursor stays on its student when another one changes`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("jjj")
    let line = fixture.line(9)
    let first = try #require(fixture.school.students.all.first { $0.fullName.contains("Keziah") })
    fixture.change { $0.remove(.student, id: first.id) }
    #expect(fixture.line(9).dropFirst(4) == line.dropFirst(4) || fixture.line(8).hasPrefix("►"))
    #expect(fixture.screen.contains(line.dropFirst(4).prefix(12)))
  }
}

private func pointer(_ className: String, _ id: String) -> JSON {
  ["__type": "Pointer", "className": .string(className), "objectId": .string(id)]
}

extension School {
  fileprivate mutating func put(_ className: String, _ id: RecordID, _ fields: JSONObject) {
    let object = ParseObject(className: className, objectId: id, fields: fields)
    upsert(School.Row(id: id, object: object, isUnsent: false))
  }
}
