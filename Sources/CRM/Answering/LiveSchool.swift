import ParseCore

/// A school whose answers are kept up: after a change only what the changed rows show in is worked
/// out anew. Its answers equal those of the `School` it holds.
///
/// An entry depends on rows and on the viewpoint. When only the time of day has moved on, what the
/// clock changed is worked out anew too; any other viewpoint, and any other day, starts from nothing.
package final class LiveSchool {
  package private(set) var school = School()
  /// What the last answer was seen from.
  private(set) var viewpoint: Viewpoint?
  var learners = KeptTable<CompletionRow>()
  var tickets = KeptTable<TicketRow>()
  var deals = KeptTable<DealRow>()
  var people = KeptTable<PersonRow>()
  var companies = KeptTable<CompanyRow>()
  var courses = KeptEntries<CourseEntry>()
  var activities = KeptTable<ActivityRow>()
  var health = KeptHealth()
  private var shelf: QuizShelf?
  private var attempts = KeptAttempts()
  private var trialFacts = KeptTrialFacts()
  var staleCourses: Set<RecordID> = []
  var staleStudents: Set<RecordID> = []
  /// How often rows of a class have changed.
  var changes: [SchoolClass: Int] = [:]
  var panes = KeptPanes()
  /// How many of the lists that screens open with have been made ready.
  var preparedLists = 0
  /// Every screen is ready for a first look.
  package internal(set) var isPrepared = false
  /// Over all learners, and over all deals.
  var summary: KeptNumbers<CompletionSummary>?
  var totals: KeptNumbers<DealTotals>?

  package init() {}

  package var complete: Set<SchoolClass> {
    get { school.complete }
    set {
      guard newValue != school.complete else { return }
      school.complete = newValue
      forget()
    }
  }

  /// What was seen to change.
  package var observed: ObservedHistory {
    get { school.observed }
    set { school.observed = newValue }
  }

  /// Takes a class's rows over from a school they were read into apart.
  package func take(_ kind: SchoolClass, from other: School) {
    school.take(kind, from: other)
    forget()
  }

  package func upsert(_ kind: SchoolClass, _ fields: RecordFields) {
    let isNew = school.position(kind, fields.meta.id) == nil
    touch(kind, fields.meta.id)
    school.upsert(kind, fields)
    touch(kind, fields.meta.id)
    if isNew { touch(pointersTo: kind, fields.meta.id) }
    changes[kind, default: 0] += 1
  }

  package func apply(_ change: SnoozeChange) {
    school.apply(change)
    touch(change.kind, change.id)
    changes[change.kind, default: 0] += 1
  }

  package func remove(_ kind: SchoolClass, id: RecordID) {
    guard let position = school.position(kind, id) else { return }
    touch(kind, id)
    // The last row moves, and with it its place among the rows that point to the same one.
    let last = school.lastID(kind)
    if let last { touch(kind, last) }
    touch(pointersTo: kind, id)
    let count = school.count(kind)
    school.remove(kind, id: id)
    health.remove(kind, at: position, of: count, id: id)
    switch kind {
    case .student: learners.remove(at: position, of: count, id: id)
    case .ticket: tickets.remove(at: position, of: count, id: id)
    case .deal: deals.remove(at: position, of: count, id: id)
    case .contact: people.remove(at: position, of: count, id: id)
    case .company: companies.remove(at: position, of: count, id: id)
    case .course: courses.remove(at: position, of: count, id: id)
    case .activity: activities.remove(at: position, of: count, id: id)
    case .user, .enrollment, .attempt: break
    }
    if let last, last != id { touch(kind, last) }
    changes[kind, default: 0] += 1
  }

  /// Drops all that was worked out; the rows stay.
  package func forget() {
    learners = KeptTable()
    tickets = KeptTable()
    deals = KeptTable()
    people = KeptTable()
    companies = KeptTable()
    courses = KeptEntries()
    activities = KeptTable()
    health = KeptHealth()
    shelf = nil
    attempts = KeptAttempts()
    trialFacts.forget()
    panes = KeptPanes()
    summary = nil
    totals = nil
    unprepare()
  }

  /// The time of day has moved on.
  private func pass(to now: ParseDate) {
    learners.pass(to: now)
    tickets.pass(to: now)
    deals.pass(to: now)
    people.pass(to: now)
    companies.pass(to: now)
    health.pass()
    panes.looks += 1
    unprepare()
  }

  /// Lets go of what does not hold as seen from here.
  func look(from viewpoint: Viewpoint) {
    if let known = self.viewpoint, viewpoint.isLater(than: known) {
      pass(to: viewpoint.now)
    } else if viewpoint != self.viewpoint {
      forget()
    }
    self.viewpoint = viewpoint
  }

  private func unprepare() { (preparedLists, isPrepared) = (0, false) }
}

extension Viewpoint {
  /// Everything is the same, but that it is later on the same day.
  func isLater(than other: Viewpoint) -> Bool {
    var moved = self
    moved.now = other.now
    return moved == other && now > other.now && today == other.today
  }
}

extension LiveSchool {
  /// What a screen shows. See `School.answer`.
  package func answer(
    _ request: ViewRequest, _ viewpoint: Viewpoint, previous: RecordIDs = []
  ) -> ViewAnswer {
    look(from: viewpoint)
    return switch request {
    case .quad: .quad(quad(viewpoint, previous: previous))
    case .completion(let list): .completion(completion(list, viewpoint, previous))
    case .cohorts(let list): .cohorts(cohorts(list, viewpoint, previous))
    case .quizzes(let list):
      .quizzes(quizzes(list, viewpoint, previous))
    case .latestAttempts(let list):
      .latestAttempts(latestAttempts(list, viewpoint, previous))
    case .tickets(let list): .tickets(tickets(list, viewpoint, previous))
    case .pipeline(let list): .pipeline(pipeline(list, viewpoint, previous))
    case .people(let list): .people(people(list, viewpoint, previous))
    case .companies(let list): .companies(companies(list, viewpoint, previous))
    case .courses(let list):
      .courses(
        school.courses(
          list, viewpoint, previous: previous,
          entries: courses.all(of: school.courses.all) { course, _ in school.courseEntry(course)
          }))
    case .activities(let list): .activities(activities(list, viewpoint, previous))
    case .health(let list):
      .health(
        school.health(list, previous: previous, checks: health.lines(school, viewpoint)))
    case .studentCard, .ticketCard, .dealCard, .partyCard, .merge, .quizCard, .observed:
      school.answer(request, viewpoint, previous: previous)
    }
  }

  func quizzes(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> QuizzesAnswer {
    let shelf = keptShelf(viewpoint)
    return school.quizzes(
      request, viewpoint, previous: previous, shelf: shelf,
      trialFacts.facts(shelf, school, viewpoint, request.basis))
  }

  private func latestAttempts(
    _ request: ListRequest, _ viewpoint: Viewpoint, _ previous: RecordIDs
  ) -> AttemptsAnswer {
    let shelf = keptShelf(viewpoint)
    return school.latestAttempts(
      request, viewpoint, previous: previous, shelf: shelf, kept: &attempts
    ) { trialFacts.facts(shelf, school, viewpoint, request.basis) }
  }

  private func keptShelf(_ viewpoint: Viewpoint) -> QuizShelf {
    if var known = shelf.take() {
      known.renew(courses: staleCourses, students: staleStudents, school, viewpoint)
      shelf = known
    } else {
      shelf = QuizShelf(school, viewpoint)
    }
    let shelf = shelf ?? QuizShelf(school, viewpoint)
    forget(staleCourses, staleStudents, shelf)
    staleCourses = []
    staleStudents = []
    return shelf
  }

  private func forget(_ courses: Set<RecordID>, _ students: Set<RecordID>, _ shelf: QuizShelf) {
    if !courses.isEmpty { trialFacts.forget() }
    for course in courses { attempts.forget(course) }
    guard !students.isEmpty else { return }
    trialFacts.countCohorts(shelf)
    // Attempts say whose they are.
    for student in students {
      for attempt in school.attempts.positions(.student, student) {
        attempts.forget(school.attempts.all[attempt].course ?? "")
      }
    }
  }
}
