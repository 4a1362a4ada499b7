/// What was worked out of each row of a table, at the row's position, until something it rests on
/// changes.
struct KeptEntries<Entry> {
  private var entries: [Entry] = []
  /// Positions to work out anew.
  private var stale: Set<Int> = []
  /// False until all entries are asked for.
  private(set) var isKept = false

  /// The row at a position, or what its entry rests on, has changed.
  mutating func touch(_ position: Int?) {
    if isKept, let position { stale.insert(position) }
  }

  /// A row is gone and the last one has taken its position.
  ///
  /// - Parameter count: of the rows before.
  mutating func remove(at position: Int, of count: Int) {
    guard isKept, position < entries.count else { return }
    stale.insert(position)
    // The last row may have come since, and have no entry yet.
    guard entries.count == count else { return }
    entries.removeLast()
    stale.remove(entries.count)
  }

  /// The entries of all rows. O(changed rows).
  mutating func all<Row>(of rows: [Row], make: (Row) -> Entry) -> [Entry] {
    guard isKept else {
      entries = rows.map(make)
      isKept = true
      return entries
    }
    for position in stale where position < min(entries.count, rows.count) {
      entries[position] = make(rows[position])
    }
    for row in rows[entries.count...] { entries.append(make(row)) }
    stale = []
    return entries
  }
}
