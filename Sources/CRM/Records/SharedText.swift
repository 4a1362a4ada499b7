internal import Synchronization

/// A text known by its number, four bytes wide, for values that few rows have or many share. It is
/// remembered for as long as the program runs.
struct SharedText: Sendable, Hashable {
  private struct Pool {
    var texts: [String] = []
    var numbers: [ExactText: UInt32] = [:]
  }

  private static let pool = Mutex(Pool())

  let number: UInt32

  init(number: UInt32) { self.number = number }

  /// Texts of other bytes have other numbers, also where they read the same.
  init(_ text: String) {
    number = Self.pool.withLock { pool in
      let exact = ExactText(text)
      if let known = pool.numbers[exact] { return known }
      let number = UInt32(pool.texts.count)
      pool.texts.append(text)
      pool.numbers[exact] = number
      return number
    }
  }

  var text: String { Self.pool.withLock { $0.texts[Int(number)] } }
}
