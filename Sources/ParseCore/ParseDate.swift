/// An instant in milliseconds since 1970-01-01T00:00:00Z, Parse's precision everywhere.
package struct ParseDate: Sendable, Hashable, Comparable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// - Parameter seconds: since 1970; beyond what 64 bits of milliseconds hold, the nearest that
  ///   do.
  package init(seconds: Double) {
    let rounded = (seconds * 1000).rounded()
    milliseconds = Int64(exactly: rounded) ?? (rounded > 0 ? .max : rounded < 0 ? .min : 0)
  }

  package var seconds: Double { Double(milliseconds) / 1000 }

  package static func < (left: ParseDate, right: ParseDate) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// Reads what a server accepts: `2026-11-20T14:06:00.000Z`, with or without fraction or seconds,
  /// with `Z` or an offset, or a date alone, which means midnight UTC. Nil for anything else.
  package init?(iso text: String) {
    guard var reader = FieldReader(text), let year = reader.number(4), reader.skip("-"),
      let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2),
      (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    var milliseconds = Self.dayNumber(year: year, month: month, day: day) * 86_400_000
    if !reader.isAtEnd {
      guard reader.skip("T") || reader.skip(" "), let time = reader.timeOfDay() else { return nil }
      milliseconds += time
      guard let offset = reader.zone(), reader.isAtEnd else { return nil }
      milliseconds -= offset
    }
    self.milliseconds = Int64(milliseconds)
  }

  /// Whether the text is an instant in the server's own form, that of `iso`, in a year of four digits.
  package static func isCanonical(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    return bytes.count == 24 && bytes[10] == UInt8(ascii: "T") && bytes[19] == UInt8(ascii: ".")
      && bytes[23] == UInt8(ascii: "Z") && ParseDate(iso: text) != nil
  }

  /// `YYYY-MM-DDTHH:MM:SS.mmmZ`.
  package var iso: String {
    var buffer = ByteWriter(capacity: 24)
    writeISO(into: &buffer)
    return buffer.text
  }

  /// Appends what `iso` gives. A row has two of these outside its fields, so no text is made of them.
  func writeISO(into buffer: inout ByteWriter) {
    let day = Int((Double(milliseconds) / 86_400_000).rounded(.down))
    let rest = Int(milliseconds) - day * 86_400_000
    let civil = Self.civil(day: day)
    Self.write(civil.year, 4, "-", into: &buffer)
    Self.write(civil.month, 2, "-", into: &buffer)
    Self.write(civil.day, 2, "T", into: &buffer)
    Self.write(rest / 3_600_000, 2, ":", into: &buffer)
    Self.write(rest / 60_000 % 60, 2, ":", into: &buffer)
    Self.write(rest / 1000 % 60, 2, ".", into: &buffer)
    Self.write(rest % 1000, 3, "Z", into: &buffer)
  }

  /// `{"__type":"Date","iso":…}`, the form of every date column but createdAt and updatedAt.
  package var json: JSON { ["__type": "Date", "iso": .string(iso)] }

  package func advanced(bySeconds seconds: Int) -> ParseDate {
    ParseDate(milliseconds: milliseconds + Int64(seconds) * 1000)
  }

  /// The number with zeros before it, then what follows it. Years beyond four digits come out whole.
  private static func write(
    _ value: Int, _ width: Int, _ end: Unicode.Scalar, into buffer: inout ByteWriter
  ) {
    defer { buffer.append(UInt8(ascii: end)) }
    guard value >= 0, value < 10_000 else {
      buffer.append(String(value))
      return
    }
    var scale = width == 2 ? 10 : width == 3 ? 100 : 1000
    while scale > 0 {
      buffer.append(UInt8(ascii: "0") + UInt8(value / scale % 10))
      scale /= 10
    }
  }
}

extension ParseDate {
  /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
  /// Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, days_from_civil.
  package static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The calendar date of a number of days since 1970-01-01; same source, civil_from_days.
  package static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Reads on a copy in place: dates are the most frequent values of a page, and an array for each
/// would cost more than its reading.
private struct FieldReader {
  private static let longest = 40
  private var bytes = InlineArray<40, UInt8>(repeating: 0)
  private let count: Int
  private var offset = 0

  init?(_ text: String) {
    let source = text.utf8Span.span
    count = source.count
    guard count <= Self.longest else { return nil }
    for index in 0..<count { bytes[index] = source[index] }
  }

  var isAtEnd: Bool { offset == count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard offset < count, bytes[offset] == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  mutating func number(_ digits: Int) -> Int? {
    guard offset + digits <= count else { return nil }
    var value = 0
    for index in offset..<offset + digits {
      let byte = bytes[index]
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    offset += digits
    return value
  }

  /// Milliseconds since midnight.
  mutating func timeOfDay() -> Int? {
    guard let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60 else {
      return nil
    }
    var milliseconds = (hour * 60 + minute) * 60_000
    guard skip(":") else { return milliseconds }
    guard let second = number(2), second < 60 else { return nil }
    milliseconds += second * 1000
    guard skip(".") else { return milliseconds }
    var scale = 100
    guard let first = number(1) else { return nil }
    milliseconds += first * scale
    while let digit = number(1) {
      scale /= 10
      milliseconds += digit * scale
    }
    return milliseconds
  }

  /// Milliseconds east of UTC.
  mutating func zone() -> Int? {
    if skip("Z") || isAtEnd { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(2), hours < 24 else { return nil }
    _ = skip(":")
    guard let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes) * 60_000
  }
}
