import CRM
import ParseCore
import QuadApp
import TerminalUI
import Testing

/// Over SSH the detail follows a cursor that rests (design/screens.md §2).
struct TravelTests {
  private func remote() -> AppFixture { AppFixture(start: .tickets, isRemote: true) }

  /// The rule above the detail, with its ticket.
  private func title(_ fixture: AppFixture) -> String {
    (0..<40).map(fixture.line).first { $0.hasPrefix(" T-") } ?? ""
  }

  @Test func `keys in a row leave the detail alone until the cursor rests`() throws {
    var fixture = remote()
    let first = title(fixture)
    try #require(!first.isEmpty)
    try fixture.type("j")
    fixture.send(.tick(fixtureNow))
    try fixture.type("j")
    #expect(title(fixture) == first)
    #expect(fixture.app.nextTick == nil)
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 5)))
    #expect(title(fixture) == first)
    #expect(fixture.app.nextTick == ParseDate(milliseconds: fixtureNow.milliseconds + 5120))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 6)))
    let third = title(fixture)
    #expect(third != first)
    var local = AppFixture(start: .tickets)
    try local.type("jj")
    #expect(title(local) == third)
  }

  @Test func `any other key brings the detail at once`() throws {
    var fixture = remote()
    let first = title(fixture)
    try fixture.type("j ")
    #expect(title(fixture) != first)
  }

  @Test func `what the server changes on the way shows in the list and in the detail`() throws {
    var fixture = remote()
    try fixture.type("j")
    let row = fixture.app.draw().cursor?.row
    let before = fixture.screen
    fixture.change { _ in }
    #expect(fixture.screen == before)
    #expect(fixture.app.draw().cursor?.row == row)
  }

  @Test func `beside the list over SSH only when asked for`() throws {
    let local = AppFixture(200, 50, start: .tickets)
    let far = AppFixture(200, 50, start: .tickets, isRemote: true)
    #expect(local.line(3).contains("──"))
    #expect(!far.line(3).contains("──"))
  }
}
