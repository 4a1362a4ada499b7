package import ParseCore

/// Days as people type them: `today`, `tom`, `fri`, `+3d`, `-1w`, `+2m`, `eom`, `25.11`,
/// `25.11.2026`, `2026-12-01`.
package struct DayShorthand: Sendable {
  package let today: CivilDay
  /// `fri` and `25.11` mean the last such day instead of the next one.
  package let prefersPast: Bool

  package init(today: CivilDay, prefersPast: Bool = false) {
    self.today = today
    self.prefersPast = prefersPast
  }

  /// Nil for what is not a day.
  package func parse(_ text: String) -> CivilDay? {
    let day = read(FormText.singleLine(text).lowercased())
    return day.flatMap { (1900...2999).contains($0.civil.year) ? $0 : nil }
  }

  private func read(_ word: String) -> CivilDay? {
    switch word {
    case "today", "tod": today
    case "tom", "tmr", "tomorrow": today + 1
    case "yes", "yesterday": today - 1
    case "eom": today.endOfMonth
    case "eoq": today.quarterStart.adding(months: 2).endOfMonth
    case "eoy": CivilDay(year: today.civil.year, month: 12, day: 31)
    default: weekday(word) ?? offset(word) ?? dotted(word) ?? iso(word)
    }
  }

  private func weekday(_ word: String) -> CivilDay? {
    let names = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    guard word.count >= 3, let wanted = names.firstIndex(where: { $0.hasPrefix(word) }) else {
      return nil
    }
    let ahead = (wanted - today.weekday + 7) % 7
    if prefersPast { return today + (ahead - 7) }
    return today + (ahead == 0 ? 7 : ahead)
  }

  private func offset(_ word: String) -> CivilDay? {
    guard let unit = word.last, "dwmy".contains(unit) else { return nil }
    var digits = word.dropLast()
    if digits.hasPrefix("+") || digits.hasPrefix("-") { digits.removeFirst() }
    guard let size = Self.number(digits, 1...4) else { return nil }
    let count = word.hasPrefix("-") ? -size : size
    return switch unit {
    case "d": today + count
    case "w": today + 7 * count
    case "m": today.adding(months: count)
    default: today.adding(months: 12 * count)
    }
  }

  /// `25.11`, `25.11.`, `25.11.26`, `25.11.2026`.
  private func dotted(_ word: String) -> CivilDay? {
    var parts = word.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 3, parts[2].isEmpty { parts.removeLast() }
    guard parts.count == 2 || parts.count == 3, let day = Self.number(parts[0], 1...2),
      let month = Self.number(parts[1], 1...2)
    else { return nil }
    if parts.count == 3 {
      guard let year = Self.number(parts[2], 2...4), parts[2].count != 3 else { return nil }
      return Self.day(year: year < 100 ? 2000 + year : year, month: month, day: day)
    }
    let year = today.civil.year
    // Up to eight years away, as 29.2 may be.
    let days = (0...8).lazy.compactMap { away in
      Self.day(year: prefersPast ? year - away : year + away, month: month, day: day)
    }
    return days.first { prefersPast ? $0 <= today : $0 >= today }
  }

  private func iso(_ word: String) -> CivilDay? {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = Self.number(parts[0], 4...4),
      let month = Self.number(parts[1], 1...2), let day = Self.number(parts[2], 1...2)
    else { return nil }
    return Self.day(year: year, month: month, day: day)
  }

  fileprivate static func number(_ text: Substring, _ digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(text)
  }

  private static func day(year: Int, month: Int, day: Int) -> CivilDay? {
    guard (1...12).contains(month),
      (1...ParseDate.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    return CivilDay(year: year, month: month, day: day)
  }
}

extension CivilDay {
  package var endOfMonth: CivilDay {
    let date = civil
    return self + (ParseDate.days(inMonth: date.month, of: date.year) - date.day)
  }

  /// The same day of another month, or that month's last one.
  package func adding(months: Int) -> CivilDay {
    let date = civil
    let total = date.year * 12 + date.month - 1 + months
    let year = Int((Double(total) / 12).rounded(.down))
    let month = total - year * 12 + 1
    let last = ParseDate.days(inMonth: month, of: year)
    return CivilDay(year: year, month: month, day: min(date.day, last))
  }
}

/// Moments as people type them: `now`, `14:30`, `tom 9:00`, `2h`, `-2h`, `-30min`, or a day alone.
package struct MomentShorthand: Sendable {
  package enum Moment: Sendable, Hashable {
    case instant(ParseDate)
    /// A day without a time.
    case day(CivilDay)
  }

  package let viewpoint: Viewpoint
  package let prefersPast: Bool

  package init(viewpoint: Viewpoint, prefersPast: Bool = false) {
    self.viewpoint = viewpoint
    self.prefersPast = prefersPast
  }

  /// Nil for what is not a moment. A time is in the viewpoint's zone as it is now; across a switch
  /// of summer time it is an hour off.
  package func parse(_ text: String) -> Moment? {
    let words = FormText.singleLine(text).lowercased().split(separator: " ").map(String.init)
    let days = DayShorthand(today: viewpoint.today, prefersPast: prefersPast)
    switch words.count {
    case 1:
      if words[0] == "now" { return .instant(viewpoint.now) }
      if let moment = ago(words[0]) { return .instant(moment) }
      if let minutes = Self.time(words[0]) { return .instant(instant(days.today, minutes)) }
      return days.parse(words[0]).map { .day($0) }
    case 2:
      guard let day = days.parse(words[0]), let minutes = Self.time(words[1]) else { return nil }
      return .instant(instant(day, minutes))
    default: return nil
    }
  }

  private func instant(_ day: CivilDay, _ minutes: Int) -> ParseDate {
    viewpoint.instant(day, secondsIntoDay: Int64(minutes) * 60)
  }

  private func ago(_ word: String) -> ParseDate? {
    let unit = word.hasSuffix("min") ? 60 : word.hasSuffix("h") ? 3600 : 0
    guard unit > 0, let sign = word.first else { return nil }
    let isSigned = sign == "-" || sign == "+"
    // `2h` alone is ahead; where the past is meant as a rule it could be either.
    if !isSigned, prefersPast { return nil }
    let digits = word.dropFirst(isSigned ? 1 : 0).dropLast(unit == 60 ? 3 : 1)
    guard let count = DayShorthand.number(digits, 1...4) else { return nil }
    return viewpoint.now.advanced(bySeconds: (sign == "-" ? -count : count) * unit)
  }

  /// `9:05` or `14:30` as minutes since midnight.
  private static func time(_ word: String) -> Int? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = DayShorthand.number(parts[0], 1...2),
      let minute = DayShorthand.number(parts[1], 2...2), hour < 24, minute < 60
    else { return nil }
    return hour * 60 + minute
  }
}
