/// What students are grouped by on the completion screen.
package enum CohortGrouping: String, CaseIterable, Sendable {
  case cohort, course, instructor, status, owner, band

  package var title: String {
    switch self {
    case .cohort: "Cohort"
    case .course: "Course"
    case .instructor: "Instructor"
    case .status: "Course status"
    case .owner: "Owner"
    case .band: "Band"
    }
  }
}

/// The orders of groups.
package enum CohortSort: String, CaseIterable, Sendable {
  case name, students, mean
  case atTarget = "at-target"
  case risk, stalled, score

  func sorted(_ rows: [CohortRow], isReversed: Bool) -> [CohortRow] {
    func order<Key: Comparable>(
      _ descending: Bool, _ key: (CohortRow) -> Key?
    ) -> [CohortRow] {
      rows.sorted(by: key, descending: descending != isReversed) {
        $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
      }
    }
    return switch self {
    case .name: order(false) { FoldedText($0.name) }
    case .students: order(true) { $0.summary.students }
    case .mean: order(false) { $0.summary.mean }
    case .atTarget: order(false) { $0.shareAtTarget }
    case .risk: order(true) { $0.summary.atRisk }
    case .stalled: order(true) { $0.summary.stalled }
    case .score: order(false) { $0.meanScore }
    }
  }
}

extension CohortRow {
  /// 0 to 1 of the students with a target.
  package var shareAtTarget: Double? {
    Statistics.share(summary.atTarget, of: summary.withTarget)
  }
}

extension School {
  /// Students in groups. The sort names the grouping, an order, or both: `course`, `risk`,
  /// `course/risk`; nil groups by cohort in natural order. Without a view all students count.
  package func cohorts(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> CohortsAnswer {
    let learners = learners(viewpoint)
    return cohorts(
      request, previous: previous, learners: learners, counts: CompletionView.counts(learners))
  }

  /// - Parameter counts: of the learners in the views of the completion screen.
  func cohorts(
    _ request: ListRequest, previous: RecordIDs, learners: [CompletionRow], counts: [Int]
  ) -> CohortsAnswer {
    let words = SearchWords(request.filter)
    let view = request.view.flatMap(CompletionView.init(rawValue:)) ?? .seedOrder
    let parts = (request.sort ?? "").split(separator: "/").map(String.init)
    let grouping = parts.lazy.compactMap(CohortGrouping.init(rawValue:)).first ?? .cohort
    let sort = parts.lazy.compactMap(CohortSort.init(rawValue:)).first ?? .name
    var groups = GroupTallies()
    var all = GroupTally()
    var drifting = 0
    for learner in learners where view.holds(learner) && isMember(learner, of: request.group) {
      forEachGroup(of: learner, by: grouping) { groups.add($0, $1) }
      all.add(Member(learner))
      if let drift = learner.drift, abs(drift) > 5 { drifting += 1 }
    }
    let rows = groups.rows
    let shown = rows.filter { words.matches([$0.name]) }
    return CohortsAnswer(
      views: CompletionView.all(counts, \.title),
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed), all: rows.count,
        isComplete: knowsCompletion, previous: previous, id: \.name),
      total: all.row(name: "All"), drifting: drifting)
  }

  /// The learners among whom those of a group are: of a course those enrolled in it, since its detail
  /// follows the cursor; nil for all.
  ///
  /// - Parameter learners: at the positions of the students.
  func candidates(_ learners: [CompletionRow], for group: GroupFilter) -> [CompletionRow]? {
    let ids = courses.all.lazy.filter {
      group.grouping == .course && $0.courseCode.utf8.elementsEqual(group.name.utf8)
    }.map(\.id)
    // The group without a code is of no course that could be found by one.
    guard !ids.isEmpty else { return nil }
    let enrolled = ids.flatMap { enrollments.positions(.course, $0) }
    return Set(enrolled.compactMap { students.position(of: enrollments.all[$0].studentID) })
      .map { learners[$0] }
  }

  /// Whether a student counts in the group, and in the band if one is named; true without a group.
  func isMember(_ learner: CompletionRow, of group: GroupFilter?) -> Bool {
    guard let group else { return true }
    var isMember = false
    forEachGroup(of: learner, by: group.grouping) { name, member in
      guard name.utf8.elementsEqual(group.name.utf8) else { return }
      guard let band = group.band else {
        isMember = true
        return
      }
      if let completion = member.completion, Statistics.bin(completion) == band {
        isMember = true
      }
    }
    return isMember
  }

  /// A student counts once a group, with the stored rate; by course with the progress in it.
  private func forEachGroup(
    of learner: CompletionRow, by grouping: CohortGrouping, _ body: (String, Member) -> Void
  ) {
    func name(_ group: String) -> String { group.isEmpty ? "∅" : group }
    // A learner has few courses: to look back is quicker than to hash.
    func once(_ groups: [String], _ member: (Int) -> Member) {
      for (place, group) in groups.enumerated() where !groups[..<place].contains(group) {
        body(name(group), member(place))
      }
    }
    func once(_ groups: [String]) { once(groups) { _ in Member(learner) } }
    switch grouping {
    case .cohort: body(name(learner.cohort), Member(learner))
    case .owner: body(name(learner.owner), Member(learner))
    case .band: body(name(Self.band(learner.countedCompletion)), Member(learner))
    case .instructor: once(learner.active.map { userName(courses[$0.courseID]?.instructor) })
    case .status: once(learner.active.map { courses[$0.courseID]?.status.label ?? "" })
    case .course:
      once(learner.active.map(\.courseCode)) { place in
        let state = learner.active[place]
        let target = courses[state.courseID]?.targetCompletionRate
        let gap = state.progress.flatMap { progress in target.map { progress - $0 } }
        return Member(learner: learner, completion: state.progress, target: target, gap: gap)
      }
    }
  }

  private static func band(_ completion: Double?) -> String {
    switch completion {
    case nil: ""
    case .some(0): "0 %"
    case .some(..<25): "1 to 24 %"
    case .some(..<50): "25 to 49 %"
    case .some(..<75): "50 to 74 %"
    case .some(..<100): "75 to 99 %"
    case .some: "100 %"
    }
  }
}

/// A student in a group, with the numbers that count there.
private struct Member {
  let learner: CompletionRow
  let completion: Double?
  let target: Double?
  let gap: Double?
}

extension Member {
  /// Counts with the stored rate against the mean target of the active courses.
  init(_ learner: CompletionRow) {
    self.init(
      learner: learner, completion: learner.countedCompletion, target: learner.target,
      gap: learner.countedGap)
  }
}

/// What groups come to, in the making.
private struct GroupTallies {
  private var tallies: [(name: String, tally: GroupTally)] = []
  private var places: [String: Int] = [:]
  /// The same by the bytes of the names.
  private var known: [ExactText: Int] = [:]

  mutating func add(_ name: String, _ member: Member) {
    tallies[place(of: name)].tally.add(member)
  }

  private mutating func place(of name: String) -> Int {
    let exact = ExactText(name)
    if let place = known[exact] { return place }
    let place = places[name] ?? tallies.count
    if place == tallies.count {
      tallies.append((name, GroupTally()))
      places[name] = place
    }
    known[exact] = place
    return place
  }

  var rows: [CohortRow] { tallies.map { $0.tally.row(name: $0.name) } }
}

private struct GroupTally {
  private var summary = CompletionSummary()
  private var rates: [Double] = []
  private var scores: [Double] = []
  private var targets: [Double] = []

  mutating func add(_ member: Member) {
    summary.add(member.learner, gap: member.gap)
    if let rate = member.completion { rates.append(rate) }
    if let score = Statistics.percent(member.learner.lastScore) { scores.append(score) }
    if let target = member.target { targets.append(target) }
  }

  func row(name: String) -> CohortRow {
    let rates = Statistics.sorted(percents: rates)
    var summary = summary
    summary.spread(rates)
    let quantiles = [0.10, 0.25, 0.50, 0.75, 0.90].compactMap {
      Statistics.quantile($0, ofSorted: rates)
    }
    let share = Statistics.share(summary.atTarget, of: summary.withTarget) ?? 1
    return CohortRow(
      name: name, summary: summary, percentiles: quantiles.isEmpty ? nil : quantiles,
      meanScore: Statistics.mean(scores), target: Statistics.mean(targets),
      // Quad's own: a group of five or more needs care when less than a third is at target.
      severity: summary.withTarget >= 5 && share < 1.0 / 3 ? .soon : .plain)
  }
}
