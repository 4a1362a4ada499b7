import ParseCore
import Testing

@testable import JSONCache

struct UndoTests {
  private func store() throws -> CacheStore {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead"]), deal("b", ["stage": "won"])], .fill)
    return store
  }

  private func undo(_ store: CacheStore, _ group: String) throws {
    _ = try store.perform(try store.inverse(of: group), group: "undo " + group, now: noon)
  }

  @Test func `undoing an unsent bulk edit withdraws it`() throws {
    let store = try store()
    _ = try store.perform(
      ["a", "b"].map { Edit("Deal", id: $0, .update(["stage": .set("lost"), "n": .set(1)])) },
      group: "g", now: noon)
    try undo(store, "g")
    #expect(try store.outbox().isEmpty)
    #expect(try store.field("stage", "a") == "lead" && store.field("stage", "b") == "won")
  }

  @Test func `undo and redo of a sent edit are inverse writes`() throws {
    let store = try store()
    try store.update("a", ["stage": .set("lost")], group: "g")
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.acknowledge(record.id, answer: ["updatedAt": .string(at(1).iso)], now: at(1))
    try undo(store, "g")
    #expect(try store.outbox().map(\.changes) == [["stage": .set("lead")]])
    try undo(store, "undo g")
    #expect(try store.outbox().isEmpty)
    #expect(try store.field("stage", "a") == "lost")
  }

  @Test func `undo is refused when somebody changed the field since`() throws {
    let store = try store()
    try store.update("a", ["stage": .set("lost")], group: "g")
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.acknowledge(record.id, answer: ["updatedAt": .string(at(1).iso)], now: at(1))
    try store.receive([deal("a", updated: 2, ["stage": "won"])], .live)
    #expect(throws: CacheError.badEdit("stage was changed since")) {
      try store.inverse(of: "g")
    }
  }

  @Test func `undoing an unsent create leaves nothing`() throws {
    let store = try store()
    _ = try store.perform(
      [Edit("Deal", id: nil, .create(["stage": .set("lead")]))], group: "g", now: noon)
    try undo(store, "g")
    #expect(try store.outbox().isEmpty)
    #expect(try store.documents(className: "Deal").count == 2)
    try store.purgeGone(before: noon)
    #expect(try store.changes(className: "Deal", since: 0).count == 2)
  }

  @Test func `a delete that has not left is withdrawn, else made again`() throws {
    let store = try store()
    _ = try store.perform([Edit("Deal", id: "a", .delete)], group: "g", now: noon)
    try undo(store, "g")
    #expect(try store.outbox().isEmpty && store.field("stage", "a") == "lead")
    try undo(store, "undo g")
    #expect(try store.outbox().map(\.kind) == [.delete])
    #expect(try store.object(className: "Deal", id: "a") == nil)
    try undo(store, "undo undo g")
    #expect(try store.outbox().isEmpty && store.field("stage", "a") == "lead")
    _ = try store.perform([Edit("Deal", id: "a", .delete)], group: "h", now: noon)
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.acknowledge(record.id, answer: [:], now: at(1))
    try undo(store, "h")
    #expect(try store.outbox().map(\.changes) == [["stage": .set("lead")]])
    #expect(try store.outbox().first?.kind == .create)
  }
}
