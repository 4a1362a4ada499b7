/// The built-in views of the health screen.
package enum HealthView: String, CaseIterable, Sendable {
  case toFix = "to-fix"
  case ignored
  case all

  package var title: String {
    switch self {
    case .toFix: "To fix"
    case .ignored: "Ignored"
    case .all: "All checks"
    }
  }
}

/// The orders of the health screen.
package enum HealthSort: String, CaseIterable, Sendable {
  case severity, found
  case schoolClass = "class"
  case check

  package var title: String {
    switch self {
    case .severity: "Worst first"
    case .found: "Rows"
    case .schoolClass: "Class"
    case .check: "Check"
    }
  }

  func sorted(_ rows: [HealthRow], isReversed: Bool) -> [HealthRow] {
    func order<Key: Comparable>(
      _ descending: Bool, _ key: (HealthRow) -> Key?
    ) -> [HealthRow] {
      let keyed = rows.enumerated().map { (place: $0.offset, row: $0.element) }
      return keyed.sorted(by: { key($0.row) }, descending: descending != isReversed) {
        $0.row.found == $1.row.found ? $0.place < $1.place : $0.row.found > $1.row.found
      }
      .map(\.row)
    }
    return switch self {
    case .severity: order(true) { $0.severity }
    case .found: order(true) { $0.found }
    case .schoolClass: order(false) { $0.schoolClass.rawValue }
    case .check: order(false) { $0.check }
    }
  }
}

extension School {
  /// What is odd in the rows, and what numbers it spoils. Each check looks at the rows of its class;
  /// nothing is repaired.
  package func health(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> HealthAnswer {
    var kept = KeptHealth()
    return health(request, previous: previous, checks: kept.lines(self, viewpoint))
  }

  func health(
    _ request: ListRequest, previous: RecordIDs, checks: [HealthRow]
  ) -> HealthAnswer {
    let checks = checks.map(markingIgnored)
    func rows(_ view: HealthView) -> [HealthRow] {
      switch view {
      case .toFix: checks.filter { $0.found > 0 && !$0.isIgnored }
      case .ignored: checks.filter(\.isIgnored)
      case .all: checks
      }
    }
    let view = request.view.flatMap(HealthView.init(rawValue:)) ?? .toFix
    let words = SearchWords(request.filter)
    let shown = rows(view).filter { words.matches($0.words) }
    let sort = request.sort.flatMap(HealthSort.init(rawValue:)) ?? .severity
    return HealthAnswer(
      views: HealthView.allCases.map { view in
        ViewCount(id: view.rawValue, title: view.title, count: rows(view).count)
      },
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed), all: checks.count,
        isComplete: SchoolClass.allCases.allSatisfy(complete.contains), previous: previous,
        id: \.id),
      rowsChecked: SchoolClass.allCases.reduce(0) { $0 + count($1) })
  }
}
