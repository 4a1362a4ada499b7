extension School {
  /// The completion list of a view, with the numbers over all students.
  ///
  /// - Parameter previous: the ids as last shown, empty to take the sorted order.
  package func completion(
    _ request: ListRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> CompletionAnswer {
    completion(
      request, previous: previous, learners: learners(viewpoint))
  }

  func completion(
    _ request: ListRequest, previous: [RecordID], learners: [Learner]
  ) -> CompletionAnswer {
    let view = request.view.flatMap(CompletionView.init(rawValue:)) ?? .mine
    let words = SearchWords(request.filter)
    let bit = ViewBits(view)
    let shown = learners.filter {
      !$0.views.isDisjoint(with: bit) && words.matches($0.words) && isMember($0, of: request.group)
    }
    let sort = request.sort.flatMap(CompletionSort.init(rawValue:)) ?? view.sort
    return CompletionAnswer(
      views: completionViews(learners),
      list: Rows(
        sorted: sort.sorted(shown, isReversed: request.isReversed).map(\.row),
        all: learners.count, isComplete: complete.isSuperset(of: Self.completionClasses),
        previous: previous, id: \.id),
      summary: CompletionSummary(learners))
  }

  /// What the completion numbers rest on.
  static let completionClasses: Set<SchoolClass> = [
    .student, .enrollment, .course, .attempt, .ticket,
  ]

  func completionViews(_ learners: [Learner]) -> [ViewCount] {
    ViewCount.all(learners.lazy.map(\.views), title: \.title)
  }
}

extension CompletionSummary {
  /// Each student once, with the stored rate; rates out of range are in no mean.
  init(_ learners: [Learner]) {
    self.init(
      learners, rates: learners.compactMap(\.completion).sorted(),
      gaps: learners.compactMap(\.gap))
  }

  /// - Parameters:
  ///   - rates: the completions the learners count with, ascending.
  ///   - gaps: of those with a target.
  init(_ learners: [Learner], rates: [Double], gaps: [Double]) {
    self.init()
    students = learners.count
    mean = Statistics.mean(rates)
    median = Statistics.quantile(0.5, ofSorted: rates)
    histogram = Statistics.histogram(rates)
    withTarget = gaps.count
    atTarget = gaps.count { $0 >= 0 }
    atRisk = learners.count(where: \.isAtRisk)
    stalled = learners.count(where: \.isStalled)
    notStarted = learners.count(where: \.isNotStarted)
  }
}
