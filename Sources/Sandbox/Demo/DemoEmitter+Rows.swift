import ParseCore

extension DemoEmitter {
  func object(_ user: DemoUser) -> ParseObject {
    let staff = user.role == "learner" ? [] : ["role:instructor", "role:sales"]
    return row(
      "_User", user.id, user.created, user.updated,
      acl: Self.acl(write: [user.id, "role:admin"], read: ["role:coordinator"] + staff),
      [
        "username": .string(user.username), "email": .string(user.email),
        "role": .string(user.role),
      ])
  }

  func object(_ course: DemoCourse) -> ParseObject {
    let readers = ["role:instructor", "role:sales"]
    return row(
      "Course", course.id, course.created, course.updated,
      acl: Self.acl(
        write: Self.leads + [world.users[course.instructor].id],
        read: readers + (course.status == "active" ? ["role:learner"] : [])),
      [
        "courseCode": .string(course.code), "title": .string(course.title),
        "status": .string(course.status), "instructor": users[course.instructor],
        "targetCompletionRate": number(course.target),
      ])
  }

  func object(_ student: DemoStudent) -> ParseObject {
    var readers = student.enrollments.map { index in
      world.users[world.courses[world.enrollments[index].course].instructor].id
    }
    if let learner, world.users[learner].email == student.email {
      readers.append(world.users[learner].id)
    }
    return row(
      "Student", student.id, student.created, student.updated,
      acl: Self.acl(write: Self.leads + [world.users[student.owner].id], read: readers),
      [
        "fullName": .string(student.name), "email": .string(student.email),
        "cohort": cohorts[student.cohort],
        "currentCompletionRate": number(student.rate), "lastQuizScore": number(student.lastScore),
        "accountOwner": users[student.owner],
      ])
  }

  func enrollment(_ index: Int) -> ParseObject {
    let enrollment = world.enrollments[index]
    return row(
      "Enrollment", enrollment.id, enrollment.created, enrollment.updated,
      acl: enrollmentACLs[index],
      [
        "student": link(enrollment.student, "Student", students),
        "course": courses[enrollment.course], "enrolledAt": world.moved(enrollment.enrolledAt).json,
        "progressPercent": number(enrollment.progress), "active": .bool(enrollment.active),
      ])
  }

  func object(_ attempt: DemoAttempt) -> ParseObject {
    row(
      "QuizAttempt", attempt.id, attempt.created, attempt.updated,
      acl: attempt.enrollment.map { enrollmentACLs[$0] }
        ?? Self.learningACL(world, attempt.student, attempt.course, learner: learner),
      [
        "student": students[attempt.student], "course": courses[attempt.course],
        "quizTitle": .string(attempt.quiz), "scorePercent": number(attempt.score),
        "attemptedAt": world.moved(attempt.at).json, "status": .string(attempt.status),
      ])
  }

  func object(_ ticket: DemoTicket) -> ParseObject {
    let assignee = ticket.assignee.row.map { world.users[$0].id } ?? gone
    let reader = isLearner(ticket.student) ? learner.map { [world.users[$0].id] } : nil
    return row(
      "SupportTicket", ticket.id, ticket.created, ticket.updated,
      acl: Self.acl(write: Self.leads + [assignee], read: reader ?? []),
      [
        "ticketNumber": .string(ticket.number), "student": students[ticket.student],
        "assignedTo": link(ticket.assignee, "_User", users), "subject": .string(ticket.subject),
        "priority": .string(ticket.priority), "status": .string(ticket.status),
        "lastMessageAt": world.moved(ticket.lastMessageAt).json,
      ])
  }
}

extension DemoEmitter {
  func object(_ company: DemoCompany) -> ParseObject {
    row(
      "Company", company.id, company.created, company.updated,
      acl: Self.acl(
        write: ["role:admin", world.users[company.creator].id], read: ["role:sales"]),
      [
        "name": .string(company.name), "website": filled(company.website),
        "industry": filled(company.industry), "address": filled(company.address),
        "notes": filled(company.notes), "createdBy": users[company.creator],
      ])
  }

  func object(_ contact: DemoContact) -> ParseObject {
    row(
      "Contact", contact.id, contact.created, contact.updated,
      acl: Self.acl(
        write: ["role:admin", world.users[contact.creator].id], read: ["role:sales"]),
      [
        "name": .string(contact.name), "email": filled(contact.email),
        "phone": filled(contact.phone), "company": contact.company.map { companies[$0] },
        "notes": filled(contact.notes), "createdBy": users[contact.creator],
      ])
  }

  func object(_ deal: DemoDeal) -> ParseObject {
    let owner = deal.owner.map { $0.row.map { world.users[$0].id } ?? gone }
    return row(
      "Deal", deal.id, deal.created, deal.updated,
      acl: Self.acl(write: ["role:admin"] + (owner.map { [$0] } ?? [])),
      [
        "title": .string(deal.title), "amount": deal.amount.map(number),
        "stage": .string(deal.stage), "contact": deal.contact.map { contacts[$0] },
        "company": deal.company.map { companies[$0] },
        "expectedCloseDate": deal.close.map { world.movedDay($0).json },
        "notes": filled(deal.notes), "assignedTo": deal.owner.map { link($0, "_User", users) },
      ])
  }

  func object(_ activity: DemoActivity) -> ParseObject {
    var readers: [String] = []
    var related: JSON?
    switch activity.related {
    case .deal(let target):
      related = link(target, "Deal", deals)
      if let owner = target.row.flatMap({ world.deals[$0].owner?.row }) {
        readers.append(world.users[owner].id)
      }
    case .contact(let target): related = link(target, "Contact", contacts)
    case nil: break
    }
    return row(
      "Activity", activity.id, activity.created, activity.updated,
      acl: Self.acl(
        write: ["role:admin", world.users[activity.creator].id], read: readers),
      [
        "type": .string(activity.type), "subject": .string(activity.subject),
        "description": filled(activity.description),
        "dueDate": activity.due.map { world.movedDay($0).json },
        "completedAt": activity.completed.map { world.moved($0).json }, "relatedTo": related,
        "createdBy": users[activity.creator],
      ])
  }
}
