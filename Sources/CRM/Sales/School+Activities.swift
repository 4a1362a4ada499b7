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

  func sorted(_ rows: [ActivityRow], isReversed: Bool) -> [ActivityRow] {
    func order<Key: Comparable>(_ key: (ActivityRow) -> Key?) -> [ActivityRow] {
      rows.sorted(by: key, descending: isReversed, ties: Self.isSooner)
    }
    switch self {
    case .due:
      let sorted = rows.sorted(by: Self.isSooner)
      return isReversed ? sorted.reversed() : sorted
    case .type: return order { FoldedText($0.type.label) }
    case .subject: return order { FoldedText($0.subject) }
    case .about: return order { $0.about.isEmpty ? nil : FoldedText($0.about) }
    case .by: return order { $0.by.isEmpty ? nil : FoldedText($0.by) }
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
    default: return one.id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }
  }
}

extension School {
  /// The activities of a view. O(n log n).
  package func activities(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> ActivitiesAnswer {
    let rows = activities.all.map {
      (row: activityRow($0, viewpoint), mine: $0.createdBy != nil && $0.createdBy == viewpoint.user)
    }
    let week = 0..<(7 - viewpoint.today.weekday)
    let view = request.view.flatMap(ActivityView.init(rawValue:)) ?? .open
    let words = SearchWords(request.filter)
    let shown = rows.filter {
      view.holds($0.row, week: week, mine: $0.mine) && words.matches($0.row.words)
    }
    let sort = request.sort.flatMap(ActivitySort.init(rawValue:)) ?? .due
    return ActivitiesAnswer(
      views: ActivityView.allCases.map { view in
        ViewCount(
          id: view.rawValue, title: view.title,
          count: rows.count { view.holds($0.row, week: week, mine: $0.mine) })
      },
      list: Rows(
        sorted: sort.sorted(shown.map(\.row), isReversed: request.isReversed), all: rows.count,
        isComplete: complete.contains(.activity), previous: previous, id: \.id))
  }
}

extension ActivityRow {
  var words: [String] { [subject, type.label, about, by] }
}
