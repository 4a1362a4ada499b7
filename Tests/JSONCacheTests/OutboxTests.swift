import ParseCore
import Testing

@testable import JSONCache

struct OutboxTests {
  private let contactId = LocalID.prefix + "contact"

  /// A deal that points at a contact, both made offline.
  private func storeWithPair() throws -> CacheStore {
    let store = try makeStore()
    let pointer = Pointer(className: "Contact", objectId: contactId)
    _ = try store.perform(
      [
        Edit("Contact", id: contactId, .create(["name": .set("C")])),
        Edit("Deal", id: LocalID.prefix + "deal", .create(["contact": .set(pointer.json)])),
      ], group: "g", now: noon)
    try store.pin([pointer], name: "star", now: noon)
    return store
  }

  @Test func `a row that points at an unsent one waits for it`() throws {
    let store = try storeWithPair()
    let first = try store.beginSending(limit: 9, now: noon)
    #expect(first.map(\.className) == ["Contact"])
    try store.acknowledge(
      try #require(first.first).id,
      answer: ["objectId": "c1", "createdAt": .string(at(5).iso)], now: at(5))
    let second = try #require(try store.beginSending(limit: 9, now: at(5)).first)
    let pointer = Pointer(className: "Contact", objectId: "c1")
    #expect(second.changes == ["contact": .set(pointer.json)])
    #expect(try store.field("contact", LocalID.prefix + "deal") == pointer.json)
    #expect(try store.pinned(name: "star") == [pointer])
    #expect(try store.field("name", contactId, "Contact") == "C")
    #expect(try store.object(className: "Contact", id: "c1")?.updatedAt == at(5))
    let document = try store.document(className: "Contact", id: "c1")
    #expect(document?.localId == contactId && document?.hasPending == false)
    let found = try store.query(
      Query("Deal", where: ["contact": pointer.json]), now: noon)
    #expect(found.count == 1)
    #expect(try store.journal(className: "Contact", id: "c1").count == 1)
  }

  @Test func `the event of one's own create may come before the answer`() throws {
    let store = try storeWithPair()
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    let event = ParseObject(
      className: "Contact", objectId: "c1", createdAt: at(5), updatedAt: at(7),
      fields: ["name": "C", "serial": 4])
    try store.receive([event], .live)
    try store.acknowledge(
      record.id, answer: ["objectId": "c1", "createdAt": .string(at(5).iso)], now: at(8))
    #expect(try store.documents(className: "Contact").map(\.id) == ["c1"])
    #expect(try store.field("serial", "c1", "Contact") == 4)
    #expect(try store.object(className: "Contact", id: contactId)?.updatedAt == at(7))
  }

  @Test func `a create whose answer was lost is known again when its row arrives`() throws {
    let store = try storeWithPair()
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.postpone(record.id, until: at(60), mayHaveArrived: true, refused: false)
    func contact(_ id: String, _ name: String, made: Int) -> ParseObject {
      ParseObject(
        className: "Contact", objectId: id, createdAt: at(made), updatedAt: at(made),
        fields: ["name": .string(name)])
    }
    try store.receive(
      [contact("c0", "C", made: -900), contact("c1", "D", made: 1), contact("c2", "C", made: 1)],
      .delta())
    #expect(try store.documents(className: "Contact").count == 3)
    #expect(try store.document(className: "Contact", id: contactId)?.id == "c2")
    #expect(try store.outbox().map(\.className) == ["Deal"])
  }

  @Test(arguments: [true, false])
  func `a create is known again in a row that came before its answer was lost`(
    isCrash: Bool
  ) throws {
    let store = try storeWithPair()
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    let event = ParseObject(
      className: "Contact", objectId: "c1", createdAt: at(1), updatedAt: at(1),
      fields: ["name": "C"])
    try store.receive([event], .live)
    if isCrash {
      try store.recoverSending()
    } else {
      try store.postpone(record.id, until: at(60), mayHaveArrived: true, refused: false)
    }
    #expect(try store.documents(className: "Contact").map(\.id) == ["c1"])
    #expect(try store.document(className: "Contact", id: contactId)?.id == "c1")
    #expect(try store.outbox().map(\.className) == ["Deal"])
  }

  @Test func `the answer of an update is laid under later edits`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["n": 1, "s": "x"])], .fill)
    try store.update("a", ["n": .increment(JSONNumber(1)), "s": .set("y")])
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.update("a", ["s": .set("z")])
    try store.acknowledge(
      record.id, answer: ["updatedAt": .string(at(3).iso), "n": 8, "hook": true], now: at(3))
    let server = try #require(try store.serverObject(className: "Deal", id: "a"))
    #expect(server["n"] == 8 && server["s"] == "y" && server["hook"] == true)
    #expect(server.updatedAt == at(3))
    #expect(try store.field("s", "a") == "z")
    #expect(try store.outbox().first?.baseUpdatedAt == at(3))
  }

  /// `a` was edited twice; `answer` is what the server said of the first edit.
  private func base(
    of field: String, answer: JSONObject, isRow: Bool = false, event: JSONObject? = nil
  ) throws -> JSON? {
    let store = try makeStore()
    try store.receive([deal("a", ["s": "x", "t": "x"])], .fill)
    try store.update("a", ["s": .set("y")])
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.update("a", ["s": .set("z"), "t": .set("z")])
    if let event { try store.receive([deal("a", updated: 9, event)], .live) }
    try store.acknowledge(record.id, answer: answer, isRow: isRow, now: at(3))
    return try store.outbox().first?.base[field]
  }

  @Test func `a later edit builds on what the server took, not on what others wrote unseen`() throws
  {
    let answer: JSONObject = ["updatedAt": .string(at(3).iso)]
    let trimmed: JSONObject = ["updatedAt": .string(at(3).iso), "s": "Y"]
    let rival: JSONObject = ["s": "r", "t": "r"]
    #expect(try base(of: "s", answer: answer) == "y")
    #expect(try base(of: "s", answer: trimmed) == "Y")
    #expect(try base(of: "t", answer: answer, event: rival) == "x")
    #expect(try base(of: "s", answer: answer, event: rival) == "y")
    #expect(try base(of: "s", answer: deal("a", updated: 9, rival).json, isRow: true) == "y")
  }

  @Test func `what others added to a number is not taken for seen`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["n": 1])], .fill)
    try store.update("a", ["n": .increment(JSONNumber(1))])
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.update("a", ["n": .set(1)])
    try store.acknowledge(
      record.id, answer: ["updatedAt": .string(at(3).iso), "n": 1002], now: at(3))
    #expect(try store.outbox().first?.base["n"] == 2)
  }

  @Test func `an event that overtook the answer is not applied twice`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["n": 1])], .fill)
    try store.update("a", ["n": .increment(JSONNumber(1))])
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.receive([deal("a", updated: 3, ["n": 2])], .live)
    try store.acknowledge(
      record.id, answer: ["updatedAt": .string(at(3).iso), "n": 2], now: at(3))
    #expect(try store.field("n", "a") == 2)
  }

  @Test func `an acknowledged delete is a tombstone`() throws {
    let store = try makeStore()
    try store.receive([deal("a")], .fill)
    _ = try store.perform([Edit("Deal", id: "a", .delete)], group: "g", now: noon)
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.acknowledge(record.id, answer: [:], now: at(5))
    try store.receive([deal("a", updated: 9)], .delta(asked: 4))
    #expect(try store.documents(className: "Deal").isEmpty && store.outbox().isEmpty)
    #expect(try store.serverVersions(className: "Deal").isEmpty)
  }

  @Test func `what was on its way at a crash waits again under its own request id`() throws {
    let folder = try Folder()
    let first = try makeStore(folder.file)
    try first.receive([deal("a")], .fill)
    try first.update("a", ["stage": .set("won")])
    let sent = try #require(try first.beginSending(limit: 9, now: noon).first)
    try first.leave(sent.id, base: sent.base, updatedAt: noon, now: noon)
    try first.close()
    let second = try makeStore(folder.file)
    #expect(try second.beginSending(limit: 9, now: at(1)).isEmpty)
    try second.recoverSending()
    let again = try #require(try second.beginSending(limit: 9, now: at(1)).first)
    #expect(again.requestId == sent.requestId)
    #expect(again.tries == 2 && again.mayHaveArrived && again.firstSentAt == noon)
  }

  @Test func `an update that was only looked at before a crash has not left`() throws {
    let store = try makeStore()
    try store.receive([deal("a")], .fill)
    try store.update("a", ["n": .increment(JSONNumber(1))])
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.recoverSending()
    #expect(try store.outbox().first?.mayHaveArrived == false)
    _ = try store.beginSending(limit: 9, now: noon)
    try store.postpone(record.id, until: nil, mayHaveArrived: true, refused: false)
    #expect(try store.outbox().first?.mayHaveArrived == false)
    _ = try store.beginSending(limit: 9, now: noon)
    try store.leave(record.id, base: ["n": 4], updatedAt: noon, now: noon)
    try store.recoverSending()
    let left = try #require(try store.outbox().first)
    #expect(left.mayHaveArrived && left.base == ["n": 4] && left.firstSentAt == noon)
  }

  @Test func `a create is known again by its plain values, dates and lists left out`() throws {
    let store = try makeStore()
    let date: JSON = ["__type": "Date", "iso": "2026-01-01T00:00:00.000Z"]
    _ = try store.perform(
      [
        Edit(
          "Deal", id: nil,
          .create(["title": .set("T"), "expectedCloseDate": .set(date), "tags": .set([1])]))
      ], group: "g", now: noon)
    #expect(try store.outbox().first?.signature == ["title": "T"])
  }

  @Test func `a postponed record is not due before its time`() throws {
    let store = try makeStore()
    try store.receive([deal("a")], .fill)
    try store.update("a", ["stage": .set("won")])
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.postpone(record.id, until: at(30), mayHaveArrived: true, refused: true)
    #expect(try store.nextTry() == at(30))
    #expect(try store.beginSending(limit: 9, now: at(29)).isEmpty)
    #expect(try store.beginSending(limit: 9, now: at(30)).count == 1)
    try store.postpone(record.id, until: at(90), mayHaveArrived: true, refused: true)
    try store.retryWaiting()
    #expect(try store.beginSending(limit: 9, now: at(31)).count == 1)
  }

  @Test func `a request that surely did not arrive counts as unsent`() throws {
    let store = try makeStore()
    try store.receive([deal("a")], .fill)
    try store.update("a", ["stage": .set("won")])
    let record = try #require(try store.beginSending(limit: 9, now: noon).first)
    try store.unsend(record.id)
    try store.update("a", ["stage": .set("lost")])
    #expect(try store.outbox().map(\.changes) == [["stage": .set("lost")]])
  }

  @Test func `a failed record keeps its words, holds its row, and takes a correction`() throws {
    let store = try makeStore()
    try store.receive([deal("a"), deal("b")], .fill)
    try store.update("a", ["title": .set("")])
    try store.update("b", ["title": .set("B")])
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.fail(record.id, code: 142, words: "title is required")
    #expect(try store.outboxCounts() == [.failed: 1, .waiting: 1])
    #expect(try store.beginSending(limit: 9, now: noon).map(\.objectId) == ["b"])
    try store.update("a", ["title": .set("A")])
    let fixed = try #require(try store.outbox().first { $0.objectId == "a" })
    #expect(fixed.state == .waiting && fixed.code == nil && fixed.requestId != record.requestId)
    #expect(fixed.changes == ["title": .set("A")] && fixed.tries == 0)
  }

  @Test func `retrying what may have arrived keeps its request id and base`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead"])], .fill)
    try store.update("a", ["stage": .set("won")])
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.fail(record.id, code: 1, words: "trouble", mayHaveArrived: true)
    try store.update("a", ["stage": .set("lost")])
    #expect(try store.outbox().count == 2)
    try store.retry(record.id)
    let again = try #require(try store.outbox().first)
    #expect(again.requestId == record.requestId && again.base == record.base)
    #expect(again.mayHaveArrived && again.state == .waiting)
  }

  @Test func `retrying takes the server's present values as the base`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead"])], .fill)
    try store.update("a", ["stage": .set("won")])
    let record = try #require(try store.beginSending(limit: 1, now: noon).first)
    try store.receive([deal("a", updated: 4, ["stage": "lost"])], .delta())
    try store.markConflict(record.id, words: "changed by another")
    try store.retry(record.id)
    let again = try #require(try store.outbox().first)
    #expect(again.base == ["stage": "lost"] && again.baseUpdatedAt == at(4))
    #expect(again.requestId != record.requestId && again.state == .waiting)
  }
}
