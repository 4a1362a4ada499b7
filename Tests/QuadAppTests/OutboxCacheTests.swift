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

  /// Edits of today at 14:11, 14:10 and so on, each second one sent.
  private static func today(_ count: Int) -> CacheFacts.Today {
    CacheFacts.Today(
      count: count, waiting: (count + 1) / 2,
      newest: (0..<min(60, count)).map { index in
        CacheFacts.Made(
          at: fixtureNow.advanced(bySeconds: -60 * (index + 1)), record: "T-\(4800 - index)",
          change: "priority normal ▸ high", isWaiting: index % 2 == 0)
      })
  }

  private static func facts(free: Int?, edits: Int) -> CacheFacts {
    CacheFacts(bytes: 9_240_000, rows: facts.rows, pins: [], free: free, today: today(edits))
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `what was changed today stands where nothing waits`(columns: Int, rows: Int) throws {
    var fixture = AppFixture(columns, rows, as: "kai", start: .outbox, scale: .tiny)
    fixture.send(.cache(Self.facts(free: 312_000_000, edits: 7)))
    try expectPicture(fixture.screen, "outbox-today-\(columns)x\(rows)")
  }

  @Test func `of many edits the newest are told, and how to see the rest`() throws {
    var fixture = AppFixture(as: "kai", start: .outbox, scale: .tiny)
    fixture.send(.cache(Self.facts(free: nil, edits: 900)))
    let last = try #require(fixture.row(of: " more: quad history --days 1"))
    let first = try #require(fixture.row(of: "Changed here today  900"))
    #expect(fixture.line(last).contains(" \(900 - (last - first - 1)) more"))
    #expect(fixture.line(first).contains("450 not sent yet"))
  }

  @Test(arguments: [(499_000_000, true), (500_000_000, false)])
  func `a disk that is nearly full is worth a word`(free: Int, isTold: Bool) {
    var fixture = AppFixture(as: "kai", start: .outbox, scale: .tiny)
    fixture.send(.cache(Self.facts(free: free, edits: 0)))
    #expect(fixture.screen.contains("499 MB left; when it is full no edit can be kept") == isTold)
  }

  @Test func `the next try has its time, and the edit that waits for it too`() {
    var waiting = OutboxScreenTests.rows[0]
    waiting.nextTry = "14:13"
    var fixture = AppFixture(as: "kai", start: .outbox, scale: .tiny)
    fixture.send(.outbox([waiting]))
    var state = SyncState(connection: .live, queued: 1, queuedSince: fixtureNow)
    state.nextTryAt = fixtureNow.advanced(bySeconds: 60)
    fixture.send(.sync(state))
    #expect(fixture.line(4).contains("after 14:13"))
    #expect(fixture.screen.contains("oldest from 14:12, next try at 14:13, R tries now"))
  }

  @Test func `an edit that is made or has left has the cache measured`() throws {
    var fixture = AppFixture(as: "kai", start: .outbox, scale: .tiny)
    let before = fixture.measures
    fixture.send(.outbox([OutboxScreenTests.rows[0]]))
    #expect(fixture.measures == before + 1)
    fixture.send(.outbox([OutboxScreenTests.rows[0]]))
    #expect(fixture.measures == before + 1)
  }

  @Test func `where nothing waits the footer names no key for a row`() throws {
    var fixture = AppFixture(as: "kai", start: .outbox, scale: .tiny)
    #expect(fixture.line(39) == " R try now   / filter   f views   ? help")
    try fixture.type("<Enter>")
    #expect(fixture.screen.contains("There is no row here."))
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
