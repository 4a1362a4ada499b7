internal import Dispatch
internal import Synchronization

extension School {
  /// What a screen shows, computed from the rows as they are.
  ///
  /// Between two answers with the same view, filter, sort and generation, pass the `order` of the
  /// first as `previous` of the second, and rows stay where they are; else pass none.
  package func answer(
    _ request: ViewRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> ViewAnswer {
    switch request {
    case .quad: .quad(quad(viewpoint, previous: previous))
    case .completion(let list): .completion(completion(list, viewpoint, previous: previous))
    case .cohorts(let list): .cohorts(cohorts(list, viewpoint, previous: previous))
    case .quizzes(let list): .quizzes(quizzes(list, viewpoint, previous: previous))
    case .latestAttempts(let list):
      .latestAttempts(latestAttempts(list, viewpoint, previous: previous))
    case .tickets(let list): .tickets(tickets(list, viewpoint, previous: previous))
    case .pipeline(let list): .pipeline(pipeline(list, viewpoint, previous: previous))
    case .people(let list): .people(people(list, viewpoint, previous: previous))
    case .companies(let list): .companies(companies(list, viewpoint, previous: previous))
    case .activities(let list): .activities(activities(list, viewpoint, previous: previous))
    case .courses(let list): .courses(courses(list, viewpoint, previous: previous))
    case .health(let list): .health(health(list, viewpoint, previous: previous))
    case .studentCard(let id): studentCard(id, viewpoint).map(ViewAnswer.studentCard) ?? .gone
    case .ticketCard(let id): ticketCard(id, viewpoint).map(ViewAnswer.ticketCard) ?? .gone
    case .dealCard(let id): dealCard(id, viewpoint).map(ViewAnswer.dealCard) ?? .gone
    case .partyCard(let party): partyCard(party, viewpoint).map(ViewAnswer.partyCard) ?? .gone
    case .merge(let asked): mergePreview(asked, viewpoint).map(ViewAnswer.merge) ?? .gone
    case .quizCard(let key, let basis):
      quizCard(key, viewpoint, basis: basis).map(ViewAnswer.quizCard) ?? .gone
    case .observed: .observed(observed(viewpoint))
    }
  }

  /// Screen 0: each pane in the view a person starts the day with.
  ///
  /// - Parameter previous: the ids of all panes as last shown; each keeps its own in place.
  package func quad(_ viewpoint: Viewpoint, previous: RecordIDs = []) -> QuadAnswer {
    // The quizzes are about half of the work and share nothing with the rest: both halves run side
    // by side, since the first picture waits for this answer.
    let beside = Mutex<QuizzesAnswer?>(nil)
    let rest = Mutex<QuadAnswer?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { half in
      if half == 0 {
        let answer = quizzes(ListRequest(), viewpoint, previous: previous)
        beside.withLock { $0 = answer }
      } else {
        let answer = quadWithoutQuizzes(viewpoint, previous: previous)
        rest.withLock { $0 = answer }
      }
    }
    var answer = rest.withLock(\.self) ?? quadWithoutQuizzes(viewpoint, previous: previous)
    if let quizzes = beside.withLock(\.self) { answer.quizzes = quizzes }
    return answer
  }

  private func quadWithoutQuizzes(_ viewpoint: Viewpoint, previous: RecordIDs) -> QuadAnswer {
    let flow = ticketFlow(days: QuadAnswer.days, viewpoint)
    let learners = Listing(
      learners(viewpoint), completionSelection(QuadAnswer.completion),
      isComplete: knowsCompletion, previous: previous)
    return QuadAnswer(
      completion: completion(learners, CompletionSummary(learners.rows)),
      cohorts: cohorts(
        ListRequest(), previous: previous, learners: learners.rows, counts: learners.counts
      ).list.rows,
      quizzes: QuizzesAnswer(views: [], list: Rows(), latest: Rows(), summary: QuizSummary()),
      tickets: tickets(QuadAnswer.tickets, viewpoint, previous: previous),
      pipeline: pipeline(ListRequest(), viewpoint, previous: previous), opened: flow.opened,
      closed: flow.closed, isComplete: isComplete)
  }
}

extension QuadAnswer {
  static let completion = ListRequest(view: CompletionView.atRisk.rawValue)
  static let tickets = ListRequest(view: TicketView.nextUp.rawValue)
  /// How far the flow of tickets looks back.
  static let days = 14
}

extension ViewAnswer {
  /// The ids of the rows shown, to be passed as `previous` next time. Of Quad those of all panes;
  /// empty for cards.
  package var order: RecordIDs {
    switch self {
    case .completion(let answer): answer.list.ids
    case .cohorts(let answer): answer.list.ids
    case .quizzes(let answer): answer.list.ids
    case .latestAttempts(let answer): answer.list.ids
    case .tickets(let answer): answer.list.ids
    case .pipeline(let answer): answer.list.ids
    case .people(let answer): answer.list.ids
    case .companies(let answer): answer.list.ids
    case .activities(let answer): answer.list.ids
    case .courses(let answer): answer.list.ids
    case .health(let answer): answer.list.ids
    case .quad(let answer):
      answer.completion.list.ids + RecordIDs(answer.cohorts.map(\.name)) + answer.quizzes.list.ids
        + answer.tickets.list.ids + answer.pipeline.list.ids
    case .studentCard, .ticketCard, .dealCard, .partyCard, .merge, .quizCard, .observed, .gone: []
    }
  }
}
