import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Synchronization
import Testing

@testable import SyncEngine

@Suite(.timeLimit(.minutes(4)))
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

  @Test func `a server that goes away shows at once, without an edit`() async throws {
    let world = try await World(classes: [SyncClass("Deal", isLive: true)])
    let running = Task { await world.engine.run() }
    await world.until { $0.connection == .live }
    // A round that still ran would notice by itself.
    for _ in 0..<3 { await world.engine.syncOnce(refresh: false) }
    world.server.setOffline(true)
    // The clock stands still, so no poll comes due.
    await world.until { status in
      if case .offline = status.connection { true } else { false }
    }
    running.cancel()
    await running.value
    await world.server.stop()
  }

  /// Pulls and each kind of save; the password changes while the first fitting one is on its way.
  @Test(arguments: ["/classes/Deal", "/classes/Deal/deal0"], [false, true])
  func `a request that carried an old token is made again`(
    path: String, isWrite: Bool
  ) async throws {
    let world = try await World()
    await world.engine.syncOnce()
    world.clock.advance(seconds: 10)
    try world.update("deal0", ["stage": .set("won")])
    _ = try world.perform(Edit("Deal", id: nil, .create(["title": .set("New")])))
    let changes = Mutex(0)
    world.server.inject(.loseAnswer) { [server = world.server, client = world.client] request in
      let isLook = String(decoding: request.body, as: UTF8.self).contains("_method")
      guard request.path.hasSuffix(path), isLook != isWrite else { return false }
      let isFirst = changes.withLock { count in
        count += 1
        return count == 1
      }
      if isFirst {
        server.endSessions(userId: "userada")
        client.sessionToken = server.sessionToken(username: "ada")
      }
      return false
    }
    await world.engine.syncOnce()
    #expect(changes.withLock(\.self) > 1)
    #expect(!world.engine.status.signInNeeded)
    #expect(try world.store.outbox().isEmpty && world.differences() == [])
    #expect(world.server.count("Deal") == 4)
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

  /// The event of a rival's claim may be on its way when one's own claim leaves.
  @Test func `a claim looks at the row first, though events keep it fresh`() async throws {
    let world = try await World(classes: [SyncClass("Deal", isLive: true)])
    let running = Task { await world.engine.run() }
    await world.until { $0.connection == .live && $0.progress.isEmpty }
    while await !world.engine.live.isFresh("Deal") { await Task.yield() }
    func user(_ id: String) -> JSON { Pointer(className: "_User", objectId: id).json }
    world.server.setLiveMuted(true)
    world.clock.advance(seconds: 1)
    try world.server.save("Deal", "deal0", ["assignedTo": user("rival")])
    try world.update("deal0", ["assignedTo": .set(user("me"))])
    try await until(world.store) {
      try world.store.outbox().first.map { $0.state == .conflict } ?? true
    }
    #expect(try world.store.outbox().count == 1)
    #expect(world.server.row("Deal", "deal0")?["assignedTo"] == user("rival"))
    let cached = try world.store.serverObject(className: "Deal", id: "deal0")
    #expect(cached?["assignedTo"] == user("rival"))
    running.cancel()
    await running.value
    await world.server.stop()
  }
}
