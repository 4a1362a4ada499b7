import ParseCore
import Testing

@testable import JSONCache

struct OutboxHoldsTests {
  private let contactId = LocalID.prefix + "contact"
  private let dealId = LocalID.prefix + "deal"

  /// A deal for a contact that the server refused, with a later change of that deal.
  private func store() throws -> CacheStore {
    let store = try makeStore()
    let pointer = Pointer(className: "Contact", objectId: contactId)
    _ = try store.perform(
      [
        Edit("Contact", id: contactId, .create(["name": .set(" ")])),
        Edit("Deal", id: dealId, .create(["contact": .set(pointer.json)])),
      ], group: "g", now: noon)
    let contact = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.fail(contact.id, code: 142, words: "name must not be blank")
    return store
  }

  @Test func `what waits for a refused create is a failure that says why`() throws {
    let store = try store()
    let (contact, deal) = (try store.outbox()[0], try store.outbox()[1])
    #expect(deal.state == .failed && deal.heldBy == contact.id)
    #expect(deal.words?.contains("name must not be blank") == true)
    #expect(try store.outboxCounts() == [.failed: 2])
    #expect(try store.beginSending(limit: 9, now: noon).isEmpty)
  }

  @Test func `it goes on once the create is repaired`() throws {
    let store = try store()
    try store.update(contactId, ["name": .set("C")], "Contact")
    #expect(try store.outbox().map(\.state) == [.waiting, .waiting])
    let contact = try #require(try store.beginSending(limit: 9, now: at(1)).first)
    try store.acknowledge(
      contact.id, answer: ["objectId": "c1", "createdAt": .string(at(2).iso)], now: at(2))
    let deal = try #require(try store.beginSending(limit: 9, now: at(2)).first)
    let target = Pointer(className: "Contact", objectId: "c1")
    #expect(deal.changes == ["contact": .set(target.json)])
  }

  @Test func `to send a held change again is to send again what holds it`() throws {
    let store = try store()
    let deal = try #require(try store.outbox().last)
    try store.retry(deal.id)
    #expect(try store.outbox().map(\.state) == [.waiting, .waiting])
  }

  @Test func `without the create the field must change`() throws {
    let store = try store()
    try store.discard(try #require(try store.outbox().first).id)
    let deal = try #require(try store.outbox().first)
    #expect(deal.state == .failed && deal.heldBy == nil && deal.words?.isEmpty == false)
    #expect(throws: CacheError.noSuchRecord(deal.id)) { try store.retry(deal.id) }
    try store.update(dealId, ["contact": .delete])
    #expect(try store.beginSending(limit: 9, now: at(1)).map(\.objectId) == [dealId])
  }

  @Test func `a change behind a conflict of its row is held by it`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead"])], .fill)
    try store.update("a", ["stage": .set("won")])
    let first = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.update("a", ["notes": .set("n")])
    try store.markConflict(first.id, words: "changed by another")
    let later = try #require(try store.outbox().last)
    #expect(later.state == .failed && later.heldBy == first.id)
    #expect(try store.outboxCounts() == [.conflict: 1, .failed: 1])
    try store.discard(first.id)
    #expect(try store.beginSending(limit: 9, now: noon).map(\.id) == [later.id])
  }
}
