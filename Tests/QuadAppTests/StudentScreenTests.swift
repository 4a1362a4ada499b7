import CRM
import QuadApp
import TerminalUI
import Testing

struct StudentScreenTests {
  private func card(_ columns: Int = 120, _ rows: Int = 40, as user: String = "mara") throws
    -> AppFixture
  {
    var fixture = AppFixture(columns, rows, as: user, start: .completion)
    try fixture.type("<Enter>")
    return fixture
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `the card looks as its pictures`(columns: Int, rows: Int) throws {
    try expectPicture(try card(columns, rows).screen, "student-\(columns)x\(rows)")
  }

  @Test func `the end of a long card comes into sight with the last target`() throws {
    var fixture = try card(80, 24)
    try fixture.type("G")
    try expectPicture(fixture.screen, "student-end-80x24")
    #expect(fixture.screen.contains("Data"))
    try fixture.type("g")
    #expect(fixture.screen.contains("completion ━"))
  }

  @Test func `why a learner is at risk says whether all of it is here`() throws {
    for (isComplete, words) in [
      (true, "Complete    yes, courses"), (false, "Complete    no, more rows"),
    ] {
      var fixture = AppFixture(120, 40, as: "admin", start: .completion) { school in
        if !isComplete { school.complete.remove(.attempt) }
      }
      try fixture.type("<Enter>=")
      #expect(fixture.screen.contains(words))
    }
  }

  @Test func `progress is of the course under the cursor`() throws {
    var fixture = try card()
    try fixture.type("j+")
    guard case .act(.changeProgress(let points, let enrollments))? = fixture.taken().first else {
      Issue.record("no change of progress")
      return
    }
    #expect(points == 5)
    let enrollment = try #require(fixture.school.enrollments[enrollments.first])
    let code = fixture.school.courses[enrollment.course]?.courseCode ?? "?"
    let row = try #require(fixture.row(of: "►"))
    #expect(fixture.line(row).contains(code))
    #expect(fixture.line(row).contains("~"))
  }

  @Test func `off the courses progress is refused, and a ticket opens`() throws {
    var fixture = try card()
    try fixture.type("G-")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.line(38).contains("Go to a course"))
    #expect(fixture.line(39).contains("Enter open"))
    let row = try #require(fixture.row(of: "►"))
    let number = fixture.line(row).dropFirst(3).prefix(6)
    try fixture.type("<Enter>")
    #expect(fixture.line(1).contains("› \(number)"))
  }

  @Test func `enter on a quiz opens it`() throws {
    var fixture = try card()
    let id = try #require(
      fixture.school.students.all.first { fixture.line(1).contains($0.fullName) }?.id)
    let courses = fixture.school.enrollments.all.count { $0.student == id }
    try fixture.type(String(repeating: "j", count: courses) + "<Enter>")
    #expect(fixture.screen.contains("Scores  first try, n"))
  }

  @Test func `colours say what is late, odd and fine`() throws {
    let fixture = try card()
    #expect(fixture.style(of: "high risk") == Style(.bad, bold: true))
    #expect(fixture.style(of: "+3") == .warn)
    #expect(fixture.style(of: "not moving") == .warn)
    #expect(fixture.style(of: "no drift")?.role == .good)
  }

  @Test func `the cursor stays on its ticket when a course goes`() throws {
    var fixture = try card()
    try fixture.type("G")
    let before = try #require(fixture.row(of: "►"))
    let words = fixture.line(before).dropFirst(3).prefix(20)
    let name = try #require(
      fixture.school.students.all.first {
        fixture.line(1).contains($0.fullName)
      })
    let enrollment = try #require(fixture.school.enrollments.all.first { $0.student == name.id })
    fixture.change { $0.remove(.enrollment, id: enrollment.id) }
    let after = try #require(fixture.row(of: "►"))
    #expect(fixture.line(after).contains(words))
  }

  @Test func `rules name only the keys of what the role may do`() throws {
    let open = try card(as: "mara").screen
    #expect(open.contains("i enrol") && open.contains("i record"))
    let closed = try card(as: "lind").screen
    #expect(closed.contains("+ - progress") && closed.contains("i record"))
    #expect(!closed.contains("i enrol"))
    let own = try card(as: "learner").screen
    #expect(own.contains("all tries"))
    for words in ["progress   ", "i enrol", "i record", "t open one"] {
      #expect(!own.contains(words), "\(words)")
    }
  }

  @Test func `a window with room for the whole card shows all of it`() throws {
    #expect(try card(200, 50).row(of: " more") == nil)
    // One row left out would be told in as much room as it takes.
    for rows in 24...60 {
      let fixture = try card(120, rows)
      #expect(fixture.row(of: " 1 more") == nil, "\(rows) rows")
    }
  }

  @Test func `an instructor sees the card without what is not open`() throws {
    var fixture = try card(as: "lind")
    try fixture.type("c")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.line(38).hasPrefix(" ! "))
  }
}
