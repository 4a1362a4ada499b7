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
}
