import ParseCore

/// What was worked out of each row of a table, at the row's position, until something it rests on
/// changes, the clock included.
struct KeptEntries<Entry> {
  private var entries: [Entry] = []
  /// Positions to work out anew.
  private var stale: Set<Int> = []
  /// Those that are so by the clock alone.
  private var aged: [Int32] = []
  private var edges = ClockEdges()
  /// All entries have been asked for.
  private var isWhole = false
  private(set) var history = EntryHistory()

  /// Entries are here, of all rows or of the first.
  var isKept: Bool { isWhole || !entries.isEmpty }

  /// The row at a position, or what its entry rests on, has changed.
  mutating func touch(_ position: Int?) {
    if isKept, let position { stale.insert(position) }
  }

  mutating func touchAll(_ isStale: (Entry) -> Bool) {
    for position in entries.indices where isStale(entries[position]) { stale.insert(position) }
  }

  /// Time has passed. The clock never goes back.
  mutating func pass(to now: ParseDate) { aged = edges.passed(by: now) }

  /// A row is gone and the last one has taken its position.
  ///
  /// - Parameter count: of the rows before.
  /// - Returns: the entry of the row that is gone, if it had one.
  @discardableResult
  mutating func remove(at position: Int, of count: Int, id: RecordID) -> Entry? {
    guard isKept, position < entries.count else { return nil }
    // The last row may have come since, and have no entry yet.
    guard entries.count == count else {
      stale.insert(position)
      history.note(.replaced(position, id))
      return nil
    }
    // Positions of the aged would have to follow.
    stale.formUnion(aged.lazy.map { Int($0) })
    aged = []
    let gone = entries[position]
    history.note(.removed(position, of: count, id))
    entries[position] = entries[count - 1]
    entries.removeLast()
    edges.remove(at: position, of: count)
    stale.remove(position)
    if stale.remove(count - 1) != nil, position < entries.count { stale.insert(position) }
    return gone
  }

  /// The entries of all rows. O(changed rows).
  ///
  /// - Parameters:
  ///   - make: also says until when the entry holds.
  ///   - age: makes an entry anew that nothing but the clock has changed; nil makes it from its row.
  ///   - onChange: hears of the entry that was there, if any, and of the one that is now.
  mutating func all<Row>(
    of rows: [Row], make: (Row, inout ClockEdge) -> Entry,
    age: ((Entry, inout ClockEdge) -> Entry)? = nil,
    onChange: (Int, Entry?, Entry) -> Void = { _, _, _ in }
  ) -> [Entry] {
    renew(of: rows, make, age, onChange)
    guard isWhole else {
      entries.reserveCapacity(rows.count)
      for row in rows[entries.count...] { append(row, make) }
      isWhole = true
      return entries
    }
    for row in rows[entries.count...] {
      history.note(.arrived(entries.count))
      append(row, make)
      onChange(entries.count - 1, nil, entries[entries.count - 1])
    }
    return entries
  }

  /// Works out entries of the next rows before they are asked for.
  ///
  /// - Returns: false when none are left to work out.
  mutating func prepare<Row>(
    _ count: Int, of rows: [Row], make: (Row, inout ClockEdge) -> Entry
  ) -> Bool {
    guard !isWhole, entries.count < rows.count else { return false }
    entries.reserveCapacity(rows.count)
    for row in rows[entries.count...].prefix(count) { append(row, make) }
    return true
  }

  private mutating func append<Row>(_ row: Row, _ make: (Row, inout ClockEdge) -> Entry) {
    var edge = ClockEdge()
    entries.append(make(row, &edge))
    edges.set(edge, at: entries.count - 1)
  }

  private mutating func renew<Row>(
    of rows: [Row], _ make: (Row, inout ClockEdge) -> Entry,
    _ age: ((Entry, inout ClockEdge) -> Entry)?, _ onChange: (Int, Entry?, Entry) -> Void
  ) {
    guard !(stale.isEmpty && aged.isEmpty) else { return }
    let end = min(entries.count, rows.count)
    func renew(_ position: Int, _ make: (inout ClockEdge) -> Entry) {
      var edge = ClockEdge()
      let old = entries[position]
      let entry = make(&edge)
      onChange(position, old, entry)
      entries[position] = entry
      edges.set(edge, at: position)
    }
    for position in stale where position < end {
      renew(position) { make(rows[position], &$0) }
      history.note(.changed(position))
    }
    if !aged.isEmpty {
      if !stale.isEmpty { aged.removeAll { stale.contains(Int($0)) } }
      for position in aged.lazy.map({ Int($0) }) where position < end {
        let old = entries[position]
        renew(position) { edge in age.map { $0(old, &edge) } ?? make(rows[position], &edge) }
      }
      history.note(.aged(aged))
      edges.findSoonest()
    }
    stale = []
    aged = []
  }
}
