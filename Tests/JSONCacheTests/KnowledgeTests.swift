import ParseCore
import Testing

@testable import JSONCache

/// "Not fetched", "hidden" and "unset" are three things.
struct KnowledgeTests {
  private static func arrival(
    keys: Set<String>? = nil, included: Set<String> = []
  ) -> Arrival {
    Arrival(.get, requestedAt: noon, receivedAt: noon, included: included, keys: keys)
  }

  private let owner = Pointer(className: "_User", objectId: "u").json

  @Test func `a row of some keys says nothing of other fields`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["title": "t"])], Self.arrival(keys: ["title", "notes"]))
    let row = try #require(try store.document(className: "Deal", id: "a"))
    #expect(row.knowledge == .keys(["title", "notes"]))
    #expect(try row.state(of: "title") == .value("t"))
    #expect(try row.state(of: "notes") == .unset)
    #expect(try row.state(of: "amount") == .unknown)
    #expect(try row.state(of: "ACL") == .unset)
  }

  @Test func `two subsets of one version are one larger subset, and the whole row ends it`() throws
  {
    let store = try makeStore()
    try store.receive([deal("a", ["title": "t"])], Self.arrival(keys: ["title"]))
    try store.receive([deal("a", ["amount": 5])], Self.arrival(keys: ["amount"]))
    let both = try #require(try store.document(className: "Deal", id: "a"))
    #expect(both.knowledge == .keys(["title", "amount"]))
    #expect(try both.object().fields == ["title": "t", "amount": 5])
    try store.receive([deal("a", ["title": "t"])], .delta())
    let whole = try #require(try store.document(className: "Deal", id: "a"))
    #expect(whole.knowledge == .complete)
    #expect(try whole.state(of: "amount") == .unset)
  }

  @Test func `a subset of the version at hand takes nothing away`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["title": "t", "notes": "n"])], .fill)
    try store.receive([deal("a", ["title": "t"])], Self.arrival(keys: ["title"]))
    let row = try #require(try store.document(className: "Deal", id: "a"))
    #expect(row.knowledge == .complete)
    #expect(try row.state(of: "notes") == .value("n"))
  }

  @Test func `a newer subset keeps the rest as last seen, and says so`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["title": "t", "notes": "n"])], .fill)
    try store.receive([deal("a", updated: 1)], Self.arrival(keys: ["title"]))
    let row = try #require(try store.document(className: "Deal", id: "a"))
    #expect(row.knowledge == .keys(["title"]))
    #expect(try row.state(of: "title") == .unset)
    #expect(try row.state(of: "notes") == .value("n"))
    #expect(try row.state(of: "amount") == .unknown)
  }

  @Test func `an included pointer that is missing is unknown until a plain answer`() throws {
    let store = try makeStore()
    try store.receive(
      [deal("a", ["contact": owner])], Self.arrival(included: ["contact", "company"]))
    let row = try #require(try store.document(className: "Deal", id: "a"))
    #expect(row.knowledge == .allBut(["company"]))
    #expect(try row.state(of: "company") == .unknown)
    #expect(try row.state(of: "notes") == .unset)
    try store.receive([deal("a", ["contact": owner])], .fill)
    let plain = try #require(try store.document(className: "Deal", id: "a"))
    #expect(try plain.state(of: "company") == .unset)
  }

  @Test func `an own edit lies over a subset and leaves it one`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["title": "t"])], Self.arrival(keys: ["title"]))
    try store.update("a", ["amount": .set(7)])
    let row = try #require(try store.document(className: "Deal", id: "a"))
    #expect(try row.state(of: "amount") == .value(7))
    #expect(try row.state(of: "notes") == .unknown)
    try store.discard(try #require(try store.outbox().first).id)
    let back = try #require(try store.document(className: "Deal", id: "a"))
    #expect(try back.state(of: "amount") == .unknown)
  }

  @Test func `a target that is hidden is told from one that is gone or not here yet`() throws {
    let store = try makeStore()
    let contact = Pointer(className: "Contact", objectId: "c")
    #expect(try store.target(of: contact) == .notFetched)
    try store.setSyncMark(SyncMark(className: "Contact", state: .filling))
    #expect(try store.target(of: contact) == .notFetched)
    try store.setSyncMark(SyncMark(className: "Contact", state: .complete, syncedAt: at(3)))
    #expect(try store.target(of: contact) == .unreadable(asOf: at(3)))
    let row = ParseObject(className: "Contact", objectId: "c", updatedAt: noon)
    try store.receive([row], .fill)
    guard case .row = try store.target(of: contact) else {
      Issue.record("the row is here")
      return
    }
    try store.markGone(className: "Contact", ids: ["c"], at: at(4), source: .delta)
    #expect(try store.target(of: contact) == .deleted)
  }
}
