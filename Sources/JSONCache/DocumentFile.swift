import Foundation
import GRDB

/// Tells the files of a DocumentTable from all others before SQLite opens them: opening alone
/// would change a foreign database's journal mode.
enum DocumentFile {
  /// "Quad" in ASCII (sqlite.org/pragma.html#pragma_application_id).
  private static let mark: UInt32 = 0x5175_6164

  /// Makes and marks a missing or empty file.
  /// - Throws: `foreignFile` for a file without the mark.
  static func claim(_ path: String) throws(CacheError) {
    let isNew: Bool
    if FileManager.default.fileExists(atPath: path) {
      isNew = try check(path)
    } else {
      isNew = true
    }
    try CachePath.prepare(path)
    guard isNew else { return }
    do {
      let queue = try DatabaseQueue(path: path)
      try queue.write { db in try db.execute(sql: "PRAGMA application_id = \(mark)") }
      try queue.close()
    } catch {
      throw CacheError(error, path: path)
    }
  }

  /// True for an empty file. Reads the header only: the magic text at 0, the application id, most
  /// significant byte first, at 68 (sqlite.org/fileformat2.html#the_database_header).
  private static func check(_ path: String) throws(CacheError) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .cannotOpen(path: path)
    }
    let header: [UInt8]
    do {
      header = Array(try file.read(upToCount: 100) ?? Data())
    } catch {
      throw .cannotOpen(path: path)
    }
    if header.isEmpty { return true }
    guard header.count == 100, header.starts(with: Array("SQLite format 3\u{0}".utf8)),
      header[68..<72].reduce(0, { $0 << 8 | UInt32($1) }) == mark
    else { throw .foreignFile(path: path) }
    return false
  }
}
