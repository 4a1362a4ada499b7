import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Synchronization
import Testing

@testable import SyncEngine

/// Polling while LiveQuery is silent: an answer that is stored already does not come again.
@Suite(.timeLimit(.minutes(4)))
struct TagTests {
  /// The requests of a stretch of time.
  private final class Tap: Sendable {
    private let seen = Mutex<[SandboxRequest]>([])

    init(_ server: SandboxServer) {
      // A fault for no request: it only looks.
      server.inject(.dropBefore) { [self] request in
        seen.withLock { $0.append(request) }
        return false
      }
    }

    func take() -> [SandboxRequest] {
      seen.withLock { seen in
        defer { seen = [] }
        return seen
      }
    }
  }

  private struct Answers {
    var statuses: [Int] = []
    var bytes = 0
    /// What the bodies would have without a tag.
    var bytesInFull = 0
  }

  /// What the server answers to the same requests, which do not change it.
  private func answers(_ tap: Tap, _ world: World) -> Answers {
    var sum = Answers()
    for request in tap.take() {
      let answer = world.server.respond(to: request)
      var plain = request
      plain.headers = plain.headers.filter { $0.key.lowercased() != "if-none-match" }
      sum.statuses.append(answer.status)
      sum.bytes += answer.body.count
      sum.bytesInFull += world.server.respond(to: plain).body.count
    }
    return sum
  }

  private func poll(_ world: World) async {
    world.clock.advance(seconds: 30)
    await world.engine.syncOnce(refresh: false)
  }

  @Test func `a delta without news costs no body`() async throws {
    let world = try await World(deals: 2)
    await world.engine.syncOnce()
    let tap = Tap(world.server)
    for _ in 0..<3 {
      await poll(world)
      let next = answers(tap, world)
      #expect(next.statuses == [304] && next.bytes == 0 && next.bytesInFull > 400)
      #expect(try world.store.syncMarks()["Deal"]?.syncedAt == world.clock.now)
    }
    try world.server.save("Deal", "deal1", ["stage": "won"])
    await poll(world)
    #expect(answers(tap, world).statuses == [200])
    #expect(try world.differences() == [])
    // The time to look from has moved on.
    await poll(world)
    #expect(answers(tap, world).statuses == [200])
    await poll(world)
    #expect(answers(tap, world).statuses == [304])
  }

  @Test func `an answer that goes on with a second page is asked in full`() async throws {
    let world = try await World(deals: 5)
    await world.engine.syncOnce()
    let tap = Tap(world.server)
    for _ in 0..<2 {
      await poll(world)
      #expect(Set(answers(tap, world).statuses) == [200])
    }
  }

  @Test func `a row that went meanwhile comes back with the same answer`() async throws {
    let world = try await World(deals: 2)
    await world.engine.syncOnce()
    await poll(world)
    world.clock.advance(seconds: 1)
    try world.store.markGone(
      className: "Deal", ids: ["deal1"], at: world.clock.now, source: .live)
    world.clock.advance(seconds: 1)
    await poll(world)
    #expect(try world.differences() == [])
  }

  @Test func `a tag is for one query and the rows that were here with it`() {
    let tags = [("a", "1"), ("b", "2")].reduce(into: AnswerTags()) { tags, pair in
      tags.note(
        pair.0, Query("Deal", count: true), FindAnswer(rows: [], count: 0, etag: "W/\"x\""),
        removals: pair.1)
    }
    #expect(tags.etag("a", Query("Deal", count: true), removals: "1") == "W/\"x\"")
    #expect(tags.etag("a", Query("Deal", count: true), removals: "2") == nil)
    #expect(tags.etag("b", Query("Deal", limit: 3, count: true), removals: "2") == nil)
    #expect(tags.etag("c", Query("Deal", count: true), removals: "1") == nil)
  }
}
