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
  /// Changes of the rows it is made of.
  let changes: Int
  /// Looks at the clock, where that is part of it, or changes of the numbers it is made of.
  let version: Int
}

/// The parts of screen 0 that take the most to work out.
package enum QuadPane: CaseIterable {
  case completion, cohorts, quizzes, tickets, pipeline
}

extension LiveSchool {
  /// The ids of the four panes as they were answered last.
  package var paneOrder: RecordIDs { panes.order ?? [] }

  /// Works out one pane of screen 0, so that its next answer takes the less.
  package func prepare(_ pane: QuadPane, _ viewpoint: Viewpoint) {
    look(from: viewpoint)
    let order = paneOrder
    switch pane {
    case .completion: _ = completionPane(viewpoint, order)
    case .cohorts: _ = cohortsPane(viewpoint, order)
    case .quizzes: _ = quizzesPane(viewpoint, order)
    case .tickets: _ = ticketsPane(viewpoint, order)
    case .pipeline: _ = pipelinePane(viewpoint, order)
    }
  }

  func quad(_ viewpoint: Viewpoint, previous: RecordIDs) -> QuadAnswer {
    // Any other order than the last one is a re-sort of all panes.
    if previous != panes.order { panes.resort(to: previous) }
    let answer = answer(
      of: completionPane(viewpoint, previous), cohortsPane(viewpoint, previous),
      quizzesPane(viewpoint, previous), ticketsPane(viewpoint, previous),
      pipelinePane(viewpoint, previous), ticketFlow(viewpoint))
    panes.settle(as: ViewAnswer.quad(answer).order)
    return answer
  }

  private func completionPane(_ viewpoint: Viewpoint, _ previous: RecordIDs) -> CompletionAnswer {
    pane(\.completion, changes(.completion(QuadAnswer.completion)), panes.looks) { last in
      completion(QuadAnswer.completion, viewpoint, last?.list.ids ?? previous)
    }
  }

  /// Of the learners, which are brought up to the viewpoint before their numbers are asked.
  private func cohortsPane(_ viewpoint: Viewpoint, _ previous: RecordIDs) -> CohortsAnswer {
    _ = completionPane(viewpoint, previous)
    return pane(\.cohorts, 0, learners.numbers) { last in
      cohorts(ListRequest(), viewpoint, last?.list.ids ?? previous)
    }
  }

  private func quizzesPane(_ viewpoint: Viewpoint, _ previous: RecordIDs) -> QuizzesAnswer {
    pane(\.quizzes, changes(.quizzes(ListRequest())), 0) { last in
      quizzes(ListRequest(), viewpoint, last?.list.ids ?? previous)
    }
  }

  private func ticketsPane(_ viewpoint: Viewpoint, _ previous: RecordIDs) -> TicketsAnswer {
    pane(\.tickets, changes(.tickets(QuadAnswer.tickets)), panes.looks) { last in
      tickets(QuadAnswer.tickets, viewpoint, last?.list.ids ?? previous)
    }
  }

  private func pipelinePane(_ viewpoint: Viewpoint, _ previous: RecordIDs) -> PipelineAnswer {
    pane(\.pipeline, changes(.pipeline(ListRequest())), panes.looks) { last in
      pipeline(ListRequest(), viewpoint, last?.list.ids ?? previous)
    }
  }

  private func ticketFlow(_ viewpoint: Viewpoint) -> (opened: [Int], closed: [Int]) {
    pane(\.flow, changes[.ticket, default: 0], 0) { _ in
      school.ticketFlow(days: QuadAnswer.days, viewpoint)
    }
  }

  /// The four panes as they were when the clock was looked at before, where it is all that has changed
  /// since: to look at while they are brought up to it, which of a million rows takes a tenth of a
  /// second.
  package func quadBefore(_ viewpoint: Viewpoint) -> QuadAnswer? {
    guard let known = self.viewpoint, viewpoint == known || viewpoint.isLater(than: known),
      let completion = before(\.completion, .completion(QuadAnswer.completion)),
      viewpoint != known || panes.completion?.version != panes.looks,
      let cohorts = panes.cohorts?.answer, let flow = panes.flow?.answer,
      let quizzes = before(\.quizzes, .quizzes(ListRequest())),
      let tickets = before(\.tickets, .tickets(QuadAnswer.tickets)),
      let pipeline = before(\.pipeline, .pipeline(ListRequest()))
    else { return nil }
    return answer(of: completion, cohorts, quizzes, tickets, pipeline, flow)
  }

  private func before<Answer>(
    _ pane: KeyPath<KeptPanes, KeptPane<Answer>?>, _ request: ViewRequest
  ) -> Answer? {
    panes[keyPath: pane].flatMap { $0.changes == changes(request) ? $0.answer : nil }
  }

  private func answer(
    of completion: CompletionAnswer, _ cohorts: CohortsAnswer, _ quizzes: QuizzesAnswer,
    _ tickets: TicketsAnswer, _ pipeline: PipelineAnswer, _ flow: (opened: [Int], closed: [Int])
  ) -> QuadAnswer {
    QuadAnswer(
      completion: completion, cohorts: cohorts.list.rows, quizzes: quizzes,
      tickets: tickets, pipeline: pipeline, opened: flow.opened, closed: flow.closed,
      isComplete: school.isComplete)
  }

  /// Of the classes an answer is made of.
  private func changes(_ request: ViewRequest) -> Int {
    request.classes.reduce(0) { $0 + (changes[$1] ?? 0) }
  }

  private func pane<Answer>(
    _ pane: WritableKeyPath<KeptPanes, KeptPane<Answer>?>, _ changes: Int, _ version: Int,
    make: (Answer?) -> Answer
  ) -> Answer {
    let known = panes[keyPath: pane]
    if let known, known.changes == changes, known.version == version { return known.answer }
    let answer = make(panes.isResorted ? nil : known?.answer)
    panes[keyPath: pane] = KeptPane(answer: answer, changes: changes, version: version)
    return answer
  }
}
