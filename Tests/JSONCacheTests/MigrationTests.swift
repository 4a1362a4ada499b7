import Foundation
import GRDB
import ParseCore
import Testing

@testable import JSONCache

/// Files that earlier versions wrote, kept as SQLite's dump of them: a fill, an edit that waits, a
/// pinned query.
struct MigrationTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Fixtures")

  private func restore(_ name: String, _ folder: Folder) throws {
    let sql = try String(
      contentsOf: Self.fixtures.appending(path: name), encoding: .utf8)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/quad", withIntermediateDirectories: true)
    let file = try DatabaseQueue(path: folder.file)
    try file.writeWithoutTransaction { try $0.execute(sql: sql) }
    try file.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file)
  }

  private func schema(_ store: CacheStore) throws -> [String: String] {
    try store.read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL")
      return Dictionary(rows.map { ($0[0], $0[1]) }) { _, last in last }
    }
  }

  @Test func `a file of version 1 opens with all it held`() throws {
    let folder = try Folder()
    try restore("cache-version-1.sql", folder)
    let store = try makeStore(folder.file)
    #expect(try schema(store) == schema(makeStore()))
    #expect(try store.integrityProblems().isEmpty)
    #expect(try store.rowCounts() == ["Contact": 3, "Deal": 3])

    let edited = try #require(try store.document(className: "Deal", id: "r54zgp7ogb"))
    #expect(edited.hasPending && edited.knowledge == .complete)
    #expect(try edited.object()["stage"] == "lost")
    #expect(try store.serverObject(className: "Deal", id: edited.id)?["stage"] == "won")
    let record = try #require(try store.outbox().first)
    #expect(record.objectId == edited.id && record.requestId == "req-1")
    #expect(record.changes == ["stage": .set("lost")])
    #expect(try store.syncMarks()["Deal"]?.state == .complete)

    #expect(try store.pinned(name: "hot").map(\.objectId).sorted() == ["UVfAMIufdi", edited.id])
    let query = Query("Deal", order: [Query.Order("expectedCloseDate", descending: true)], limit: 2)
    let found = try store.query(query, now: noon).compactMap(\.objectId)
    #expect(found == ["kilDFClb2F", "UVfAMIufdi"])
    try store.refreshPins(of: ["Deal"], now: noon)
    try store.acknowledge(record.id, answer: ["updatedAt": .string(noon.iso)], now: noon)
    #expect(try store.outbox().isEmpty)
    try store.close()
    try makeStore(folder.file).close()
  }

  /// Values that columns cannot sort, some of which the columns of version 1 held as they were.
  @Test func `columns of a file of version 1 are as they would be written now`() throws {
    let folder = try Folder()
    try restore("cache-version-1.sql", folder)
    let odd = """
      {"objectId":"odd","updatedAt":"2026-11-20T00:00:00.000Z","amount":9007199254740993,"stage":1,
      "expectedCloseDate":{"__type":"Date","iso":"2026-02-31T00:00:00.000Z"}}
      """
    let file = try DatabaseQueue(path: folder.file)
    try file.write { db in
      try db.execute(
        sql:
          "INSERT INTO documents (className, id, document, sequence) VALUES ('Deal', 'odd', ?, 1)",
        arguments: [odd])
    }
    try file.close()
    let store = try makeStore(folder.file)
    let rows = try store.read { db in try Row.fetchAll(db, sql: "SELECT * FROM documents") }
    #expect(rows.count == 7)
    for row in rows {
      let object = try DocumentCodec.object(className: row["className"], text: row["document"])
      let columns = ColumnValues(object)
      #expect(row["odd"] as Int? == (columns.isOdd ? 1 : nil))
      for (place, column) in DocumentColumn.all.enumerated() {
        let value = columns.values.first { $0.place == place }?.value
        #expect((row[column.field] as DatabaseValue) == Self.stored(value), "\(column.field)")
      }
    }
    try store.close()
  }

  private static func stored(_ value: ColumnValues.Value?) -> DatabaseValue {
    switch value {
    case .text(let text): text.databaseValue
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .other: Data([0]).databaseValue
    case nil: .null
    }
  }
}
