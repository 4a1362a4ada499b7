/// The built-in views of the course screen, in the order they are shown.
package enum CourseView: String, CaseIterable, Sendable {
  case active, mine
  case belowTarget = "below-target"
  case empty = "no-enrollments"
  case all

  package var title: String {
    switch self {
    case .active: "Active"
    case .mine: "Mine"
    case .belowTarget: "Below target"
    case .empty: "No students"
    case .all: "All"
    }
  }

  /// Unknown and missing status words count as active (reference/domain.md §2).
  fileprivate func holds(_ entry: CourseEntry, _ viewpoint: Viewpoint) -> Bool {
    switch self {
    case .active: entry.course.status.word.map { $0 == .active } ?? true
    case .mine: viewpoint.user != nil && entry.course.instructor == viewpoint.user
    case .belowTarget: entry.gap.map { $0 < 0 } ?? false
    case .empty: entry.row.active == 0
    case .all: true
    }
  }
}

/// The orders of the course list.
package enum CourseSort: String, CaseIterable, Sendable {
  case code, title, gap, mean, students, score, tickets, instructor, status

  fileprivate func sorted(_ entries: [CourseEntry], isReversed: Bool) -> [CourseEntry] {
    func order<Key: Comparable>(
      _ descending: Bool, _ key: (CourseEntry) -> Key?
    ) -> [CourseEntry] {
      entries.sorted(by: key, descending: descending != isReversed) {
        $0.course.meta.precedes($1.course.meta)
      }
    }
    return switch self {
    case .code: order(false) { FoldedText($0.row.code) }
    case .title: order(false) { FoldedText($0.row.title) }
    case .gap: order(false) { $0.gap }
    case .mean: order(false) { $0.row.mean }
    case .students: order(true) { $0.row.active }
    case .score: order(false) { $0.row.meanScore }
    case .tickets: order(true) { $0.row.openTickets }
    case .instructor: order(false) { FoldedText($0.row.instructor) }
    case .status: order(false) { FoldedText($0.row.status.label) }
    }
  }
}

struct CourseEntry: Sendable {
  let course: Course
  let row: CourseRow

  var gap: Double? {
    guard let mean = row.mean, let target = row.target else { return nil }
    return mean - target
  }
}

extension School {
  /// The course list: each with its active enrollments' mean progress, scores and open tickets.
  ///
  /// - Parameter previous: the ids as last shown, empty to take the sorted order.
  package func courses(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> CoursesAnswer {
    courses(request, viewpoint, previous: previous, entries: courses.all.map(courseEntry))
  }

  func courses(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs, entries: [CourseEntry]
  ) -> CoursesAnswer {
    let view = request.view.flatMap(CourseView.init(rawValue:)) ?? .active
    let words = SearchWords(request.filter)
    let shown = entries.filter {
      view.holds($0, viewpoint)
        && words.matches([$0.row.code, $0.row.title, $0.row.instructor, $0.row.status.label])
    }
    let sort = request.sort.flatMap(CourseSort.init(rawValue:)) ?? .code
    return CoursesAnswer(
      views: CourseView.allCases.map { view in
        ViewCount(
          id: view.rawValue, title: view.title,
          count: entries.count { view.holds($0, viewpoint) })
      },
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed).map(\.row), all: entries.count,
        isComplete: complete.isSuperset(of: [.course, .enrollment, .attempt, .ticket]),
        previous: previous, id: \.id))
  }

  /// O(enrollments, attempts and their learners' tickets).
  func courseEntry(_ course: Course) -> CourseEntry {
    let active = enrollments[.course, course.id].filter(\.active)
    let progress = active.compactMap { Statistics.percent($0.progressPercent) }
    let scores = attempts[.course, course.id]
      .filter(\.isScored).compactMap { Statistics.percent($0.scorePercent) }
    let mean = Statistics.mean(progress)
    let target = course.targetCompletionRate
    let gap = mean.flatMap { mean in target.map { mean - $0 } }
    let row = CourseRow(
      id: course.id, code: course.courseCode, title: course.title, status: course.status,
      instructor: userName(course.instructor), mean: mean, target: target, active: active.count,
      atTarget: target.map { target in progress.count { $0 >= target } } ?? 0,
      meanScore: Statistics.mean(scores),
      openTickets: Set(active.compactMap(\.student)).reduce(0) { $0 + openTickets(of: $1) },
      severity: course.status.word.map { $0 == .active } ?? true ? Severity(gap: gap) : .plain,
      isUnsent: course.meta.isUnsent)
    return CourseEntry(course: course, row: row)
  }
  private func openTickets(of student: RecordID) -> Int {
    tickets.positions(.student, student).count { tickets.all[$0].isOpen }
  }
}
