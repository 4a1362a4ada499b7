/// Keeps a list still while its rows change: known rows stay in their order, arrivals take their
/// place among them, and only a re-sort by the user moves what is there.
package struct StableOrder<ID: Hashable & Sendable>: Sendable, Hashable {
  package let ids: [ID]
  /// The least number of rows a re-sort would move.
  package let wouldMove: Int

  /// O(n log n) at worst, O(n) when nothing moved.
  ///
  /// - Parameters:
  ///   - previous: the ids as last shown; empty takes the sorted order.
  ///   - sorted: the ids that belong here now, in the order of the sort, each once.
  package init(previous: [ID], sorted: [ID]) {
    guard !previous.isEmpty, previous != sorted else {
      ids = sorted
      wouldMove = 0
      return
    }
    var rank: [ID: Int] = Dictionary(minimumCapacity: sorted.count)
    for (position, id) in sorted.enumerated() { rank[id] = position }
    var isKnown = Array(repeating: false, count: sorted.count)
    var kept: [Int] = []
    for id in previous {
      guard let position = rank[id], !isKnown[position] else { continue }
      isKnown[position] = true
      kept.append(position)
    }
    let order = Self.insertArrivals(kept: kept, isKnown: isKnown)
    ids = order.map { sorted[$0] }
    wouldMove = order.count - Self.longestRise(order)
  }

  /// An arrival stands right behind the row it follows in the sort, or at the top.
  private static func insertArrivals(kept: [Int], isKnown: [Bool]) -> [Int] {
    let firstKnown = isKnown.firstIndex(of: true) ?? isKnown.count
    var order = Array(0..<firstKnown)
    order.reserveCapacity(isKnown.count)
    for position in kept {
      order.append(position)
      var follower = position + 1
      while follower < isKnown.count, !isKnown[follower] {
        order.append(follower)
        follower += 1
      }
    }
    return order
  }

  /// The length of the longest rising subsequence: the rows that may stay in a re-sort.
  static func longestRise(_ order: [Int]) -> Int {
    var tails: [Int] = []
    for value in order {
      if let last = tails.last, value < last {
        var low = 0
        var high = tails.count - 1
        while low < high {
          let middle = (low + high) / 2
          if tails[middle] < value { low = middle + 1 } else { high = middle }
        }
        tails[low] = value
      } else {
        tails.append(value)
      }
    }
    return tails.count
  }
}
