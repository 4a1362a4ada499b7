import ParseCore

extension Forms {
  /// The form of an existing record, with its values as texts. Only what is changed in it gets
  /// written, so an unknown word or an odd value survives unless somebody touches that field.
  package func editing(_ kind: SchoolClass, _ id: RecordID) throws(Refusal) -> FormDefinition {
    let isOwn = school.isOwn(kind, id, of: viewpoint.user)
    if let refusal = Rights(role: viewpoint.role).refusal(to: .update, kind, isOwn: isOwn) {
      throw refusal
    }
    let admin = Forms(school: school, viewpoint: viewpoint.asAdmin)
    let blank: FormDefinition
    let texts: [String: String]
    switch kind {
    case .attempt:
      blank = try admin.attempt()
      texts = try self.texts(school.attempts[id], kind, of: attempt)
    case .ticket:
      blank = try admin.ticket()
      texts = try self.texts(school.tickets[id], kind, of: ticket)
    case .deal:
      blank = try admin.deal()
      texts = try self.texts(school.deals[id], kind, of: deal)
    case .contact:
      blank = try admin.contact()
      texts = try self.texts(school.contacts[id], kind, of: contact)
    case .company:
      blank = try admin.company()
      texts = try self.texts(school.companies[id], kind, of: company)
    case .activity:
      blank = try admin.activity()
      texts = try self.texts(school.activities[id], kind, of: activity)
    case .enrollment:
      blank = try admin.existingEnrollment()
      texts = try self.texts(school.enrollments[id], kind, of: enrollment)
    case .student:
      blank = try admin.student()
      texts = try self.texts(school.students[id], kind, of: student)
    case .course:
      blank = try admin.course()
      texts = try self.texts(school.courses[id], kind, of: course)
    case .user:
      throw Refusal("There is no form for \(kind.plural) yet.")
    }
    return FormDefinition(
      title: "Edit \(kind.singular)", schoolClass: kind, record: id,
      fields: blank.fields.map { $0.filled(with: texts[$0.id] ?? "") })
  }

  private func texts<Row>(
    _ row: Row?, _ kind: SchoolClass, of read: (Row) -> [String: String]
  ) throws(Refusal) -> [String: String] {
    guard let row else { throw Refusal("That \(kind.singular) is not here any more.") }
    return read(row)
  }

  private func attempt(_ row: QuizAttempt) -> [String: String] {
    [
      "student": row.student ?? "", "course": row.course ?? "", "quizTitle": row.quizTitle,
      "scorePercent": number(row.scorePercent), "attemptedAt": moment(row.attemptedAt),
      "status": stored(row.status),
    ]
  }

  private func ticket(_ row: SupportTicket) -> [String: String] {
    [
      "student": row.student ?? "", "subject": row.subject, "priority": stored(row.priority),
      "status": stored(row.status), "assignedTo": row.assignedTo ?? "",
      "lastMessageAt": moment(row.lastMessageAt),
    ]
  }

  private func deal(_ row: Deal) -> [String: String] {
    [
      "title": row.title, "amount": number(row.amount), "stage": stored(row.stage),
      "contact": row.contact ?? "", "company": row.company ?? "",
      "expectedCloseDate": viewpoint.day(of: row.expectedCloseDate)?.iso ?? "",
      "notes": row.notes ?? "", "assignedTo": row.assignedTo ?? "",
    ]
  }

  private func contact(_ row: Contact) -> [String: String] {
    [
      "name": row.name, "email": row.email ?? "", "phone": row.phone ?? "",
      "company": row.company ?? "", "notes": row.notes ?? "",
    ]
  }

  private func company(_ row: Company) -> [String: String] {
    [
      "name": row.name, "website": row.website ?? "", "industry": row.industry ?? "",
      "address": row.address ?? "", "notes": row.notes ?? "",
    ]
  }

  private func activity(_ row: Activity) -> [String: String] {
    let isDeal = row.relatedTo?.className == SchoolClass.deal.rawValue
    let about = row.relatedTo?.objectId ?? ""
    return [
      "type": stored(row.type), "subject": row.subject, "dueDate": moment(row.dueDate),
      "description": row.notes ?? "", "deal": isDeal ? about : "", "contact": isDeal ? "" : about,
    ]
  }

  private func enrollment(_ row: Enrollment) -> [String: String] {
    [
      "student": row.student ?? "", "course": row.course ?? "",
      "enrolledAt": moment(row.enrolledAt), "progressPercent": number(row.progressPercent),
      "active": row.active ? "true" : "false",
    ]
  }

  private func student(_ row: Student) -> [String: String] {
    [
      "fullName": row.fullName, "email": row.email ?? "", "cohort": row.cohort,
      "accountOwner": row.accountOwner ?? "",
      "currentCompletionRate": number(row.currentCompletionRate),
      "lastQuizScore": number(row.lastQuizScore),
    ]
  }

  private func course(_ row: Course) -> [String: String] {
    [
      "courseCode": row.courseCode, "title": row.title, "status": stored(row.status),
      "instructor": row.instructor ?? "",
      "targetCompletionRate": number(row.targetCompletionRate),
    ]
  }

  private func stored<Word: Vocabulary>(_ term: Term<Word>) -> String {
    switch term {
    case .known(let word): word.rawValue
    case .unknown(let word): word.text
    case .missing: ""
    }
  }

  private func number(_ value: Double?) -> String { value.map { JSONNumber($0).text } ?? "" }

  /// `2026-12-01`, or with the minute when it holds a time.
  private func moment(_ date: ParseDate?) -> String {
    guard let date, let day = viewpoint.day(of: date) else { return "" }
    guard !CivilDay.isWholeDay(date) else { return day.iso }
    return day.iso + " " + Wording.time(date, viewpoint)
  }
}

extension Viewpoint {
  /// For the fields of a form alone: whether it may be saved is asked before.
  fileprivate var asAdmin: Viewpoint {
    var copy = self
    copy.role = .admin
    return copy
  }
}

extension CivilDay {
  /// `2026-12-01`.
  fileprivate var iso: String { String(stored.iso.prefix(10)) }
}

extension FormField {
  /// An unknown stored word joins the choices, so that it can be kept.
  fileprivate func filled(with text: String) -> FormField {
    var kind = kind
    if case .choice(let words) = kind, !text.isEmpty, !words.contains(text) {
      kind = .choice(words + [text])
    }
    return FormField(
      id, label, kind, isRequired: isRequired, initial: text, hint: hint, column: column)
  }
}
