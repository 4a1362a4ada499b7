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

  /// Lines of the list from its head to the blank line above the detail.
  private func rows(_ fixture: AppFixture) -> [String] {
    (4..<17).map { fixture.line($0) }
  }

  private func small() -> AppFixture {
    AppFixture(80, 24, as: "admin", start: .people, isRemote: true)
  }

  @Test func `rows that scroll in show what they are until the cursor rests`() throws {
    var fixture = small()
    let first = rows(fixture)
    try fixture.type(String(repeating: "j", count: 15))
    fixture.send(.tick(fixtureNow))
    let passing = rows(fixture)
    let scrolled = 5
    // What was in sight stays as it was, but for the sign of the cursor.
    #expect(passing.prefix(8) == first.dropFirst(scrolled).prefix(8))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 1)))
    var local = AppFixture(80, 24, as: "admin", start: .people)
    try local.type(String(repeating: "j", count: 15))
    let rested = rows(fixture)
    #expect(rested == rows(local))
    for (brief, whole) in zip(passing, rested).dropFirst(8) where !whole.isEmpty {
      #expect(brief.count < whole.count)
      #expect(brief.count > 12)
    }
  }

  @Test func `rows that scroll out and in again show what they are`() throws {
    var fixture = small()
    let first = rows(fixture)[0]
    try fixture.type(String(repeating: "j", count: 15) + String(repeating: "k", count: 15))
    #expect(rows(fixture)[0].dropFirst() != first.dropFirst())
    try fixture.type("g")
    #expect(rows(fixture)[0] == first)
  }

  @Test func `a page comes whole`() throws {
    var fixture = small()
    try fixture.type("<PgDn>")
    let rested = rows(fixture)
    fixture.send(.tick(fixtureNow))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 1)))
    #expect(rows(fixture) == rested)
  }

  @Test func `a list beside others goes on by pages`() throws {
    var fixture = AppFixture(200, 50, as: "admin", isRemote: true)
    try fixture.type("<Tab>")
    var lines: [Int] = []
    for _ in 0..<14 {
      lines.append(try #require(fixture.app.draw().cursor?.row))
      try fixture.type("j")
    }
    let turn = try #require(zip(lines, lines.dropFirst()).first { $0.0 > $0.1 })
    #expect(turn.0 - turn.1 >= 5)
    // The cursor keeps its margin: rows before it are in sight.
    #expect(turn.1 == lines[0] + 2)
    #expect(Set(zip(lines, lines.dropFirst()).map { $1 - $0 }) == [1, turn.1 - turn.0])
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
