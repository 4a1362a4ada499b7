import CRM
import ParseCore

/// Quiz attempts: scores between 0 and 100; the newest scored one is the student's last score.
enum QuizAttemptHooks {
  static let all = ClassHooks(
    beforeSave: { save, backend throws(ParseError) in
      let now = backend.options.now()
      if let title = save.value("quizTitle")?.string {
        save.after.fields["quizTitle"] = .string(title.collapsed)
      }
      try save.within("scorePercent", 0...100)
      save.standard("attemptedAt", now.json)
      save.standard("status", .string(AttemptStatus.submitted.rawValue))
      try save.notAfter("attemptedAt", now.advanced(bySeconds: 300))
    },
    afterSave: { $1.rollUpLastScore($0) },
    afterDelete: { $1.rollUpLastScore($0) },
    acl: { StudentHooks.courseworkACL($0, $1) })
}

extension Backend {
  /// Student.lastQuizScore = the score of the newest scored attempt, else 0.
  mutating func rollUpLastScore(_ change: RowChange) {
    let students = Set(
      [change.before, change.after].compactMap { Pointer($0?.fields["student"]) })
    for pointer in students {
      guard var student = row(pointer) else { continue }
      let newest = rows(of: "QuizAttempt", where: "student", pointsAt: pointer)
        .filter { Term<AttemptStatus>($0.fields["status"]?.string).word?.isScored != false }
        .max { attempted($0) < attempted($1) }
      student.fields["lastQuizScore"] = newest?.fields["scorePercent"] ?? 0
      rewrite(student)
    }
  }

  private func attempted(_ row: ParseObject) -> ParseDate {
    row.fields["attemptedAt"].flatMap(ParseDate.init(value:)) ?? ParseDate(milliseconds: 0)
  }
}
