import ParseCore

/// A school whose answers are kept up: after a change only what the changed rows show in is worked
/// out anew. Its answers equal those of the `School` it holds.
///
/// An entry depends on rows and on the viewpoint, so pass the same viewpoint, `now` included, until
/// the clocks are looked at again.
package final class LiveSchool {
  package private(set) var school = School()
  private var viewpoint: Viewpoint?
  private var learners = KeptEntries<Learner>()
  private var tickets = KeptEntries<TicketEntry>()
  private var deals = KeptEntries<DealEntry>()
  private var shelf: QuizShelf?
  private var staleCourses: Set<RecordID> = []
  private var staleStudents: Set<RecordID> = []
  /// How often rows of a class have changed.
  private var changes: [SchoolClass: Int] = [:]
  private var panes = KeptPanes()

  package init() {}

  package var complete: Set<SchoolClass> {
    get { school.complete }
    set {
      guard newValue != school.complete else { return }
      school.complete = newValue
      forget()
    }
  }

  /// Takes a class's rows over from a school they were read into apart.
  package func take(_ kind: SchoolClass, from other: School) {
    school.take(kind, from: other)
    forget()
  }

  package func upsert(_ kind: SchoolClass, _ fields: RecordFields) {
    touch(kind, fields.meta.id)
    school.upsert(kind, fields)
    touch(kind, fields.meta.id)
    changes[kind, default: 0] += 1
  }

  package func remove(_ kind: SchoolClass, id: RecordID) {
    guard let position = school.position(kind, id) else { return }
    touch(kind, id)
    // The last row moves, and with it its place among the rows that point to the same one.
    let last = school.lastID(kind)
    if let last { touch(kind, last) }
    school.remove(kind, id: id)
    switch kind {
    case .student: learners.remove(at: position, of: school.students.count + 1)
    case .ticket: tickets.remove(at: position, of: school.tickets.count + 1)
    case .deal: deals.remove(at: position, of: school.deals.count + 1)
    case .user, .course, .enrollment, .attempt, .company, .contact, .activity: break
    }
    if let last, last != id { touch(kind, last) }
    changes[kind, default: 0] += 1
  }

  private func forget() {
    learners = KeptEntries()
    tickets = KeptEntries()
    deals = KeptEntries()
    shelf = nil
    panes = KeptPanes()
  }
}

extension LiveSchool {
  /// Marks all that a row shows in as it is now.
  private func touch(_ kind: SchoolClass, _ id: RecordID) {
    switch kind {
    case .user: touch(user: id)
    case .course:
      touchLearners(of: id)
      staleCourses.insert(id)
    case .student:
      learners.touch(school.students.position(of: id))
      for ticket in school.tickets.positions(.student, id) { tickets.touch(ticket) }
      staleStudents.insert(id)
    case .enrollment:
      guard let enrollment = school.enrollments[id] else { return }
      learners.touch(school.students.position(of: enrollment.student))
      if let course = enrollment.course { staleCourses.insert(course) }
    case .attempt: touch(attempt: id)
    case .ticket:
      tickets.touch(school.tickets.position(of: id))
      learners.touch(school.students.position(of: school.tickets[id]?.student))
    case .company:
      for deal in school.deals.positions(.company, id) { deals.touch(deal) }
    case .contact:
      for deal in school.deals.positions(.contact, id) { deals.touch(deal) }
    case .deal: deals.touch(school.deals.position(of: id))
    case .activity:
      deals.touch(school.deals.position(of: school.activities[id]?.relatedTo?.objectId))
    }
  }

  private func touch(attempt id: RecordID) {
    guard let attempt = school.attempts[id] else { return }
    learners.touch(school.students.position(of: attempt.student))
    let course = attempt.course ?? ""
    staleCourses.insert(course)
    // Whether a course has quizzes at all is part of its learners' risk.
    if learners.isKept, school.attempts.positions(.course, course).count == 1 {
      touchLearners(of: course)
    }
  }

  private func touchLearners(of course: RecordID) {
    guard learners.isKept else { return }
    for enrollment in school.enrollments[.course, course] {
      learners.touch(school.students.position(of: enrollment.student))
    }
  }

  private func touch(user id: RecordID) {
    if learners.isKept {
      for (position, student) in school.students.all.enumerated()
      where student.accountOwner == id { learners.touch(position) }
    }
    if tickets.isKept {
      for (position, ticket) in school.tickets.all.enumerated()
      where ticket.assignedTo == id { tickets.touch(position) }
    }
    if deals.isKept {
      for (position, deal) in school.deals.all.enumerated()
      where deal.assignedTo == id { deals.touch(position) }
    }
  }
}

extension LiveSchool {
  /// What a screen shows. See `School.answer`.
  package func answer(
    _ request: ViewRequest, _ viewpoint: Viewpoint, previous: [RecordID] = []
  ) -> ViewAnswer {
    if viewpoint != self.viewpoint {
      self.viewpoint = viewpoint
      forget()
    }
    return switch request {
    case .quad: .quad(quad(viewpoint, previous: previous))
    case .completion(let list):
      .completion(school.completion(list, previous: previous, learners: keptLearners(viewpoint)))
    case .cohorts(let list):
      .cohorts(school.cohorts(list, previous: previous, learners: keptLearners(viewpoint)))
    case .quizzes(let list):
      .quizzes(
        school.quizzes(list, viewpoint, previous: previous, shelf: keptShelf(viewpoint)))
    case .latestAttempts(let list):
      .latestAttempts(
        school.latestAttempts(list, viewpoint, previous: previous, shelf: keptShelf(viewpoint)))
    case .tickets(let list):
      .tickets(
        school.tickets(list, viewpoint, previous: previous, entries: keptTickets(viewpoint)))
    case .pipeline(let list):
      .pipeline(
        school.pipeline(list, viewpoint, previous: previous, entries: keptDeals(viewpoint)))
    case .people, .companies, .activities, .courses, .health, .studentCard, .ticketCard,
      .dealCard, .quizCard:
      school.answer(request, viewpoint, previous: previous)
    }
  }

  private func keptLearners(_ viewpoint: Viewpoint) -> [Learner] {
    learners.all(of: school.students.all) { school.learner($0, viewpoint) }
  }

  private func keptTickets(_ viewpoint: Viewpoint) -> [TicketEntry] {
    tickets.all(of: school.tickets.all) { school.ticketEntry($0, viewpoint) }
  }

  private func keptDeals(_ viewpoint: Viewpoint) -> [DealEntry] {
    deals.all(of: school.deals.all) { DealEntry(school.dealRow($0, viewpoint), viewpoint) }
  }

  private func keptShelf(_ viewpoint: Viewpoint) -> QuizShelf {
    if shelf == nil {
      shelf = QuizShelf(school, viewpoint)
    } else {
      shelf?.renew(courses: staleCourses, students: staleStudents, school, viewpoint)
    }
    staleCourses = []
    staleStudents = []
    return shelf ?? QuizShelf(school, viewpoint)
  }
}

/// The panes of screen 0 as last answered: a change leaves those alone that it cannot show in.
private struct KeptPanes {
  var completion: KeptPane<CompletionAnswer>?
  var cohorts: KeptPane<CohortsAnswer>?
  var quizzes: KeptPane<QuizzesAnswer>?
  var tickets: KeptPane<TicketsPane>?
  var pipeline: KeptPane<PipelineAnswer>?
  /// The ids of the answer as a whole.
  var order: [RecordID]?
}

private struct TicketsPane {
  let answer: TicketsAnswer
  let opened: [Int]
  let closed: [Int]
}

private struct KeptPane<Answer> {
  let answer: Answer
  /// Of the classes it is made of.
  let changes: Int
}

extension LiveSchool {
  private func quad(_ viewpoint: Viewpoint, previous: [RecordID]) -> QuadAnswer {
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
        ListRequest(), viewpoint, previous: previous, entries: keptDeals(viewpoint))
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
