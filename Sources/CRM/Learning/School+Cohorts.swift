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
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> CohortsAnswer {
    cohorts(request, previous: previous, learners: learners(viewpoint))
  }

  func cohorts(
    _ request: ListRequest, previous: [RecordID], learners: [Learner]
  ) -> CohortsAnswer {
    let words = SearchWords(request.filter)
    let view = request.view.flatMap(CompletionView.init(rawValue:)) ?? .seedOrder
    let parts = (request.sort ?? "").split(separator: "/").map(String.init)
    let grouping = parts.lazy.compactMap(CohortGrouping.init(rawValue:)).first ?? .cohort
    let sort = parts.lazy.compactMap(CohortSort.init(rawValue:)).first ?? .name
    var groups: [String: [Member]] = [:]
    let bit = ViewBits(view)
    let counted = learners.filter {
      !$0.views.isDisjoint(with: bit) && isMember($0, of: request.group)
    }
    for learner in counted {
      for member in members(learner, by: grouping) {
        groups[member.group, default: []].append(member)
      }
    }
    let rows = groups.map { CohortRow(name: $0.key, members: $0.value) }
    let shown = rows.filter { words.matches([$0.name]) }
    return CohortsAnswer(
      views: completionViews(learners),
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed), all: rows.count,
        isComplete: complete.isSuperset(of: Self.completionClasses), previous: previous,
        id: \.name),
      total: CohortRow(name: "All", members: counted.map { Member($0, of: "All") }),
      drifting: counted.count { drift($0).map { abs($0) > 5 } ?? false })
  }

  /// Whether a student counts in the group, and in the band if one is named; true without a group.
  func isMember(_ learner: Learner, of group: GroupFilter?) -> Bool {
    guard let group else { return true }
    return members(learner, by: group.grouping).contains { member in
      guard member.group.utf8.elementsEqual(group.name.utf8) else { return false }
      guard let band = group.band else { return true }
      return member.completion.map { Statistics.bin($0) == band } ?? false
    }
  }

  /// A student counts once a group, with the stored rate; by course with the progress in it.
  private func members(_ learner: Learner, by grouping: CohortGrouping) -> [Member] {
    func name(_ group: String) -> String { group.isEmpty ? "∅" : group }
    func once(_ groups: some Sequence<String>) -> [Member] {
      Set(groups.map(name)).map { Member(learner, of: $0) }
    }
    switch grouping {
    case .cohort: return [Member(learner, of: name(learner.row.cohort))]
    case .owner: return [Member(learner, of: name(learner.row.owner))]
    case .band: return [Member(learner, of: name(Self.band(learner.completion)))]
    case .instructor:
      return once(learner.active.map { userName(courses[$0.course]?.instructor) })
    case .status: return once(learner.active.map { courses[$0.course]?.status.label ?? "" })
    case .course:
      var seen: Set<String> = []
      return learner.active.compactMap { state in
        let code = name(state.courseCode)
        guard seen.insert(code).inserted else { return nil }
        let target = courses[state.course]?.targetCompletionRate
        return Member(
          group: code, learner: learner, completion: state.progress, target: target,
          gap: state.progress.flatMap { progress in target.map { progress - $0 } })
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
  let group: String
  let learner: Learner
  let completion: Double?
  let target: Double?
  let gap: Double?
}

extension Member {
  /// Counts with the stored rate against the mean target of the active courses.
  init(_ learner: Learner, of group: String) {
    self.init(
      group: group, learner: learner, completion: learner.completion, target: learner.row.target,
      gap: learner.gap)
  }
}

extension CohortRow {
  fileprivate init(name: String, members: [Member]) {
    let learners = members.map(\.learner)
    let rates = members.compactMap(\.completion).sorted()
    let summary = CompletionSummary(learners, rates: rates, gaps: members.compactMap(\.gap))
    let quantiles = [0.10, 0.25, 0.50, 0.75, 0.90].compactMap {
      Statistics.quantile($0, ofSorted: rates)
    }
    let share = Statistics.share(summary.atTarget, of: summary.withTarget) ?? 1
    self.init(
      name: name, summary: summary, percentiles: quantiles.isEmpty ? nil : quantiles,
      meanScore: Statistics.mean(learners.compactMap { Statistics.percent($0.row.lastScore) }),
      target: Statistics.mean(members.compactMap(\.target)),
      // Quad's own: a group of five or more needs care when less than a third is at target.
      severity: summary.withTarget >= 5 && share < 1.0 / 3 ? .soon : .plain)
  }
}
