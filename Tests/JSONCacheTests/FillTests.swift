import Foundation
import GRDB
import ParseCore
import Testing

@testable import JSONCache

/// Pages of a first fill, of which many rows go into one statement.
struct FillTests {
  /// Rows with all kinds of field names and values, so that neighbours differ in their shape.
  private func rows(_ count: Int) -> [ParseObject] {
    (0..<count).map { number in
      var fields: JSONObject = ["stage": .string("stage \(number % 3)")]
      if number % 2 == 0 { fields["amount"] = .integer(number) }
      if number % 5 == 0 { fields["title"] = "new\nline \"and\" é" }
      if number % 7 == 0 { fields = ["amount": 1.5, "stage": 3, "tags": ["a", ["b": nil]]] }
      return deal("d\(number)", updated: number, fields)
    }
  }

  private func odd(_ store: CacheStore) throws -> Set<String> {
    try store.read { db in
      try String.fetchSet(db, sql: "SELECT id FROM documents WHERE odd IS NOT NULL")
    }
  }

  @Test(arguments: [0, 1, 99, 100, 101, 250])
  func `a page of any size comes in as it is`(_ count: Int) throws {
    let store = try makeStore()
    let rows = rows(count)
    #expect(try store.receive(rows, .fill) == count)
    let stored = try store.documents(className: "Deal").map { try $0.object() }
    #expect(Set(stored) == Set(rows) && stored.count == count)
    #expect(try odd(store) == Set((0..<count).filter { $0 % 7 == 0 }.map { "d\($0)" }))
    #expect(try store.receive(rows, .fill) == 0)
  }

  @Test func `rows that are here already are merged, and only what changed counts`() throws {
    let store = try makeStore()
    let rows = rows(250)
    try store.receive(rows[120...130] + [deal("d140", updated: 999)], .fill)
    var page = rows
    page[125].updatedAt = at(1000)
    page[125].fields["stage"] = "won"
    // Ten of the page are here as they are, one is newer here, one is newer in the page.
    #expect(try store.receive(page, .fill) == 250 - 10 - 1)
    #expect(try store.field("stage", "d125") == "won")
    #expect(try store.object(className: "Deal", id: "d140")?.updatedAt == at(999))
    #expect(try store.rowCounts()["Deal"] == 250)
  }

  @Test func `a page with a row twice, and one without an id`() throws {
    let store = try makeStore()
    var page = rows(100)
    page[40] = page[7]
    page[41].objectId = nil
    #expect(try store.receive(page, .fill) == 98)
    #expect(try store.rowCounts()["Deal"] == 98)
  }

  @Test func `edits that wait stay on top of a page`() throws {
    let store = try makeStore()
    try store.receive([deal("d3", ["stage": "lead"])], .fill)
    _ = try store.perform(
      [Edit("Deal", id: "d3", .update(["stage": .set("won")]))], group: "g", now: noon)
    try store.receive(rows(200), .fill)
    #expect(try store.field("stage", "d3") == "won")
    #expect(try store.serverObject(className: "Deal", id: "d3")?["stage"] == "stage 0")
  }

  private func size(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.size] as? NSNumber).intValue
  }

  @Test func `the log of a fill is copied into the file, whoever reads meanwhile`() throws {
    let folder = try Folder()
    let store = try makeStore(folder.file)
    let other = try DatabaseQueue(path: folder.file)
    #expect(try other.read { db in try Int.fetchOne(db, sql: "PRAGMA page_size") } == 8192)
    let before = try size(folder.file)
    try store.receive(rows(500), .fill)
    try other.read { db in
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM documents") == 500)
      try store.copyLogBack()
    }
    #expect(try size(folder.file) > before + 50_000)
    #expect(try store.integrityProblems().isEmpty)
    #expect(try store.documents(className: "Deal").count == 500)
    try other.close()
    try store.close()
  }
}
