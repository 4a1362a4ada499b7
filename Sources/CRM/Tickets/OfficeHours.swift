package import ParseCore

/// The hours of the week in which the promises to learners run: pressure counts these alone.
package struct OfficeHours: Sendable, Hashable {
  /// 0 for Monday to 6 for Sunday.
  package let days: Set<Int>
  /// Seconds after midnight; `closes` is after `opens`.
  package let opens: Int
  package let closes: Int

  /// `mon-fri 8-17`, `mon,wed 9:00-12:30`, `sun-thu 7-15`. Nil for what is none of this.
  package init?(_ text: String) {
    let words = FormText.singleLine(text).lowercased().split(separator: " ")
    guard words.count == 2, let days = Self.days(words[0]) else { return nil }
    let times = words[1].split(separator: "-", omittingEmptySubsequences: false)
    guard times.count == 2, let opens = Self.time(times[0]), let closes = Self.time(times[1]),
      opens < closes
    else { return nil }
    self.days = days
    self.opens = opens
    self.closes = closes
  }

  /// `Mon Tue Wed Thu Fri 8:00 to 17:00`.
  package var words: String {
    let names = Self.names.enumerated().filter { days.contains($0.offset) }
      .map { $0.element.prefix(1).uppercased() + $0.element.dropFirst() }
    return names.joined(separator: " ") + " \(Self.words(opens)) to \(Self.words(closes))"
  }

  private static func words(_ seconds: Int) -> String {
    let minutes = seconds / 60 % 60
    return "\(seconds / 3600):\(minutes < 10 ? "0" : "")\(minutes)"
  }

  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private static func days(_ word: Substring) -> Set<Int>? {
    var days: Set<Int> = []
    for part in word.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(day)
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
      else { return nil }
      // `sun-thu` goes over the end of the week.
      for step in 0...((last - first + 7) % 7) { days.insert((first + step) % 7) }
    }
    return days
  }

  private static func day(_ word: Substring) -> Int? {
    names.firstIndex { $0 == word }
  }

  /// `8`, `8:30`, `24:00`.
  private static func time(_ word: Substring) -> Int? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let hour = number(parts[0]),
      let minute = parts.count == 1 ? 0 : number(parts[1]), minute < 60,
      hour * 60 + minute <= 24 * 60
    else { return nil }
    return (hour * 60 + minute) * 60
  }

  private static func number(_ text: Substring) -> Int? {
    guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  /// Seconds of office time between two instants, by the clocks of the zone; a change of the clocks
  /// within office hours counts for nothing. O(1).
  package func seconds(from start: ParseDate, to end: ParseDate, _ zone: ZoneOffsets) -> Int {
    guard start < end, !days.isEmpty else { return 0 }
    let (first, startsAt) = Self.local(start, zone)
    let (last, endsAt) = Self.local(end, zone)
    if first == last { return within(first, startsAt, endsAt) }
    let between = last - first - 1
    var whole = between / 7 * days.count
    for step in 0..<between % 7 where days.contains((first + 1 + step).weekday) { whole += 1 }
    return within(first, startsAt, 86_400) + whole * (closes - opens) + within(last, 0, endsAt)
  }

  private func within(_ day: CivilDay, _ from: Int, _ to: Int) -> Int {
    days.contains(day.weekday) ? max(0, min(to, closes) - max(from, opens)) : 0
  }

  private static func local(_ instant: ParseDate, _ zone: ZoneOffsets) -> (CivilDay, Int) {
    let offset = zone.seconds(at: instant)
    let day = CivilDay(instant, zoneOffset: offset)
    let local = instant.milliseconds / 1000 + Int64(offset)
    return (day, Int(local - Int64(day.number) * 86_400))
  }
}
