import GRDB
package import ParseCore

/// How far a class is synced.
package struct SyncMark: Sendable, Hashable {
  package enum State: String, Sendable {
    /// Nothing was fetched yet.
    case none
    /// The first fill is under way; `cursor` is the last id it has.
    case filling
    case complete
    /// The server refuses the class (119), or hides that it exists (101).
    case noRight
  }

  package let className: String
  package var state: State
  package var cursor: String?
  /// The latest `updatedAt` seen by a query; deltas start a little before it.
  package var lastUpdatedAt: ParseDate?
  /// When the last successful fetch ended, by this machine's clock.
  package var syncedAt: ParseDate?
  /// When the ids were last compared with the server's.
  package var walkedAt: ParseDate?
  /// How many rows the server last said it has.
  package var serverCount: Int?

  package init(
    className: String, state: State = .none, cursor: String? = nil,
    lastUpdatedAt: ParseDate? = nil, syncedAt: ParseDate? = nil, walkedAt: ParseDate? = nil,
    serverCount: Int? = nil
  ) {
    self.className = className
    self.state = state
    self.cursor = cursor
    self.lastUpdatedAt = lastUpdatedAt
    self.syncedAt = syncedAt
    self.walkedAt = walkedAt
    self.serverCount = serverCount
  }
}

extension CacheStore {
  /// All marks, by class. A class without one was never synced.
  package func syncMarks() throws(CacheError) -> [String: SyncMark] {
    try read { db in
      let marks = try Row.fetchAll(
        db,
        sql: """
          SELECT className, state, cursor, lastUpdatedAt, syncedAt, walkedAt, serverCount
          FROM sync_marks
          """
      ).map { row in
        SyncMark(
          className: row[0], state: SyncMark.State(rawValue: row[1]) ?? .none, cursor: row[2],
          lastUpdatedAt: (row[3] as String?).flatMap(ParseDate.init(iso:)),
          syncedAt: (row[4] as Int64?).map(ParseDate.init(milliseconds:)),
          walkedAt: (row[5] as Int64?).map(ParseDate.init(milliseconds:)), serverCount: row[6])
      }
      return Dictionary(marks.map { ($0.className, $0) }) { _, last in last }
    }
  }

  package func setSyncMark(_ mark: SyncMark) throws(CacheError) {
    try write { try $0.save(mark) }
  }

  /// A page of rows and the mark that says so, in one transaction: a fill that is killed goes on
  /// after its last whole page.
  /// - Returns: How many rows changed.
  @discardableResult
  package func receive(
    _ rows: [ParseObject], _ arrival: Arrival, mark: SyncMark
  ) throws(CacheError) -> Int {
    try write { transaction in
      let changed = try transaction.receive(rows, arrival)
      try transaction.save(mark)
      return changed
    }
  }
}

extension CacheTransaction {
  /// Marks do not count as changes of rows, but freshness is shown, so listeners hear of them.
  fileprivate func save(_ mark: SyncMark) throws {
    try run(
      "INSERT OR REPLACE INTO sync_marks VALUES (?, ?, ?, ?, ?, ?, ?)",
      [
        mark.className, mark.state.rawValue, mark.cursor, mark.lastUpdatedAt?.iso,
        mark.syncedAt?.milliseconds, mark.walkedAt?.milliseconds, mark.serverCount,
      ])
    touch(mark.className)
  }
}
