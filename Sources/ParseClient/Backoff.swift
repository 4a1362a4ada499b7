/// Growing pauses with jitter, so that many clients do not come back at once.
package struct Backoff: Sendable, Hashable {
  package let firstSeconds: Double
  package let mostSeconds: Double

  /// Reconnecting: 1, 2, 4 … 30 s (reference/parse.md §2.7).
  package static let connection = Backoff(firstSeconds: 1, mostSeconds: 30)
  /// A call that a person waits for: half a second, a second, and that is all.
  package static let person = Backoff(firstSeconds: 0.5, mostSeconds: 1)
  /// One record: 2, 4, 8 s … 5 min.
  package static let record = Backoff(firstSeconds: 2, mostSeconds: 300)

  package init(firstSeconds: Double, mostSeconds: Double) {
    self.firstSeconds = firstSeconds
    self.mostSeconds = mostSeconds
  }

  /// Between half of the pause and all of it.
  /// - Parameters:
  ///   - tries: How often it went wrong, from 1.
  ///   - random: From 0 to 1.
  package func seconds(tries: Int, random: Double) -> Double {
    var pause = firstSeconds
    for _ in 1..<max(2, min(tries, 32)) where tries > 1 { pause = min(mostSeconds, pause * 2) }
    return min(mostSeconds, pause) * (0.5 + 0.5 * min(max(random, 0), 1))
  }
}
