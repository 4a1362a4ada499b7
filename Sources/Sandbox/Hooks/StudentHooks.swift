import ParseCore

/// Students: rates between 0 and 100, an owner, and read rights that follow their courses.
enum StudentHooks {
  static let all = ClassHooks(
    beforeSave: { save, backend throws(ParseError) in
      try save.notBlank("fullName")
      if save.changed("email"), let email = save.value("email")?.string {
        guard Backend.isEmail(email) else { throw .invalid("email is not an e-mail address") }
      }
      save.standard("currentCompletionRate", 0)
      save.standard("lastQuizScore", 0)
      let caller = save.caller.user?.json
      save.standard("accountOwner", caller)
      try save.within("currentCompletionRate", 0...100)
      try save.within("lastQuizScore", 0...100)
    },
    afterSave: { change, backend in
      guard let student = change.after, change.before != nil,
        change.before?.fields["accountOwner"] != student.fields["accountOwner"]
          || change.before?.fields["email"] != student.fields["email"]
      else { return }
      backend.restampDependants(ofStudent: student)
    },
    beforeDelete: { row, backend throws(ParseError) in
      try backend.refuseDelete(
        row,
        referredBy: [
          ("Enrollment", "student"), ("QuizAttempt", "student"), ("SupportTicket", "student"),
        ])
    },
    acl: { row, backend in
      var entries: [(String, ACL.Access)] = [("role:coordinator", .readWrite)]
      if let pointer = row.pointer {
        for enrolment in backend.rows(of: "Enrollment", where: "student", pointsAt: pointer) {
          let course = backend.row(Pointer(enrolment.fields["course"]))
          if let teacher = Pointer(course?.fields["instructor"]) {
            entries.append((teacher.objectId, .readOnly))
          }
        }
      }
      if let owner = Pointer(row.fields["accountOwner"]) {
        entries.append((owner.objectId, .readWrite))
      }
      if let learner = backend.learner(email: row.fields["email"]?.string) {
        entries.append((learner, .readOnly))
      }
      return .staff(entries)
    })

  /// ACL of what belongs to a student in a course: Enrollment and QuizAttempt.
  static func courseworkACL(_ row: ParseObject, _ backend: Backend) -> ACL {
    var entries: [(String, ACL.Access)] = [("role:coordinator", .readWrite)]
    let course = backend.row(Pointer(row.fields["course"]))
    let student = backend.row(Pointer(row.fields["student"]))
    for person in [course?.fields["instructor"], student?.fields["accountOwner"]] {
      if let person = Pointer(person) { entries.append((person.objectId, .readWrite)) }
    }
    if let learner = backend.learner(email: student?.fields["email"]?.string) {
      entries.append((learner, .readOnly))
    }
    return .staff(entries)
  }
}

extension Backend {
  /// Something, an @, something: the shape Parse Server asks for.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
  }
}
