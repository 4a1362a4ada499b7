import ParseCore

/// The built-in views of the activities, in the order they are shown.
package enum ActivityView: String, CaseIterable, Sendable {
  case open, today, overdue, week
  case noDate = "no-date"
  case done, mine, orphans, all

  package var title: String {
    switch self {
    case .open: "To do"
    case .today: "Today"
    case .overdue: "Overdue"
    case .week: "This week"
    case .noDate: "No date"
    case .done: "Done"
    case .mine: "Mine"
    case .orphans: "About nothing"
    case .all: "All"
    }
  }

  /// - Parameter week: the days left of this week, today's among them, as days from today.
  func holds(_ row: ActivityRow, week: Range<Int>, mine: Bool) -> Bool {
    switch self {
    case .open: !row.isDone
    case .today: !row.isDone && row.daysToDue == 0
    case .overdue: !row.isDone && (row.daysToDue ?? 0) < 0
    case .week: !row.isDone && row.daysToDue.map(week.contains) ?? false
    case .noDate: !row.isDone && row.daysToDue == nil
    case .done: row.isDone
    case .mine: !row.isDone && mine
    case .orphans: row.about.isEmpty
    case .all: true
    }
  }
}

/// The orders of the activity list.
package enum ActivitySort: String, CaseIterable, Sendable {
  /// Overdue first, then by due day, no day last; done ones behind, latest first.
  case due
  case type, subject, about, by

  package var title: String {
    switch self {
    case .due: "Due"
    case .type: "Type"
    case .subject: "Subject"
    case .about: "About"
    case .by: "By"
    }
  }

  func sorted(_ entries: [ActivityEntry], isReversed: Bool) -> [ActivityEntry] {
    func order<Key: Comparable>(_ key: (ActivityRow) -> Key?) -> [ActivityEntry] {
      entries.sorted(by: { key($0.row) }, descending: isReversed, ties: Self.isSooner)
    }
    switch self {
    case .due:
      let sorted = entries.sorted(by: Self.isSooner)
      return isReversed ? sorted.reversed() : sorted
    case .type: return order { FoldedText($0.type.label) }
    case .subject: return order { FoldedText($0.subject) }
    case .about: return order { $0.about.isEmpty ? nil : FoldedText($0.about) }
    case .by: return order { $0.by.isEmpty ? nil : FoldedText($0.by) }
    }
  }

  private static func isSooner(_ one: ActivityEntry, _ other: ActivityEntry) -> Bool {
    let (one, other) = (one.row, other.row)
    switch (one.completedAt, other.completedAt) {
    case (nil, _?): return true
    case (_?, nil): return false
    case (let first?, let second?) where first != second: return first > second
    default: break
    }
    switch (one.dueDate, other.dueDate) {
    case (let first?, let second?) where first != second: return first < second
    case (_?, nil): return true
    case (nil, _?): return false
    default: return one.id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }
  }
}

extension School {
  /// The activities of a view. O(n log n).
  package func activities(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> ActivitiesAnswer {
    activities(
      request, previous: previous, entries: activities.all.map { activityEntry($0, viewpoint) })
  }

  func activityEntry(_ activity: Activity, _ viewpoint: Viewpoint) -> ActivityEntry {
    ActivityEntry(
      activityRow(activity, viewpoint), week: 0..<(7 - viewpoint.today.weekday),
      isMine: activity.createdBy != nil && activity.createdBy == viewpoint.user)
  }

  func activities(
    _ request: ListRequest, previous: [RecordID], entries: [ActivityEntry],
    orders: KeptOrders<ActivityEntry> = KeptOrders()
  ) -> ActivitiesAnswer {
    let view = request.view.flatMap(ActivityView.init(rawValue:)) ?? .open
    let words = SearchWords(request.filter)
    let bit = ViewBits(view)
    let shown = entries.filter { !$0.views.isDisjoint(with: bit) && words.matches($0.row.words) }
    let sort = request.sort.flatMap(ActivitySort.init(rawValue:)) ?? .due
    return ActivitiesAnswer(
      views: ViewCount.all(entries.lazy.map(\.views), title: \.title),
      list: Rows(
        sorted: orders.sorted(shown, request) {
          sort.sorted($0, isReversed: request.isReversed)
        }.map(\.row), all: entries.count,
        isComplete: complete.contains(.activity), previous: previous, id: \.id))
  }
}

/// An activity with the views that hold it.
final class ActivityEntry: Sendable {
  let row: ActivityRow
  let views: ViewBits<ActivityView>

  init(_ row: ActivityRow, week: Range<Int>, isMine: Bool) {
    self.row = row
    views = ViewBits { $0.holds(row, week: week, mine: isMine) }
  }
}

extension ActivityRow {
  var words: [String] { [subject, type.label, about, by] }
}
