import Foundation
import GRDB
import Synchronization

/// The local JSON cache of one account, in one SQLite file; product.md D3.
///
/// Every call blocks for as long as SQLite needs, so never call it from the UI's thread. Several
/// threads and several processes may use one file at once: one writes, the others read meanwhile.
package final class CacheStore: Sendable {
  let writer: any DatabaseWriter
  let path: String?
  let makeID: @Sendable () -> String
  private let board = NoticeBoard()
  private let lock: SyncerLock?
  /// What the last poll saw: SQLite's counter of other connections' commits, and the sequence.
  private let seen = Mutex<(version: Int64?, sequence: Int64)>((nil, 0))

  /// Opens the cache, making folder and file when they are missing.
  /// - Parameters:
  ///   - path: The file, or nil for a cache in memory.
  ///   - makeID: Gives a fresh UUID text for local ids and request ids.
  package init(path: String?, makeID: @escaping @Sendable () -> String) throws(CacheError) {
    self.path = path
    self.makeID = makeID
    lock = path.map { SyncerLock(path: $0 + ".lock") }
    if let path { try CachePath.prepare(path) }
    do {
      writer = try Self.open(path)
      try Self.migrate(writer)
    } catch {
      throw CacheError(error, path: path ?? "")
    }
    // The first poll must not report what was there before.
    _ = try pollOtherProcesses()
  }

  private static let mappedBytes = 16 << 20

  /// Writes to the disk before a commit returns (FULL), so that a power cut loses no edit
  /// (sqlite.org/pragma.html#pragma_synchronous: NORMAL may lose the last commits in WAL mode).
  private static func open(_ path: String?) throws -> any DatabaseWriter {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    // A new file has pages of 8 kB, which hold eight rows in place of four and halve the writes of a
    // fill; a file that is there keeps its own. Mapped pages are neither copied nor allocated, which
    // two threads reading all rows do at a time (sqlite.org/mmap.html). 16 MiB hold an ordinary school;
    // more would count as memory in use.
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA page_size = 8192; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = \(mappedBytes)
          """)
    }
    guard let path else { return try DatabaseQueue(configuration: configuration) }
    let pool = try DatabasePool(path: path, configuration: configuration)
    // Not in `prepareDatabase`: the pool sets NORMAL after that. A page of a first fill touches most
    // pages of the indexes: 16 MB hold them, and a log of 4000 pages takes several fills of them before
    // they are copied back.
    try pool.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000
          """)
    }
    return pool
  }

  private static func migrate(_ writer: any DatabaseWriter) throws {
    let migrator = CacheSchema.migrator
    let state = try writer.read { db in
      (isNewer: try migrator.hasBeenSuperseded(db), isDone: try migrator.hasCompletedMigrations(db))
    }
    if state.isNewer { throw CacheError.newerVersion }
    // The usual start asks for no lock to write.
    if !state.isDone { try migrator.migrate(writer) }
  }

  /// Closes the file. Streams of notices end.
  package func close() throws(CacheError) {
    board.finish()
    lock?.release()
    // A log that cannot be folded now is only larger; closing must not fail for it.
    if path != nil { _ = try? writer.writeWithoutTransaction { db in try Self.foldLog(db) } }
    do { try writer.close() } catch { throw CacheError(error) }
  }

  /// Folds the log into the file, because every start reads all of the log, and begins a new one,
  /// because GRDB would begin it at the next start while someone waits for the first picture. SQLite
  /// itself folds only when the last connection to close can write, and GRDB closes that one first
  /// (sqlite.org/wal.html §2.2). Does nothing while another process reads.
  private static func foldLog(_ db: Database) throws {
    try db.execute(sql: "PRAGMA busy_timeout = 0")
    guard let answer = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)"), answer[0] == 0
    else { return }
    // A count, because SQLite writes no page that stays the same.
    try db.execute(
      sql: """
        INSERT INTO saved_state VALUES ('closes', 1)
        ON CONFLICT (key) DO UPDATE SET value = value + 1
        """)
  }

  /// Copies what a first fill wrote from the log into the file, from where it is read without a copy.
  /// Waits for nobody: what another process still reads from the log stays there.
  /// - Parameter cuts: Give the log's room back too, when nobody reads.
  package func copyLogBack(cuts: Bool = false) throws(CacheError) {
    guard let path else { return }
    do {
      try writer.writeWithoutTransaction { db in
        _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(\(cuts ? "TRUNCATE" : "PASSIVE"))")
      }
    } catch {
      throw CacheError(error, path: path)
    }
  }

  /// What `PRAGMA integrity_check` finds wrong; empty for a sound file. Reads the whole file.
  package func integrityProblems() throws(CacheError) -> [String] {
    try read { db in try String.fetchAll(db, sql: "PRAGMA integrity_check") }.filter { $0 != "ok" }
  }

  /// Bytes of the file and its log; 0 in memory.
  package func sizeInBytes() -> Int {
    guard let path else { return 0 }
    return [path, path + "-wal"].reduce(0) { sum, path in
      // A log that is not there has no size; that is no error.
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
    }
  }
}

extension CacheStore {
  func read<T>(_ body: (Database) throws -> T) throws(CacheError) -> T {
    do { return try writer.read(body) } catch { throw CacheError(error, path: path ?? "") }
  }

  /// A read that goes over much of the file when all rows are in memory already: without mapped pages,
  /// which would count as memory in use on top of them.
  func readUnmapped<T>(_ body: (Database) throws -> T) throws(CacheError) -> T {
    do {
      // SQLite does not let go of the map within a transaction.
      return try writer.unsafeRead { db in
        try db.execute(sql: "PRAGMA mmap_size = 0")
        var value: T?
        try db.inTransaction(.deferred) {
          value = try body(db)
          return .commit
        }
        try db.execute(sql: "PRAGMA shrink_memory; PRAGMA mmap_size = \(Self.mappedBytes)")
        guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return value
      }
    } catch {
      throw CacheError(error, path: path ?? "")
    }
  }

  /// Runs one write transaction; on any error nothing of it stays. Sends the notice after the commit.
  func write<T>(_ body: (CacheTransaction) throws -> T) throws(CacheError) -> T {
    do {
      var notice: CacheNotice?
      let value = try writer.write { db in
        let transaction = try CacheTransaction(db)
        let value = try body(transaction)
        notice = try transaction.finish()
        return value
      }
      if let notice { board.send(notice) }
      return value
    } catch {
      throw CacheError(error, path: path ?? "")
    }
  }
}

extension CacheStore {
  /// A notice after each commit of this process, and of others when they are polled for.
  package func notices() -> AsyncStream<CacheNotice> { board.stream() }

  /// The number of the last commit that changed anything.
  package func sequence() throws(CacheError) -> Int64 {
    try read { db in try CacheTransaction.sequence(db) }
  }

  /// Looks for commits of other processes and sends a notice when there are any. Costs one pragma
  /// when nothing happened. The outbox always counts as changed.
  @discardableResult
  package func pollOtherProcesses() throws(CacheError) -> CacheNotice? {
    let notice: CacheNotice?
    do {
      notice = try writer.writeWithoutTransaction { db in try foreignNotice(db) }
    } catch {
      throw CacheError(error, path: path ?? "")
    }
    if let notice { board.send(notice) }
    return notice
  }

  /// Runs on the writing connection, whose `data_version` moves only by commits of others
  /// (sqlite.org/pragma.html#pragma_data_version).
  private func foreignNotice(_ db: Database) throws -> CacheNotice? {
    let version = try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0
    let sequence = try CacheTransaction.sequence(db)
    let (isNews, since) = seen.withLock { seen in
      defer { seen = (version, sequence) }
      return (seen.version != nil && seen.version != version, seen.sequence)
    }
    guard isNews else { return nil }
    let names = try String.fetchSet(
      db, sql: "SELECT DISTINCT className FROM documents WHERE sequence > ?", arguments: [since])
    return CacheNotice(classNames: names, sequence: sequence, outbox: true)
  }

  /// True when this process is the one that syncs the account. Always true in memory.
  package func tryBecomeSyncer() throws(CacheError) -> Bool {
    guard let lock else { return true }
    return try lock.acquire()
  }

  package func resignSyncer() { lock?.release() }
}
