/// An order of rows that leaves no two of them equal.
struct RowOrder<Row> {
  let precedes: (Row, Row) -> Bool
  /// Rows may change their place by the clock alone.
  let movesByClock: Bool
  private let sort: ([Int32], [Row]) -> [Int32]

  /// By a key. Rows without one come last, also when descending.
  ///
  /// - Parameter ties: the order of rows with equal keys; no clock moves it.
  init<Key: Comparable>(
    by key: @escaping (Row) -> Key?, descending: Bool = false, movesByClock: Bool = false,
    ties: @escaping (Row, Row) -> Bool
  ) {
    self.movesByClock = movesByClock
    sort = { positions, rows in
      positions.sorted(by: { key(rows[Int($0)]) }, descending: descending) {
        ties(rows[Int($0)], rows[Int($1)])
      }
    }
    precedes = { one, two in
      Self.precedes(key(one), key(two), descending: descending) ?? ties(one, two)
    }
  }

  /// By a text in natural order, see `FoldedText`. Rows without one come last, also when descending.
  ///
  /// - Parameter ties: the order of rows with equal texts; no clock moves it.
  init(
    byText text: @escaping (Row) -> String?, descending: Bool = false,
    ties: @escaping (Row, Row) -> Bool
  ) {
    movesByClock = false
    sort = { positions, rows in
      let ranks = TextRanks(positions.lazy.map { text(rows[Int($0)]) }).ranks
      return Array(positions.indices).sorted(by: { ranks[$0] }, descending: descending) {
        ties(rows[Int(positions[$0])], rows[Int(positions[$1])])
      }
      .map { positions[$0] }
    }
    precedes = { one, two in
      let (first, second) = (text(one), text(two))
      // To fold a text costs more than to see that it is the same.
      if let first, let second, first.utf8.elementsEqual(second.utf8) { return ties(one, two) }
      return Self.precedes(
        first.map(FoldedText.init), second.map(FoldedText.init), descending: descending)
        ?? ties(one, two)
    }
  }

  /// Nil where the ties decide.
  private static func precedes<Key: Comparable>(
    _ one: Key?, _ two: Key?, descending: Bool
  ) -> Bool? {
    switch (one, two) {
    case (let one?, let two?): one < two ? !descending : two < one ? descending : nil
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): nil
    }
  }

  /// - Parameter isBefore: no clock changes it.
  init(isReversed: Bool, _ isBefore: @escaping (Row, Row) -> Bool) {
    let precedes = isReversed ? { isBefore($1, $0) } : isBefore
    self.precedes = precedes
    movesByClock = false
    sort = { positions, rows in positions.sorted { precedes(rows[Int($0)], rows[Int($1)]) } }
  }

  func sorted(_ rows: [Row]) -> [Row] {
    sort(rows.indices.map { Int32($0) }, rows).map { rows[Int($0)] }
  }

  /// Positions of rows in the order of the rows.
  func sorted(_ positions: [Int32], of rows: [Row]) -> [Int32] { sort(positions, rows) }

  /// Neither comes before the other: one may stand where the other stood.
  func isSame(_ one: Row, _ two: Row) -> Bool { !precedes(one, two) && !precedes(two, one) }

  /// Puts positions into others, both in this order.
  ///
  /// - Parameter gained: few are found their place, many merged.
  func merge(_ gained: [Int32], into positions: [Int32], of rows: [Row]) -> [Int32] {
    var merged: [Int32] = []
    merged.reserveCapacity(positions.count + gained.count)
    let areFew = gained.count * 16 < positions.count
    var next = 0
    for position in gained {
      let row = rows[Int(position)]
      let end: Int
      if areFew {
        end = place(of: row, in: positions, from: next, of: rows)
      } else {
        end =
          positions[next...].firstIndex { precedes(row, rows[Int($0)]) } ?? positions.count
      }
      merged += positions[next..<end]
      merged.append(position)
      next = end
    }
    return merged + positions[next...]
  }

  /// Where a row would stand among the rows at positions of this order. O(log n).
  private func place(of row: Row, in positions: [Int32], from first: Int, of rows: [Row]) -> Int {
    var (low, high) = (first, positions.count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(rows[Int(positions[middle])], row) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
