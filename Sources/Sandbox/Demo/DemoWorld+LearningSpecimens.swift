import ParseCore

/// One broken row at least for every flag of the completion and quiz panes (reference/domain.md
/// §1.1, §1.2) that chance may leave out. They sit on rows in the middle of the default lists.
extension DemoWorld {
  mutating func addLearningSpecimens() {
    nameOddly()
    bendEnrollments()
    bendAttemptDates()
    bendAttemptValues()
  }

  /// Hostile names go to learners who do well but not best, far from the top of any default list.
  private mutating func nameOddly() {
    let today = Set(attempts.filter { $0.at > now.ago(days: 2) }.map(\.student))
    let quiet = students.indices.filter { index in
      index >= words.names.count && students[index].standing == .reached
        && !today.contains(index)
        && students[index].enrollments.contains { enrollments[$0].active }
        && students[index].enrollments.allSatisfy { enrollments[$0].progress < 100 }
    }
    for (index, name) in zip(quiet, words.oddNames) {
      students[index].name = name
      oddStudents.insert(index)
    }
  }

  private mutating func bendEnrollments() {
    let active = enrollments.indices.filter { index in
      enrollments[index].active && enrollments[index].progress > 50
        && (enrollments[index].student.row ?? 0) >= words.names.count
        && enrollments[index].progress < 100
    }
    let idle = enrollments.indices.filter { !enrollments[$0].active }
    guard active.count > 12, idle.count > 3 else { return }
    enrollments[active[3]].progress = 100.4
    enrollments[active[4]].progress = 99.95
    enrollments[idle[0]].progress = -3
    // An enrolment whose student is gone, and a second one for the same student and course.
    detach(idle[1])
    let twin = enrollments[active[6]]
    guard let student = twin.student.row, let spare = idle.dropFirst(2).first else { return }
    detach(spare)
    enrollments[spare] = DemoEnrollment(
      id: random.id(), student: .row(student), course: twin.course,
      enrolledAt: twin.enrolledAt.adding(days: 1), progress: twin.progress, active: true,
      created: twin.created.adding(days: 1),
      updated: max(twin.updated, twin.created.adding(days: 1)))
    students[student].enrollments.append(spare)
    enrollments[active[7]].enrolledAt = now.adding(days: 2)
  }

  private mutating func detach(_ index: Int) {
    guard let student = enrollments[index].student.row else { return }
    students[student].enrollments.removeAll { $0 == index }
    enrollments[index].student = .gone
    for place in attempts.indices where attempts[place].enrollment == index {
      attempts[place].enrollment = nil
    }
  }

  /// 3 in the future, 5 before the enrolment, 3 in the hour the clocks change.
  private mutating func bendAttemptDates() {
    let plain = attempts.indices.filter {
      attempts[$0].status == "graded" && attempts[$0].enrollment != nil
        && attempts[$0].student >= words.names.count
        && !oddStudents.contains(attempts[$0].student)
    }
    guard plain.count > 60 else { return }
    for (index, hours) in zip([plain[0], plain[14], plain[28]], [0.6, 3, 26]) {
      attempts[index].at = now.adding(days: hours / 24)
      attempts[index].created = now.ago(hours: 0.2)
      attempts[index].updated = now.ago(hours: 0.2)
    }
    for index in plain[4..<9] {
      guard let enrollment = attempts[index].enrollment else { continue }
      attempts[index].at = enrollments[enrollment].enrolledAt.ago(days: random.between(1, 4))
    }
    let ahead = today.milliseconds - now.milliseconds
    let change = ParseDate(
      milliseconds: ParseDate.lastClockChange(before: today).milliseconds - ahead)
    let distances = plain.dropFirst(30).map { index in
      (abs(attempts[index].at.days(until: change)), index)
    }
    let near = distances.sorted { $0 < $1 }.map(\.1)
    let moments = [-30 * 60_000, 30 * 60_000, 60 * 60_000 - 1].map {
      ParseDate(milliseconds: change.milliseconds + $0)
    }
    for (index, moment) in zip(near, moments) {
      attempts[index].at = moment
      attempts[index].created = moment
      attempts[index].updated = moment.adding(days: 0.02)
    }
  }

  private mutating func bendAttemptValues() {
    let scored = attempts.indices.filter { isPlain($0) && attempts[$0].score > 80 }
    let low = attempts.indices.filter { attempts[$0].status == "graded" && attempts[$0].score == 0 }
    guard scored.count > 30 else { return }
    attempts[scored[9]].score = 99.95
    if let blank = low.first { attempts[blank].score = 0.1 + 0.2 }
    attempts[scored[10]].status = "voided"
    attempts[scored[11]].status = "?"
    attempts[scored[12]].status = "Re-Check"
    // Attempts of students who are not enrolled in that course.
    for index in scored[13..<16] {
      let student = attempts[index].student
      let taken = students[student].enrollments.map { enrollments[$0].course }
      guard let course = courses.indices.first(where: { !taken.contains($0) }),
        let quiz = courses[course].quizzes.last
      else { continue }
      attempts[index].course = course
      attempts[index].quiz = quiz.title
      attempts[index].enrollment = nil
    }
    dropAttemptsOfSome()
  }

  /// Graded, and in a quiz that has more than a handful of attempts.
  private func isPlain(_ index: Int) -> Bool {
    attempts[index].status == "graded" && courses[attempts[index].course].quizzes.count > 1
  }

  /// Four learners past 30 % without a single attempt in the course; their attempts become retakes
  /// of others, so that the number of rows stays.
  private mutating func dropAttemptsOfSome() {
    var silent: Set<Int> = []
    for index in enrollments.indices where silent.count < 4 {
      let enrollment = enrollments[index]
      if enrollment.active, (35...70).contains(enrollment.progress),
        let student = enrollment.student.row, student >= 2
      {
        silent.insert(index)
      }
    }
    let donors = attempts.indices
      .filter { isPlain($0) && attempts[$0].enrollment.map { !silent.contains($0) } ?? false }
      .map { attempts[$0] }
    for index in attempts.indices {
      guard let enrollment = attempts[index].enrollment, silent.contains(enrollment),
        !donors.isEmpty
      else { continue }
      let donor = donors[random.below(donors.count)]
      let at = min(donor.at.adding(days: random.between(0.8, 3)), now.ago(hours: 7))
      attempts[index].student = donor.student
      attempts[index].course = donor.course
      attempts[index].enrollment = donor.enrollment
      attempts[index].quiz = donor.quiz
      attempts[index].score = min(100, (donor.score + random.between(2, 12)).rounded())
      attempts[index].status = "graded"
      attempts[index].at = max(donor.at, at)
      attempts[index].created = attempts[index].at
      attempts[index].updated = attempts[index].at
    }
  }
}
