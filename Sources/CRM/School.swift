package import ParseCore

/// What is known of one account's rows: the tables every answer is computed from.
package struct School: Sendable {
  /// One row as the cache holds it: the server's state with the unsent edits on top.
  package struct Row: Sendable {
    package let id: RecordID
    package let object: ParseObject
    package let isUnsent: Bool

    package init(id: RecordID, object: ParseObject, isUnsent: Bool) {
      self.id = id
      self.object = object
      self.isUnsent = isUnsent
    }
  }

  package private(set) var users = RecordTable<User>()
  package private(set) var courses = RecordTable<Course>()
  package private(set) var students = RecordTable<Student>()
  package private(set) var enrollments = RecordTable<Enrollment>()
  package private(set) var attempts = RecordTable<QuizAttempt>()
  package private(set) var tickets = RecordTable<SupportTicket>()
  package private(set) var companies = RecordTable<Company>()
  package private(set) var contacts = RecordTable<Contact>()
  package private(set) var deals = RecordTable<Deal>()
  package private(set) var activities = RecordTable<Activity>()

  /// Rows put aside on this machine, those whose time is over among them.
  package private(set) var snoozes: [SchoolClass: [RecordID: Snooze]] = [:]

  /// Classes whose rows are all here; numbers over the others say so.
  package var complete: Set<SchoolClass> = []
  /// What was seen to change.
  package var observed = ObservedHistory()

  package init() {}

  /// All rows of all classes are here.
  package var isComplete: Bool { complete.count == SchoolClass.allCases.count }

  package mutating func upsert(_ row: Row) {
    guard let kind = SchoolClass(rawValue: row.object.className) else { return }
    upsert(kind, RecordFields(id: row.id, object: row.object, isUnsent: row.isUnsent))
  }

  package mutating func upsert(_ kind: SchoolClass, _ fields: RecordFields) {
    switch kind {
    case .user: users.upsert(User(fields))
    case .course: courses.upsert(Course(fields))
    case .student: students.upsert(Student(fields))
    case .enrollment: enrollments.upsert(Enrollment(fields))
    case .attempt: attempts.upsert(QuizAttempt(fields))
    case .ticket: tickets.upsert(SupportTicket(fields))
    case .company: companies.upsert(Company(fields))
    case .contact: contacts.upsert(Contact(fields))
    case .deal: deals.upsert(Deal(fields))
    case .activity: activities.upsert(Activity(fields))
    }
  }

  package mutating func apply(_ change: SnoozeChange) {
    snoozes[change.kind, default: [:]][change.id] = change.snooze
  }

  /// Takes a class's rows over from a school they were read into apart.
  package mutating func take(_ kind: SchoolClass, from other: School) {
    switch kind {
    case .user: users = other.users
    case .course: courses = other.courses
    case .student: students = other.students
    case .enrollment: enrollments = other.enrollments
    case .attempt: attempts = other.attempts
    case .ticket: tickets = other.tickets
    case .company: companies = other.companies
    case .contact: contacts = other.contacts
    case .deal: deals = other.deals
    case .activity: activities = other.activities
    }
  }

  package mutating func remove(_ kind: SchoolClass, id: RecordID) {
    switch kind {
    case .user: users.remove(id)
    case .course: courses.remove(id)
    case .student: students.remove(id)
    case .enrollment: enrollments.remove(id)
    case .attempt: attempts.remove(id)
    case .ticket: tickets.remove(id)
    case .company: companies.remove(id)
    case .contact: contacts.remove(id)
    case .deal: deals.remove(id)
    case .activity: activities.remove(id)
    }
  }
}

extension School {
  /// What a pointer to a user is called: the user name, or empty when it is not readable here.
  package func userName(_ id: RecordID?) -> String { users[id]?.username ?? "" }

  func userName(_ id: PackedID) -> String { users[id]?.username ?? "" }
}

extension School {
  /// Where a row stands in its table.
  func position(_ kind: SchoolClass, _ id: RecordID) -> Int? {
    switch kind {
    case .user: users.position(of: id)
    case .course: courses.position(of: id)
    case .student: students.position(of: id)
    case .enrollment: enrollments.position(of: id)
    case .attempt: attempts.position(of: id)
    case .ticket: tickets.position(of: id)
    case .company: companies.position(of: id)
    case .contact: contacts.position(of: id)
    case .deal: deals.position(of: id)
    case .activity: activities.position(of: id)
    }
  }

  /// Rows of a class.
  func count(_ kind: SchoolClass) -> Int {
    switch kind {
    case .user: users.count
    case .course: courses.count
    case .student: students.count
    case .enrollment: enrollments.count
    case .attempt: attempts.count
    case .ticket: tickets.count
    case .company: companies.count
    case .contact: contacts.count
    case .deal: deals.count
    case .activity: activities.count
    }
  }

  /// The row that stands last in its table.
  func lastID(_ kind: SchoolClass) -> RecordID? {
    switch kind {
    case .user: users.all.last?.id
    case .course: courses.all.last?.id
    case .student: students.all.last?.id
    case .enrollment: enrollments.all.last?.id
    case .attempt: attempts.all.last?.id
    case .ticket: tickets.all.last?.id
    case .company: companies.all.last?.id
    case .contact: contacts.all.last?.id
    case .deal: deals.all.last?.id
    case .activity: activities.all.last?.id
    }
  }
}
