import CRM
import ParseCore

/// Courses: a code of their own, a target between 0 and 100.
enum CourseHooks {
  static let all = ClassHooks(
    beforeSave: { save, backend throws(ParseError) in
      try save.notBlank("courseCode")
      try save.notBlank("title")
      try save.within("targetCompletionRate", 0...100)
      if save.changed("courseCode"), let code = save.value("courseCode")?.string?.lowercased() {
        let isTaken = backend.tables["Course"]?.rows.contains {
          $0.objectId != save.after.objectId
            && $0.fields["courseCode"]?.string?.trimmed.lowercased() == code
        }
        if isTaken == true { throw .refused(137, "courseCode is already in use") }
      }
      if save.changed("instructor"), let teacher = backend.row(Pointer(save.value("instructor"))) {
        let role = Term<Role>(teacher.fields["role"]?.string).word
        guard let role, [.instructor, .coordinator, .admin].contains(role) else {
          throw .invalid("instructor must be an instructor, a coordinator or an admin")
        }
      }
    },
    afterSave: { change, backend in
      guard change.before?.fields["instructor"] != change.after?.fields["instructor"],
        let course = change.after?.pointer
      else { return }
      let enrolments = backend.rows(of: "Enrollment", where: "course", pointsAt: course)
      backend.restamp(enrolments)
      backend.restamp(backend.rows(of: "QuizAttempt", where: "course", pointsAt: course))
      backend.restamp(enrolments.compactMap { backend.row(Pointer($0.fields["student"])) })
    },
    beforeDelete: { row, backend throws(ParseError) in
      try backend.refuseDelete(row, referredBy: [("Enrollment", "course")])
    },
    acl: { row, _ in
      var entries: [(String, ACL.Access)] = [
        ("role:coordinator", .readWrite), ("role:instructor", .readOnly),
        ("role:sales", .readOnly),
      ]
      if let teacher = Pointer(row.fields["instructor"]) {
        entries.append((teacher.objectId, .readWrite))
      }
      if Term<CourseStatus>(row.fields["status"]?.string).word == .active {
        entries.append(("role:learner", .readOnly))
      }
      return .staff(entries)
    })
}

extension Backend {
  /// Refuses to delete what other rows still point at.
  func refuseDelete(
    _ row: ParseObject, referredBy uses: [(className: String, field: String)]
  ) throws(ParseError) {
    guard let pointer = row.pointer else { return }
    for use in uses {
      let isUsed = tables[use.className]?.rows.contains {
        Pointer($0.fields[use.field]) == pointer
      }
      if isUsed == true {
        throw .refused(141, "\(row.className) still has rows of \(use.className)")
      }
    }
  }
}
