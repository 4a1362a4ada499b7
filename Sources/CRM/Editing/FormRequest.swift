/// Which form to open, and from where.
package enum FormRequest: Sendable, Hashable {
  case attempt(student: RecordID?, course: RecordID?)
  case ticket(student: RecordID?)
  /// The same ticket for each of several students.
  case tickets(students: [RecordID])
  case deal(contact: RecordID?, company: RecordID?)
  case contact(company: RecordID?)
  case company
  case activity(deal: RecordID?, contact: RecordID?, isDone: Bool)
  case enrollment(student: RecordID?, course: RecordID?)
  case student, course
  case edit(SchoolClass, RecordID)
}

/// A form ready to fill, with the rows its reference fields can point to.
package struct OpenForm: Sendable {
  package let definition: FormDefinition
  package let choices: [SchoolClass: [Choice]]

  package init(definition: FormDefinition, choices: [SchoolClass: [Choice]]) {
    self.definition = definition
    self.choices = choices
  }
}

extension FormRequest {
  /// A ticket for each student, in one form; the plain form where there is one student or none.
  package static func ticket(forEach students: [RecordID]) -> FormRequest {
    var seen: Set<RecordID> = []
    let students = students.filter { seen.insert($0).inserted }
    return students.count > 1 ? .tickets(students: students) : .ticket(student: students.first)
  }

  package var schoolClass: SchoolClass {
    switch self {
    case .attempt: .attempt
    case .ticket, .tickets: .ticket
    case .deal: .deal
    case .contact: .contact
    case .company: .company
    case .activity: .activity
    case .enrollment: .enrollment
    case .student: .student
    case .course: .course
    case .edit(let kind, _): kind
    }
  }

  package func definition(_ forms: Forms) throws(Refusal) -> FormDefinition {
    switch self {
    case .attempt(let student, let course): try forms.attempt(student: student, course: course)
    case .ticket(let student): try forms.ticket(student: student)
    case .tickets(let students): try forms.tickets(students: students)
    case .deal(let contact, let company): try forms.deal(contact: contact, company: company)
    case .contact(let company): try forms.contact(company: company)
    case .company: try forms.company()
    case .activity(let deal, let contact, let isDone):
      try forms.activity(deal: deal, contact: contact, isDone: isDone)
    case .enrollment(let student, let course):
      try forms.enrollment(student: student, course: course)
    case .student: try forms.student()
    case .course: try forms.course()
    case .edit(let kind, let id): try forms.editing(kind, id)
    }
  }
}

extension School {
  /// The form with everything its fields can point to, by name.
  package func open(_ request: FormRequest, _ viewpoint: Viewpoint) throws(Refusal) -> OpenForm {
    let definition = try request.definition(Forms(school: self, viewpoint: viewpoint))
    var choices: [SchoolClass: [Choice]] = [:]
    for field in definition.fields {
      if case .reference(let kind) = field.kind { choices[kind] = self.choices(kind) }
    }
    if definition.schoolClass == .ticket, let queue = queueUser(viewpoint)?.id {
      choices[.user] = choices[.user]?.map {
        $0.id == queue ? Choice(id: queue, label: "queue", detail: "nobody yet") : $0
      }
    }
    return OpenForm(definition: definition, choices: choices)
  }

  /// The rows of a class a form can point to, by name.
  package func choices(_ kind: SchoolClass) -> [Choice] {
    let rows: [Choice] =
      switch kind {
      case .user: users.all.map { Choice(id: $0.id, label: $0.username, detail: $0.role.label) }
      case .course: courses.all.map { Choice(id: $0.id, label: $0.courseCode, detail: $0.title) }
      case .student:
        students.all.map { row in
          let name = row.fullName.unicodeScalars.contains(where: \.isSeen) ? row.fullName : nil
          return Choice(id: row.id, label: name ?? row.email ?? "no name", detail: row.cohort)
        }
      case .company:
        companies.all.map { Choice(id: $0.id, label: $0.name, detail: $0.industry ?? "") }
      case .contact:
        contacts.all.map { row in
          Choice(id: row.id, label: row.name, detail: companies[row.company]?.name ?? "")
        }
      case .deal: deals.all.map { Choice(id: $0.id, label: $0.title, detail: $0.stage.label) }
      case .enrollment, .attempt, .ticket, .activity: []
      }
    return rows.sorted { FoldedText($0.label) < FoldedText($1.label) }
  }
}

extension Unicode.Scalar {
  /// Takes room and ink: neither blank nor one that only steers other letters.
  fileprivate var isSeen: Bool {
    !properties.isWhitespace && ![.control, .format].contains(properties.generalCategory)
  }
}
