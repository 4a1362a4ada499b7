extension Statistics {
  /// Spearman's rho: Pearson's r of the average ranks (ties share the mean of their places).
  /// Nil below ten pairs, or when one side does not vary (reference/domain.md §5.3).
  ///
  /// O(n log n).
  package static func rho(_ pairs: [(Double, Double)]) -> Double? {
    guard pairs.count >= 10 else { return nil }
    let one = averageRanks(pairs.map(\.0))
    let other = averageRanks(pairs.map(\.1))
    let middle = Double(pairs.count + 1) / 2
    var both = 0.0
    var first = 0.0
    var second = 0.0
    for (left, right) in zip(one, other) {
      both += (left - middle) * (right - middle)
      first += (left - middle) * (left - middle)
      second += (right - middle) * (right - middle)
    }
    guard first > 0, second > 0 else { return nil }
    return both / (first * second).squareRoot()
  }

  /// The mean of the left values of the 27 % of pairs with the largest right ones, minus that of the
  /// 27 % with the smallest. Nil below five in each; the share is rounded to whole pairs.
  package static func d27(_ pairs: [(Double, Double)]) -> Double? {
    let size = Int((Double(pairs.count) * 0.27).rounded())
    guard size >= 5 else { return nil }
    // Equal right values go by the left one, so that the order of the rows does not show.
    let ordered = pairs.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    guard let low = mean(ordered.prefix(size).map(\.0)),
      let high = mean(ordered.suffix(size).map(\.0))
    else { return nil }
    return high - low
  }

  /// Places from 1, in the order of the values given.
  package static func averageRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      let rank = Double(start + end) / 2 + 1
      for place in start...end { ranks[order[place]] = rank }
      start = end + 1
    }
    return ranks
  }
}
