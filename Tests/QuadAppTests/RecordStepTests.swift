import CRM
import QuadApp
import TerminalUI
import Testing

struct RecordStepTests {
  @Test func `the brackets go to the next and the previous record of the list`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    try fixture.type("b<Enter>")
    let first = try #require(fixture.app.target)
    #expect(fixture.line(1).contains("[ ] previous, next"))
    try fixture.type("]")
    let second = try #require(fixture.app.target)
    #expect(second != first)
    try fixture.type("[")
    #expect(fixture.app.target == first)
    try fixture.type("]<Esc>")
    #expect(fixture.app.target == second)
  }

  @Test func `at the end of the list the record stays`() throws {
    var fixture = AppFixture(as: "kai", start: .pipeline)
    try fixture.type("bg<Enter>")
    let first = try #require(fixture.app.target)
    try fixture.type("[[")
    #expect(fixture.app.target == first)
    #expect(fixture.line(1).contains("1 of "))
  }

  @Test func `a card that an act opened has no way on`() throws {
    var fixture = AppFixture(as: "mara", start: .tickets)
    try fixture.type("N")
    _ = fixture.taken()
    let claimed = fixture.app.target
    try fixture.type("]")
    #expect(fixture.taken().isEmpty)
    #expect(fixture.app.target == claimed)
    #expect(fixture.line(1).contains("back to Tickets"))
  }
}
