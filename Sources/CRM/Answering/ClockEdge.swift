import ParseCore

/// The next instant at which the clock alone makes an entry another one: until then it stays as it
/// was worked out.
struct ClockEdge {
  private(set) var at = ParseDate(milliseconds: .max)

  /// The entry reads otherwise from this instant on, or may.
  mutating func note(_ instant: ParseDate) { at = min(at, instant) }

  /// The entry has seconds in it that go on.
  mutating func noteSeconds(_ viewpoint: Viewpoint) {
    note(ParseDate(milliseconds: viewpoint.now.milliseconds + 1))
  }
}

/// The clock edges of a table's entries, four bytes each: whole minutes, rounded down, since clocks
/// are looked at once a minute. Takes no memory as long as no entry has one.
struct ClockEdges {
  private var minutes: [Int32] = []
  /// The first of them.
  private var soonest = Self.never
  private static let never = Int32.max

  private static func minute(_ instant: ParseDate) -> Int32 {
    Int32(clamping: Int64((Double(instant.milliseconds) / 60_000).rounded(.down)))
  }

  /// Entries before the position that had none have none still.
  mutating func set(_ edge: ClockEdge, at position: Int) {
    let minute = Self.minute(edge.at)
    if position >= minutes.count {
      guard minute != Self.never else { return }
      minutes.append(contentsOf: repeatElement(Self.never, count: position + 1 - minutes.count))
    }
    minutes[position] = minute
    soonest = min(soonest, minute)
  }

  /// The last entry takes the position of a removed one.
  ///
  /// - Parameter count: of the entries before.
  mutating func remove(at position: Int, of count: Int) {
    let last = minutes.count == count ? minutes.removeLast() : Self.never
    if position < minutes.count { minutes[position] = last }
  }

  /// The positions of the entries that have aged. O(entries), and O(1) when there are none.
  func passed(by now: ParseDate) -> [Int32] {
    let minute = Self.minute(now)
    guard soonest <= minute else { return [] }
    return minutes.indices.lazy.filter { minutes[$0] <= minute }.map(Int32.init)
  }

  /// To be called when aged entries have been worked out anew.
  mutating func findSoonest() { soonest = minutes.min() ?? Self.never }
}
