/// The panes of screen 0 as last answered: a change leaves those alone that it cannot show in.
struct KeptPanes {
  var completion: KeptPane<CompletionAnswer>?
  var cohorts: KeptPane<CohortsAnswer>?
  var quizzes: KeptPane<QuizzesAnswer>?
  var tickets: KeptPane<TicketsAnswer>?
  var pipeline: KeptPane<PipelineAnswer>?
  /// Tickets that arrived and ended of late.
  var flow: KeptPane<(opened: [Int], closed: [Int])>?
  /// The ids of the answer as a whole.
  private(set) var order: RecordIDs?
  /// How often the clock was looked at.
  var looks = 0
  /// What is made anew takes the order of its sort.
  private(set) var isResorted = false

  mutating func settle(as order: RecordIDs) { (self.order, isResorted) = (order, false) }
}

extension KeptPanes {
  /// Keeps of the panes what stands in its own order, which a re-sort leaves as it is.
  mutating func resort(to previous: RecordIDs) {
    let known = self
    self = KeptPanes()
    (flow, looks, isResorted) = (known.flow, known.looks, true)
    guard previous.isEmpty else { return }
    if known.completion?.answer.list.wouldMove == 0 { completion = known.completion }
    if known.cohorts?.answer.list.wouldMove == 0 { cohorts = known.cohorts }
    if known.quizzes?.answer.list.wouldMove == 0 { quizzes = known.quizzes }
    if known.tickets?.answer.list.wouldMove == 0 { tickets = known.tickets }
    if known.pipeline?.answer.list.wouldMove == 0 { pipeline = known.pipeline }
  }
}

struct KeptPane<Answer> {
  let answer: Answer
  /// Of what it is made of, and looks at the clock if that is part of it.
  let changes: Int
}

extension LiveSchool {
  func quad(_ viewpoint: Viewpoint, previous: RecordIDs) -> QuadAnswer {
    // Any other order than the last one is a re-sort of all panes.
    if previous != panes.order { panes.resort(to: previous) }
    let completion = pane(
      \.completion, changes(.completion(QuadAnswer.completion)) + panes.looks
    ) { last in
      self.completion(QuadAnswer.completion, viewpoint, last?.list.ids ?? previous)
    }
    // Of the learners, which are as they are now.
    let cohorts = pane(\.cohorts, learners.numbers) { last in
      self.cohorts(ListRequest(), viewpoint, last?.list.ids ?? previous)
    }
    let quizzes = pane(\.quizzes, changes(.quizzes(ListRequest()))) { last in
      self.quizzes(ListRequest(), viewpoint, last?.list.ids ?? previous)
    }
    let tickets = pane(
      \.tickets, changes(.tickets(QuadAnswer.tickets)) + panes.looks
    ) { last in
      self.tickets(QuadAnswer.tickets, viewpoint, last?.list.ids ?? previous)
    }
    let flow = pane(\.flow, changes[.ticket, default: 0]) { _ in
      school.ticketFlow(days: QuadAnswer.days, viewpoint)
    }
    let pipeline = pane(
      \.pipeline, changes(.pipeline(ListRequest())) + panes.looks
    ) { last in
      self.pipeline(ListRequest(), viewpoint, last?.list.ids ?? previous)
    }
    let answer = QuadAnswer(
      completion: completion, cohorts: cohorts.list.rows, quizzes: quizzes,
      tickets: tickets, pipeline: pipeline, opened: flow.opened, closed: flow.closed,
      isComplete: school.isComplete)
    panes.settle(as: ViewAnswer.quad(answer).order)
    return answer
  }

  /// Of the classes an answer is made of.
  private func changes(_ request: ViewRequest) -> Int {
    request.classes.reduce(0) { $0 + (changes[$1] ?? 0) }
  }

  private func pane<Answer>(
    _ pane: WritableKeyPath<KeptPanes, KeptPane<Answer>?>, _ changes: Int,
    make: (Answer?) -> Answer
  ) -> Answer {
    let known = panes[keyPath: pane]
    if let known, known.changes == changes { return known.answer }
    let answer = make(panes.isResorted ? nil : known?.answer)
    panes[keyPath: pane] = KeptPane(answer: answer, changes: changes)
    return answer
  }
}
