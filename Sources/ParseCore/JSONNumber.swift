/// A JSON number that writes back as it was read.
///
/// Integers of 64 bits stay integers. What neither `Int64` nor `Double` can hold is kept as its
/// digits.
package enum JSONNumber: Sendable {
  case integer(Int64)
  case double(Double)
  case literal(String)

  package init(_ value: Int) { self = .integer(Int64(value)) }

  /// Whole values below 2^53 become integers, as JSON text does not tell 5.0 from 5.
  package init(_ value: Double) {
    if value == value.rounded(), abs(value) < 9_007_199_254_740_992,
      !(value == 0 && value.sign == .minus)
    {
      self = .integer(Int64(value))
    } else {
      self = .double(value)
    }
  }

  /// Reads the text of a number that already follows the JSON grammar.
  package init(literal text: String) {
    if let value = Int64(text), text != "-0" {
      self = .integer(value)
    } else if let value = Double(text), value.isFinite, "\(value)" == text {
      self = .double(value)
    } else {
      self = .literal(text)
    }
  }

  /// The nearest double; infinite when the digits go beyond it.
  package var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .literal(let text): Double(text) ?? .nan
    }
  }

  /// The whole number, nil when it has a fraction or does not fit.
  package var int: Int? {
    switch self {
    case .integer(let value): Int(value)
    case .double(let value): Int(exactly: value)
    case .literal(let text): Double(text).flatMap(Int.init(exactly:))
    }
  }

  /// The digits as JSON writes them.
  package var text: String {
    switch self {
    case .integer(let value): String(value)
    case .double(let value): value.isFinite ? "\(value)" : "null"
    case .literal(let text): text
    }
  }
}

extension JSONNumber: Hashable, Comparable {
  package static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    if case .integer(let left) = left, case .integer(let right) = right { return left == right }
    return left.double == right.double
  }

  package static func < (left: JSONNumber, right: JSONNumber) -> Bool {
    if case .integer(let left) = left, case .integer(let right) = right { return left < right }
    return left.double < right.double
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(double) }
}
