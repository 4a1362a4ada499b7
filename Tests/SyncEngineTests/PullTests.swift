import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Testing

@testable import SyncEngine

@Suite(.timeLimit(.minutes(4)))
struct PullTests {
  @Test func `the first fill brings every row, even when the server clamps pages`() async throws {
    let world = try await World(deals: 7) { $0.maximumLimit = 1 }
    await world.engine.syncOnce()
    #expect(try world.differences() == [])
    let mark = try #require(try world.store.syncMarks()["Deal"])
    #expect(mark.state == .complete && mark.serverCount == 7 && mark.syncedAt != nil)
    #expect(world.engine.status.progress.isEmpty)
    #expect(world.engine.status.connection == .polling(last: world.clock.now))
  }

  @Test func `an empty class is complete too`() async throws {
    let world = try await World(deals: 0)
    await world.engine.syncOnce()
    #expect(try world.store.syncMarks()["Deal"]?.state == .complete)
  }

  @Test func `a fill that was cut goes on where it was`() async throws {
    let world = try await World(deals: 7)
    world.server.inject(.error(status: 500, code: 1)) { request in
      String(decoding: request.body, as: UTF8.self).contains("deal3")
    }
    await world.engine.syncOnce()
    let mark = try #require(try world.store.syncMarks()["Deal"])
    #expect(mark.state == .filling && mark.cursor == "deal3")
    #expect(world.engine.status.progress["Deal"] == .init(done: 4, total: 7))
    #expect(world.engine.status.problem != nil)
    await world.engine.syncOnce()
    #expect(try world.differences() == [])
    #expect(world.engine.status.problem == nil)
  }

  @Test func `a delta brings what changed, page by page`() async throws {
    let world = try await World(deals: 5)
    await world.engine.syncOnce()
    world.clock.advance(seconds: 600)
    for number in 0..<5 { try world.server.save("Deal", "deal\(number)", ["stage": "won"]) }
    try world.server.save("Deal", nil, ["title": "new"])
    await world.engine.syncOnce(refresh: false)
    #expect(try world.differences() == [])
    #expect(try world.store.rowCounts() == ["Deal": 6])
  }

  @Test func `rows changed during the fill are not missed`() async throws {
    let world = try await World(deals: 5)
    world.server.inject(.error(status: 500, code: 1)) { request in
      String(decoding: request.body, as: UTF8.self).contains("deal3")
    }
    await world.engine.syncOnce()
    world.clock.advance(seconds: 900)
    try world.server.save("Deal", "deal0", ["stage": "won"])
    world.clock.advance(seconds: 900)
    await world.engine.syncOnce()
    #expect(try world.differences() == [])
  }

  @Test func `deletions are found by comparing ids`() async throws {
    let world = try await World(deals: 5)
    await world.engine.syncOnce()
    try world.server.delete("Deal", "deal1")
    try world.server.delete("Deal", "deal4")
    world.clock.advance(seconds: 30)
    await world.engine.syncOnce(refresh: false)
    #expect(try world.store.rowCounts() == ["Deal": 5])
    world.clock.advance(seconds: 900)
    await world.engine.syncOnce(refresh: false)
    #expect(try world.differences() == [])
    #expect(try world.store.journal(className: "Deal", id: "deal1").last?.new == nil)
  }

  @Test func `a class without rights is marked and the others go on`() async throws {
    let world = try await World(classes: [SyncClass("Nowhere"), SyncClass("Deal")])
    await world.engine.syncOnce()
    #expect(try world.store.syncMarks()["Nowhere"]?.state == .noRight)
    #expect(try world.differences() == [])
    #expect(world.engine.status.problem == nil)
  }

  @Test func `included rows become rows of their own and leave pointers`() async throws {
    let page = Query("Deal", order: [Query.Order("title")], include: ["assignedTo"])
    let world = try await World(classes: [SyncClass("Deal", firstPage: page)])
    await world.engine.syncOnce()
    #expect(try world.differences() == [])
    let user = try world.store.object(className: "_User", id: "userada")
    #expect(user?["username"] == "ada")
  }

  @Test func `an expired session stops all and says so, and nothing is lost`() async throws {
    let world = try await World()
    await world.engine.syncOnce()
    world.server.endSessions(userId: "userada")
    try world.update("deal0", ["stage": .set("won")])
    await world.engine.syncOnce()
    #expect(world.engine.status.signInNeeded && world.engine.status.queued == 1)
    world.client.sessionToken = world.server.sessionToken(username: "ada")
    await world.engine.signedIn()
    await world.engine.syncOnce()
    #expect(!world.engine.status.signInNeeded && world.engine.status.queued == 0)
    #expect(world.server.row("Deal", "deal0")?["stage"] == "won")
    #expect(try world.differences() == [])
  }

  @Test func `by wish no request is made`() async throws {
    let world = try await World(isOffline: true)
    let since = world.clock.now
    await world.engine.syncOnce()
    #expect(try world.store.rowCounts().isEmpty)
    #expect(world.engine.status.connection == .offline(since: since))
    await world.engine.goOffline(false)
    await world.engine.syncOnce()
    #expect(try world.differences() == [])
  }
}
