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
    let completion = pane(\.completion, .completion(QuadAnswer.completion)) { last in
      self.completion(QuadAnswer.completion, viewpoint, last?.list.ids ?? previous)
    }
    let cohorts = pane(\.cohorts, .cohorts(ListRequest())) { last in
      self.cohorts(ListRequest(), viewpoint, last?.list.ids ?? previous)
    }
    let quizzes = pane(\.quizzes, .quizzes(ListRequest())) { last in
      school.quizzes(
        ListRequest(), viewpoint, previous: last?.list.ids ?? previous,
        shelf: keptShelf(viewpoint))
    }
    let tickets = pane(\.tickets, .tickets(QuadAnswer.tickets)) { last in
      let flow = school.ticketFlow(days: QuadAnswer.days, viewpoint)
      let answer = self.tickets(
        QuadAnswer.tickets, viewpoint, last?.answer.list.ids ?? previous)
      return TicketsPane(answer: answer, opened: flow.opened, closed: flow.closed)
    }
    let pipeline = pane(\.pipeline, .pipeline(ListRequest())) { last in
      self.pipeline(ListRequest(), viewpoint, last?.list.ids ?? previous)
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
    make: (Answer?) -> Answer
  ) -> Answer {
    let changes = request.classes.reduce(0) { $0 + (self.changes[$1] ?? 0) }
    let known = panes[keyPath: pane]
    if let known, known.changes == changes { return known.answer }
    let answer = make(known?.answer)
    panes[keyPath: pane] = KeptPane(answer: answer, changes: changes)
    return answer
  }
}
