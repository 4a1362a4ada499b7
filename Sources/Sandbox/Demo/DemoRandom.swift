import Glibc

/// The one source of chance of the demo data: SplitMix64 (Steele, Lea, Flood 2014), so a seed gives
/// the same rows on every machine.
package struct DemoRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// 0 up to but not 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  /// 0 up to but not `count`; 0 when there is nothing to choose from.
  mutating func below(_ count: Int) -> Int {
    count > 1 ? Int(next() % UInt64(count)) : 0
  }

  /// Takes lists that are not empty.
  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  /// Standard normal (Box, Muller 1958).
  mutating func normal() -> Double {
    sqrt(-2 * log(1 - unit())) * cos(2 * .pi * unit())
  }

  mutating func exponential(mean: Double) -> Double { -mean * log(1 - unit()) }

  /// Gamma of shape 2.
  mutating func gamma2(scale: Double) -> Double {
    exponential(mean: scale) + exponential(mean: scale)
  }

  mutating func logNormal(median: Double, sigma: Double) -> Double {
    median * exp(sigma * normal())
  }

  /// An index with the chance its weight has.
  mutating func index(of weights: [Double]) -> Int {
    var rest = unit() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      rest -= weight
      if rest < 0 { return index }
    }
    return weights.count - 1
  }

  /// Ten of `[A-Za-z0-9]`, like the ids Parse gives.
  mutating func id() -> String {
    var rest = next()
    var text = ""
    for _ in 0..<10 {
      text.unicodeScalars.append(Unicode.Scalar(Self.alphabet[Int(rest % 62)]))
      rest /= 62
    }
    return text
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
}

/// Draws of an index by weight in O(log n), for long lists.
struct WeightedIndex {
  private var sums: [Double] = []

  init(_ weights: [Double]) {
    var sum = 0.0
    sums.reserveCapacity(weights.count)
    for weight in weights {
      sum += weight
      sums.append(sum)
    }
  }

  func draw(_ random: inout DemoRandom) -> Int {
    let goal = random.unit() * (sums.last ?? 0)
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > goal { high = middle } else { low = middle + 1 }
    }
    return max(0, low)
  }
}
