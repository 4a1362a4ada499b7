package import ParseCore

/// A time zone as a value: its distance from UTC and the instants at which that changes.
package struct ZoneOffsets: Sendable, Hashable {
  package struct Change: Sendable, Hashable {
    package let at: ParseDate
    /// East of UTC from then on.
    package let seconds: Int

    package init(at: ParseDate, seconds: Int) {
      self.at = at
      self.seconds = seconds
    }
  }

  private let first: Int
  private let changes: [Change]

  /// - Parameters:
  ///   - first: seconds east of UTC before the first change.
  ///   - changes: oldest first.
  package init(first: Int, changes: [Change] = []) {
    self.first = first
    self.changes = changes
  }

  /// The changes of a zone from five years before an instant to five years after it, to the second.
  ///
  /// - Parameter offset: seconds east of UTC at an instant; asked once a week and, where two weeks
  ///   differ, until the change is found.
  package init(around now: ParseDate, offset: (ParseDate) -> Int) {
    let week = 7 * 86_400
    let weeks = 5 * 53
    var early = now.advanced(bySeconds: -weeks * week)
    first = offset(early)
    var known = first
    var changes: [Change] = []
    for _ in 0..<2 * weeks {
      let late = early.advanced(bySeconds: week)
      let seconds = offset(late)
      if seconds != known {
        var (before, after) = (0, week)
        while after - before > 1 {
          let middle = (before + after) / 2
          if offset(early.advanced(bySeconds: middle)) == known {
            before = middle
          } else {
            after = middle
          }
        }
        changes.append(Change(at: early.advanced(bySeconds: after), seconds: seconds))
        known = seconds
      }
      early = late
    }
    self.changes = changes
  }

  /// The first change after an instant. O(changes).
  func nextChange(after instant: ParseDate) -> ParseDate? { changes.first { $0.at > instant }?.at }

  /// Seconds east of UTC. O(changes).
  package func seconds(at instant: ParseDate) -> Int {
    changes.last { $0.at <= instant }?.seconds ?? first
  }
}
