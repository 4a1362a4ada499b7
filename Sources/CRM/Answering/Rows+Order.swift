extension Rows {
  /// Sorted rows as a list that does not jump: see `StableOrder`.
  ///
  /// - Parameters:
  ///   - sorted: the rows that belong here, in the order of the sort.
  ///   - previous: the ids as last shown; empty takes the sorted order.
  package init(
    sorted: [Row], all: Int, isComplete: Bool, previous: [RecordID], id: (Row) -> RecordID
  ) {
    let ids = sorted.map(id)
    guard !previous.isEmpty else {
      self.init(sorted, ids: ids, all: all, isComplete: isComplete)
      return
    }
    let order = StableOrder(previous: previous, sorted: ids)
    guard order.ids != ids else {
      self.init(sorted, ids: ids, all: all, isComplete: isComplete)
      return
    }
    let positions = Dictionary(zip(ids, sorted.indices)) { first, _ in first }
    let rows = order.ids.compactMap { positions[$0] }.map { sorted[$0] }
    self.init(
      rows, ids: order.ids, all: all, isComplete: isComplete, wouldMove: order.wouldMove)
  }
}

extension FoldedText: Comparable {
  /// Natural order: runs of digits by their value, all else by folded letters, so that `Cohort 10`
  /// follows `Cohort 2`.
  package static func < (left: FoldedText, right: FoldedText) -> Bool {
    var one = left.bytes[...]
    var other = right.bytes[...]
    while let first = one.first, let second = other.first {
      if isDigit(first), isDigit(second) {
        let value = number(&one)
        let against = number(&other)
        if value.count != against.count { return value.count < against.count }
        if !value.elementsEqual(against) { return value.lexicographicallyPrecedes(against) }
      } else if first != second {
        return first < second
      } else {
        one.removeFirst()
        other.removeFirst()
      }
    }
    return one.isEmpty && !other.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Takes the digits off the front, leading zeros dropped.
  private static func number(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = bytes.prefix(while: isDigit)
    bytes.removeFirst(digits.count)
    return digits.drop { $0 == UInt8(ascii: "0") }
  }
}
