import ParseCore

extension RecordMeta {
  /// The last word of every order: oldest first, then by id as the server orders ids.
  package func precedes(_ other: RecordMeta) -> Bool {
    switch (createdAt, other.createdAt) {
    case (let one?, let two?) where one != two: one < two
    case (_?, nil): true
    case (nil, _?): false
    default: id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }
  }
}

extension Array {
  /// Sorted by a key computed once a row. Rows without a key come last, also when descending.
  ///
  /// - Parameter ties: the order of rows with equal keys.
  package func sorted<Key: Comparable>(
    by key: (Element) -> Key?, descending: Bool = false, ties: (Element, Element) -> Bool
  ) -> [Element] {
    let keyed = map { (key: key($0), row: $0) }
    return keyed.sorted { one, two in
      switch (one.key, two.key) {
      case (let first?, let second?):
        if first < second { return !descending }
        if second < first { return descending }
        return ties(one.row, two.row)
      case (_?, nil): return true
      case (nil, _?): return false
      case (nil, nil): return ties(one.row, two.row)
      }
    }
    .map(\.row)
  }
}
