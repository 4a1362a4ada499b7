import ParseCore

extension RecordMeta {
  /// The last word of every order: oldest first, then by id as the server orders ids.
  package func precedes(_ other: RecordMeta) -> Bool {
    switch (createdAt, other.createdAt) {
    case (let one?, let two?) where one != two: one < two
    case (_?, nil): true
    case (nil, _?): false
    default: packedID.precedes(other.packedID)
    }
  }
}

extension Array {
  /// Sorted by a key computed once a row; positions move while sorting, rows only at the end. Rows
  /// without a key come last, also when descending.
  ///
  /// - Parameter ties: the order of rows with equal keys.
  package func sorted<Key: Comparable>(
    by key: (Element) -> Key?, descending: Bool = false, ties: (Element, Element) -> Bool
  ) -> [Element] {
    var keyed: [(key: Key, place: Int)] = []
    var keyless: [Int] = []
    keyed.reserveCapacity(count)
    for place in indices {
      if let key = key(self[place]) {
        keyed.append((key, place))
      } else {
        keyless.append(place)
      }
    }
    keyed.sort { one, two in
      if one.key < two.key { return !descending }
      if two.key < one.key { return descending }
      return ties(self[one.place], self[two.place])
    }
    keyless.sort { ties(self[$0], self[$1]) }
    return keyed.map { self[$0.place] } + keyless.map { self[$0] }
  }
}
