/// A list as it was answered last, by the positions of its rows in their table.
struct KeptList<Row: ListRow> {
  /// Of the entries it was made of.
  var version = 0
  /// What the selection holds, in its order.
  private var sorted: [Int32]
  /// The same where it was left while others came and went.
  private var shown: [Int32] = []
  var answer = Rows<Row>()
  /// False where the answer was given up.
  private var hasRows = true

  /// - Parameter previous: the ids as last shown; empty takes the order of the selection.
  init(_ rows: [Row], _ selection: ListSelection<Row>, previous: RecordIDs) {
    let held = rows.indices.lazy.filter { selection.holds(rows[$0]) }.map { Int32($0) }
    sorted = selection.order.sorted(Array(held), of: rows)
    show(sorted, rows)
    arrange(as: previous, rows)
  }

  /// - Parameters:
  ///   - news: since the version of the list.
  ///   - rows: as they are now.
  mutating func follow(
    _ news: EntryNews, _ rows: [Row], _ selection: ListSelection<Row>, previous: RecordIDs
  ) {
    if !hasRows { shown = sorted }
    let isKnownOrder = hasRows && previous == answer.ids
    if news.isEmpty, isKnownOrder { return }
    var news = news
    news.joinReturned { rows[$0].id }
    let wasHeld = move(news, count: rows.count)
    let changes = changes(news, rows, selection, wasHeld)
    if !changes.misplaced.isEmpty {
      let isMisplaced = PositionSet(changes.misplaced, count: rows.count)
      sorted.removeAll { isMisplaced.contains($0) }
      let gained = changes.misplaced.filter { selection.holds(rows[Int($0)]) }
      sorted = selection.order.merge(
        selection.order.sorted(gained, of: rows), into: sorted, of: rows)
    }
    if isKnownOrder, !previous.isEmpty {
      let order = arranged(wasHeld, rows.count)
      show(order, renewed: changes.renewed, rows)
      answer.wouldMove = order == sorted ? 0 : moves(rows.count)
    } else {
      show(sorted, renewed: changes.renewed, rows)
      arrange(as: previous, rows)
    }
    // One copy of the positions is enough.
    if answer.wouldMove == 0, shown == sorted { shown = sorted }
  }

  /// Gives up all but the order, which takes a sixth of the memory.
  mutating func dropRows() {
    answer = Rows()
    shown = []
    hasRows = false
  }
}

/// Some of the positions of a table.
private struct PositionSet {
  private var isIn: [Bool]

  init(_ positions: [Int32], count: Int) {
    isIn = Array(repeating: false, count: count)
    for position in positions { isIn[Int(position)] = true }
  }

  func contains(_ position: Int32) -> Bool { isIn[Int(position)] }

  mutating func insert(_ position: Int32) -> Bool {
    if isIn[Int(position)] { return false }
    isIn[Int(position)] = true
    return true
  }
}

extension KeptList {
  /// Has the positions follow the rows, and leaves out those of rows that are gone.
  ///
  /// - Returns: those the list held.
  private mutating func move(_ news: EntryNews, count: Int) -> PositionSet {
    guard news.isMoved else { return PositionSet(shown, count: count) }
    let last = max(news.moves.keys.max() ?? 0, news.gone.max() ?? 0)
    var now = Array(0...Int32(max(last, Int(shown.max() ?? 0))))
    for (then, position) in news.moves { now[then] = Int32(position) }
    for then in news.gone { now[then] = -1 }
    func move(_ positions: inout [Int32]) {
      for place in positions.indices { positions[place] = now[Int(positions[place])] }
      positions.removeAll { $0 < 0 }
    }
    let places = shown.indices.filter { now[Int(shown[$0])] >= 0 }
    if places.count < shown.count, hasRows {
      answer.rows = places.map { answer.rows[$0] }
      answer.ids = RecordIDs(packed: places.map { answer.ids.packed[$0] })
    }
    move(&shown)
    move(&sorted)
    return PositionSet(shown, count: count)
  }

  private struct Changes {
    /// Rows that are others than those shown.
    var renewed: [Int32] = []
    /// Positions that may stand elsewhere in the order, or in the list at all.
    var misplaced: [Int32] = []
  }

  private func changes(
    _ news: EntryNews, _ rows: [Row], _ selection: ListSelection<Row>, _ wasHeld: PositionSet
  ) -> Changes {
    var changes = Changes()
    guard !news.isEmpty else { return changes }
    var seen = PositionSet([], count: rows.count)
    var olds: [Int32: Row] = [:]
    if hasRows, !selection.order.movesByClock, news.changed.count >= manyChanges {
      for (position, row) in zip(shown, answer.rows) where news.changed.contains(Int(position)) {
        olds[position] = row
      }
    }
    func add(_ position: Int32, byClock: Bool) {
      guard position < rows.count, seen.insert(position) else { return }
      let row = rows[Int(position)]
      let (was, holds) = (wasHeld.contains(position), selection.holds(row))
      guard was || holds else { return }
      if was, holds { changes.renewed.append(position) }
      if was, holds {
        if byClock, !selection.order.movesByClock { return }
        if let old = olds[position], selection.order.isSame(old, row) { return }
      }
      changes.misplaced.append(position)
    }
    for position in news.changed { add(Int32(position), byClock: false) }
    for positions in news.aged { for position in positions { add(position, byClock: true) } }
    return changes
  }
}

/// Changes from which it is worth a look whether they move anything.
private let manyChanges = 16

extension KeptList {
  /// Shows rows in an order; only those that are others than before are fetched when it is the order
  /// they stand in.
  private mutating func show(_ order: [Int32], renewed: [Int32], _ rows: [Row]) {
    guard hasRows, order == shown else { return show(order, rows) }
    guard !renewed.isEmpty else { return }
    let isRenewed = PositionSet(renewed, count: rows.count)
    for place in order.indices where isRenewed.contains(order[place]) {
      answer.rows[place] = rows[Int(order[place])]
    }
  }

  private mutating func show(_ order: [Int32], _ rows: [Row]) {
    shown = order
    hasRows = true
    answer.rows = []
    answer.ids = []
    answer.rows.reserveCapacity(order.count)
    var ids: [PackedID] = []
    ids.reserveCapacity(order.count)
    // Rows lie scattered in memory: each is visited once.
    for position in order {
      let row = rows[Int(position)]
      answer.rows.append(row)
      ids.append(row.packedID)
    }
    answer.ids = RecordIDs(packed: ids)
    answer.wouldMove = 0
  }

  /// Puts rows that were shown otherwise back where they were.
  private mutating func arrange(as previous: RecordIDs, _ rows: [Row]) {
    answer.wouldMove = 0
    guard !previous.isEmpty, previous != answer.ids else { return }
    let order = StableOrder(previous: previous.packed, sorted: answer.ids.packed)
    guard order.ids != answer.ids.packed else { return }
    let positions = Dictionary(zip(answer.ids.packed, sorted)) { first, _ in first }
    show(order.ids.compactMap { positions[$0] }, rows)
    answer.wouldMove = order.wouldMove
  }

  /// The sorted positions where `StableOrder` wants them: known rows as shown, arrivals right behind
  /// the row they follow in the sort, or at the top.
  ///
  /// - Parameter wasHeld: the positions shown.
  private func arranged(_ wasHeld: PositionSet, _ count: Int) -> [Int32] {
    let isHeld = PositionSet(sorted, count: count)
    if shown.count == sorted.count, shown.allSatisfy(isHeld.contains) { return shown }
    var order = Array(sorted.prefix { !wasHeld.contains($0) })
    order.reserveCapacity(sorted.count)
    let rank = ranks(count)
    for position in shown where isHeld.contains(position) {
      order.append(position)
      order += sorted[(Int(rank[Int(position)]) + 1)...].prefix { !wasHeld.contains($0) }
    }
    return order
  }

  /// Places in the sort, by position.
  private func ranks(_ count: Int) -> [Int32] {
    var ranks = Array(repeating: Int32(-1), count: count)
    for (rank, position) in sorted.enumerated() { ranks[Int(position)] = Int32(rank) }
    return ranks
  }

  /// The least number of rows a re-sort would move.
  private func moves(_ count: Int) -> Int {
    let ranks = ranks(count)
    let order = shown.map { Int(ranks[Int($0)]) }
    return order.count - StableOrder<PackedID>.longestRise(order)
  }
}
