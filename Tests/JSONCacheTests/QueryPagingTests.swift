import TestRandom
import GRDB
import ParseCore
import Testing

@testable import JSONCache

/// Rows and queries by chance, the same on every machine: a page of the cache is the page the plain
/// engine gives.
struct QueryPagingTests {
  /// Values of every type, those that columns cannot sort among them.
  private static let values: [JSON] = [
    nil, 1, 2, 2.5, -3, 9_007_199_254_740_993, "lead", "won", "é", "", "2026-11-20T00:00:00.000Z",
    true, ["lead", "won"], [], [5, 1], ["k": 1],
    ["__type": "Date", "iso": "2026-11-20T00:00:00.000Z"],
    ["__type": "Date", "iso": "2026-11-21T02:00:00+02:00"],
    ["__type": "Date", "iso": "2026-02-31T00:00:00.000Z"],
    ["__type": "Date", "iso": "2025-11-20T10:00:00.000Z"],
    ["__type": "Pointer", "className": "Contact", "objectId": "c1"],
    ["__type": "Pointer", "className": "Company", "objectId": "b1"],
  ]

  private static let fields = ["stage", "amount", "expectedCloseDate", "contact", "other"]

  private static func rows(_ chance: inout some RandomNumberGenerator) -> [ParseObject] {
    (0..<120).map { number in
      var row: JSONObject = [:]
      for field in fields where Int.random(in: 0..<3, using: &chance) > 0 {
        row[field] = values.randomElement(using: &chance)
      }
      return deal("r\(number)", updated: Int.random(in: 0..<9, using: &chance), row)
    }
  }

  private static func query(_ chance: inout some RandomNumberGenerator) -> Query {
    var query = Query("Deal")
    let filters: [JSONObject] = [
      [:], ["stage": "lead"], ["amount": ["$gt": 1]], ["amount": ["$lte": 2.5]],
      ["stage": ["$in": ["lead", "won", "é"]]], ["stage": ["$ne": "won"]],
      ["expectedCloseDate": ["$lt": ["__type": "Date", "iso": "2026-11-21T00:00:00.000Z"]]],
      ["contact": ["__type": "Pointer", "className": "Contact", "objectId": "c1"]],
      ["objectId": ["$in": ["r1", "r2", "r3", "r40"]]],
    ]
    query.filter = filters.randomElement(using: &chance) ?? [:]
    for field in (fields + ["updatedAt", "objectId"]).shuffled(using: &chance).prefix(2) {
      query.order.append(Query.Order(field, descending: Bool.random(using: &chance)))
    }
    query.limit = Int.random(in: 0..<12, using: &chance)
    query.skip = Int.random(in: 0..<6, using: &chance)
    return query
  }

  @Test(arguments: 1...8)
  func `a page is the page of the plain engine`(seed: UInt64) throws {
    var chance = SplitMix(seed)
    let rows = Self.rows(&chance)
    let store = try makeStore()
    try store.receive(rows, .fill)
    for _ in 0..<40 {
      let query = Self.query(&chance)
      let predicate = try QueryPredicate(query.filter, className: "Deal", now: noon)
      let sorted = try QueryOrdering(query.order).sorted(predicate.filter(rows))
      let expected = sorted.dropFirst(query.skip).prefix(query.limit ?? 0).compactMap(\.objectId)
      let found = try store.query(query, now: noon).compactMap(\.objectId)
      #expect(found == expected, "\(query)")
    }
  }

  @Test func `a first page reads the index and no more rows than it needs`() throws {
    let store = try makeStore()
    let plan = try store.read { db in
      try String.fetchAll(
        db,
        sql: """
          EXPLAIN QUERY PLAN SELECT row, "expectedCloseDate", id FROM documents
          WHERE className = 'Deal' AND className = ? AND removal = 0 AND "stage" = ?
          ORDER BY "expectedCloseDate", id
          """, arguments: ["Deal", "won"], adapter: RangeRowAdapter(3..<4))
    }
    #expect(plan.first?.contains("documents_Deal_stage_expectedCloseDate") == true)
    // Rows of one date are sorted by id; a sort of all rows would read them all.
    #expect(!plan.contains("USE TEMP B-TREE FOR ORDER BY"))
  }
}
