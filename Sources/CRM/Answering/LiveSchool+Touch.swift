import ParseCore

extension LiveSchool {
  /// Marks all that a row shows in as it is now.
  func touch(_ kind: SchoolClass, _ id: RecordID) {
    touch(activitiesAbout: id)
    switch kind {
    case .user: touch(user: id)
    case .course:
      touchLearners(of: id)
      touch(course: id)
      // An enrollment is called by its learner and its course.
      for enrollment in school.enrollments[.course, id] { touch(activitiesAbout: enrollment.id) }
    case .student:
      learners.touch(school.students.position(of: id))
      for ticket in school.tickets.positions(.student, id) { tickets.touch(ticket) }
      staleStudents.insert(id)
      for enrollment in school.enrollments[.student, id] { touch(activitiesAbout: enrollment.id) }
    case .enrollment:
      guard let enrollment = school.enrollments[id] else { return }
      learners.touch(school.students.position(of: enrollment.student))
      if let course = enrollment.course { touch(course: course) }
    case .attempt: touch(attempt: id)
    case .ticket:
      tickets.touch(school.tickets.position(of: id))
      if let student = school.tickets[id]?.student { touch(ticketsOf: student) }
    case .company:
      for deal in school.deals.positions(.company, id) { deals.touch(deal) }
      for contact in school.contacts.positions(.company, id) { people.touch(contact) }
      companies.touch(school.companies.position(of: id))
    case .contact:
      for deal in school.deals.positions(.contact, id) { deals.touch(deal) }
      touch(contact: id)
    case .deal: touch(deal: id)
    case .activity:
      activities.touch(school.activities.position(of: id))
      guard let about = school.activities[id]?.relatedTo?.objectId else { return }
      touch(deal: about)
      touch(contact: about)
    }
  }

  /// They show what it is called.
  private func touch(activitiesAbout id: RecordID) {
    guard activities.isKept else { return }
    for position in school.activities.positions(.about, id) { activities.touch(position) }
  }

  /// A deal, and the contact and company whose next step and touch it is part of.
  private func touch(deal id: RecordID) {
    guard let position = school.deals.position(of: id) else { return }
    deals.touch(position)
    people.touch(school.contacts.position(of: school.deals.all[position].contact))
    companies.touch(school.companies.position(of: school.deals.all[position].company))
  }

  private func touch(contact id: RecordID) {
    guard let position = school.contacts.position(of: id) else { return }
    people.touch(position)
    companies.touch(school.companies.position(of: school.contacts.all[position].company))
  }

  private func touch(course id: RecordID) {
    staleCourses.insert(id)
    courses.touch(school.courses.position(of: id))
  }

  /// The learner, and the courses that count their open tickets.
  private func touch(ticketsOf student: RecordID) {
    learners.touch(school.students.position(of: student))
    guard courses.isKept else { return }
    for enrollment in school.enrollments[.student, student] {
      courses.touch(school.courses.position(of: enrollment.course))
    }
  }

  private func touch(attempt id: RecordID) {
    guard let attempt = school.attempts[id] else { return }
    learners.touch(school.students.position(of: attempt.student))
    let course = attempt.course ?? ""
    touch(course: course)
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
    for (position, activity) in school.activities.all.enumerated()
    where activities.isKept && activity.createdBy == id { activities.touch(position) }
    for (position, contact) in school.contacts.all.enumerated()
    where people.isKept && contact.createdBy == id { people.touch(position) }
    for (position, course) in school.courses.all.enumerated()
    where course.instructor == id { courses.touch(position) }
  }
}
