import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

struct StudentBatchTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `what becomes of each marked student is as pictured`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, start: .completion)
    try fixture.type("<Space><Space><Space><Space>+")
    try expectPicture(fixture.screen, "student-batch-\(columns)x\(rows)")
  }

  @Test func `one student is changed at once, several after a yes`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("+")
    guard case .act(.changeWorstProgress(by: 5, students: let one))? = fixture.taken().first else {
      Issue.record("nothing was raised")
      return
    }
    #expect(one.count == 1)
    try fixture.type("<Space><Space><Space>-<Enter>")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.screen.contains("Lower the progress of 3 students?"))
    try fixture.type("y")
    guard case .act(.changeWorstProgress(by: -5, students: let three))? = fixture.taken().first
    else {
      Issue.record("nothing was lowered")
      return
    }
    #expect(three.count == 3 && !fixture.screen.contains("marked"))
  }

  /// The plan names the course and the number that the edit then writes.
  @Test func `the plan is what is written`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("<Space><Space>+")
    let rows = fixture.school.completion(
      ListRequest(view: "at-risk"), fixture.app.context.viewpoint
    )
    .list.rows.prefix(2)
    for row in rows {
      let course = try #require(row.furthestBehind)
      let now = course.progress ?? 0
      let words = "\(course.code)"
      let line = try #require(
        (20..<38).map { fixture.line($0) }.first { $0.contains(row.name) && $0.contains("▸") })
      #expect(line.contains(words) && line.hasSuffix("▸ \(Int((now + 5).rounded()))"))
    }
    try fixture.type("y")
    for row in rows {
      let course = try #require(row.furthestBehind)
      let written = fixture.school.enrollments[course.enrollment]?.progressPercent
      #expect(written == (course.progress ?? 0) + 5)
    }
  }

  @Test func `owned already says so, and the rest is claimed`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("fmy<Enter><Space><Space>fat risk<Enter>")
    try fixture.type("c")
    #expect(fixture.screen.contains("Make me the owner of 2 students?"))
    #expect(fixture.screen.contains("0 will change   2 will not, each says why"))
    #expect(fixture.screen.contains("yours already"))
    try fixture.type("y")
    #expect(fixture.screen.contains("yours already."))
  }

  @Test func `m ends the course furthest behind and takes up the last ended one`() throws {
    var fixture = AppFixture(start: .completion)
    let row = try #require(
      fixture.school.completion(ListRequest(view: "at-risk"), fixture.app.context.viewpoint)
        .list.rows.first)
    let course = try #require(row.furthestBehind)
    try fixture.type("mnot<Enter>")
    #expect(
      fixture.taken() == [.act(.setActive(false, enrollments: [course.enrollment]))])
    #expect(fixture.school.enrollments[course.enrollment]?.active == false)
    try fixture.type("<Space><Space>mgoes on<Enter>")
    #expect(fixture.screen.contains("Take up the last ended course of 2 students?"))
    try fixture.type("<Esc>u")
    #expect(fixture.taken().contains(.undo))
  }

  @Test func `on the card m ends the course under the cursor and takes it up again`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("<Enter>m")
    guard case .act(.setActive(let first, let ids))? = fixture.taken().first else {
      Issue.record("no course was ended")
      return
    }
    try fixture.type("m")
    #expect(fixture.taken() == [.act(.setActive(!first, enrollments: ids))])
  }

  @Test func `a marked student that the filter hides is in the plan`() throws {
    var fixture = AppFixture(start: .completion)
    try fixture.type("<Space><Space>")
    let name = fixture.line(6).dropFirst(4).prefix(6).trimmingSuffix
    try fixture.type("/\(name)<Enter>+")
    #expect(fixture.screen.contains("1 not in sight") && fixture.screen.contains("hidden"))
  }

  @Test func `rights are those of enrollments`() throws {
    var sales = AppFixture(as: "kai", start: .completion)
    try sales.type("m+")
    #expect(sales.taken().isEmpty)
  }
}

extension Substring {
  fileprivate var trimmingSuffix: String {
    var text = String(self)
    while text.last == " " { text.removeLast() }
    return text.lowercased()
  }
}
