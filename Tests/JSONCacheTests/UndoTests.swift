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

  @Test func `a delete that has not left is withdrawn, with the edits before it`() throws {
    let store = try store()
    try store.update("a", ["n": .set(1)], group: "e")
    _ = try store.perform([Edit("Deal", id: "a", .delete)], group: "g", now: noon)
    try undo(store, "g")
    #expect(try store.outbox().map(\.changes) == [["n": .set(1)]])
    #expect(try store.field("stage", "a") == "lead" && store.field("n", "a") == 1)
    #expect(try store.documents(className: "Deal").count == 2)
    try undo(store, "undo g")
    #expect(try store.outbox().map(\.kind) == [.update, .delete])
    try undo(store, "undo undo g")
    try undo(store, "e")
    #expect(try store.outbox().isEmpty)
    #expect(try store.field("n", "a") == nil)
  }

  @Test func `a delete that has left is made again as a new row`() throws {
    let store = try store()
    _ = try store.perform([Edit("Deal", id: "a", .delete)], group: "g", now: noon)
    let early = try store.inverse(of: "g")
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    #expect(throws: CacheError.noSuchObject(className: "Deal", id: "a")) {
      try store.perform(early, group: "late", now: noon)
    }
    try store.acknowledge(record.id, answer: [:], now: at(1))
    try undo(store, "g")
    #expect(try store.outbox().map(\.changes) == [["stage": .set("lead")]])
    #expect(try store.outbox().first?.kind == .create)
  }

  @Test func `a delete that was refused and given up is not made again`() throws {
    let store = try store()
    let edits = ["a", "b"].map { Edit("Deal", id: $0, .delete) }
    _ = try store.perform(edits, group: "g", now: noon)
    let records = try store.beginSending(limit: 2, now: noon)
    try store.acknowledge(records[0].id, answer: [:], now: at(1))
    try store.fail(records[1].id, code: 141, words: "still has rows")
    try store.discard(records[1].id)
    try undo(store, "g")
    #expect(try store.outbox().map(\.changes) == [["stage": .set("lead")]])
    #expect(try store.documents(className: "Deal").count == 2)
    _ = try store.perform([Edit("Deal", id: "b", .delete)], group: "h", now: noon)
    let record = try #require(try store.outbox().last)
    try store.fail(record.id, code: 141, words: "still has rows")
    try store.discard(record.id)
    #expect(throws: CacheError.badEdit("it is still there")) { try store.inverse(of: "h") }
  }
}
