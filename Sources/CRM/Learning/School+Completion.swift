extension School {
  /// The completion list of a view, with the numbers over all students.
  ///
  /// - Parameter previous: the ids as last shown, empty to take the sorted order.
  package func completion(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> CompletionAnswer {
    let learners = Listing(
      learners(viewpoint), completionSelection(request), isComplete: knowsCompletion,
      previous: previous)
    return completion(learners, CompletionSummary(learners.rows))
  }

  /// - Parameter summary: of all learners.
  func completion(
    _ learners: Listing<CompletionRow>, _ summary: CompletionSummary
  ) -> CompletionAnswer {
    CompletionAnswer(
      views: learners.views(\.title), list: learners.list, summary: summary)
  }

  func completionSelection(_ request: ListRequest) -> ListSelection<CompletionRow> {
    let view = request.view.flatMap(CompletionView.init(rawValue:)) ?? .mine
    let sort = request.sort.flatMap(CompletionSort.init(rawValue:)) ?? view.sort
    let selection = ListSelection<CompletionRow>(
      view, filter: request.filter, sort.order(isReversed: request.isReversed))
    guard let group = request.group else { return selection }
    return ListSelection(selection) { isMember($0, of: group) }
  }

  /// All rows are here that the completion numbers rest on.
  var knowsCompletion: Bool { complete.isSuperset(of: Self.completionClasses) }

  /// What the completion numbers rest on.
  static let completionClasses: Set<SchoolClass> = [
    .student, .enrollment, .course, .attempt, .ticket,
  ]
}

extension CompletionSummary {
  /// Each student once, with the stored rate; rates out of range are in no mean.
  init(_ learners: [CompletionRow]) {
    self.init()
    for learner in learners { add(learner, gap: learner.countedGap) }
    spread(Statistics.sorted(percents: learners.compactMap(\.countedCompletion)))
  }

  /// - Parameter gap: to the target the student counts with.
  mutating func add(_ learner: CompletionRow, gap: Double?) {
    students += 1
    if let gap {
      withTarget += 1
      if gap >= 0 { atTarget += 1 }
    }
    if learner.isAtRisk { atRisk += 1 }
    if learner.isStalled { stalled += 1 }
    if learner.isNotStarted { notStarted += 1 }
  }

  /// - Parameter rates: the completions the students count with, ascending.
  mutating func spread(_ rates: [Double]) {
    mean = Statistics.mean(rates)
    median = Statistics.quantile(0.5, ofSorted: rates)
    histogram = Statistics.histogram(rates)
  }
}
