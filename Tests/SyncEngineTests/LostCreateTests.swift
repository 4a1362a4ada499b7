import JSONCache
import ParseCore
import Testing

@testable import SyncEngine

struct LostCreateTests {
  private static let time = ParseDate(milliseconds: 1_790_000_000_000)
  private let maker = Pointer(className: "_User", objectId: "userada").json

  private func record(_ changes: Changes) throws -> OutboxRecord {
    let store = try CacheStore(path: nil, makeID: { "id" })
    _ = try store.perform(
      [Edit("Deal", id: nil, .create(changes))], group: "g", now: Self.time)
    return try #require(try store.outbox().first)
  }

  private func row(_ fields: JSONObject, id: String = "a") -> ParseObject {
    ParseObject(
      className: "Deal", objectId: id, updatedAt: Self.time.advanced(bySeconds: 5), fields: fields)
  }

  private let lost = OutboxMachine.lostCreate(_:among:)

  @Test func `a lost create is its like, may be what was changed since, and is no stranger`() throws
  {
    let record = try record(["title": .set("T"), "stage": .set("lead"), "tags": .set([1])])
    let (same, changed) = (
      row(["title": "T", "stage": "lead", "x": 1]), row(["title": "T", "stage": "won"])
    )
    let other = row(["title": "U", "stage": "won"])
    #expect(lost(record, [other, changed, same]) == .found(same))
    #expect(lost(record, [other, changed]) == .unclear(changed))
    #expect(lost(record, [other]) == .missing && lost(record, []) == .missing)
  }

  /// All that a person makes points at that person.
  @Test func `a row that points where a lost create points is no more than a stranger`() throws {
    let record = try record(["name": .set("A"), "createdBy": .set(maker)])
    let other = row(["name": "B", "createdBy": maker])
    #expect(lost(record, [other]) == .missing)
    let tidied = row(["name": " a", "createdBy": maker])
    #expect(lost(record, [other, tidied]) == .found(tidied))
  }

  @Test(arguments: [false, true])
  func `of rows with as much alike the one with the text is closest`(isLater: Bool) throws {
    let record = try record(["title": .set("T"), "amount": .set(10), "stage": .set("lead")])
    let own = row(["title": "T", "amount": 1010, "stage": "won"], id: "own")
    let rival = row(["title": "R", "amount": 10, "stage": "lost"], id: "rival")
    #expect(lost(record, isLater ? [rival, own] : [own, rival]) == .unclear(own))
  }

  @Test func `a text alone among many values is too little, and hides no closer row`() throws {
    let record = try record([
      "title": .set("T"), "stage": .set("lead"), "a": .set(1), "b": .set(2), "c": .set(3),
    ])
    let text = row(["title": "T"], id: "text")
    let closer = row(["a": 1, "b": 2], id: "closer")
    #expect(lost(record, [text]) == .missing)
    #expect(lost(record, [text, closer]) == .unclear(closer))
  }

  @Test func `when the user turns one row down, only those just as close are asked about`() throws {
    let store = try CacheStore(path: nil, makeID: { "new" })
    _ = try store.perform(
      [Edit("Deal", id: nil, .create(["title": .set("T"), "stage": .set("lead")]))], group: "g",
      now: Self.time)
    let sent = try #require(try store.beginSending(limit: 1, now: Self.time).first)
    let (first, second) = (
      row(["stage": "lead"], id: "first"), row(["stage": "lead"], id: "second")
    )
    try store.markConflict(sent.id, words: "w", mayBe: first)
    try store.retry(sent.id)
    let record = try #require(try store.outbox().first)
    #expect(record.state == .waiting && record.mayHaveArrived && record.mayBe == nil)
    #expect(record.firstSentAt == sent.firstSentAt && record.strangers == ["first"])
    #expect(lost(record, [first, second]) == .unclear(second))
    #expect(lost(record, [first]) == .missing)
    let same = row(["title": "T", "stage": "lead"], id: "first")
    #expect(lost(record, [same, second]) == .missing)
    try store.markConflict(sent.id, words: "w", mayBe: second)
    #expect(try store.outbox().first?.mayBe == "second")
    try store.retry(sent.id)
    #expect(try store.outbox().first?.strangers == ["first", "second"])
  }

  private func filters(_ changes: Changes, without names: [String] = []) throws -> [JSONObject] {
    let record = try record(changes)
    return OutboxMachine.lookUps(record, without: names).map { query in
      #expect(query.filter["createdAt"] == ["$gte": record.since.json])
      var filter = query.filter
      filter["createdAt"] = nil
      return filter
    }
  }

  @Test func `what tells most is asked for, all of it first`() throws {
    let changes: Changes = [
      "name": .set("ann"), "amount": .set(7), "isOpen": .set(true), "createdBy": .set(maker),
      "on": .set(Self.time.json),
    ]
    #expect(
      try filters(changes) == [
        ["amount": 7, "isOpen": true, "name": "ann"], ["$or": [["amount": 7], ["name": "ann"]]],
      ])
    #expect(
      try filters(changes, without: ["amount", "isOpen"]) == [["name": "ann"]])
    #expect(
      try filters(["isOpen": .set(true), "createdBy": .set(maker)]) == [["isOpen": true]])
  }

  @Test func `a text is asked for as triggers put it in order too`() throws {
    let forms: JSON = [" ann  B ", " ann  b ", "ann  B", "ann  b", "ann B", "ann b"]
    #expect(
      try filters(["name": .set(" ann  B "), "createdBy": .set(maker)])
        == [["name": ["$in": forms]]])
  }

  @Test func `where nothing but pointers was sent they are asked for`() throws {
    let company = Pointer(className: "Company", objectId: "c").json
    #expect(
      try filters(["company": .set(company), "createdBy": .set(maker)]) == [
        ["company": company, "createdBy": maker],
        ["$or": [["company": company], ["createdBy": maker]]],
      ])
  }
}
