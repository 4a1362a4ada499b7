import CRM
import ParseCore
import QuadApp
import Sandbox
import TerminalUI
import Testing

/// What screen 8 tells of the cache, and what it does to all edits at once.
struct OutboxCacheTests {
  private static let facts = CacheFacts(
    bytes: 9_240_000,
    rows: [
      CacheFacts.Rows(className: "QuizAttempt", count: 3412),
      CacheFacts.Rows(className: "Enrollment", count: 980),
      CacheFacts.Rows(className: "Activity", count: 900),
      CacheFacts.Rows(className: "SupportTicket", count: 418),
      CacheFacts.Rows(className: "Student", count: 240),
      CacheFacts.Rows(className: "Deal", count: 160), CacheFacts.Rows(className: "_Role", count: 4),
    ],
    pins: [
      CacheFacts.Pin(name: "by hand", rows: 12, since: fixtureNow.advanced(bySeconds: -190_000)),
      CacheFacts.Pin(name: "screen tickets", rows: 1418, since: fixtureNow),
    ])

  private func fixture(
    _ columns: Int, _ rows: Int, outbox: [OutboxRow] = OutboxScreenTests.rows
  ) -> AppFixture {
    var fixture = AppFixture(columns, rows, as: "kai", start: .outbox, scale: .tiny)
    fixture.send(.outbox(outbox))
    fixture.send(.cache(Self.facts))
    return fixture
  }

  @Test(arguments: [(80, 24), (120, 30), (120, 40), (200, 50)])
  func `the cache is told below what waits`(columns: Int, rows: Int) throws {
    try expectPicture(fixture(columns, rows).screen, "outbox-cache-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `the cache is told where nothing waits`(columns: Int, rows: Int) throws {
    let screen = fixture(columns, rows, outbox: []).screen
    try expectPicture(screen, "outbox-empty-\(columns)x\(rows)")
  }

  /// An effect that counts rows runs when its screen is opened and each minute, not with each key.
  @Test func `the cache is measured when its screen opens and each minute after`() throws {
    var fixture = AppFixture(as: "kai", start: .quad, scale: .tiny)
    #expect(fixture.measures == 0)
    try fixture.type("8")
    #expect(fixture.measures == 1)
    try fixture.type("jk/x<Esc>")
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 1)))
    #expect(fixture.measures == 1)
    fixture.send(.sync(SyncState(connection: .syncing(done: 3, total: 9))))
    fixture.send(.sync(SyncState(connection: .syncing(done: 7, total: 9))))
    #expect(fixture.measures == 2)
    fixture.send(.sync(SyncState(connection: .live)))
    #expect(fixture.measures == 3)
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 61)))
    #expect(fixture.measures == 4)
    try fixture.type("0")
    fixture.send(.tick(fixtureNow.advanced(bySeconds: 200)))
    #expect(fixture.measures == 4)
    try fixture.type("8")
    #expect(fixture.measures == 5)
  }

  @Test func `all that was refused goes again, and all that waits goes into a file`() throws {
    var fixture = fixture(120, 40)
    try fixture.type("Ax")
    #expect(fixture.taken() == [.retryAll, .exportOutbox])
    fixture.send(.outbox(OutboxScreenTests.rows.filter { !$0.isRefused }))
    try fixture.type("A")
    #expect(fixture.taken().isEmpty && fixture.screen.contains("Nothing was refused."))
    fixture.send(.outbox([]))
    try fixture.type("x")
    #expect(fixture.taken().isEmpty && fixture.screen.contains("There is nothing to send."))
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (999_999, "999 kB"), (1_000_000, "1 MB"),
    (9_240_000, "9.2 MB"), (10_000_000, "10 MB"), (123_456_789, "123 MB"),
  ])
  func `sizes are told in thousands`(_ bytes: Int, _ words: String) {
    #expect(Wording.bytes(bytes) == words)
  }

  @Test func `rows that arrive are told with their pace and the time left`() throws {
    var fixture = AppFixture(start: .outbox, scale: .tiny)
    func arrive(_ done: Int, after seconds: Int) {
      fixture.send(.tick(fixtureNow.advanced(bySeconds: seconds)))
      fixture.send(.sync(SyncState(connection: .syncing(done: done, total: 12_800))))
    }
    arrive(800, after: 0)
    #expect(fixture.screen.contains("fetching, 800 of 12 800 rows; q stops"))
    arrive(4000, after: 2)
    #expect(fixture.screen.contains("fetching, 4 000 of 12 800 rows, 1 600 a second, 6 s left; q"))
    arrive(4800, after: 80)
    #expect(fixture.screen.contains("50 a second, 3 min left"))
    fixture.send(.sync(SyncState(connection: .live)))
    #expect(fixture.screen.contains("live, changes arrive"))
    arrive(12_000, after: 90)
    #expect(fixture.screen.contains("fetching, 12 000 of 12 800 rows; q stops"))
  }
}
