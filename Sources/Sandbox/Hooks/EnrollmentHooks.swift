import ParseCore

/// Enrolments: one per student and course; their mean is the student's completion rate.
enum EnrollmentHooks {
  static let all = ClassHooks(
    beforeSave: { save, backend throws(ParseError) in
      let now = backend.options.now()
      try save.exists("student", in: backend)
      try save.exists("course", in: backend)
      save.standard("enrolledAt", now.json)
      save.standard("active", true)
      try save.within("progressPercent", 0...100)
      try save.notAfter("enrolledAt", now.advanced(bySeconds: 86_400))
      try refuseSecond(save, backend)
      try refuseForeignCourse(save, backend)
    },
    afterSave: { change, backend in
      backend.rollUpCompletion(change)
      guard change.before == nil,
        let student = backend.row(Pointer(change.after?.fields["student"]))
      else { return }
      backend.restamp([student])
    },
    afterDelete: { change, backend in
      backend.rollUpCompletion(change)
      if let student = backend.row(Pointer(change.before?.fields["student"])) {
        backend.restamp([student])
      }
    },
    acl: { StudentHooks.courseworkACL($0, $1) })

  private static func refuseSecond(_ save: Save, _ backend: Backend) throws(ParseError) {
    guard save.changed("student") || save.changed("course"),
      let student = Pointer(save.value("student")), let course = Pointer(save.value("course"))
    else { return }
    let isDouble = backend.rows(of: "Enrollment", where: "student", pointsAt: student).contains {
      $0.objectId != save.after.objectId && Pointer($0.fields["course"]) == course
    }
    if isDouble { throw .refused(137, "this student is already enrolled in this course") }
  }

  /// An instructor works in his own courses and for the students he owns.
  private static func refuseForeignCourse(
    _ save: Save, _ backend: Backend
  ) throws(ParseError) {
    let caller = save.caller
    if caller.isAdmin || caller.roles.contains("coordinator") { return }
    let course = backend.row(Pointer(save.value("course")))
    let student = backend.row(Pointer(save.value("student")))
    let mine = caller.user
    guard mine != nil,
      Pointer(course?.fields["instructor"]) == mine
        || Pointer(student?.fields["accountOwner"]) == mine
    else { throw .refused(119, "this is not one of your courses") }
  }
}

extension Backend {
  /// Student.currentCompletionRate = mean progress of his active enrolments, one decimal.
  mutating func rollUpCompletion(_ change: RowChange) {
    let students = Set(
      [change.before, change.after].compactMap { Pointer($0?.fields["student"]) })
    for pointer in students {
      guard var student = row(pointer) else { continue }
      let progress = rows(of: "Enrollment", where: "student", pointsAt: pointer)
        .filter { $0.fields["active"] != false }
        .compactMap { $0.fields["progressPercent"]?.double }
      let mean = progress.isEmpty ? 0 : progress.reduce(0, +) / Double(progress.count)
      student.fields["currentCompletionRate"] = .number(JSONNumber((mean * 10).rounded() / 10))
      rewrite(student)
    }
  }
}
