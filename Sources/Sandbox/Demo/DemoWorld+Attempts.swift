import ParseCore

extension DemoWorld {
  /// The quizzes a learner came to, each tried once to six times.
  mutating func makeAttempts() {
    let visits = orderedVisits()
    attempts.reserveCapacity(sizes.attempts)
    for visit in visits {
      let left = sizes.attempts - attempts.count
      if left == 0 { break }
      let tries = 1 + random.index(of: [62, 25, 9, 2.4, 1, 0.6])
      tryQuiz(visit, tries: min(tries, left))
    }
    while attempts.count < sizes.attempts, !visits.isEmpty {
      tryQuiz(visits[random.below(visits.count)], tries: 1)
    }
    bringLatestNear()
  }

  private struct Visit {
    let enrollment: Int
    let quiz: DemoQuiz
    /// Where in the time of the enrolment the quiz lies, 0 to 1.
    let place: Double
  }

  /// In random order, but first the pilot and one visit of each enrolment: what is cut off at the
  /// end is never a learner's only quiz.
  private mutating func orderedVisits() -> [Visit] {
    var visits = quizVisits()
    visits.shuffle(using: &random)
    var isSeen = Array(repeating: false, count: enrollments.count)
    var first: [Visit] = []
    var others: [Visit] = []
    for visit in visits {
      if visit.quiz.shape == .pilot || !isSeen[visit.enrollment] {
        first.append(visit)
      } else {
        others.append(visit)
      }
      isSeen[visit.enrollment] = true
    }
    return first + others
  }

  private mutating func quizVisits() -> [Visit] {
    var visits: [Visit] = []
    var pilots = 0
    for index in enrollments.indices where enrollments[index].progress > 0 {
      let quizzes = courses[enrollments[index].course].quizzes
      let share = enrollments[index].progress / 100 * Double(quizzes.count)
      let reached = min(quizzes.count, Int(share.rounded(.up)) + (random.chance(0.35) ? 1 : 0))
      for number in 0..<reached {
        let quiz = quizzes[number]
        if quiz.shape == .pilot {
          pilots += 1
          if pilots > 4 { continue }
        }
        let place = (Double(number) + random.between(0.3, 0.95)) / Double(reached)
        visits.append(Visit(enrollment: index, quiz: quiz, place: place))
      }
    }
    return visits
  }

  private mutating func tryQuiz(_ visit: Visit, tries: Int) {
    let enrollment = enrollments[visit.enrollment]
    guard let student = enrollment.student.row else { return }
    let tries = visit.quiz.shape == .pilot ? 1 : tries
    let begin = enrollment.enrolledAt.adding(days: 0.05)
    let end = max(begin, notAfterNow(enrollment.updated))
    var times: [ParseDate] = []
    var time = begin.adding(days: begin.days(until: end) * visit.place)
    for _ in 0..<tries {
      times.append(evening(time, from: begin))
      time = time.adding(days: random.between(0.6, 6))
    }
    times.sort()
    let scores = scores(visit.quiz, student: student, course: enrollment.course, tries: tries)
    for number in 0..<tries {
      let isLast = number == tries - 1
      let status = status(score: scores[number], isLast: isLast)
      let unscored = status == "in_progress" || status == "abandoned"
      attempts.append(
        DemoAttempt(
          id: random.id(), student: student, course: enrollment.course,
          enrollment: visit.enrollment, quiz: spelling(visit.quiz),
          score: unscored ? 0 : scores[number], at: times[number], status: status,
          created: times[number],
          updated: notAfterNow(times[number].adding(days: random.between(0, 1.5)))))
    }
  }

  /// Moves a moment into the evening of its day, one in seven to the Sunday before; leaves it where
  /// it is when that would be too early or is still to come.
  private mutating func evening(_ time: ParseDate, from begin: ParseDate) -> ParseDate {
    var day = time.dayNumber
    if random.chance(0.14) { day -= time.weekday }
    let hour =
      random.chance(0.65)
      ? random.between(18, 21.5) : random.between(6, 22)
    let moved = ParseDate(dayNumber: day, hour: hour)
    return moved < begin || moved > now ? min(time, now.ago(hours: random.between(9, 30))) : moved
  }

  private mutating func scores(
    _ quiz: DemoQuiz, student: Int, course: Int, tries: Int
  ) -> [Double] {
    let mean = 70.5 + 11 * students[student].ability - courses[course].difficulty
    var score: Double
    switch quiz.shape {
    case .ceiling: score = random.chance(0.45) ? 100 : 90 + random.normal() * 6
    case .split: score = mean + (random.chance(0.45) ? -40 : 18) + random.normal() * 7
    case .bunched: score = 70 + random.normal() * 5.5
    case .floor: score = random.chance(0.55) ? random.between(4, 20) : mean - 15
    case .plain, .pilot, .spellings: score = mean + random.normal() * 8
    }
    if random.chance(0.015), quiz.shape != .bunched { score = 0 }
    var scores = [bounded(score)]
    for number in 1..<max(tries, 1) {
      let gain =
        random.chance(0.12)
        ? -8 + random.normal() * 5 : 8 - 0.6 * Double(number) + random.normal() * 7
      score += quiz.shape == .bunched ? gain / 3 : gain
      scores.append(bounded(score))
    }
    return scores
  }

  private mutating func bounded(_ score: Double) -> Double {
    let scale = random.chance(0.1) ? 10.0 : 1
    return min(100, max(0, (score * scale).rounded() / scale))
  }

  /// About graded 55, passed 18, failed 12, submitted 8, in progress 4, abandoned 2, odd 1 %;
  /// passed and failed agree with the pass mark of 60.
  private mutating func status(score: Double, isLast: Bool) -> String {
    let draw = random.unit()
    if draw < 0.01 { return random.chance(0.8) ? "Re-Check" : "?" }
    if draw < 0.02 { return "voided" }
    if isLast, draw < 0.10 { return draw < 0.073 ? "in_progress" : "abandoned" }
    if draw > 0.91 { return "submitted" }
    let judged = score < 60 ? 0.6 : 0.24
    return random.chance(judged) ? (score < 60 ? "failed" : "passed") : "graded"
  }

  private mutating func spelling(_ quiz: DemoQuiz) -> String {
    guard quiz.shape == .spellings, random.chance(0.2) else { return quiz.title }
    return random.pick([
      quiz.title.lowercased(), quiz.title.split(separator: " ").joined(separator: "  "),
      quiz.title.split(separator: " ").joined(separator: "-"),
    ])
  }

  /// The newest attempts come minutes and hours before now, so that the list of the latest is of
  /// today.
  private mutating func bringLatestNear() {
    guard sizes.hasSpecimens else { return }
    let order = attempts.indices.sorted {
      (attempts[$0].at, $0) > (attempts[$1].at, $1)
    }
    var minutes = 6.0
    for index in order.prefix(14) {
      attempts[index].at = now.ago(hours: minutes / 60)
      attempts[index].created = attempts[index].at
      attempts[index].updated = attempts[index].at
      minutes = minutes * 1.15 + random.between(8, 30)
    }
  }

  /// Sets what the server's hooks would keep: rate and last score of each student, and when the row
  /// was last written. 6 % of the rates and 4 % of the scores stay behind the truth.
  mutating func settleStudents() {
    var newest: [Int?] = Array(repeating: nil, count: students.count)
    for index in attempts.indices where attempts[index].isScored && attempts[index].at <= now {
      let student = attempts[index].student
      if let old = newest[student], attempts[old].at > attempts[index].at { continue }
      newest[student] = index
    }
    for index in students.indices {
      let active = students[index].enrollments.map { enrollments[$0] }
        .filter { $0.active && $0.student.row == index }
      let mean = active.map(\.progress).reduce(0, +) / Double(max(active.count, 1))
      students[index].rate = min(100, max(0, (mean * 10).rounded() / 10))
      let attempt = newest[index].map { attempts[$0] }
      students[index].lastScore = attempt?.score ?? 0
      let written = active.map(\.updated).max() ?? students[index].created
      students[index].updated = notAfterNow(max(written, attempt?.created ?? written))
      if !active.isEmpty, students[index].standing == .reached || random.chance(0.4) {
        drift(index, hasScore: attempt != nil)
      }
    }
  }

  private mutating func drift(_ index: Int, hasScore: Bool) {
    if random.chance(0.09) {
      let off = random.between(6, 25).rounded() * (random.chance(0.5) ? 1 : -1)
      let rate = students[index].rate
      students[index].rate = rate + off > 100 || rate + off < 0 ? rate - off : rate + off
    }
    if hasScore, random.chance(0.075) {
      let score = students[index].lastScore
      students[index].lastScore = score > 50 ? (score - 12).rounded() : (score + 12).rounded()
    }
  }
}
