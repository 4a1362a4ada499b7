import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Testing

@testable import SyncEngine

@Suite(.timeLimit(.minutes(4)))
struct PushTests {
  private func synced(_ change: (inout SandboxOptions) -> Void = { _ in }) async throws -> World {
    let world = try await World(change)
    await world.engine.syncOnce()
    world.clock.advance(seconds: 10)
    return world
  }

  private static func isWrite(_ request: SandboxRequest) -> Bool {
    !String(decoding: request.body, as: UTF8.self).contains("_method")
  }

  @Test func `an edit arrives once and the cache holds the server's answer`() async throws {
    let world = try await synced()
    try world.update("deal0", ["stage": .set("won"), "amount": .increment(JSONNumber(5))])
    let made = try #require(
      try world.perform(Edit("Deal", id: nil, .create(["title": .set("New")]))))
    _ = try world.perform(Edit("Deal", id: "deal2", .delete))
    #expect(world.engine.status.queued == 0)
    await world.engine.syncOnce()
    #expect(try world.store.outbox().isEmpty)
    #expect(world.server.row("Deal", "deal0")?["amount"] == 5)
    #expect(world.server.row("Deal", "deal2") == nil)
    #expect(try world.store.object(className: "Deal", id: made.id)?["stage"] == "lead")
    #expect(try world.differences() == [])
  }

  @Test func `offline edits wait, in order, and arrive once each`() async throws {
    let world = try await synced()
    world.server.setOffline(true)
    for _ in 0..<3 {
      try world.update("deal0", ["amount": .increment(JSONNumber(1))])
      await world.engine.syncOnce()
    }
    let contact = LocalID.prefix + "c"
    let pointer = Pointer(className: "Contact", objectId: contact).json
    _ = try world.perform(Edit("Contact", id: contact, .create(["name": .set("C")])))
    _ = try world.perform(
      Edit("Deal", id: nil, .create(["title": .set("D"), "contact": .set(pointer)])))
    await world.engine.syncOnce()
    guard case .offline = world.engine.status.connection else {
      Issue.record("the engine should know that the server is away")
      return
    }
    #expect(world.engine.status.queued >= 3)
    world.server.setOffline(false)
    for _ in 0..<8 {
      world.clock.advance(seconds: 300)
      await world.engine.syncOnce()
    }
    #expect(try world.store.outbox().isEmpty)
    #expect(world.server.row("Deal", "deal0")?["amount"] == 3)
    #expect(world.server.count("Contact") == 1 && world.server.count("Deal") == 4)
    let deal = world.server.rows("Deal").first { $0["title"] == "D" }
    #expect(Pointer(deal?["contact"]) == world.server.rows("Contact").first?.pointer)
    #expect(try world.differences() == [])
  }

  @Test(arguments: [300, 0])
  func `a create whose answer is lost is not made twice`(idempotencySeconds: Int) async throws {
    let world = try await synced { $0.idempotencySeconds = idempotencySeconds }
    world.server.inject(.loseAnswer, where: Self.isWrite)
    let edit = Edit("Deal", id: nil, .create(["title": .set("Once"), "amount": .set(7)]))
    let made = try #require(try world.perform(edit))
    await world.engine.syncOnce()
    #expect(world.server.count("Deal") == 4)
    world.clock.advance(seconds: 60)
    await world.engine.syncOnce()
    #expect(world.server.count("Deal") == 4)
    #expect(try world.store.outbox().isEmpty)
    #expect(try world.store.document(className: "Deal", id: made.id)?.localId == made.id)
    #expect(try world.differences() == [])
  }

  @Test func `a lost create is found by its text though a trigger trimmed it`() async throws {
    let world = try await synced { $0.idempotencySeconds = 0 }
    world.server.inject(.loseAnswer, where: Self.isWrite)
    _ = try world.perform(Edit("Contact", id: nil, .create(["name": .set(" Ann  B ")])))
    await world.engine.push(probes: true)
    #expect(world.server.rows("Contact").map { $0["name"] } == ["Ann  B"])
    world.clock.advance(seconds: 60)
    await world.engine.push(probes: true)
    #expect(try world.store.outbox().isEmpty && world.server.count("Contact") == 1)
  }

  @Test(arguments: [300, 0])
  func `an increment whose answer is lost counts once`(idempotencySeconds: Int) async throws {
    let world = try await synced { $0.idempotencySeconds = idempotencySeconds }
    world.server.inject(.loseAnswer, where: Self.isWrite)
    try world.update("deal0", ["amount": .increment(JSONNumber(1))])
    await world.engine.syncOnce()
    world.clock.advance(seconds: 60)
    await world.engine.syncOnce()
    #expect(world.server.row("Deal", "deal0")?["amount"] == 1)
    #expect(try world.store.outbox().isEmpty && world.differences() == [])
  }

  @Test(arguments: [SandboxFault.error(status: 429, code: 100), .error(status: 503, code: nil)])
  func `a busy server is left alone for a while`(fault: SandboxFault) async throws {
    let world = try await synced()
    world.server.inject(fault, where: Self.isWrite)
    try world.update("deal0", ["stage": .set("won")])
    await world.engine.syncOnce()
    let record = try #require(try world.store.outbox().first)
    #expect(record.state == .waiting && (record.nextTryAt ?? world.clock.now) > world.clock.now)
    await world.engine.syncOnce()
    #expect(try world.store.outbox().count == 1)
    await world.engine.retryNow()
    await world.engine.syncOnce()
    #expect(try world.store.outbox().isEmpty && world.differences() == [])
  }

  @Test func `a refused edit stays with its code and words, and others go on`() async throws {
    let world = try await synced()
    try world.update("deal0", ["amount": .set(-1)])
    try world.update("deal1", ["stage": .set("won")])
    await world.engine.syncOnce()
    let record = try #require(try world.store.outbox().first)
    #expect(record.state == .failed && record.code != nil && record.words?.isEmpty == false)
    #expect(world.engine.status.failed == 1 && world.engine.status.queued == 0)
    #expect(world.server.row("Deal", "deal1")?["stage"] == "won")
    try world.store.discard(record.id)
    #expect(try world.differences() == [])
  }

  @Test func `a rival's change of another field merges, of the same field asks`() async throws {
    let world = try await synced()
    try world.update("deal0", ["stage": .set("won")])
    try world.update("deal1", ["stage": .set("won")])
    try world.update("deal2", ["stage": .set("won")])
    try world.server.save("Deal", "deal0", ["notes": "rival"])
    try world.server.save("Deal", "deal1", ["stage": "lost"])
    try world.server.save("Deal", "deal2", ["stage": "won"])
    await world.engine.syncOnce()
    #expect(world.server.row("Deal", "deal0")?["stage"] == "won")
    #expect(world.server.row("Deal", "deal0")?["notes"] == "rival")
    #expect(world.server.row("Deal", "deal1")?["stage"] == "lost")
    let record = try #require(try world.store.outbox().first)
    #expect(record.objectId == "deal1" && record.state == .conflict)
    #expect(world.engine.status.conflicts == 1)
    try world.store.retry(record.id)
    await world.engine.syncOnce()
    #expect(world.server.row("Deal", "deal1")?["stage"] == "won")
    #expect(try world.differences() == [])
  }

  @Test func `a lost create that a rival has edited since is shown, not made again`() async throws {
    let world = try await synced { $0.idempotencySeconds = 0 }
    world.server.inject(.loseAnswer, where: Self.isWrite)
    let edit = Edit(
      "Deal", id: nil, .create(["title": .set("Once"), "amount": .set(7), "stage": .set("lead")]))
    let made = try #require(try world.perform(edit))
    await world.engine.push(probes: true)
    let row = try #require(world.server.rows("Deal").last?.objectId)
    try world.server.save("Deal", row, ["stage": "won"])
    world.clock.advance(seconds: 60)
    await world.engine.push(probes: true)
    let record = try #require(try world.store.outbox().first)
    #expect(record.state == .conflict && record.mayBe == row && record.words?.isEmpty == false)
    try world.store.takeAsArrived(record.id, now: world.clock.now)
    await world.engine.syncOnce()
    #expect(world.server.count("Deal") == 4)
    #expect(try world.store.document(className: "Deal", id: made.id)?.id == row)
    #expect(try world.differences() == [])
  }

  @Test(arguments: [SandboxFault.error(status: 429, code: 100), .error(status: 400, code: 209)])
  func `what the server has seen before stays in doubt when it cannot be looked for`(
    fault: SandboxFault
  ) async throws {
    let world = try await synced()
    let changes: Changes = ["title": .set("Once"), "amount": .set(7)]
    _ = try world.perform(Edit("Deal", id: nil, .create(changes)))
    let record = try #require(try world.store.outbox().first)
    // The network delivered it twice, and the second answer came.
    _ = try await world.client.create("Deal", changes, requestId: record.requestId)
    world.server.inject(fault) { !Self.isWrite($0) }
    await world.engine.push(probes: true)
    #expect(try world.store.outbox().map(\.mayHaveArrived) == [true])
    // The server has forgotten the request by now.
    world.clock.advance(seconds: 400)
    await world.engine.signedIn()
    await world.engine.syncOnce()
    #expect(try world.store.outbox().isEmpty && world.server.count("Deal") == 4)
  }

  @Test func `a lost raise is asked about when a rival raised too and undid the rest`() async throws
  {
    let world = try await synced { $0.idempotencySeconds = 0 }
    world.server.inject(.loseAnswer, where: Self.isWrite)
    try world.update("deal0", ["stage": .set("won"), "amount": .increment(JSONNumber(5))])
    await world.engine.push(probes: true)
    try world.server.save(
      "Deal", "deal0", ["stage": "lead", "amount": ["__op": "Increment", "amount": 1000]])
    world.clock.advance(seconds: 60)
    await world.engine.push(probes: true)
    let record = try #require(try world.store.outbox().first)
    #expect(record.state == .conflict && record.mayHaveArrived)
    #expect(record.words?.contains("The answer was lost") == true)
    #expect(world.server.row("Deal", "deal0")?["amount"] == 1005)
  }

  @Test func `of two lost creates one does not take the other's row for its own`() async throws {
    let world = try await synced { $0.idempotencySeconds = 0 }
    func holds(_ texts: String...) -> @Sendable (SandboxRequest) -> Bool {
      { request in
        let body = String(decoding: request.body, as: UTF8.self)
        return texts.allSatisfy(body.contains)
      }
    }
    world.server.inject(.loseAnswer, where: holds("Arrived"))
    world.server.inject(.dropBefore, where: holds("Lost"))
    for title in ["Arrived", "Lost"] {
      let changes: Changes = ["title": .set(.string(title)), "stage": .set("won")]
      _ = try world.perform(Edit("Deal", id: nil, .create(changes)))
    }
    await world.engine.push(probes: true)
    #expect(try world.store.outbox().filter(\.mayHaveArrived).count == 2)
    world.clock.advance(seconds: 60)
    // The one that did not arrive is looked for first. Cut on a connection that was used before, the
    // other look-up would be sent again by libcurl.
    world.server.inject(.error(status: 503, code: nil), where: holds("_method", "Arrived"))
    await world.engine.push(probes: true)
    #expect(try world.store.outbox().map(\.state) == [.waiting])
    world.clock.advance(seconds: 60)
    await world.engine.syncOnce()
    #expect(try world.store.outbox().isEmpty && world.server.count("Deal") == 5)
    #expect(try world.differences() == [])
  }

  @Test func `what a rival wrote between two edits of a row is asked about`() async throws {
    let world = try await synced()
    try world.update("deal0", ["amount": .increment(JSONNumber(1))])
    _ = try world.store.beginSending(limit: 1, now: world.clock.now)
    try world.update("deal0", ["stage": .set("won")])
    try world.store.recoverSending()
    try world.server.save("Deal", "deal0", ["stage": "lost"])
    await world.engine.syncOnce()
    let record = try #require(try world.store.outbox().first)
    #expect(record.state == .conflict && record.changes == ["stage": .set("won")])
    #expect(world.server.row("Deal", "deal0")?["stage"] == "lost")
    #expect(world.server.row("Deal", "deal0")?["amount"] == 1)
  }

  @Test func `an edit of a row that a rival deleted fails with words`() async throws {
    let world = try await synced()
    try world.update("deal0", ["stage": .set("won")])
    try world.server.delete("Deal", "deal0")
    _ = try world.perform(Edit("Deal", id: "deal1", .delete))
    try world.server.delete("Deal", "deal1")
    await world.engine.syncOnce()
    let record = try #require(try world.store.outbox().first)
    #expect(record.objectId == "deal0" && record.state == .failed && record.code == 101)
    #expect(try world.store.outbox().count == 1)
  }
}
