/// What was worked out of each row of a table, at the row's position, until something it rests on
/// changes.
struct KeptEntries<Entry> {
  /// An entry that came, went, or took the place of another.
  struct Change {
    let old: Entry?
    let new: Entry?
  }

  private var entries: [Entry] = []
  /// Positions to work out anew.
  private var stale: Set<Int> = []
  /// False until all entries are asked for.
  private(set) var isKept = false
  /// The latest changes, oldest first.
  private var log: [Change] = []
  /// How many changes there were; the log ends with the last one.
  private(set) var version = 0
  private static var longestLog: Int { 4096 }

  /// The row at a position, or what its entry rests on, has changed.
  mutating func touch(_ position: Int?) {
    if isKept, let position { stale.insert(position) }
  }

  mutating func touchAll(_ isStale: (Entry) -> Bool) {
    for position in entries.indices where isStale(entries[position]) { stale.insert(position) }
  }

  /// A row is gone and the last one has taken its position.
  ///
  /// - Parameter count: of the rows before.
  mutating func remove(at position: Int, of count: Int) {
    guard isKept, position < entries.count else { return }
    // The last row may have come since, and have no entry yet.
    guard entries.count == count else {
      stale.insert(position)
      return
    }
    note(Change(old: entries[position], new: nil))
    entries[position] = entries[count - 1]
    entries.removeLast()
    stale.remove(position)
    if stale.remove(count - 1) != nil, position < entries.count { stale.insert(position) }
  }

  /// The entries of all rows. O(changed rows).
  mutating func all<Row>(of rows: [Row], make: (Row) -> Entry) -> [Entry] {
    guard isKept else {
      entries = rows.map(make)
      isKept = true
      return entries
    }
    for position in stale where position < min(entries.count, rows.count) {
      let entry = make(rows[position])
      note(Change(old: entries[position], new: entry))
      entries[position] = entry
    }
    for row in rows[entries.count...] {
      let entry = make(row)
      note(Change(old: nil, new: entry))
      entries.append(entry)
    }
    stale = []
    return entries
  }

  private mutating func note(_ change: Change) {
    version += 1
    log.append(change)
    if log.count >= 2 * Self.longestLog { log.removeFirst(Self.longestLog) }
  }

  /// What has changed since a version; nil when that is too long ago.
  func changes(since version: Int) -> ArraySlice<Change>? {
    let count = self.version - version
    return count <= log.count ? log.suffix(count) : nil
  }
}
