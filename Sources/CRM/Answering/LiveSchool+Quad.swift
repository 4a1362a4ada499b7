/// The panes of screen 0 as last answered: a change leaves those alone that it cannot show in.
struct KeptPanes {
  var completion: KeptPane<CompletionAnswer>?
  var cohorts: KeptPane<CohortsAnswer>?
  var quizzes: KeptPane<QuizzesAnswer>?
  var tickets: KeptPane<TicketsPane>?
  var pipeline: KeptPane<PipelineAnswer>?
  /// The ids of the answer as a whole.
  var order: [RecordID]?
}

struct TicketsPane {
  let answer: TicketsAnswer
  let opened: [Int]
  let closed: [Int]
}

struct KeptPane<Answer> {
  let answer: Answer
  /// Of the classes it is made of.
  let changes: Int
}

extension LiveSchool {
  func quad(_ viewpoint: Viewpoint, previous: [RecordID]) -> QuadAnswer {
    // Any other order than the last one is a re-sort of all panes.
    if previous != panes.order { panes = KeptPanes() }
    let completion = pane(\.completion, .completion(QuadAnswer.completion)) {
      school.completion(
        QuadAnswer.completion, previous: previous, learners: keptLearners(viewpoint))
    }
    let cohorts = pane(\.cohorts, .cohorts(ListRequest())) {
      school.cohorts(ListRequest(), previous: previous, learners: keptLearners(viewpoint))
    }
    let quizzes = pane(\.quizzes, .quizzes(ListRequest())) {
      school.quizzes(
        ListRequest(), viewpoint, previous: previous, shelf: keptShelf(viewpoint))
    }
    let tickets = pane(\.tickets, .tickets(QuadAnswer.tickets)) {
      let flow = school.ticketFlow(days: QuadAnswer.days, viewpoint)
      let answer = school.tickets(
        QuadAnswer.tickets, viewpoint, previous: previous, entries: keptTickets(viewpoint))
      return TicketsPane(answer: answer, opened: flow.opened, closed: flow.closed)
    }
    let pipeline = pane(\.pipeline, .pipeline(ListRequest())) {
      school.pipeline(
        ListRequest(), viewpoint, previous: previous, entries: keptDeals(viewpoint),
        orders: dealOrders)
    }
    let answer = QuadAnswer(
      completion: completion, cohorts: cohorts.list.rows, quizzes: quizzes,
      tickets: tickets.answer, pipeline: pipeline, opened: tickets.opened,
      closed: tickets.closed, isComplete: school.isComplete)
    panes.order = ViewAnswer.quad(answer).order
    return answer
  }

  private func pane<Answer>(
    _ pane: WritableKeyPath<KeptPanes, KeptPane<Answer>?>, _ request: ViewRequest,
    make: () -> Answer
  ) -> Answer {
    let changes = request.classes.reduce(0) { $0 + (self.changes[$1] ?? 0) }
    if let known = panes[keyPath: pane], known.changes == changes { return known.answer }
    let answer = make()
    panes[keyPath: pane] = KeptPane(answer: answer, changes: changes)
    return answer
  }
}
