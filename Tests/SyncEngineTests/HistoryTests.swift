import Foundation
import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Testing

@testable import SyncEngine

/// Random histories of edits, rivals, faults and crashes against the sandbox. At rest the cache holds
/// what the server holds, every increment counted once, and every new row exists once.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HistoryTests {
  @Test(arguments: 0..<24)
  func `no edit is lost and none is applied twice`(seed: Int) async throws {
    let world = try await World { $0.idempotencySeconds = seed % 2 == 0 ? 300 : 0 }
    let path = NSTemporaryDirectory() + "quad-history-" + UUID().uuidString + "/c.sqlite"
    defer {
      // Nothing depends on the folder being gone.
      try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
    }
    var history = try History(world, path: path, seed: seed)
    for _ in 0..<50 { try await history.step() }
    try await history.rest()
    #expect(try history.store.outbox().isEmpty)
    #expect(try world.differences(history.store) == [])
    #expect(try history.store.integrityProblems().isEmpty)
    for row in world.server.rows("Deal") {
      let title = row["title"]?.string ?? ""
      #expect(row["amount"]?.int == history.amounts[title], "\(title)")
    }
    let titles = world.server.rows("Deal").compactMap { $0["title"]?.string }
    #expect(titles.sorted() == history.amounts.keys.sorted())
    await world.server.stop()
  }
}

/// The model is one number a title: titles are never edited, amounts are only raised.
private struct History {
  let world: World
  let path: String
  var random: SplitMix
  var runs = 0
  var made = 0
  var store: CacheStore
  var client: ParseClient
  var engine: SyncEngine
  var amounts: [String: Int] = ["Deal 0": 0, "Deal 1": 1, "Deal 2": 2]

  init(_ world: World, path: String, seed: Int) throws {
    self.world = world
    self.path = path
    random = SplitMix(state: UInt64(seed) &* 0x1234_5678_9ABC)
    store = try World.store(path)
    client = try World.client(world.url, world.server)
    engine = SyncEngine(
      store: store, client: client, configuration: World.configuration([SyncClass("Deal")]),
      time: world.clock.time)
  }

  mutating func step() async throws {
    world.clock.advance(seconds: Int.random(in: 1...90, using: &random))
    switch Int.random(in: 0..<14, using: &random) {
    case 0: try create()
    case 1, 2, 3: try raise()
    case 4: try move()
    case 5: try delete()
    case 6: try rival()
    case 7: fault(.loseAnswer)
    case 8: fault([.error(status: 500, code: 1), .error(status: 429, code: 100), .dropBefore])
    case 9: world.server.setOffline(Bool.random(using: &random))
    case 10: try await crash()
    case 11: world.server.endSessions(userId: "userada")
    default: try await sync()
    }
  }

  /// The weather clears, and rounds go by until nothing waits.
  mutating func rest() async throws {
    world.server.setOffline(false)
    for _ in 0..<40 {
      world.clock.advance(seconds: 400)
      try await sync()
      if try store.outbox().isEmpty { break }
    }
    world.clock.advance(seconds: 1000)
    try await sync()
    try await sync()
  }

  private mutating func sync() async throws {
    await engine.syncOnce()
    if engine.status.signInNeeded {
      client.sessionToken = world.server.sessionToken(username: "ada")
      await engine.signedIn()
    }
    // The user decides for his own change where others changed the same field.
    for record in try store.outbox() where record.state == .conflict {
      try store.retry(record.id)
    }
    for record in try store.outbox() where record.state == .failed {
      if [1, 159].contains(record.code) {
        try store.retry(record.id)
      } else {
        try store.discard(record.id)
      }
    }
  }

  private mutating func create() throws {
    made += 1
    let title = "New \(made)"
    amounts[title] = 10
    let changes: Changes = ["title": .set(.string(title)), "amount": .set(10)]
    try perform(Edit("Deal", id: nil, .create(changes)))
  }

  private mutating func raise() throws {
    guard let (id, title) = try anyDeal() else { return }
    amounts[title, default: 0] += 1
    try perform(Edit("Deal", id: id, .update(["amount": .increment(JSONNumber(1))])))
  }

  private mutating func move() throws {
    guard let (id, _) = try anyDeal() else { return }
    let stage = ["lead", "won", "lost"].randomElement(using: &random) ?? "lead"
    try perform(Edit("Deal", id: id, .update(["stage": .set(.string(stage))])))
  }

  private mutating func delete() throws {
    guard let (id, title) = try anyDeal() else { return }
    amounts[title] = nil
    try perform(Edit("Deal", id: id, .delete))
  }

  private mutating func rival() throws {
    guard let row = world.server.rows("Deal").randomElement(using: &random), let id = row.objectId
    else { return }
    try world.server.save("Deal", id, ["stage": "proposal", "notes": .string("note \(made)")])
  }

  private mutating func fault(_ faults: SandboxFault...) { fault(faults) }

  private mutating func fault(_ faults: [SandboxFault]) {
    guard let fault = faults.randomElement(using: &random) else { return }
    world.server.inject(fault) { request in
      !String(decoding: request.body, as: UTF8.self).contains("_method")
    }
  }

  /// Another process takes the file over, with records on their way that may have arrived or not.
  private mutating func crash() async throws {
    if Bool.random(using: &random) {
      _ = try store.beginSending(limit: 2, now: world.clock.now)
    }
    try store.close()
    runs += 1
    store = try World.store(path, run: runs)
    engine = SyncEngine(
      store: store, client: client, configuration: World.configuration([SyncClass("Deal")]),
      time: world.clock.time)
  }

  private mutating func anyDeal() throws -> (id: String, title: String)? {
    guard let row = try store.documents(className: "Deal").randomElement(using: &random) else {
      return nil
    }
    return (row.id, try row.object()["title"]?.string ?? "")
  }

  private func perform(_ edit: Edit) throws {
    _ = try store.perform([edit], group: "g", now: world.clock.now)
  }
}
