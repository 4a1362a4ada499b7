extension Rows {
  /// Sorted rows as a list that does not jump: see `StableOrder`.
  ///
  /// - Parameters:
  ///   - sorted: the rows that belong here, in the order of the sort.
  ///   - previous: the ids as last shown; empty takes the sorted order.
  package init(
    sorted: [Row], all: Int, isComplete: Bool, previous: RecordIDs, id: (Row) -> RecordID
  ) {
    let ids = RecordIDs(sorted.map(id))
    guard !previous.isEmpty else {
      self.init(sorted, ids: ids, all: all, isComplete: isComplete)
      return
    }
    let order = StableOrder(previous: previous.packed, sorted: ids.packed)
    guard order.ids != ids.packed else {
      self.init(sorted, ids: ids, all: all, isComplete: isComplete)
      return
    }
    let positions = Dictionary(zip(ids.packed, sorted.indices)) { first, _ in first }
    let rows = order.ids.compactMap { positions[$0] }.map { sorted[$0] }
    self.init(
      rows, ids: RecordIDs(packed: order.ids), all: all, isComplete: isComplete,
      wouldMove: order.wouldMove)
  }
}

extension FoldedText: Comparable {
  /// Natural order: runs of digits by their value, all else by folded letters, so that `Cohort 10`
  /// follows `Cohort 2`.
  package static func < (left: FoldedText, right: FoldedText) -> Bool {
    let (one, other) = (left.bytes.span, right.bytes.span)
    var (place, against) = (0, 0)
    while place < one.count, against < other.count {
      let (first, second) = (one[place], other[against])
      if isDigit(first), isDigit(second) {
        let number = Self.number(one, from: place)
        let value = Self.number(other, from: against)
        if number.count != value.count { return number.count < value.count }
        for (digit, other) in zip(number, value) where left.bytes[digit] != right.bytes[other] {
          return left.bytes[digit] < right.bytes[other]
        }
        (place, against) = (number.upperBound, value.upperBound)
      } else if first != second {
        return first < second
      } else {
        place += 1
        against += 1
      }
    }
    return place == one.count && against < other.count
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Where the digits of a number stand, leading zeros left out.
  private static func number(_ bytes: Span<UInt8>, from start: Int) -> Range<Int> {
    var first = start
    while first < bytes.count, bytes[first] == UInt8(ascii: "0") { first += 1 }
    var end = first
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return first..<end
  }
}

/// Texts as numbers of the same order: each text is folded once, however many rows have it.
struct TextRanks {
  /// Of each text, in the order they came; nil where there was none.
  private(set) var ranks: [Int32?] = []

  /// O(n + k log k) in k different texts.
  init(_ texts: some Sequence<String?>) {
    var numbers: [ExactText: Int32] = [:]
    var folded: [FoldedText] = []
    for text in texts {
      guard let text else {
        ranks.append(nil)
        continue
      }
      let exact = ExactText(text)
      let number = numbers[exact] ?? Int32(folded.count)
      if number == folded.count {
        numbers[exact] = number
        folded.append(FoldedText(text))
      }
      ranks.append(number)
    }
    let order = folded.indices.sorted { folded[$0] < folded[$1] }
    var ranks = Array(repeating: Int32(0), count: order.count)
    for (before, number) in zip(order, order.dropFirst()) {
      ranks[number] = ranks[before] + (folded[before] < folded[number] ? 1 : 0)
    }
    for place in self.ranks.indices {
      if let number = self.ranks[place] { self.ranks[place] = ranks[Int(number)] }
    }
  }
}
