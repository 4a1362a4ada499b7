import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Testing

@testable import SyncEngine

@Suite(.timeLimit(.minutes(2)))
struct LiveTests {
  /// Waits until the cache is as wanted; every commit is a chance.
  private func until(
    _ store: CacheStore, _ isWanted: () throws -> Bool
  ) async throws {
    var notices = store.notices().makeAsyncIterator()
    while try !isWanted() { _ = await notices.next() }
  }

  @Test func `running, changes come and edits leave by themselves`() async throws {
    let world = try await World(classes: [SyncClass("Deal", isLive: true)])
    let running = Task { await world.engine.run() }
    await world.until { $0.connection == .live && $0.progress.isEmpty }
    try await until(world.store) { try world.store.syncMarks()["Deal"]?.state == .complete }
    world.clock.advance(seconds: 1)
    try world.server.save("Deal", "deal0", ["stage": "won"])
    try await until(world.store) {
      try world.store.object(className: "Deal", id: "deal0")?["stage"] == "won"
    }
    try world.server.delete("Deal", "deal1")
    try await until(world.store) {
      try world.store.document(className: "Deal", id: "deal1") == nil
    }
    try world.update("deal2", ["stage": .set("lost")])
    try await until(world.store) { try world.store.outbox().isEmpty }
    #expect(world.server.row("Deal", "deal2")?["stage"] == "lost")
    #expect(try world.differences() == [])
    running.cancel()
    await running.value
    await world.server.stop()
  }

  @Test func `a session that ends shows, and a new one goes on`() async throws {
    let world = try await World()
    let running = Task { await world.engine.run() }
    try await until(world.store) { try world.store.syncMarks()["Deal"]?.walkedAt != nil }
    world.server.endSessions(userId: "userada")
    try world.update("deal0", ["stage": .set("won")])
    await world.until { $0.signInNeeded }
    world.client.sessionToken = world.server.sessionToken(username: "ada")
    await world.engine.signedIn()
    try await until(world.store) { try world.store.outbox().isEmpty }
    #expect(world.server.row("Deal", "deal0")?["stage"] == "won")
    running.cancel()
    await running.value
    await world.server.stop()
  }

  @Test func `a burst is sorted by what to do`() {
    func event(_ kind: LiveEvent.Kind, _ id: String) -> LiveEvent {
      .event(
        kind: kind, object: ParseObject(className: "Deal", objectId: id), original: nil)
    }
    let burst = LiveBurst([
      event(.create, "a"), event(.update, "a"), event(.leave, "b"), event(.enter, "b"),
      event(.update, "c"), event(.leave, "c"), event(.create, "d"), event(.delete, "d"),
    ])
    #expect(burst.rows.compactMap(\.objectId) == ["a", "a", "b", "c", "d"])
    #expect(burst.left.map(\.objectId) == ["c"])
    #expect(burst.deleted.map(\.objectId) == ["d"])
    #expect(burst.appeared.map(\.objectId) == ["a", "b"])
  }
}
