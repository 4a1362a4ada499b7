import ParseCore
import Testing

@testable import JSONCache

struct EditTests {
  private func storeWithDeal() throws -> CacheStore {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead", "notes": "n"])], .fill)
    return store
  }

  @Test func `an edit is overlay, outbox and journal at once`() throws {
    let store = try storeWithDeal()
    let before = try store.sequence()
    let outcome = try store.update("a", ["stage": .set("won")], group: "g1")
    #expect(try store.sequence() == before + 1)
    #expect(try store.field("stage", "a") == "won")
    let record = try #require(try store.outbox().first)
    #expect(record.id == outcome?.record && record.kind == .update && record.state == .waiting)
    #expect(record.base == ["stage": "lead"] && record.baseUpdatedAt == noon)
    let line = try #require(try store.journal(group: "g1").first)
    #expect(line.field == "stage" && line.old == "lead" && line.new == "won")
  }

  @Test func `successive edits of one row are one record with the first base`() throws {
    let store = try storeWithDeal()
    try store.update("a", ["stage": .set("won")])
    let first = try #require(try store.outbox().first)
    try store.update("a", ["stage": .set("lost"), "notes": .delete])
    let records = try store.outbox()
    #expect(records.count == 1)
    #expect(records.first?.changes == ["stage": .set("lost"), "notes": .delete])
    #expect(records.first?.base == ["stage": "lead", "notes": "n"])
    #expect(records.first?.requestId != first.requestId)
    #expect(try store.field("notes", "a") == nil)
  }

  @Test func `taking an unsent edit back leaves nothing to send`() throws {
    let store = try storeWithDeal()
    try store.update("a", ["stage": .set("won"), "amount": .set(5)])
    try store.update("a", ["stage": .set("lead")])
    #expect(try store.outbox().first?.changes == ["amount": .set(5)])
    let outcome = try store.update("a", ["amount": .delete])
    #expect(outcome?.record == nil)
    #expect(try store.outbox().isEmpty)
    #expect(try store.document(className: "Deal", id: "a")?.hasPending == false)
  }

  @Test func `setting what is there already sends nothing`() throws {
    let store = try storeWithDeal()
    #expect(try store.update("a", ["stage": .set("lead"), "x": .delete])?.record == nil)
    #expect(try store.outbox().isEmpty)
  }

  @Test func `an edit behind one that was sent is a record of its own`() throws {
    let store = try storeWithDeal()
    try store.update("a", ["stage": .set("won")])
    _ = try store.beginSending(limit: 9, now: noon)
    try store.update("a", ["stage": .set("lost")])
    let records = try store.outbox()
    #expect(records.map(\.state) == [.sending, .waiting])
    #expect(records.last?.base == ["stage": "won"])
    #expect(try store.beginSending(limit: 9, now: noon).isEmpty)
    #expect(try store.field("stage", "a") == "lost")
  }

  @Test func `operations that no single save can do stay apart and show together`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["tags": ["x", "y"]])], .fill)
    try store.update("a", ["tags": .remove(["x"])])
    try store.update("a", ["tags": .add(["z"])])
    #expect(try store.outbox().count == 2)
    #expect(try store.field("tags", "a") == ["y", "z"])
  }

  @Test func `a new row has a local id and can be changed and deleted before it is sent`() throws {
    let store = try makeStore()
    let id = try #require(
      try store.perform(
        [Edit("Deal", id: nil, .create(["title": .set("T")]))], group: "g", now: noon
      ).first?.id)
    #expect(LocalID.isLocal(id))
    #expect(try store.field("objectId", id) == .string(id))
    try store.update(id, ["stage": .set("lead")])
    #expect(try store.outbox().map(\.kind) == [.create])
    #expect(try store.outbox().first?.changes == ["title": .set("T"), "stage": .set("lead")])
    let outcome = try store.perform([Edit("Deal", id: id, .delete)], group: "g", now: noon)
    #expect(outcome.first?.record == nil)
    #expect(try store.outbox().isEmpty)
    #expect(try store.documents(className: "Deal").isEmpty)
  }

  @Test func `a delete hides the row and waits behind its edits`() throws {
    let store = try storeWithDeal()
    try store.update("a", ["stage": .set("won")])
    _ = try store.perform([Edit("Deal", id: "a", .delete)], group: "g", now: noon)
    #expect(try store.documents(className: "Deal").isEmpty)
    let sent = try store.beginSending(limit: 9, now: noon)
    #expect(sent.map(\.kind) == [.update])
    #expect(throws: CacheError.noSuchObject(className: "Deal", id: "a")) {
      try store.update("a", ["stage": .set("lost")])
    }
  }

  @Test func `a batch with one bad edit does nothing`() throws {
    let store = try storeWithDeal()
    let edits = [
      Edit("Deal", id: "a", .update(["stage": .set("won")])),
      Edit("Deal", id: "nowhere", .update(["stage": .set("won")])),
    ]
    #expect(throws: CacheError.self) { try store.perform(edits, group: "g", now: noon) }
    #expect(try store.field("stage", "a") == "lead")
    #expect(try store.outbox().isEmpty && store.journal(group: "g").isEmpty)
  }

  @Test func `an operation that does not fit is refused without the value`() throws {
    let store = try storeWithDeal()
    let error = #expect(throws: CacheError.self) {
      try store.update("a", ["stage": .increment(JSONNumber(1))])
    }
    #expect(error?.words.contains("lead") == false)
  }

  @Test func `discarding shows the server's state again`() throws {
    let store = try storeWithDeal()
    let record = try #require(try store.update("a", ["stage": .set("won")])?.record)
    try store.discard(record)
    #expect(try store.field("stage", "a") == "lead")
    let gone = try #require(
      try store.perform([Edit("Deal", id: "a", .delete)], group: "g", now: noon).first?.record)
    try store.discard(gone)
    #expect(try store.field("stage", "a") == "lead")
  }

  @Test func `discarding a create discards what waits behind it`() throws {
    let store = try makeStore()
    let id = try #require(
      try store.perform([Edit("Deal", id: nil, .create([:]))], group: "g", now: noon).first?.id)
    let create = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.update(id, ["stage": .set("lead")])
    try store.fail(create.id, code: 142, words: "no")
    try store.discard(create.id)
    #expect(try store.outbox().isEmpty)
    #expect(try store.document(className: "Deal", id: id) == nil)
  }
}
