import Foundation
import GRDB
import ParseCore
import Testing

@testable import JSONCache

struct QueryTests {
  private static let rows: [JSONObject] = [
    ["stage": "lead", "amount": 10], ["stage": "won", "amount": 10.5], ["stage": ["lead", "won"]],
    ["stage": nil, "amount": [5, 500]], ["amount": "10"], ["stage": 7, "amount": -3],
    ["stage": "Lead"], ["stage": "é", "amount": 9_007_199_254_740_993],
    ["contact": ["__type": "Pointer", "className": "Contact", "objectId": "c1"]],
    ["contact": ["__type": "Pointer", "className": "Company", "objectId": "c1"]],
    ["contact": "c1"],
    ["relatedTo": [["__type": "Pointer", "className": "Deal", "objectId": "d"]]],
    ["relatedTo": []],
    ["expectedCloseDate": ["__type": "Date", "iso": "2026-11-20T00:00:00.000Z"]],
    ["expectedCloseDate": ["__type": "Date", "iso": "2026-11-20T02:00:00+02:00"]],
    ["expectedCloseDate": "2026-11-20T00:00:00.000Z"],
  ]

  static let filters: [JSONObject] = [
    [:], ["stage": "lead"], ["stage": ["$in": ["lead", "won"]]], ["stage": ["$in": []]],
    ["stage": nil], ["stage": ["$in": [nil, "won"]]], ["stage": ["$ne": "lead"]],
    ["stage": ["$gte": "lead"]], ["stage": ["$lt": "lead", "$gt": "L"]], ["stage": "e\u{301}"],
    ["stage": ["$eq": 7]], ["amount": 10], ["amount": ["$gt": 9]], ["amount": ["$lte": 10]],
    ["amount": ["$gt": 100, "$lt": 10]], ["amount": ["$gt": 9_007_199_254_740_992]],
    ["contact": ["__type": "Pointer", "className": "Contact", "objectId": "c1"]],
    ["contact": ["$in": ["c1"]]], ["contact": "c1"],
    ["relatedTo": ["__type": "Pointer", "className": "Deal", "objectId": "d"]],
    ["expectedCloseDate": ["$gte": ["__type": "Date", "iso": "2026-11-20T00:00:00.000Z"]]],
    ["expectedCloseDate": ["__type": "Date", "iso": "2026-11-20T01:00:00+01:00"]],
    ["expectedCloseDate": "2026-11-20T00:00:00.000Z"],
    ["$and": [["stage": "lead"], ["amount": ["$lt": 11]]]],
    ["$or": [["stage": "lead"], ["amount": 10.5]]], ["objectId": ["$in": ["r1", "r3"]]],
    ["objectId": "r2"], ["updatedAt": ["$gt": ["__type": "Date", "iso": "2027-01-15T08:00:05Z"]]],
    ["updatedAt": ["$lte": "2027-01-15T08:00:05.000Z"]], ["stage": ["$exists": false]],
    ["stage": ["$regex": "^l", "$options": "i"]],
  ]

  @Test(arguments: filters)
  func `SQL narrows and never decides`(filter: JSONObject) throws {
    let store = try makeStore()
    let objects = Self.rows.enumerated().map { deal("r\($0)", updated: $0, $1) }
    try store.receive(objects, .fill)
    let predicate = try QueryPredicate(filter, now: noon)
    let expected = objects.filter { predicate.matches($0) }.compactMap(\.objectId)
    let found = try store.query(
      Query("Deal", where: filter, order: [Query.Order("updatedAt")]), now: noon)
    #expect(found.compactMap(\.objectId) == expected)
    #expect(try store.count(Query("Deal", where: filter), now: noon) == expected.count)
  }

  @Test func `order, skip and limit come after the match`() throws {
    let store = try makeStore()
    try store.receive((0..<9).map { deal("r\($0)", ["amount": .integer($0 % 3)]) }, .fill)
    let query = Query(
      "Deal", where: ["amount": ["$gt": 0]], order: [Query.Order("amount", descending: true)],
      limit: 3, skip: 1)
    #expect(try store.query(query, now: noon).compactMap(\.objectId) == ["r5", "r8", "r1"])
  }

  @Test func `a subquery reads the other class`() throws {
    let store = try makeStore()
    let contact = ParseObject(
      className: "Contact", objectId: "c1", updatedAt: noon, fields: ["name": "Ann"])
    let pointer = try #require(contact.pointer)
    try store.receive([contact, deal("a", ["contact": pointer.json]), deal("b")], .fill)
    let filter: JSONObject = [
      "contact": ["$inQuery": ["className": "Contact", "where": ["name": "Ann"]]]
    ]
    let found = try store.query(Query("Deal", where: filter), now: noon)
    #expect(found.map(\.objectId) == ["a"])
  }

  @Test func `an operator nobody knows is refused`() throws {
    let store = try makeStore()
    #expect(throws: CacheError.self) {
      try store.query(Query("Deal", where: ["stage": ["$near": 1]]), now: noon)
    }
  }

  @Test func `indexes serve what panes ask`() throws {
    let store = try makeStore()
    let plan = try store.read { db in
      try String.fetchAll(
        db,
        sql: """
          EXPLAIN QUERY PLAN SELECT document FROM documents
          WHERE className = 'Deal' AND removal = 0 AND "stage" IN ('won', x'00')
          """, adapter: RangeRowAdapter(3..<4))
    }
    #expect(plan.joined().contains("documents_Deal_stage"))
  }
}

struct MarkAndStateTests {
  @Test func `a page and its mark are one step`() throws {
    let store = try makeStore()
    let mark = SyncMark(
      className: "Deal", state: .filling, cursor: "b", lastUpdatedAt: at(3), syncedAt: noon,
      walkedAt: at(1), serverCount: 12)
    #expect(try store.receive([deal("a"), deal("b")], .fill, mark: mark) == 2)
    #expect(try store.syncMarks() == ["Deal": mark])
    #expect(try store.rowCounts() == ["Deal": 2])
  }

  @Test func `rows are counted without those that are gone or are to be deleted`() throws {
    let store = try makeStore()
    try store.receive(["a", "b", "c", "d", "e"].map { deal($0) }, .fill)
    try store.markGone(className: "Deal", ids: ["a", "b"], at: at(1), source: .delta)
    _ = try store.perform([Edit("Deal", id: "c", .delete)], group: "g", now: at(2))
    try store.update("d", ["stage": .set("won")])
    #expect(try store.rowCounts() == ["Deal": 2])
    #expect(try store.documents(className: "Deal").count == 2)
    try store.markGone(className: "Deal", ids: ["c", "d", "e"], at: at(3), source: .delta)
    #expect(try store.rowCounts() == [:])
  }

  @Test func `saved state keeps any JSON by key`() throws {
    let store = try makeStore()
    try store.setSavedState("snooze/a", ["until": 5])
    try store.setSavedState("snooze/b", true)
    try store.setSavedState("screen", 3)
    #expect(try store.savedState("snooze/a") == ["until": 5])
    #expect(try store.savedStates(prefix: "snooze/").keys.sorted() == ["snooze/a", "snooze/b"])
    try store.setSavedState("screen", nil)
    #expect(try store.savedState("screen") == nil)
  }

  @Test func `the journal is pruned by age`() throws {
    let store = try makeStore()
    try store.receive([deal("a", ["stage": "lead"])], .fill)
    try store.update("a", ["stage": .set("won")])
    #expect(try store.journal(since: noon).count == 1)
    try store.pruneJournal(before: at(1))
    #expect(try store.journal(since: noon).isEmpty)
  }

  @Test func `a table of documents keeps what it is given, in order, and across restarts`() throws {
    let folder = try Folder()
    let table = try DocumentTable(path: folder.file)
    try table.commit(put: [deal("b"), deal("a", ["n": 1])])
    try table.commit(put: [deal("b", updated: -5, ["n": 2]), deal("c")])
    try table.commit(
      put: [deal("d")], remove: [Pointer(className: "Deal", objectId: "c")])
    #expect(throws: CacheError.locked) { try DocumentTable(path: folder.file) }
    try table.close()
    let again = try DocumentTable(path: folder.file)
    #expect(try again.objects(className: "Deal").map(\.objectId) == ["b", "a", "d"])
    #expect(try again.objects(className: "Deal").first?["n"] == 2)
    #expect(try again.classNames() == ["Deal"])
  }

  @Test func `a document table refuses the files of others and leaves them as they are`() throws {
    let folder = try Folder()
    let cache = try CacheStore(path: folder.file, makeID: { "" })
    try cache.close()
    let text = folder.file + ".txt"
    try "notes of a person, long enough to be a header of a hundred bytes or more than that"
      .write(toFile: text, atomically: true, encoding: .utf8)
    for path in [folder.file, text] {
      let before = FileManager.default.contents(atPath: path)
      #expect(throws: CacheError.foreignFile(path: path)) { try DocumentTable(path: path) }
      #expect(FileManager.default.contents(atPath: path) == before)
    }
  }
}
