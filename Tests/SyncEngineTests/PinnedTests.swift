import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Synchronization
import Testing

@testable import SyncEngine

/// Pinned queries, kept as the server answers them.
@Suite(.timeLimit(.minutes(4)))
struct PinnedTests {
  private static let won = Query("Deal", where: ["stage": "won"])
  private static let cheapest = Query("Deal", order: [Query.Order("amount")], limit: 2)

  /// Deals of which no class is synced, so that only pins bring any.
  private func world() async throws -> World {
    let world = try await World(deals: 6, classes: [SyncClass("Course")])
    for number in 1...3 { try world.server.save("Deal", "deal\(number)", ["stage": "won"]) }
    return world
  }

  private func poll(_ world: World, seconds: Int = 30) async {
    world.clock.advance(seconds: seconds)
    await world.engine.syncOnce(refresh: false)
  }

  private func pinned(_ world: World) throws -> [String] {
    try world.store.pinned(name: "hot").map(\.objectId)
  }

  @Test func `a pinned query brings its rows and no others, and follows them`() async throws {
    let world = try await world()
    #expect(try world.store.pinQuery(Self.won, name: "hot", now: world.clock.now) == 0)
    await world.engine.syncOnce()
    #expect(try pinned(world) == ["deal1", "deal2", "deal3"])
    #expect(try world.store.rowCounts()["Deal"] == 3)
    world.clock.advance(seconds: 600)
    try world.server.save("Deal", "deal5", ["stage": "won"])
    try world.server.save("Deal", "deal2", ["title": "Renamed"])
    await poll(world)
    #expect(try pinned(world) == ["deal1", "deal2", "deal3", "deal5"])
    #expect(try world.store.object(className: "Deal", id: "deal2")?["title"] == "Renamed")
    let summary = try #require(try world.store.pins().first)
    #expect(summary.count == 4 && summary.askedAt == world.clock.now)
  }

  @Test func `rows that leave a pinned query, or the server, leave the pin`() async throws {
    let world = try await world()
    try world.store.pinQuery(Self.won, name: "hot", now: world.clock.now)
    await world.engine.syncOnce()
    try world.server.save("Deal", "deal1", ["stage": "lost"])
    try world.server.delete("Deal", "deal3")
    await poll(world, seconds: 901)
    #expect(try pinned(world) == ["deal2"])
    #expect(try world.store.object(className: "Deal", id: "deal1")?["stage"] == "lost")
    #expect(try world.store.object(className: "Deal", id: "deal3") == nil)
  }

  @Test func `the first rows of an order are asked as they are`() async throws {
    let world = try await world()
    try world.store.pinQuery(Self.cheapest, name: "hot", now: world.clock.now)
    await world.engine.syncOnce()
    #expect(try pinned(world) == ["deal0", "deal1"])
    try world.server.save("Deal", "deal0", ["amount": 99])
    await poll(world)
    #expect(try pinned(world) == ["deal1", "deal2"])
    #expect(try world.store.object(className: "Deal", id: "deal0")?["amount"] == 99)
  }

  @Test func `what pinned rows point to comes too`() async throws {
    let world = try await world()
    try world.store.pinQuery(Self.won, name: "hot", depth: 1, now: world.clock.now)
    await world.engine.syncOnce()
    await poll(world, seconds: 901)
    #expect(try world.store.object(className: "_User", id: "userada") != nil)
  }

  @Test func `pins over a class that is here as a whole ask for nothing`() async throws {
    let world = try await World(deals: 3)
    await world.engine.syncOnce()
    try world.store.pinQuery(Self.won, name: "hot", now: world.clock.now)
    let asked = Mutex<[String]>([])
    world.server.inject(.dropBefore) { request in
      asked.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
      return false
    }
    try world.server.save("Deal", "deal2", ["stage": "won"])
    await poll(world)
    #expect(asked.withLock { $0.allSatisfy { !$0.contains("stage") } })
    #expect(try pinned(world) == ["deal2"])
  }

  @Test func `a pin that is refused waits longer each time and holds nobody up`() async throws {
    let world = try await world()
    try world.store.pinQuery(
      Query("Nothing", where: ["a": 1]), name: "bad", now: world.clock.now)
    try world.store.pinQuery(Self.won, name: "hot", now: world.clock.now)
    let asked = Mutex(0)
    world.server.inject(.error(status: 400, code: 119), times: 99) { request in
      guard request.path.hasSuffix("/Nothing") else { return false }
      asked.withLock { $0 += 1 }
      return true
    }
    await world.engine.syncOnce()
    #expect(try pinned(world).count == 3)
    for _ in 0..<30 { await poll(world, seconds: 1) }
    // 1.5 s, 3 s, 6 s, 12 s after the first.
    #expect(asked.withLock { $0 } == 5)
    #expect(world.engine.status.problem == nil)
  }

  /// How many are at it now, and at most.
  private final class Load: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func enter() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }

    func leave() { state.withLock { $0.now -= 1 } }
  }

  @Test func `never more than four requests are under way`() async throws {
    let world = try await World()
    let (engine, load) = (world.engine, Load())
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<12 {
        group.addTask {
          await engine.takeTurn()
          load.enter()
          for _ in 0..<20 { await Task.yield() }
          load.leave()
          await engine.endTurn()
        }
      }
    }
    #expect(load.most == 4)
    #expect(await engine.requestsUnderWay == 0)
  }
}
