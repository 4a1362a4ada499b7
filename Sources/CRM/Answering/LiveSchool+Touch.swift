import ParseCore

extension LiveSchool {
  /// Marks all that a row shows in as it is now.
  func touch(_ kind: SchoolClass, _ id: RecordID) {
    guard let position = school.position(kind, id) else { return }
    touch(activitiesAbout: id)
    health.touch(kind, position)
    switch kind {
    case .user: touch(user: id)
    case .course:
      touchLearners(of: id)
      touch(course: id)
      // An enrollment is called by its learner and its course.
      touch(activitiesAbout: school.enrollments, .course, id)
    case .student:
      learners.touch(position)
      for ticket in school.tickets.positions(.student, id) { tickets.touch(ticket) }
      staleStudents.insert(id)
      touch(activitiesAbout: school.enrollments, .student, id)
    case .enrollment: touch(school.enrollments.all[position])
    case .attempt: touch(school.attempts.all[position])
    case .ticket:
      tickets.touch(position)
      touch(school.tickets.all[position])
    case .company:
      companies.touch(position)
      touch(school.companies.all[position])
    case .contact:
      for deal in school.deals.positions(.contact, id) { deals.touch(deal) }
      touch(contact: position)
    case .deal: touch(deal: position)
    case .activity:
      activities.touch(position)
      guard let about = school.activities.all[position].relatedTo?.objectId else { return }
      if let deal = school.deals.position(of: about) { touch(deal: deal) }
      if let contact = school.contacts.position(of: about) { touch(contact: contact) }
    }
  }

  /// Marks the rows that point to one that comes or goes.
  func touch(pointersTo kind: SchoolClass, _ id: RecordID) {
    guard health.isKept else { return }
    for position in school.activities.positions(.about, id) { health.touch(.activity, position) }
    func touch<Row: Record>(_ table: RecordTable<Row>, _ link: Link<Row>) {
      for position in table.positions(link, id) { health.touch(Row.schoolClass, position) }
    }
    switch kind {
    case .user:
      touch(school.courses, .instructor)
      touch(school.students, .owner)
      touch(school.tickets, .assignee)
      touch(school.deals, .owner)
    case .course:
      touch(school.enrollments, .course)
      touch(school.attempts, .course)
    case .student:
      touch(school.enrollments, .student)
      touch(school.attempts, .student)
      touch(school.tickets, .student)
    case .company:
      touch(school.contacts, .company)
      touch(school.deals, .company)
    case .contact: touch(school.deals, .contact)
    case .enrollment, .attempt, .ticket, .deal, .activity: break
    }
  }

  /// They show what it is called.
  private func touch(activitiesAbout id: RecordID) {
    guard activities.isKept else { return }
    for position in school.activities.positions(.about, id) { activities.touch(position) }
  }

  private func touch<Row: Record>(
    activitiesAbout table: RecordTable<Row>, _ link: Link<Row>, _ id: RecordID
  ) {
    guard activities.isKept else { return }
    for position in table.positions(link, id) { touch(activitiesAbout: table.all[position].id) }
  }

  private func touch(_ enrollment: Enrollment) {
    let student = school.students.position(of: enrollment.student)
    learners.touch(student)
    if let course = enrollment.course { touch(course: course) }
    // The mean of a learner's courses, and enrolling twice in one of them.
    health.touch(.student, student)
    for other in school.enrollments.positions(sharing: .student, enrollment) {
      health.touch(.enrollment, other)
    }
  }

  private func touch(_ attempt: QuizAttempt) {
    let student = school.students.position(of: attempt.student)
    learners.touch(student)
    health.touch(.student, student)
    let course = attempt.course ?? ""
    touch(course: course)
    health.touch(titlesOf: course)
    // Whether a course has quizzes at all is part of its learners' risk.
    if learners.isKept, !school.attempts.sharesTarget(.course, attempt) {
      touchLearners(of: course)
    }
  }

  /// The learner, the courses that count their open tickets, and tickets of the same number.
  private func touch(_ ticket: SupportTicket) {
    for other in school.tickets.positions(sharing: .number, ticket) {
      health.touch(.ticket, other)
    }
    guard let student = ticket.student else { return }
    learners.touch(school.students.position(of: student))
    guard courses.isKept else { return }
    for position in school.enrollments.positions(.student, student) {
      courses.touch(school.courses.position(of: school.enrollments.all[position].course))
    }
  }

  private func touch(_ company: Company) {
    for deal in school.deals.positions(.company, company.id) { deals.touch(deal) }
    for contact in school.contacts.positions(.company, company.id) { people.touch(contact) }
    for other in school.companies.positions(sharing: .host, company) { companies.touch(other) }
  }

  /// A deal, and the contact and company whose next step and touch it is part of.
  private func touch(deal position: Int) {
    deals.touch(position)
    people.touch(school.contacts.position(of: school.deals.all[position].contact))
    companies.touch(school.companies.position(of: school.deals.all[position].company))
  }

  /// A contact, its company, and those who may be the same person.
  private func touch(contact position: Int) {
    let contact = school.contacts.all[position]
    people.touch(position)
    companies.touch(school.companies.position(of: contact.company))
    for link in [Link<Contact>.email, .nameAtCompany] {
      for other in school.contacts.positions(sharing: link, contact) {
        people.touch(other)
        health.touch(.contact, other)
      }
    }
  }

  private func touch(course id: RecordID) {
    staleCourses.insert(id)
    courses.touch(school.courses.position(of: id))
  }

  private func touchLearners(of course: RecordID) {
    guard learners.isKept else { return }
    for position in school.enrollments.positions(.course, course) {
      learners.touch(school.students.position(of: school.enrollments.all[position].student))
    }
  }

  /// All that shows the user's name or role.
  private func touch(user id: RecordID) {
    for student in school.students.positions(.owner, id) { learners.touch(student) }
    for ticket in school.tickets.positions(.assignee, id) { tickets.touch(ticket) }
    for deal in school.deals.positions(.owner, id) { deals.touch(deal) }
    for activity in school.activities.positions(.creator, id) { activities.touch(activity) }
    for contact in school.contacts.positions(.creator, id) { people.touch(contact) }
    for company in school.companies.positions(.creator, id) { companies.touch(company) }
    for course in school.courses.positions(.instructor, id) { courses.touch(course) }
  }
}
