import ParseCore
import Testing

@testable import JSONCache

struct ResolvingTests {
  /// A row with an edit in conflict: mine `won`, seen `lead`, the server's `lost`.
  private func store() throws -> (CacheStore, Int64) {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead", "amount": 1])], .fill)
    try store.update("a", ["stage": .set("won"), "amount": .set(2)])
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.receive([deal("a", updated: 2, ["stage": "lost", "amount": 1])], .live)
    try store.markConflict(record.id, words: "both")
    return (store, record.id)
  }

  @Test func `what is left of an edit waits again upon what was seen`() throws {
    let (store, id) = try store()
    let before = try #require(try store.outbox().first)
    try store.resolve(
      id, changes: ["amount": .set(2)], base: ["amount": 1, "stage": "lost"], updatedAt: at(2))
    let record = try #require(try store.outbox().first)
    #expect(record.state == .waiting && record.changes == ["amount": .set(2)])
    #expect(record.base == ["amount": 1] && record.baseUpdatedAt == at(2))
    #expect(record.requestId != before.requestId && record.words == nil && record.tries == 0)
    #expect(try store.field("stage", "a") == "lost" && store.field("amount", "a") == 2)
  }

  @Test func `without anything left the edit is gone and the row is the server's`() throws {
    let (store, id) = try store()
    try store.resolve(id, changes: [:], base: [:], updatedAt: at(2))
    #expect(try store.outbox().isEmpty && store.field("stage", "a") == "lost")
    #expect(throws: CacheError.noSuchRecord(id)) {
      try store.resolve(id, changes: [:], base: [:], updatedAt: nil)
    }
  }

  @Test func `an edit that waits is not resolved`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead"])], .fill)
    try store.update("a", ["stage": .set("won")])
    let id = try #require(try store.outbox().first?.id)
    #expect(throws: CacheError.noSuchRecord(id)) {
      try store.resolve(id, changes: [:], base: [:], updatedAt: nil)
    }
  }

  @Test func `a row that is gone is made anew with its values and the edit's`() throws {
    let store = try makeStore()
    let company = Pointer(className: "Company", objectId: "c")
    try store.receive(
      [deal("a", ["stage": "lead", "amount": 1, "company": company.json, "ACL": [:]])], .fill)
    try store.update("a", ["stage": .set("won")])
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.markGone(className: "Deal", ids: ["a"], at: at(1), source: .get)
    try store.fail(record.id, code: 101, words: "gone")
    let id = try store.remake(record.id, group: "anew", now: at(2))
    let made = try #require(try store.outbox().first)
    #expect(try store.outbox().count == 1)
    #expect(made.kind == .create && made.objectId == id)
    #expect(
      made.changes == ["stage": .set("won"), "amount": .set(1), "company": .set(company.json)])
    #expect(try store.field("stage", id) == "won")
    #expect(try store.object(className: "Deal", id: "a") == nil)
    // One edit to take back, like any other.
    _ = try store.perform(try store.inverse(of: "anew"), group: "back", now: at(3))
    #expect(try store.outbox().isEmpty)
  }
}
