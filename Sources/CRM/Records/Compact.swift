import ParseCore

/// An instant or none in six bytes, where an optional one takes sixteen: a school has millions.
///
/// 47 bits count the milliseconds since the year 0, up to the year 4459. Any other instant is known by
/// its number.
struct CompactDate: Sendable, Hashable {
  // Of two bytes each, so that dates leave no gaps.
  private let low: UInt16
  private let middle: UInt16
  private let high: UInt16

  private static let others = NumberedValues<Int64>()
  /// 0000-01-01T00:00:00Z.
  private static let first: Int64 = -62_167_219_200_000
  private static let otherMark: UInt64 = 1 << 47
  private static let none: UInt64 = (1 << 48) - 1

  init(_ date: ParseDate?) {
    let bits = date.map { Self.bits($0.milliseconds) } ?? Self.none
    low = UInt16(truncatingIfNeeded: bits)
    middle = UInt16(truncatingIfNeeded: bits >> 16)
    high = UInt16(truncatingIfNeeded: bits >> 32)
  }

  private static func bits(_ milliseconds: Int64) -> UInt64 {
    let (since, isOver) = milliseconds.subtractingReportingOverflow(first)
    if !isOver, since >= 0, since < otherMark { return UInt64(since) }
    return otherMark | UInt64(others.number(of: milliseconds))
  }

  var date: ParseDate? {
    let bits = UInt64(high) << 32 | UInt64(middle) << 16 | UInt64(low)
    if bits == Self.none { return nil }
    guard bits & Self.otherMark == 0 else {
      return ParseDate(milliseconds: Self.others[UInt32(truncatingIfNeeded: bits)])
    }
    return ParseDate(milliseconds: Int64(bits) + Self.first)
  }
}

/// A finite number or none in eight bytes.
struct CompactNumber: Sendable {
  private let value: Double

  init(_ number: Double?) { value = number ?? .nan }

  var number: Double? { value.isNaN ? nil : value }
}

/// A finite number or none in four bytes: a whole count of hundredths, as percents are, or one of the
/// few that are none, known by its number.
struct CompactPercent: Sendable {
  private let bits: Int32

  private static let others = NumberedValues<UInt64>()
  private static let limit = 1 << 30

  init(_ number: Double?) {
    guard let number else {
      bits = .min
      return
    }
    let hundredths = (number * 100).rounded()
    if abs(hundredths) < Double(Self.limit),
      (Double(Int32(hundredths)) / 100).bitPattern == number.bitPattern
    {
      bits = Int32(hundredths)
    } else {
      bits = Int32(Self.limit + Int(Self.others.number(of: number.bitPattern)))
    }
  }

  var number: Double? {
    if bits == .min { return nil }
    guard bits >= Self.limit else { return Double(bits) / 100 }
    return Double(bitPattern: Self.others[UInt32(Int(bits) - Self.limit)])
  }
}

/// A whole number within 32 bits, or none, in four bytes.
struct CompactInt: Sendable, Hashable {
  /// The least number stands for none.
  private let number: Int32

  init(_ value: Int?) { number = value.map { max(.min + 1, Int32(clamping: $0)) } ?? .min }

  var value: Int? { number == .min ? nil : Int(number) }
}
