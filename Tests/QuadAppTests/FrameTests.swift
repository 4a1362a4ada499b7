import CRM
import ParseCore
import QuadApp
import Sandbox
import TerminalUI
import Testing

/// Header, footer, news and the smallest windows.
struct FrameTests {
  private static func state(_ connection: SyncState.Connection) -> SyncState {
    SyncState(connection: connection)
  }

  private static let states: [(SyncState, String, CRMRole)] = [
    (state(.live), "live   mara  coordinator", .dim),
    (
      state(.polling(asOf: fixtureNow.advanced(bySeconds: -12))), "12 s ago   mara  coordinator",
      .dim
    ),
    (
      state(.syncing(done: 3200, total: 12_800)), "syncing 3 200 of 12 800   mara  coordinator",
      .info
    ),
    (
      SyncState(
        connection: .offline(since: fixtureNow.advanced(bySeconds: -600)), queued: 3),
      "offline since 14:02   3 queued   mara  coordinator", .warn
    ),
    (
      SyncState(
        connection: .live, queued: 2, queuedSince: fixtureNow.advanced(bySeconds: -60)),
      "2 queued   live   mara  coordinator", .warn
    ),
    (
      SyncState(connection: .live, refused: 2), "2 refused   live   mara  coordinator", .warn
    ),
    (
      SyncState(connection: .live, needsSignIn: true), "sign in again   live   mara  coordinator",
      .bad
    ),
    (
      SyncState(
        connection: .offline(since: fixtureNow.advanced(bySeconds: -600)), queued: 1, conflicts: 1),
      "1 conflict   offline since 14:02   mara  coordinator", .bad
    ),
  ]

  typealias CRMRole = TerminalUI.Role

  @Test(arguments: states.indices)
  func `the header says the worst news first, and who`(index: Int) {
    let (sync, words, role) = Self.states[index]
    var fixture = AppFixture(start: .tickets, scale: .tiny)
    fixture.send(.sync(sync))
    #expect(fixture.line(0).hasSuffix(" " + words))
    #expect(fixture.style(of: words)?.role == role)
  }

  @Test func `a queue younger than ten seconds is no news`() {
    var fixture = AppFixture(start: .tickets, scale: .tiny)
    fixture.send(
      .sync(
        SyncState(
          connection: .live, queued: 1, queuedSince: fixtureNow.advanced(bySeconds: -9))))
    #expect(!fixture.line(0).contains("queued"))
  }

  @Test(arguments: [
    (1, 1, "…"), (20, 5, "Quad needs 40 x 10."), (39, 9, "\n    Quad needs 40 x 10."),
    (40, 10, " 3 Tickets   0-9"), (60, 16, " 0  1  2  3 Tickets   4"),
  ])
  func `a small window says what it needs`(columns: Int, rows: Int, start: String) throws {
    var fixture = AppFixture(columns, rows, start: .tickets, scale: .tiny)
    #expect(fixture.screen.hasPrefix(start))
    try fixture.type("q")
    #expect(fixture.taken() == [.quit])
  }

  @Test func `no size breaks the picture on any screen`() throws {
    var fixture = AppFixture(as: "admin", scale: .tiny)
    for screen in 0...9 {
      try fixture.type("\(screen)")
      for (columns, rows) in [(40, 10), (47, 12), (60, 16), (80, 20), (99, 29), (161, 31)] {
        fixture.resize(columns, rows)
        let canvas = fixture.app.draw()
        #expect(canvas.fullSize == Size(columns: columns, rows: rows))
        #expect(canvas.text(row: rows - 1).contains("? help"))
      }
    }
  }

  @Test func `a short window shows news in the footer's place, not over rows`() throws {
    var fixture = AppFixture(60, 16, start: .tickets)
    let last = fixture.line(14)
    try fixture.type("c")
    #expect(fixture.line(15).contains("claimed"))
    #expect(fixture.line(14).split(separator: " ").first == last.split(separator: " ").first)
  }

  @Test func `news goes after eight seconds`() throws {
    var fixture = AppFixture(start: .tickets)
    try fixture.type("c")
    #expect(fixture.screen.contains("u undo"))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 7)))
    #expect(fixture.screen.contains("u undo"))
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 8)))
    #expect(!fixture.screen.contains("u undo"))
  }

  @Test func `the footer names only what works`() {
    let mara = AppFixture(start: .tickets)
    #expect(mara.line(39).hasPrefix(" N take next   c claim   a assign   m status   w resolve"))
    let courses = AppFixture(start: .courses)
    #expect(!courses.line(39).contains("Enter"))
  }

  @Test func `without rows and without the server the list says so`() {
    var fixture = AppFixture(
      start: .tickets,
      change: { school in
        school = School()
      })
    fixture.send(.sync(SyncState(connection: .offline(since: fixtureNow))))
    #expect(fixture.screen.contains("No tickets here yet, and the server does not answer."))
    fixture.send(.sync(SyncState(connection: .syncing(done: 320, total: 640))))
    #expect(fixture.screen.contains("320 of 640 rows"))
    fixture.send(.sync(SyncState(connection: .live)))
    #expect(fixture.screen.contains("No tickets yet."))
  }
}
