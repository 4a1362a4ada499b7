import ParseCore
import Testing

@testable import JSONCache

struct ArrivalTests {
  @Test func `an older row never overwrites a newer one`() throws {
    let store = try makeStore()
    try store.receive([deal("a", updated: 10, ["stage": "won"])], .fill)
    #expect(try store.receive([deal("a", updated: 9, ["stage": "lead"])], .live) == 0)
    #expect(try store.field("stage", "a") == "won")
    #expect(try store.receive([deal("a", updated: 11, ["stage": "lost"])], .live) == 1)
    #expect(try store.field("stage", "a") == "lost")
  }

  @Test func `a row of the same time fills in what is missing`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "won", "notes": "n"])], .fill)
    try store.receive([deal("a", ["stage": "won", "amount": 5])], .live)
    #expect(try store.field("notes", "a") == "n")
    #expect(try store.field("amount", "a") == 5)
  }

  @Test func `a newer row without a field unsets it`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["notes": "n"])], .fill)
    try store.receive([deal("a", updated: 1)], .delta())
    #expect(try store.field("notes", "a") == nil)
  }

  @Test func `an included pointer that is missing keeps its cached value`() throws {
    let store = try makeStore()
    let owner = Pointer(className: "_User", objectId: "u").json
    try store.receive([deal("a", ["assignedTo": owner, "notes": "n"])], .fill)
    let included = Arrival(
      .fill, requestedAt: noon, receivedAt: noon, included: ["assignedTo"])
    try store.receive([deal("a", updated: 1)], included)
    #expect(try store.field("assignedTo", "a") == owner)
    #expect(try store.field("notes", "a") == nil)
    try store.receive([deal("a", updated: 1)], .delta())
    #expect(try store.field("assignedTo", "a") == nil)
  }

  @Test func `a waiting edit stays on top of what arrives`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead", "tries": 1])], .fill)
    try store.update("a", ["stage": .set("won"), "tries": .increment(JSONNumber(2))])
    try store.receive([deal("a", updated: 1, ["stage": "lost", "tries": 10, "x": 1])], .delta())
    #expect(try store.field("stage", "a") == "won")
    #expect(try store.field("tries", "a") == 12)
    #expect(try store.field("x", "a") == 1)
    #expect(try store.serverObject(className: "Deal", id: "a")?["stage"] == "lost")
    #expect(try store.document(className: "Deal", id: "a")?.hasPending == true)
  }

  @Test func `a page older than a deletion does not bring the row back`() throws {
    let store = try makeStore()
    try store.receive([deal("a")], .fill)
    try store.markGone(className: "Deal", ids: ["a"], at: at(10), source: .live)
    #expect(try store.document(className: "Deal", id: "a") == nil)
    try store.receive([deal("a", updated: 99)], .delta(asked: 9))
    try store.receive([deal("a", updated: 99)], .live)
    #expect(try store.document(className: "Deal", id: "a") == nil)
    try store.receive([deal("a", updated: 99)], .delta(asked: 11))
    #expect(try store.document(className: "Deal", id: "a") != nil)
  }

  @Test func `old deletions are forgotten, but not under a waiting edit`() throws {
    let store = try makeStore()
    try store.receive([deal("a"), deal("b")], .fill)
    try store.update("b", ["stage": .set("won")])
    try store.markGone(className: "Deal", ids: ["a", "b"], at: at(1), source: .delta)
    try store.purgeGone(before: at(2))
    #expect(try store.changes(className: "Deal", since: 0).map(\.id) == ["b"])
  }

  @Test func `changes made elsewhere go to the journal, the first fill does not`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead", "notes": "n"])], .fill)
    try store.receive([deal("a", updated: 1, ["stage": "won"])], .fill)
    try store.receive([deal("a", updated: 2, ["stage": "lost", "amount": 7])], .delta())
    let lines = try store.journal(className: "Deal", id: "a")
    #expect(lines.map(\.field).sorted() == ["amount", "stage"])
    let stage = lines.first { $0.field == "stage" }
    #expect(stage?.old == "won" && stage?.new == "lost" && stage?.source == "delta")
  }

  @Test func `equal rows with fields in another order change nothing`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["x": 1, "y": ["k": 1, "l": 2]])], .fill)
    #expect(try store.receive([deal("a", ["y": ["l": 2, "k": 1], "x": 1])], .live) == 0)
  }
}
