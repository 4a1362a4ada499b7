import ParseCore
import Testing

@testable import JSONCache

/// A row is deleted after what pointed at it points elsewhere, and made again with those pointers.
struct DeleteOrderTests {
  private static let kept = Pointer(className: "Contact", objectId: "kept")
  private static let gone = Pointer(className: "Contact", objectId: "gone")

  private func store() throws -> CacheStore {
    let store = try makeStore()
    let contacts = [Self.kept, Self.gone].map { pointer in
      ParseObject(
        className: "Contact", objectId: pointer.objectId, createdAt: noon, updatedAt: noon,
        fields: ["name": .string(pointer.objectId)])
    }
    try store.receive(
      contacts + ["a", "b"].map { deal($0, ["contact": Self.gone.json]) }, .fill)
    return store
  }

  private func merge(_ store: CacheStore) throws {
    let moves = ["a", "b"].map {
      Edit("Deal", id: $0, .update(["contact": .set(Self.kept.json)]))
    }
    let filled = Edit("Contact", id: "kept", .update(["phone": .set("1")]))
    let delete = Edit("Contact", id: "gone", .delete)
    _ = try store.perform(moves + [filled, delete], group: "g", now: noon)
  }

  private func send(_ store: CacheStore) throws -> [OutboxRecord] {
    try store.beginSending(limit: 9, now: noon)
  }

  /// A record the server takes, later than those before it.
  private func arrive(_ record: OutboxRecord, _ store: CacheStore, _ id: String? = nil) throws {
    let time = at(Int(record.id))
    var answer: JSONObject = ["updatedAt": .string(time.iso)]
    if let id { answer = ["objectId": .string(id), "createdAt": .string(time.iso)] }
    try store.acknowledge(record.id, answer: answer, now: time)
  }

  /// What waits, each step as far as it may leave.
  private func sendAll(_ store: CacheStore, newID: String = "anew") throws -> [[String]] {
    var steps: [[String]] = []
    while case let records = try send(store), !records.isEmpty {
      steps.append(
        records.map { "\($0.kind) \(LocalID.isLocal($0.objectId) ? "new" : $0.objectId)" })
      for record in records { try arrive(record, store, record.kind == .create ? newID : nil) }
    }
    return steps
  }

  @Test func `the delete leaves when all before it has arrived`() throws {
    let store = try store()
    try merge(store)
    #expect(try sendAll(store) == [["update a", "update b", "update kept"], ["delete gone"]])
  }

  @Test func `what was made point elsewhere by another edit arrives first too`() throws {
    let store = try store()
    try store.update("a", ["contact": .set(Self.kept.json)], group: "before")
    _ = try store.perform([Edit("Contact", id: "gone", .delete)], group: "g", now: noon)
    try store.update("b", ["contact": .set(Self.kept.json)], group: "after")
    #expect(try sendAll(store) == [["update a", "update b"], ["delete gone"]])
  }

  @Test func `a refused change before it holds the delete until it is decided`() throws {
    let store = try store()
    try merge(store)
    let first = try #require(try send(store).first)
    try store.fail(first.id, code: 119, words: "not yours")
    for record in try store.outbox() where record.state == .sending { try arrive(record, store) }
    #expect(try send(store).isEmpty)
    let delete = try #require(try store.outbox().last)
    #expect(delete.kind == .delete && delete.state == .failed && delete.heldBy == first.id)
    #expect(delete.words?.contains("earlier change of a Deal") == true)
    try store.retry(delete.id)
    #expect(try sendAll(store) == [["update a"], ["delete gone"]])
  }

  @Test func `giving up a change before it gives up the delete, and the row is there again`() throws
  {
    let store = try store()
    try merge(store)
    let first = try #require(try send(store).first)
    try store.fail(first.id, code: 119, words: "not yours")
    try store.discard(first.id)
    #expect(try store.outbox().map(\.kind) == [.update, .update])
    #expect(try store.field("name", "gone", "Contact") == "gone")
    #expect(Pointer(try store.field("contact", "a")) == Self.gone)
  }

  @Test func `taken back before it left nothing is sent`() throws {
    let store = try store()
    try merge(store)
    _ = try store.perform(try store.inverse(of: "g"), group: "undo", now: noon)
    #expect(try store.outbox().isEmpty)
    #expect(Pointer(try store.field("contact", "a")) == Self.gone)
    #expect(try store.field("name", "gone", "Contact") == "gone")
  }

  @Test func `taken back after it left the row is made again and pointed at again`() throws {
    let store = try store()
    try merge(store)
    _ = try sendAll(store)
    _ = try store.perform(try store.inverse(of: "g"), group: "undo", now: at(2))
    #expect(
      try sendAll(store) == [["create new", "update kept"], ["update b", "update a"]])
    let anew = Pointer(className: "Contact", objectId: "anew")
    for id in ["a", "b"] { #expect(Pointer(try store.field("contact", id)) == anew) }
    #expect(try store.field("name", "anew", "Contact") == "gone")
    #expect(try store.field("phone", "kept", "Contact") == nil)

    _ = try store.perform(try store.inverse(of: "undo"), group: "again", now: at(3))
    #expect(try sendAll(store) == [["update a", "update b", "update kept"], ["delete anew"]])
    #expect(Pointer(try store.field("contact", "a")) == Self.kept)
  }
}
