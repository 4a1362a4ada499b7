import ParseCore
import TerminalUI

/// A cursor moving down a list over SSH: the detail of the row it set out from stays until it rests,
/// and rows that scroll in show only what they are, so that a key held down costs a few bytes a row
/// (design/screens.md §2).
struct Travel: Sendable {
  /// The screen as it was before the first key.
  var start: any Screen
  /// When the cursor will have rested; nil until the clock is known.
  private(set) var restsAt: ParseDate?

  /// How long a cursor stands before it rests.
  private static let rest: Int64 = 120  // ms

  init(start: any Screen) { self.start = start }

  mutating func tick(_ now: ParseDate) {
    if restsAt == nil { restsAt = ParseDate(milliseconds: now.milliseconds + Travel.rest) }
  }

  func isOver(_ now: ParseDate) -> Bool { restsAt.map { now >= $0 } ?? false }
}
