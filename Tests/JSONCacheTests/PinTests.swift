import ParseCore
import Testing

@testable import JSONCache

struct PinTests {
  private func row(_ className: String, _ id: String, _ fields: JSONObject = [:]) -> ParseObject {
    ParseObject(
      className: className, objectId: id, createdAt: noon, updatedAt: noon, fields: fields)
  }

  private func pointer(_ className: String, _ id: String) -> Pointer {
    Pointer(className: className, objectId: id)
  }

  /// Deals `a` and `b` with one contact, whose company has that contact as its chief: a circle.
  private func linked() throws -> CacheStore {
    let store = try makeStore()
    let (contact, company) = (pointer("Contact", "c"), pointer("Company", "f"))
    try store.receive(
      [
        deal("a", ["contact": contact.json, "tags": [["of": pointer("Course", "x").json]]]),
        deal("b", ["contact": contact.json]), deal("c"),
        row("Contact", "c", ["company": company.json]),
        row("Company", "f", ["chief": contact.json]), row("Course", "x"),
      ], .fill)
    return store
  }

  @Test func `pins hold rows by name and count them`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "won"]), deal("b", ["stage": "won"]), deal("c")], .fill)
    let query = Query("Deal", where: ["stage": "won"], order: [Query.Order("objectId")], limit: 5)
    #expect(try store.pinQuery(query, name: "hot", now: noon) == 2)
    try store.pin([pointer("Deal", "c")], now: at(9))
    try store.pin([pointer("Deal", "c")], now: at(20))
    #expect(try store.pinnedQuery(name: "hot") == query)
    let size = try ["a", "b", "c"].map {
      try store.document(className: "Deal", id: $0)?.bytes.count ?? 0
    }
    #expect(
      try store.pins() == [
        PinSummary(
          name: "_default", count: 1, bytes: size[2], first: at(9), last: at(9), query: nil,
          askedAt: nil),
        PinSummary(
          name: "hot", count: 2, bytes: size[0] + size[1], first: noon, last: noon, query: query,
          askedAt: nil),
      ])
    try store.unpin([pointer("Deal", "a")], name: "hot")
    #expect(try store.pinned(name: "hot").map(\.objectId) == ["b"])
    #expect(try store.unpinAll(name: "hot"))
    #expect(try !store.unpinAll(name: "hot"))
    #expect(try store.pins().map(\.name) == ["_default"])
    #expect(try store.pinnedQuery(name: "hot") == nil)
  }

  @Test(arguments: [
    (0, ["Deal a"]), (1, ["Contact c", "Course x", "Deal a"]),
    (9, ["Company f", "Contact c", "Course x", "Deal a"]),
  ])
  func `a pinned row takes along what it points to, as deep as asked`(
    depth: Int, expected: [String]
  ) throws {
    let store = try linked()
    try store.pin([pointer("Deal", "a")], name: "star", depth: depth, now: noon)
    let held = try store.pinned(name: "star").map { "\($0.className) \($0.objectId)" }
    #expect(held == expected)
    #expect(try store.pins().first?.count == expected.count)
  }

  @Test func `unpinning takes exactly its share`() throws {
    let store = try linked()
    let contact = pointer("Contact", "c")
    try store.pin([pointer("Deal", "a"), pointer("Deal", "b")], name: "star", depth: 2, now: noon)
    try store.pin([contact], name: "people", now: noon)
    #expect(try store.pinCount(contact) == 3)
    try store.pin([pointer("Deal", "a")], name: "star", depth: 2, now: at(1))
    #expect(try store.pinCount(contact) == 3)
    try store.unpin([pointer("Deal", "a")], name: "star")
    #expect(try store.pinCount(contact) == 2)
    #expect(
      try store.pinned(name: "star") == [pointer("Company", "f"), contact, pointer("Deal", "b")])
    try store.unpin([pointer("Deal", "b")], name: "star")
    #expect(try store.pinned(name: "star").isEmpty)
    #expect(try store.pinCount(contact) == 1)
    #expect(try store.pinCount(pointer("Company", "f")) == 0)
    try store.unpinAll(name: "people")
    #expect(try store.pinCount(contact) == 0)
    #expect(try store.object(className: "Contact", id: "c") != nil)
  }

  @Test func `a pinned query is kept fresh and leaves what was pinned by hand`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "won"]), deal("b", ["stage": "won"]), deal("c")], .fill)
    try store.pinQuery(Query("Deal", where: ["stage": "won"]), name: "hot", now: noon)
    try store.pin([pointer("Deal", "c"), pointer("Deal", "b")], name: "hot", now: noon)
    try store.receive(
      [deal("a", updated: 1), deal("b", updated: 1), deal("d", ["stage": "won"])], .delta())
    try store.refreshPins(of: ["Contact"], now: at(2))
    #expect(try store.pinned(name: "hot").map(\.objectId) == ["a", "b", "c"])
    try store.refreshPins(of: ["Deal"], now: at(3))
    #expect(try store.pinned(name: "hot").map(\.objectId) == ["b", "c", "d"])
    #expect(try store.pins().first?.last == at(3))
  }

  @Test func `a pin follows a new row to its objectId`() throws {
    let store = try makeStore()
    let contact = Edit("Contact", id: "local-c", .create(["name": .set("Ann")]))
    let sale = Edit(
      "Deal", id: "local-d", .create(["contact": .set(pointer("Contact", "local-c").json)]))
    let made = try store.perform([contact, sale], group: "g", now: noon)
    try store.pin([pointer("Deal", "local-d")], depth: 1, now: noon)
    for (outcome, id) in zip(made, ["C1", "D1"]) {
      try store.acknowledge(
        try #require(outcome.record),
        answer: ["objectId": .string(id), "createdAt": .string(noon.iso)], now: noon)
    }
    #expect(try store.pinned() == [pointer("Contact", "C1"), pointer("Deal", "D1")])
    try store.unpin([pointer("Deal", "local-d")])
    #expect(try store.pinned().isEmpty)
  }

  @Test func `a deleted row leaves its pins, and comes back to them while it is remembered`() throws
  {
    let store = try linked()
    try store.pin([pointer("Deal", "a"), pointer("Deal", "b")], now: noon)
    try store.markGone(className: "Deal", ids: ["a", "b"], at: at(1), source: .delta)
    #expect(try store.pinned().isEmpty)
    #expect(try store.pins().map(\.count) == [0])
    try store.receive([deal("a", updated: 2)], .delta(asked: 3))
    #expect(try store.pinned() == [pointer("Deal", "a")])
    try store.purgeGone(before: at(9))
    #expect(try store.pinCount(pointer("Deal", "b")) == 0)
  }
}
