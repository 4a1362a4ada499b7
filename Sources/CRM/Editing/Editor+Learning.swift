import ParseCore

extension Editor {
  /// Adds percent points to the progress, kept within 0 and 100; missing progress counts as 0.
  package func changeProgress(
    by points: Double, enrollments ids: [RecordID]
  ) throws(Refusal) -> Edit {
    let way = points < 0 ? "down" : "up"
    let many = { (count: Int) in
      "\(count) enrollments \(Wording.integer(abs(points))) points \(way)"
    }
    return try edit(ids, in: school.enrollments, many: many) { enrollment in
      setProgress(min(max((enrollment.progressPercent ?? 0) + points, 0), 100), enrollment)
    }
  }

  /// Sets the progress in percent, kept within 0 and 100.
  package func setProgress(
    to percent: Double, enrollments ids: [RecordID]
  ) throws(Refusal) -> Edit {
    let percent = min(max(percent, 0), 100)
    let many = { (count: Int) in "\(count) enrollments at \(Wording.integer(percent)) %" }
    return try edit(ids, in: school.enrollments, many: many) { setProgress(percent, $0) }
  }

  package func setActive(_ isActive: Bool, enrollments ids: [RecordID]) throws(Refusal) -> Edit {
    let word = isActive ? "active" : "not active"
    return try edit(ids, in: school.enrollments, many: { "\($0) enrollments \(word)" }) {
      let name = school.label(of: $0)
      if $0.active == isActive { return .leave("\(name) is \(word) already.") }
      let words = isActive ? "\(name) is active again" : "\(name) is no longer active"
      return .change(["active": .set(.bool(isActive))], words: words)
    }
  }

  /// Makes students mine.
  package func own(students ids: [RecordID]) throws(Refusal) -> Edit {
    try assign(students: ids, to: try me())
  }

  package func assign(students ids: [RecordID], to user: RecordID) throws(Refusal) -> Edit {
    let isMe = user == viewpoint.user
    let name = isMe ? "you" : school.users[user]?.username ?? "somebody"
    return try edit(ids, in: school.students, many: { "\($0) students owned by \(name)" }) {
      student in
      if student.accountOwner == user {
        return .leave("\(student.fullName) is \(isMe ? "yours" : "\(name)'s") already.")
      }
      let owner = school.users[student.accountOwner]?.username ?? "nobody"
      return .change(
        ["accountOwner": .set(SchoolClass.user.pointer(user))],
        words: "\(student.fullName) owned by \(name), was \(owner)")
    }
  }

  package func setStatus(
    _ status: AttemptStatus, attempts ids: [RecordID]
  ) throws(Refusal) -> Edit {
    let word = Term.known(status).label
    return try edit(ids, in: school.attempts, many: { "\($0) tries set to \(word)" }) { attempt in
      if attempt.status.word == status {
        return .leave("\(attempt.quizTitle) is \(word) already.")
      }
      return .change(
        ["status": .set(.string(status.rawValue))],
        words: "\(attempt.quizTitle) is \(word), was \(attempt.status.label)")
    }
  }

  private func setProgress(_ percent: Double, _ enrollment: Enrollment) -> Outcome {
    let name = school.label(of: enrollment)
    let now = Wording.integer(percent)
    if enrollment.progressPercent == percent { return .leave("\(name) is at \(now) % already.") }
    let was = enrollment.progressPercent.map { "\(Wording.integer($0)) %" } ?? "∅"
    return .change(
      ["progressPercent": .set(.number(JSONNumber(percent)))],
      words: "\(name) at \(now) %, was \(was)")
  }
}
