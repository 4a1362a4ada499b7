/// The conventions of reference/domain.md §5.1. Nothing here rounds; an empty set has no mean.
package enum Statistics {
  /// Compensated (Neumaier), so that the order of the rows does not show. Zero for no values.
  package static func sum(_ values: some Sequence<Double>) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }

  package static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : sum(values) / Double(values.count)
  }

  /// The quantile at `share` (0 to 1) by linear interpolation, h = (n − 1)·share (type 7).
  ///
  /// - Parameter sorted: ascending.
  package static func quantile(_ share: Double, ofSorted sorted: [Double]) -> Double? {
    guard let first = sorted.first, let last = sorted.last else { return nil }
    let place = Double(sorted.count - 1) * share
    guard place > 0 else { return first }
    guard place < Double(sorted.count - 1) else { return last }
    let below = Int(place)
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  package static func median(_ values: [Double]) -> Double? {
    quantile(0.5, ofSorted: values.sorted())
  }

  /// Of the sample (n − 1); nil below two values.
  package static func deviation(_ values: [Double]) -> Double? {
    guard values.count >= 2, let mean = mean(values) else { return nil }
    let squares = sum(values.lazy.map { ($0 - mean) * ($0 - mean) })
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The median of the slopes between all pairs of points (Theil–Sen), which single outliers do not
  /// turn. Nil below three points or when no two differ in `x`. O(n²): pass few points.
  package static func slope(_ points: [(x: Double, y: Double)]) -> Double? {
    guard points.count >= 3 else { return nil }
    var slopes: [Double] = []
    for (place, one) in points.enumerated() {
      for two in points[(place + 1)...] where two.x != one.x {
        slopes.append((two.y - one.y) / (two.x - one.x))
      }
    }
    return median(slopes)
  }

  /// Values in ascending order. O(n) for percents of at most one decimal, as the server rounds them.
  static func sorted(percents: [Double]) -> [Double] {
    var counts = Array(repeating: 0, count: 1001)
    var others: [Double] = []
    for value in percents {
      let tenths = (value * 10).rounded()
      if value.sign == .plus, tenths <= 1000, tenths / 10 == value {
        counts[Int(tenths)] += 1
      } else {
        others.append(value)
      }
    }
    others.sort()
    var sorted: [Double] = []
    sorted.reserveCapacity(percents.count)
    var rest = others[...]
    for (tenths, count) in counts.enumerated() where count > 0 {
      let value = Double(tenths) / 10
      while let other = rest.first, other < value { sorted.append(rest.removeFirst()) }
      sorted.append(contentsOf: repeatElement(value, count: count))
    }
    return sorted + rest
  }

  /// Ten bins of percent, [0, 10) to [90, 100]; values outside 0 to 100 are in none.
  package static func histogram(_ percents: some Sequence<Double>) -> [Int] {
    var bins = Array(repeating: 0, count: 10)
    for value in percents {
      if let bin = bin(value) { bins[bin] += 1 }
    }
    return bins
  }

  /// The place of a percent among ten bins; nil outside 0 to 100.
  package static func bin(_ percent: Double) -> Int? {
    (0...100).contains(percent) ? min(9, Int(percent / 10)) : nil
  }

  /// The value as a percent that may enter a statistic: nil when missing or not within 0 to 100.
  package static func percent(_ value: Double?) -> Double? {
    guard let value, (0...100).contains(value) else { return nil }
    return value
  }

  /// The amount as it may enter a sum: nil when missing, not finite, or above 2^53, from where whole
  /// numbers are lost.
  package static func amount(_ value: Double?) -> Double? {
    guard let value, abs(value) <= 9_007_199_254_740_992 else { return nil }
    return value
  }

  /// `count` of `total` as 0 to 1; nil of nothing.
  package static func share(_ count: Int, of total: Int) -> Double? {
    total > 0 ? Double(count) / Double(total) : nil
  }
}

/// A sum in the making (Neumaier).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  init() {}

  var value: Double { sum + lost }

  mutating func add(_ value: Double) {
    let next = sum + value
    lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
    sum = next
  }
}
