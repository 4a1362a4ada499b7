import ParseCore

/// The forms that make and change records, filled in from where they were opened.
///
/// Every maker refuses at once when the role cannot save the form.
package struct Forms: Sendable {
  let school: School
  let viewpoint: Viewpoint

  package init(school: School, viewpoint: Viewpoint) {
    self.school = school
    self.viewpoint = viewpoint
  }

  package func attempt(
    student: RecordID? = nil, course: RecordID? = nil, quiz: String = ""
  ) throws(Refusal) -> FormDefinition {
    try form(
      .attempt,
      [
        reference("student", "Student", .student, student),
        reference("course", "Course", .course, course),
        FormField(
          "quizTitle", "Quiz", .text(min: 1, max: 200), isRequired: true, initial: quiz,
          hint: "spelled as before, tries count together"),
        FormField(
          "scorePercent", "Score", .percent, isRequired: true,
          hint: "pass mark \(Wording.integer(viewpoint.passMark))"),
        FormField(
          "attemptedAt", "When", .moment(isPast: true), isRequired: true, initial: "now"),
        FormField(
          "status", "Status", .choice(words(AttemptStatus.self)), isRequired: true,
          initial: AttemptStatus.submitted.rawValue),
      ])
  }

  /// The server gives the number (reference/domain.md T15), so none is sent.
  package func ticket(student: RecordID? = nil) throws(Refusal) -> FormDefinition {
    try form(.ticket, [reference("student", "Student", .student, student)] + ticketFields)
  }

  /// One form for many tickets that differ in their student only.
  package func tickets(students: [RecordID]) throws(Refusal) -> FormDefinition {
    let one = try form(.ticket, ticketFields)
    return FormDefinition(
      title: "New ticket for each of \(students.count) students", schoolClass: .ticket,
      fields: one.fields,
      each: FormDefinition.Each(column: "student", schoolClass: .student, ids: students))
  }

  private var ticketFields: [FormField] {
    let holder = school.queueUser(viewpoint)?.id ?? viewpoint.user
    return [
      FormField("subject", "Subject", .text(min: 3, max: 200), isRequired: true),
      FormField(
        "priority", "Priority", .choice(words(TicketPriority.self)), isRequired: true,
        initial: TicketPriority.normal.rawValue),
      FormField(
        "status", "Status",
        .choice([TicketStatus.new, .open, .pending].map(\.rawValue)), isRequired: true,
        initial: TicketStatus.new.rawValue),
      reference("assignedTo", "Assigned to", .user, holder),
      FormField(
        "lastMessageAt", "Last message", .moment(isPast: true), isRequired: true,
        initial: "now"),
    ]
  }

  /// A contact brings its company along.
  package func deal(
    contact: RecordID? = nil, company: RecordID? = nil
  ) throws(Refusal) -> FormDefinition {
    try form(
      .deal,
      [
        FormField("title", "Title", .text(min: 1, max: 200), isRequired: true),
        FormField("amount", "Amount", .amount, hint: "empty is not zero"),
        FormField(
          "stage", "Stage", .choice(words(Stage.self)), isRequired: true,
          initial: Stage.lead.rawValue),
        FormField("contact", "Contact", .reference(.contact), initial: contact ?? ""),
        FormField(
          "company", "Company", .reference(.company),
          initial: company ?? school.contacts[contact]?.company ?? ""),
        FormField("expectedCloseDate", "Close", .day, hint: "fri, +2w, eom, 25.11"),
        FormField("notes", "Notes", .lines(max: FormField.mostNotes)),
        reference("assignedTo", "Owner", .user, viewpoint.user),
      ])
  }

  package func contact(company: RecordID? = nil) throws(Refusal) -> FormDefinition {
    try form(
      .contact,
      [
        FormField("name", "Name", .text(min: 1, max: 200), isRequired: true),
        FormField("email", "E-mail", .email),
        FormField("phone", "Phone", .text(min: 0, max: 60)),
        FormField("company", "Company", .reference(.company), initial: company ?? ""),
        FormField("notes", "Notes", .lines(max: FormField.mostNotes)),
      ], fixed: try made())
  }

  package func company() throws(Refusal) -> FormDefinition {
    try form(
      .company,
      [
        FormField("name", "Name", .text(min: 1, max: 200), isRequired: true),
        FormField("website", "Website", .text(min: 0, max: 300)),
        FormField("industry", "Industry", .text(min: 0, max: 100)),
        FormField("address", "Address", .text(min: 0, max: 300)),
        FormField("notes", "Notes", .lines(max: FormField.mostNotes)),
      ], fixed: try made())
  }

  /// The next step, or with `isDone` what was just done, about a deal or a contact.
  package func activity(
    deal: RecordID? = nil, contact: RecordID? = nil, isDone: Bool = false
  ) throws(Refusal) -> FormDefinition {
    var fields = [
      FormField(
        "type", "Type", .choice(words(ActivityType.self)), isRequired: true,
        initial: ActivityType.call.rawValue),
      FormField("subject", "Subject", .text(min: 1, max: 200), isRequired: true),
      isDone
        ? FormField(
          "completedAt", "Done", .moment(isPast: true), isRequired: true, initial: "now")
        : FormField(
          "dueDate", "Due", .moment(isPast: false), hint: "tom, fri, +3d, 25.11 14:00"),
      FormField("description", "Notes", .lines(max: FormField.mostNotes)),
    ]
    if contact == nil || deal != nil {
      fields.append(
        FormField("deal", "Deal", .reference(.deal), initial: deal ?? "", column: "relatedTo"))
    }
    if deal == nil {
      fields.append(
        FormField(
          "contact", "Contact", .reference(.contact), initial: contact ?? "",
          column: "relatedTo"))
    }
    return try form(
      .activity, titled: isDone ? "Log an activity" : "Plan an activity", fields,
      fixed: try made())
  }

  package func enrollment(
    student: RecordID? = nil, course: RecordID? = nil
  ) throws(Refusal) -> FormDefinition {
    try form(
      .enrollment,
      [
        reference("student", "Student", .student, student),
        reference("course", "Course", .course, course),
        FormField(
          "enrolledAt", "Enrolled", .moment(isPast: true), isRequired: true, initial: "today"),
        FormField("progressPercent", "Progress", .percent, isRequired: true, initial: "0"),
      ], fixed: ["active": true])
  }

  func form(
    _ kind: SchoolClass, titled title: String? = nil, _ fields: [FormField],
    fixed: JSONObject = [:]
  ) throws(Refusal) -> FormDefinition {
    if let refusal = Rights(role: viewpoint.role).refusal(to: .create, kind) { throw refusal }
    return FormDefinition(
      title: title ?? "New \(kind.singular)", schoolClass: kind, fields: fields, fixed: fixed)
  }

  func reference(
    _ id: String, _ label: String, _ kind: SchoolClass, _ initial: RecordID?
  ) -> FormField {
    FormField(id, label, .reference(kind), isRequired: true, initial: initial ?? "")
  }

  private func made() throws(Refusal) -> JSONObject {
    guard let user = viewpoint.user else { throw Refusal("Sign in first.") }
    return ["createdBy": SchoolClass.user.pointer(user)]
  }

  private func words<Word: Vocabulary>(_ kind: Word.Type) -> [String] {
    kind.allCases.map(\.rawValue)
  }
}
