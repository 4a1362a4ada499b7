internal import Synchronization

/// Values by numbers, each once, for those that few rows have or many share. They are remembered for as
/// long as the program runs.
final class NumberedValues<Value: Hashable & Sendable>: Sendable {
  private struct Known {
    var values: [Value] = []
    var numbers: [Value: UInt32] = [:]
  }

  private let known = Mutex(Known())

  func number(of value: Value) -> UInt32 {
    known.withLock { known in
      if let number = known.numbers[value] { return number }
      let number = UInt32(known.values.count)
      known.values.append(value)
      known.numbers[value] = number
      return number
    }
  }

  subscript(number: UInt32) -> Value { known.withLock { $0.values[Int(number)] } }
}

/// A text known by its number, four bytes wide.
struct SharedText: Sendable, Hashable {
  private static let texts = NumberedValues<ExactText>()

  let number: UInt32

  init(number: UInt32) { self.number = number }

  /// Texts of other bytes have other numbers, also where they read the same.
  init(_ text: String) { number = Self.texts.number(of: ExactText(text)) }

  var text: String { Self.texts[number].text }
}

/// The id of a row that many point to, or none, in four bytes.
struct SharedID: Sendable, Hashable {
  private static let ids = NumberedValues<PackedID>()
  private static let none = SharedID(PackedID(nil))
  private static let empty = SharedID(PackedID(""))

  private let number: UInt32

  init(_ id: PackedID) { number = Self.ids.number(of: id) }

  var packed: PackedID { Self.ids[number] }

  /// The empty id in place of none.
  var orEmpty: SharedID { self == Self.none ? Self.empty : self }
}
