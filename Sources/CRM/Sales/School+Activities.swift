import ParseCore

/// The built-in views of the activities, in the order they are shown.
package enum ActivityView: String, ListView, Sendable {
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

  func holds(_ row: ActivityRow) -> Bool {
    switch self {
    case .open: !row.isDone
    case .today: !row.isDone && row.daysToDue == 0
    case .overdue: !row.isDone && (row.daysToDue ?? 0) < 0
    case .week: !row.isDone && row.isDueThisWeek
    case .noDate: !row.isDone && row.daysToDue == nil
    case .done: row.isDone
    case .mine: !row.isDone && row.isMine
    case .orphans: row.about.isEmpty
    case .all: true
    }
  }
}

extension ActivityView {
  /// Today and the days after it, to tell which of them are full.
  static let bins = 14

  static func bin(of row: ActivityRow) -> Int? {
    guard !row.isDone, let days = row.daysToDue, (0..<bins).contains(days) else { return nil }
    return days
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

  func order(isReversed: Bool) -> RowOrder<ActivityRow> {
    func text(_ key: @escaping (ActivityRow) -> String?) -> RowOrder<ActivityRow> {
      RowOrder(byText: key, descending: isReversed, ties: Self.isSooner)
    }
    return switch self {
    case .due: RowOrder(isReversed: isReversed, Self.isSooner)
    case .type: text { $0.type.label }
    case .subject: text { $0.subject }
    case .about: text { $0.about.isEmpty ? nil : $0.about }
    case .by: text { $0.by.isEmpty ? nil : $0.by }
    }
  }

  private static func isSooner(_ one: ActivityRow, _ other: ActivityRow) -> Bool {
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
    default: return one.packedID.precedes(other.packedID)
    }
  }
}

extension School {
  /// The activities of a view. O(n log n).
  package func activities(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> ActivitiesAnswer {
    let rows = activities.all.map { ActivityRow($0, self, viewpoint) }
    return activities(
      Listing(
        rows, ActivityRow.selection(request), isComplete: complete.contains(.activity),
        previous: previous))
  }

  func activities(_ activities: Listing<ActivityRow>) -> ActivitiesAnswer {
    ActivitiesAnswer(
      views: activities.views(\.title), list: activities.list,
      days: Array(activities.counts.suffix(ActivityView.bins)))
  }
}

extension ActivityRow {
  static func selection(_ request: ListRequest) -> ListSelection<ActivityRow> {
    let sort = request.sort.flatMap(ActivitySort.init(rawValue:)) ?? .due
    return ListSelection(
      request.view.flatMap(ActivityView.init(rawValue:)) ?? .open, filter: request.filter,
      sort.order(isReversed: request.isReversed))
  }
}
