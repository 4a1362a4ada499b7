/// An order of rows that leaves no two of them equal.
struct RowOrder<Row> {
  let precedes: (Row, Row) -> Bool
  private let sort: ([Row]) -> [Row]

  /// By a key. Rows without one come last, also when descending.
  ///
  /// - Parameter ties: the order of rows with equal keys.
  init<Key: Comparable>(
    by key: @escaping (Row) -> Key?, descending: Bool = false,
    ties: @escaping (Row, Row) -> Bool
  ) {
    sort = { $0.sorted(by: key, descending: descending, ties: ties) }
    precedes = { one, two in
      switch (key(one), key(two)) {
      case (let first?, let second?):
        if first < second { return !descending }
        if second < first { return descending }
        return ties(one, two)
      case (_?, nil): return true
      case (nil, _?): return false
      case (nil, nil): return ties(one, two)
      }
    }
  }

  init(isReversed: Bool, _ isBefore: @escaping (Row, Row) -> Bool) {
    let precedes = isReversed ? { isBefore($1, $0) } : isBefore
    self.precedes = precedes
    sort = { $0.sorted(by: precedes) }
  }

  func sorted(_ rows: [Row]) -> [Row] { sort(rows) }

  /// Where a row stands in rows of this order, or where it would. O(log n).
  func place(of row: Row, in rows: [Row]) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(rows[middle], row) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
