/// The rows of a class with the lists made of them, until something they rest on changes.
struct KeptTable<Row: ListRow> {
  private var entries = KeptEntries<Row>()
  private var lists: [ListRequest: KeptList<Row>] = [:]
  /// How many rows each view holds, and as of which version of the entries.
  private var counts: (of: [Int], version: Int)?
  /// Most lists that are remembered; one more and all go.
  private static var mostLists: Int { 4 }

  var isKept: Bool { entries.isKept }

  mutating func touch(_ position: Int?) { entries.touch(position) }

  /// See `KeptEntries.remove`.
  mutating func remove(at position: Int, of count: Int) {
    entries.remove(at: position, of: count)
  }

  /// All rows, and how many each view holds.
  mutating func counted<Record>(
    of table: [Record], make: (Record) -> Row
  ) -> (rows: [Row], counts: [Int]) {
    let rows = entries.all(of: table, make: make)
    return (rows, viewCounts(rows))
  }

  /// Equal to a listing of all rows made anew. O(changed rows · log n), but for the copies of lists
  /// that others hold and, where rows keep places that are not theirs, O(n).
  mutating func listing<Record>(
    of table: [Record], _ request: ListRequest, _ selection: ListSelection<Row>,
    isComplete: Bool, previous: [RecordID], make: (Record) -> Row
  ) -> Listing<Row> {
    let rows = entries.all(of: table, make: make)
    // Out of the dictionary, so that its arrays change in place.
    var list = lists.removeValue(forKey: request) ?? KeptList(selection, rows, entries.version)
    if let changes = entries.changes(since: list.version), list.follow(changes, selection) {
      list.version = entries.version
    } else {
      list = KeptList(selection, rows, entries.version)
    }
    list.arrange(all: rows.count, isComplete: isComplete, previous: previous)
    if lists.count >= Self.mostLists { lists = [:] }
    lists[request] = list
    return Listing(rows: rows, counts: viewCounts(rows), list: list.shown)
  }

  private mutating func viewCounts(_ rows: [Row]) -> [Int] {
    if let (known, version) = counts, let changes = entries.changes(since: version) {
      var counts = known
      for change in changes {
        if let old = change.old { Row.View.count(old, into: &counts, by: -1) }
        if let new = change.new { Row.View.count(new, into: &counts, by: 1) }
      }
      self.counts = (counts, entries.version)
      return counts
    }
    let counts = Row.View.counts(rows)
    self.counts = (counts, entries.version)
    return counts
  }
}

/// A list as it was answered last.
private struct KeptList<Row: ListRow> {
  /// Of the entries it was made of.
  var version: Int
  /// The rows the selection holds, in its order.
  private var sorted: [Row]
  /// Where they were left while others came and went.
  private(set) var shown = Rows<Row>()
  /// The ids as last answered.
  private var answered: [RecordID] = []

  init(_ selection: ListSelection<Row>, _ rows: [Row], _ version: Int) {
    sorted = selection.order.sorted(rows.filter(selection.holds))
    self.version = version
  }

  /// What became of the row of an id.
  private struct Fate {
    var old: Row?
    var new: Row?
  }

  /// - Returns: false when the list must be made anew.
  mutating func follow(
    _ changes: ArraySlice<KeptEntries<Row>.Change>, _ selection: ListSelection<Row>
  ) -> Bool {
    guard !changes.isEmpty else { return true }
    var fates: [RecordID: Fate] = [:]
    for change in changes {
      if let old = change.old {
        if fates[old.id] == nil { fates[old.id] = Fate(old: old) } else { fates[old.id]?.new = nil }
      }
      if let new = change.new { fates[new.id, default: Fate()].new = new }
    }
    var (lost, gained): ([Row], [Row]) = ([], [])
    var states: [(old: Row, new: Row?)] = []
    var arrivals: [Row] = []
    for fate in fates.values {
      let old = fate.old.flatMap { selection.holds($0) ? $0 : nil }
      let new = fate.new.flatMap { selection.holds($0) ? $0 : nil }
      if let old { lost.append(old) }
      if let new { gained.append(new) }
      if let old { states.append((old, new)) } else if let new { arrivals.append(new) }
    }
    let order = selection.order
    guard sorted.exchange(lost, for: order.sorted(gained), order) else { return false }
    shown.exchange(states)
    for row in order.sorted(arrivals) {
      let place = order.place(of: row, in: sorted)
      shown.insert(row, behind: place > 0 ? sorted[place - 1] : nil)
    }
    return true
  }

  /// Puts the rows where `StableOrder` wants them.
  mutating func arrange(all: Int, isComplete: Bool, previous: [RecordID]) {
    if previous.isEmpty || previous != answered {
      shown = Rows(
        sorted: sorted, all: all, isComplete: isComplete, previous: previous, id: \.id)
    } else {
      shown.all = all
      shown.isComplete = isComplete
      shown.wouldMove = StableOrder.moves(shown.rows, sorted)
      // One copy of the rows is enough.
      if shown.wouldMove == 0 { shown.rows = sorted }
    }
    answered = shown.ids
  }
}

/// Changes from which one pass over all rows is less work than a search for each.
private let manyChanges = 16

extension Array where Element: ListRow {
  /// Takes rows out of an order and puts others in.
  ///
  /// - Parameter gained: in the order.
  /// - Returns: false when a lost row does not stand where it belongs.
  fileprivate mutating func exchange(
    _ lost: [Element], for gained: [Element], _ order: RowOrder<Element>
  ) -> Bool {
    guard lost.count + gained.count >= manyChanges else {
      for row in lost {
        let place = order.place(of: row, in: self)
        guard place < count, self[place] === row else { return false }
        remove(at: place)
      }
      for row in gained { insert(row, at: order.place(of: row, in: self)) }
      return true
    }
    let gone = Set(lost.map(ObjectIdentifier.init))
    var merged: [Element] = []
    merged.reserveCapacity(count + gained.count)
    var rest = gained[...]
    for row in self where !gone.contains(ObjectIdentifier(row)) {
      while let next = rest.first, order.precedes(next, row) { merged.append(rest.removeFirst()) }
      merged.append(row)
    }
    self = merged + rest
    return true
  }
}

extension Rows where Row: ListRow {
  /// Another state of a row stays in its place; a row that left the list leaves it.
  fileprivate mutating func exchange(_ states: [(old: Row, new: Row?)]) {
    guard states.count >= manyChanges else {
      for (old, new) in states {
        guard let place = rows.firstIndex(where: { $0 === old }) else { continue }
        if let new { rows[place] = new } else { remove(at: place) }
      }
      return
    }
    let new = Dictionary(states.map { (ObjectIdentifier($0.old), $0.new) }) { _, last in last }
    for place in rows.indices.reversed() {
      guard let state = new[ObjectIdentifier(rows[place])] else { continue }
      if let state { rows[place] = state } else { remove(at: place) }
    }
  }

  private mutating func remove(at place: Int) {
    rows.remove(at: place)
    ids.remove(at: place)
  }

  /// - Parameter leader: the row it stands right behind; nil for the top.
  fileprivate mutating func insert(_ row: Row, behind leader: Row?) {
    let place = leader.flatMap { leader in rows.firstIndex { $0 === leader } }.map { $0 + 1 } ?? 0
    rows.insert(row, at: place)
    ids.insert(row.id, at: place)
  }
}

extension StableOrder {
  /// The least number of rows that change their place from one order of the same rows to another.
  fileprivate static func moves<Row: AnyObject>(_ shown: [Row], _ sorted: [Row]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high, shown[low] === sorted[low] { low += 1 }
    while low < high, shown[high - 1] === sorted[high - 1] { high -= 1 }
    guard low < high else { return 0 }
    var places: [ObjectIdentifier: Int] = Dictionary(minimumCapacity: high - low)
    for place in low..<high { places[ObjectIdentifier(sorted[place])] = place }
    let order = shown[low..<high].compactMap { places[ObjectIdentifier($0)] }
    return order.count - longestRise(order)
  }
}
