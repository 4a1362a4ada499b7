import ParseCore

extension School {
  /// Pointers to rows that are gone. Only classes that are here in full can tell gone from not
  /// fetched; a row hidden by its rights looks the same.
  func pointerChecks() -> [HealthRow] {
    [
      pointers(courses, "instructor column shows hidden") { isGone(.user, $0.instructor) },
      pointers(students, "owner column shows hidden") { isGone(.user, $0.accountOwner) },
      pointers(enrollments, "left out of its student and course") {
        isGone(.student, $0.student) || isGone(.course, $0.course)
      },
      pointers(attempts, "shown without its student or course") {
        isGone(.student, $0.student) || isGone(.course, $0.course)
      },
      pointers(tickets, "shown without its student, or with nobody") {
        isGone(.student, $0.student) || isGone(.user, $0.assignedTo)
      },
      pointers(contacts, "shown without its company") { isGone(.company, $0.company) },
      pointers(deals, "shown without its contact, company or owner") {
        isGone(.contact, $0.contact) || isGone(.company, $0.company)
          || isGone(.user, $0.assignedTo)
      },
      pointers(activities, "shown without its deal or contact") { activity in
        guard let target = activity.relatedTo else { return false }
        return SchoolClass(rawValue: target.className).map { isGone($0, target.objectId) } ?? true
      },
    ]
  }

  private func pointers<Row: Record>(
    _ table: RecordTable<Row>, _ spoils: String, isBroken: (Row) -> Bool
  ) -> HealthRow {
    HealthCheck(
      "pointer", "Pointer to a row that is gone", Row.schoolClass, of: table.count, spoils: spoils,
      .late
    )
    .row(table.all.filter(isBroken)) { label(Row.schoolClass, $0.id) ?? $0.id }
  }

  private func isGone(_ kind: SchoolClass, _ id: RecordID?) -> Bool {
    guard let id, complete.contains(kind) else { return false }
    return switch kind {
    case .user: users[id] == nil
    case .course: courses[id] == nil
    case .student: students[id] == nil
    case .enrollment: enrollments[id] == nil
    case .attempt: attempts[id] == nil
    case .ticket: tickets[id] == nil
    case .company: companies[id] == nil
    case .contact: contacts[id] == nil
    case .deal: deals[id] == nil
    case .activity: activities[id] == nil
    }
  }

  /// Rows that exist twice, or under several spellings.
  func doubleChecks() -> [HealthRow] {
    [doubleEnrollments(), sameTicketNumbers(), doubles(), spellings()]
  }

  private func doubleEnrollments() -> HealthRow {
    var groups: [StudentCourse: [Enrollment]] = [:]
    for row in enrollments.all {
      guard let student = row.student, let course = row.course else { continue }
      groups[StudentCourse(student: student, course: course), default: []].append(row)
    }
    return HealthCheck(
      "double", "One learner twice in a course", .enrollment, of: enrollments.count,
      spoils: "means count it twice"
    )
    .row(groups.values.filter { $0.count > 1 }.flatMap { $0 }.inOrder, words: label(of:))
  }

  private func sameTicketNumbers() -> HealthRow {
    let numbered = tickets.all.filter { !$0.ticketNumber.isEmpty }
    let groups = Dictionary(grouping: numbered) { $0.ticketNumber }
    return HealthCheck(
      "number", "Two tickets with one number", .ticket, of: tickets.count,
      spoils: "a number finds the wrong one"
    )
    .row(groups.values.filter { $0.count > 1 }.flatMap { $0 }.inOrder) {
      "\($0.ticketNumber) \($0.subject)"
    }
  }

  private func doubles() -> HealthRow {
    let found = Set(doubleContacts().joined()).sorted()
    return HealthCheck(
      "double", "Two contacts with one e-mail or name", .contact, of: contacts.count,
      spoils: "deals split in two"
    )
    .row(found, id: { $0 }) { id in
      let contact = contacts[id]
      return [contact?.name ?? id, contact?.email ?? ""].filter { !$0.isEmpty }
        .joined(separator: ", ")
    }
  }

  /// Statistics fold the spellings; exports and other programs do not.
  private func spellings() -> HealthRow {
    HealthCheck(
      "spelling", "One quiz, several spellings", .attempt, of: attempts.count,
      spoils: "elsewhere its statistics are split", fix: .spelling
    )
    .row(
      oddSpellings(), id: \.attempt.id,
      change: { HealthChange(name: "", was: $0.attempt.quizTitle, becomes: $0.usual) },
      words: { "\($0.attempt.quizTitle), mostly \($0.usual)" })
  }
}

extension Array where Element: Record {
  /// Oldest first, whatever order they were found in.
  var inOrder: [Element] { sorted { $0.meta.precedes($1.meta) } }
}
