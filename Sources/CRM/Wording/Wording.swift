/// Numbers and times in the words of the screens (design language, formats). Pure text for people:
/// minus is U+2212, groups are parted by a blank; exports write numbers themselves.
package enum Wording {
  /// What stands where there is nothing to count.
  package static let nothing = "-"
  package static let minus = "\u{2212}"

  /// `3 400`.
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? minus : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text += " " }
      text.append(digit)
    }
    return text
  }

  /// `3 400`, or `3.4k` where that is wider than the columns given.
  package static func count(_ value: Int, within width: Int) -> String {
    let exact = count(value)
    return exact.count <= width ? exact : compact(Double(value))
  }

  /// `12 500` in whole units; `-` for nothing.
  package static func money(_ value: Double?) -> String {
    guard let value, let whole = Int(exactly: value.rounded()) else { return nothing }
    return count(whole)
  }

  /// `640 B`, `12 kB`, `4.1 MB`, `92 MB`, in thousands.
  package static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1000: "\(count) B"
    case ..<1_000_000: "\(count / 1000) kB"
    case ..<10_000_000: "\(decimal(Double(count) / 1_000_000)) MB"
    default: "\(count / 1_000_000) MB"
    }
  }

  /// Up to two decimals, for details: `12 500`, `0.50`.
  package static func exactMoney(_ value: Double?) -> String {
    guard let value, let cents = Int(exactly: (value * 100).rounded()) else {
      return money(value)
    }
    let rest = Int((cents % 100).magnitude)
    guard rest > 0 else { return count(cents / 100) }
    let sign = cents < 0 && cents > -100 ? minus : ""
    return sign + count(cents / 100) + "." + (rest < 10 ? "0" : "") + String(rest)
  }

  /// `950 9.8k 64k 485k 1.2M 5.6B`; `-` for nothing.
  package static func compact(_ value: Double?) -> String {
    guard let value, value.isFinite else { return nothing }
    let sign = value < 0 ? minus : ""
    var scaled = value.magnitude
    var units = ["", "k", "M", "B"][...]
    while units.count > 1, scaled.rounded() >= 1000 || (units.first == "" && scaled >= 1000) {
      scaled /= 1000
      units.removeFirst()
    }
    let unit = units.first ?? ""
    guard unit != "", scaled < 9.95 else { return sign + whole(scaled) + unit }
    return sign + decimal(scaled) + unit
  }

  /// `57 %` of a percent value; `-` for nothing.
  package static func percent(_ value: Double?) -> String {
    guard let value else { return nothing }
    return integer(value) + " %"
  }

  /// `57 %` of 0 to 1.
  package static func share(_ value: Double?) -> String { percent(value.map { $0 * 100 }) }

  /// A whole number with a true minus: a completion, a score.
  package static func integer(_ value: Double?) -> String {
    guard let value, value.isFinite else { return nothing }
    return (value < 0 ? minus : "") + whole(value.magnitude)
  }

  /// `+30`, `−32`: a gap or a change under a head. What is short of zero never reads as reached.
  package static func signed(_ value: Double?) -> String {
    guard let value, value.isFinite else { return nothing }
    return (value < 0 ? minus : "+") + whole(value.magnitude)
  }

  /// `5.2x`, from ten on `39x`, at most `99x`: never more than four columns. Rounding never
  /// reaches 1x from below.
  package static func pressure(_ value: Double?) -> String {
    guard let value, value.isFinite else { return nothing }
    if value >= 9.95 { return whole(min(99, value)) + "x" }
    if value < 1, value >= 0.95 { return "0.9x" }
    return tenths(value) + "x"
  }

  /// `.61`, `−.07`, `1.0`.
  package static func rho(_ value: Double?) -> String {
    guard let value, value.isFinite else { return nothing }
    let hundredths = Int((min(1, value.magnitude) * 100).rounded())
    let sign = value < 0 && hundredths > 0 ? minus : ""
    if hundredths >= 100 { return sign + "1.0" }
    return sign + "." + (hundredths < 10 ? "0" : "") + String(hundredths)
  }

  /// `1.1` of a pace; one decimal always.
  package static func tenths(_ value: Double?) -> String {
    guard let value, let scaled = Int(exactly: (value.magnitude * 10).rounded()) else {
      return nothing
    }
    let sign = value < 0 && scaled > 0 ? minus : ""
    return sign + String(scaled / 10) + "." + String(scaled % 10)
  }

  private static func whole(_ value: Double) -> String {
    Int(exactly: value.rounded()).map(count) ?? String(value.rounded())
  }

  /// One decimal, none when it would be zero.
  private static func decimal(_ value: Double) -> String {
    let text = tenths(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
