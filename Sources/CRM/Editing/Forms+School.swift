import ParseCore

/// Students and courses: the frame that enrollments, attempts and tickets hang in.
extension Forms {
  /// The server's own code brings rate and score up to date with every enrollment and attempt.
  package func student() throws(Refusal) -> FormDefinition {
    try form(
      .student,
      [
        FormField("fullName", "Name", .text(min: 1, max: 200), isRequired: true),
        FormField("email", "E-mail", .email, isRequired: true),
        FormField(
          "cohort", "Cohort", .text(min: 1, max: 60), isRequired: true, hint: "like 2026-A"),
        reference("accountOwner", "Owner", .user, viewpoint.user),
        FormField(
          "currentCompletionRate", "Completion", .percent, isRequired: true, initial: "0",
          hint: "follows the enrollments"),
        FormField(
          "lastQuizScore", "Last score", .percent, isRequired: true, initial: "0",
          hint: "follows the attempts"),
      ])
  }

  package func course() throws(Refusal) -> FormDefinition {
    try form(
      .course,
      [
        FormField("courseCode", "Code", .text(min: 1, max: 40), isRequired: true),
        FormField("title", "Title", .text(min: 1, max: 200), isRequired: true),
        FormField(
          "status", "Status", .choice(CourseStatus.allCases.map(\.rawValue)), isRequired: true,
          initial: CourseStatus.draft.rawValue),
        reference("instructor", "Instructor", .user, viewpoint.user),
        FormField(
          "targetCompletionRate", "Target", .percent, isRequired: true, initial: "80",
          hint: "percent a learner should reach"),
      ])
  }

  /// An enrollment that exists can be ended, which a new one cannot.
  func existingEnrollment() throws(Refusal) -> FormDefinition {
    let new = try enrollment()
    return FormDefinition(
      title: new.title, schoolClass: .enrollment,
      fields: new.fields + [FormField("active", "Active", .flag, isRequired: true)])
  }
}
