/// Numbers as people type them: `12k`, `1.5m`, `1 200,50`, `1.200.000`, `41 %`.
package enum AmountShorthand {
  /// Nil for what is not a number. Blanks and apostrophes group digits. Of `.` and `,` the last kind
  /// used is the decimal point; one alone with exactly three digits after it groups (`1.200` is
  /// 1 200), unless it follows a lone zero or a `k`, `m` or `b` comes after.
  package static func parse(_ text: String) -> Double? {
    var bytes = Array(text.lowercased().unicodeScalars.filter { !isGrouping($0) })
    var exponent = 0
    switch bytes.last {
    case "k": exponent = 3
    case "m": exponent = 6
    case "b": exponent = 9
    default: break
    }
    if exponent > 0 { bytes.removeLast() }
    var sign = ""
    if let first = bytes.first, first == "-" || first == "\u{2212}" || first == "+" {
      sign = first == "+" ? "" : "-"
      bytes.removeFirst()
    }
    guard bytes.count <= 30, let digits = decimal(bytes, hasSuffix: exponent > 0) else {
      return nil
    }
    // Through text, so that 1.005m is rounded once, as 1005000 would be.
    guard let value = Double("\(sign)\(digits)e\(exponent)"), value.isFinite else { return nil }
    return value
  }

  /// Reads a percentage: a number with or without `%`.
  package static func percent(_ text: String) -> Double? {
    let bare = FormText.singleLine(text)
    return parse(bare.hasSuffix("%") ? String(bare.dropLast()) : bare, grouping: false)
  }

  /// Without grouping the last `.` or `,` is always the decimal point.
  private static func parse(_ text: String, grouping: Bool) -> Double? {
    if grouping { return parse(text) }
    let scalars = Array(text.unicodeScalars.filter { !isGrouping($0) })
    let marks = scalars.filter { $0 == "." || $0 == "," }.count
    guard marks <= 1, scalars.count <= 30 else { return nil }
    let isNegative = scalars.first == "-"
    guard let digits = decimal(isNegative ? Array(scalars.dropFirst()) : scalars, hasSuffix: true),
      let value = Double(digits)
    else { return nil }
    return isNegative ? -value : value
  }

  /// `1.234.567,8` to `1234567.8`.
  private static func decimal(_ scalars: [Unicode.Scalar], hasSuffix: Bool) -> String? {
    guard scalars.contains(where: isDigit),
      scalars.allSatisfy({ isDigit($0) || $0 == "." || $0 == "," })
    else { return nil }
    let marks = scalars.indices.filter { !isDigit(scalars[$0]) }
    guard let last = marks.last else { return text(scalars[...]) }
    let kinds = Set(marks.map { scalars[$0] })
    let sameAsLast = marks.filter { scalars[$0] == scalars[last] }.count
    let after = scalars.count - last - 1
    let isLoneZero = last == 1 && scalars[0] == "0"
    let groups =
      kinds.count == 1
      && (marks.count > 1 || (after == 3 && last > 0 && !hasSuffix && !isLoneZero))
    if groups {
      guard isGrouped(scalars, marks) else { return nil }
      return text(scalars[...])
    }
    guard sameAsLast == 1, isGrouped(Array(scalars[..<last]), Array(marks.dropLast())) else {
      return nil
    }
    let whole = text(scalars[..<last])
    let fraction = text(scalars[(last + 1)...])
    return (whole.isEmpty ? "0" : whole) + "." + (fraction.isEmpty ? "0" : fraction)
  }

  /// Every group after the first has three digits.
  private static func isGrouped(_ scalars: [Unicode.Scalar], _ marks: [Int]) -> Bool {
    guard let first = marks.first else { return true }
    guard (1...3).contains(first) else { return false }
    let ends = marks.dropFirst() + [scalars.count]
    return zip(marks, ends).allSatisfy { $1 - $0 == 4 }
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars.filter(isDigit)))
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isGrouping(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "'" || scalar == "\u{2019}" || scalar == "_"
  }
}
