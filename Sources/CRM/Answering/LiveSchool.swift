import ParseCore

/// A school whose answers are kept up: after a change only what the changed rows show in is worked
/// out anew. Its answers equal those of the `School` it holds.
///
/// An entry depends on rows and on the viewpoint, so pass the same viewpoint, `now` included, until
/// the clocks are looked at again.
package final class LiveSchool {
  package private(set) var school = School()
  private var viewpoint: Viewpoint?
  var learners = KeptEntries<Learner>()
  var tickets = KeptEntries<TicketEntry>()
  var deals = KeptEntries<DealEntry>()
  var dealOrders = KeptOrders<DealEntry>()
  var people = KeptEntries<PersonEntry>()
  private var peopleOrders = KeptOrders<PersonEntry>()
  var companies = KeptEntries<CompanyEntry>()
  var courses = KeptEntries<CourseEntry>()
  var activities = KeptEntries<ActivityEntry>()
  private var activityOrders = KeptOrders<ActivityEntry>()
  /// Rows that may stand for one thing; nil when rows of their class have changed since.
  private var doubleContacts: KeptDoubles?
  private var doubleCompanies: KeptDoubles?
  private var shelf: QuizShelf?
  var staleCourses: Set<RecordID> = []
  var staleStudents: Set<RecordID> = []
  /// How often rows of a class have changed.
  var changes: [SchoolClass: Int] = [:]
  var panes = KeptPanes()

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
    case .contact: people.remove(at: position, of: school.contacts.count + 1)
    case .company: companies.remove(at: position, of: school.companies.count + 1)
    case .course: courses.remove(at: position, of: school.courses.count + 1)
    case .activity: activities.remove(at: position, of: school.activities.count + 1)
    case .user, .enrollment, .attempt: break
    }
    if let last, last != id { touch(kind, last) }
    changes[kind, default: 0] += 1
  }

  private func forget() {
    learners = KeptEntries()
    tickets = KeptEntries()
    deals = KeptEntries()
    dealOrders = KeptOrders()
    people = KeptEntries()
    peopleOrders = KeptOrders()
    companies = KeptEntries()
    courses = KeptEntries()
    activities = KeptEntries()
    activityOrders = KeptOrders()
    (doubleContacts, doubleCompanies) = (nil, nil)
    shelf = nil
    panes = KeptPanes()
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
        school.pipeline(
          list, viewpoint, previous: previous, entries: keptDeals(viewpoint), orders: dealOrders))
    case .people(let list):
      .people(
        school.people(
          list, previous: previous, entries: keptPeople(viewpoint), orders: peopleOrders))
    case .companies(let list):
      .companies(
        school.companies(list, previous: previous, entries: keptCompanies(viewpoint)))
    case .courses(let list):
      .courses(
        school.courses(
          list, viewpoint, previous: previous,
          entries: courses.all(of: school.courses.all, make: school.courseEntry)))
    case .activities(let list):
      .activities(
        school.activities(
          list, previous: previous,
          entries: activities.all(of: school.activities.all) {
            school.activityEntry($0, viewpoint)
          }, orders: activityOrders))
    case .health, .studentCard, .ticketCard, .dealCard, .quizCard, .observed:
      school.answer(request, viewpoint, previous: previous)
    }
  }

  func keptLearners(_ viewpoint: Viewpoint) -> [Learner] {
    learners.all(of: school.students.all) { school.learner($0, viewpoint) }
  }

  func keptTickets(_ viewpoint: Viewpoint) -> [TicketEntry] {
    tickets.all(of: school.tickets.all) { school.ticketEntry($0, viewpoint) }
  }

  func keptDeals(_ viewpoint: Viewpoint) -> [DealEntry] {
    deals.all(of: school.deals.all) { DealEntry(school.dealRow($0, viewpoint), viewpoint) }
  }

  private func keptPeople(_ viewpoint: Viewpoint) -> [PersonEntry] {
    let changes = changes[.contact] ?? 0
    if doubleContacts?.changes != changes {
      let doubles = Set(school.doubleContacts().joined())
      for id in doubles.symmetricDifference(doubleContacts?.ids ?? []) {
        people.touch(school.contacts.position(of: id))
      }
      doubleContacts = KeptDoubles(ids: doubles, changes: changes)
    }
    let doubles = doubleContacts?.ids ?? []
    return people.all(of: school.contacts.all) {
      school.personEntry($0, viewpoint, doubles: doubles)
    }
  }

  private func keptCompanies(_ viewpoint: Viewpoint) -> [CompanyEntry] {
    let changes = changes[.company] ?? 0
    if doubleCompanies?.changes != changes {
      let doubles = school.doubleCompanies()
      for id in doubles.symmetricDifference(doubleCompanies?.ids ?? []) {
        companies.touch(school.companies.position(of: id))
      }
      doubleCompanies = KeptDoubles(ids: doubles, changes: changes)
    }
    let doubles = doubleCompanies?.ids ?? []
    return companies.all(of: school.companies.all) {
      school.companyEntry($0, viewpoint, doubles: doubles)
    }
  }

  func keptShelf(_ viewpoint: Viewpoint) -> QuizShelf {
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

private struct KeptDoubles {
  let ids: Set<RecordID>
  /// How often rows of the class had changed.
  let changes: Int
}
