import Foundation
import GRDB
import ParseCore
import Testing

@testable import JSONCache

/// Pins that are replaced and queried again and again, and what stays when the cache is made smaller.
struct PinKeepingTests {
  private func pointer(_ className: String, _ id: String) -> Pointer {
    Pointer(className: className, objectId: id)
  }

  private func pointers(_ ids: [String]) -> [Pointer] { ids.map { pointer("Deal", $0) } }

  private func contact(_ id: String) -> ParseObject {
    ParseObject(className: "Contact", objectId: id, createdAt: noon, updatedAt: noon)
  }

  /// SQLite's count of the rows this connection has changed since it was opened.
  private func changes(_ store: CacheStore) -> Int {
    store.writer.writeWithoutTransaction { $0.totalChangesCount }
  }

  @Test func `a replaced pin holds just what it is told, and what stays keeps its time`() throws {
    let store = try makeStore()
    let link: JSONObject = ["contact": pointer("Contact", "c").json]
    try store.receive([deal("a", link), deal("b"), deal("d"), contact("c")], .fill)
    try store.replacePin(pointers(["a", "b"]), name: "screen", depth: 1, now: noon)
    #expect(try store.pinned(name: "screen").map(\.objectId) == ["c", "a", "b"])
    try store.replacePin(pointers(["b", "d"]), name: "screen", depth: 1, now: at(9))
    #expect(try store.pinned(name: "screen") == pointers(["b", "d"]))
    let summary = try #require(try store.pins().first)
    #expect(summary.first == noon && summary.last == at(9))
    try store.replacePin([], name: "screen", depth: 1, now: at(10))
    #expect(try store.pins().isEmpty)
  }

  @Test func `a pin that stays as it is writes nothing`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "won"]), deal("b", ["stage": "won"]), deal("c")], .fill)
    try store.replacePin(pointers(["a", "b"]), name: "screen", now: noon)
    try store.pinQuery(Query("Deal", where: ["stage": "won"]), name: "hot", now: noon)
    // A row both pinned by hand and found by the query stays the hand's.
    try store.pin(pointers(["a"]), name: "hot", now: noon)
    let before = changes(store)
    try store.replacePin(pointers(["b", "a"]), name: "screen", now: at(1))
    try store.refreshPins(of: ["Deal"], now: at(1))
    #expect(changes(store) == before)
    #expect(try store.pins().map(\.last) == [noon, noon])
  }

  @Test func `a query that follows pointers renews what its rows lead to`() throws {
    let store = try makeStore()
    func link(_ id: String) -> JSONObject {
      ["stage": "won", "contact": pointer("Contact", id).json]
    }
    try store.receive([deal("a", link("c")), contact("c"), contact("d")], .fill)
    try store.pinQuery(Query("Deal", where: ["stage": "won"]), name: "hot", depth: 1, now: noon)
    try store.receive([deal("a", updated: 1, link("d"))], .delta())
    try store.refreshPins(of: ["Deal"], now: at(2))
    #expect(try store.pinned(name: "hot").map(\.objectId) == ["d", "a"])
  }

  @Test func `how far a pinned query was asked is kept, unless it is another by now`() throws {
    let store = try makeStore()
    let query = Query("Deal", where: ["stage": "won"], order: [Query.Order("amount")], limit: 3)
    try store.pinQuery(query, name: "hot", depth: 2, now: noon)
    var pin = try #require(try store.pinnedQueries().first)
    #expect(pin == PinnedQuery(name: "hot", query: query, depth: 2))
    (pin.lastUpdatedAt, pin.askedAt, pin.walkedAt) = (at(1), at(2), at(3))
    try store.setPinMark(pin)
    #expect(try store.pinnedQueries() == [pin])
    #expect(try store.pins().first?.askedAt == at(2))
    try store.pinQuery(Query("Deal"), name: "hot", now: at(4))
    try store.setPinMark(pin)
    #expect(try store.pinnedQueries() == [PinnedQuery(name: "hot", query: Query("Deal"))])
  }

  @Test func `what a pinned query's rows lead to and is not here is told`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["contact": pointer("Contact", "c").json])], .fill)
    try store.pinQuery(Query("Deal"), name: "hot", depth: 1, now: noon)
    let pin = try #require(try store.pinnedQueries().first)
    let contents = try store.contents(of: pin, now: noon)
    #expect(contents.rows == ["a"] && contents.missing == [pointer("Contact", "c")])
    try store.receive([contact("c")], .fill)
    #expect(try store.contents(of: pin, now: noon).missing.isEmpty)
  }

  @Test func `pruning leaves what is pinned and what is not sent, and has the rest filled anew`()
    throws
  {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    let link: JSONObject = ["contact": pointer("Contact", "c").json]
    let filling = String(repeating: "x", count: 2000)
    try store.receive(
      (0..<500).map { deal("d\($0)", ["notes": .string(filling)]) } + [
        deal("a", link), deal("b"), contact("c"), contact("e"),
      ], .fill)
    try store.setSyncMark(SyncMark(className: "Deal", state: .complete, syncedAt: noon))
    try store.setSyncMark(SyncMark(className: "Quiz", state: .noRight))
    try store.pin(pointers(["a"]), name: "star", depth: 1, now: noon)
    let edit = Edit("Deal", id: "b", .update(["stage": .set("won")]))
    let made = Edit("Deal", id: "local-n", .create(["stage": .set("lead")]))
    _ = try store.perform([edit, made], group: "g", now: noon)
    let before = store.sizeInBytes()
    #expect(try store.prune() == 501)
    let left = try store.documents(className: "Deal").map(\.id).sorted()
    #expect(left == ["a", "b", "local-n"])
    #expect(try store.documents(className: "Contact").map(\.id) == ["c"])
    #expect(try store.syncMarks().keys.sorted() == ["Quiz"])
    #expect(try store.outbox().count == 2)
    #expect(store.sizeInBytes() < before)
    #expect(try store.integrityProblems().isEmpty)
    #expect(try store.prune() == 0)
    try store.close()
  }
}
