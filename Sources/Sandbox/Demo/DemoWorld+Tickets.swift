import Glibc
import ParseCore

extension DemoWorld {
  /// Ninety days of tickets, oldest first, numbered in that order.
  mutating func makeTickets() {
    let choice = WeightedIndex(students.map { exp(-0.4 * $0.effort) })
    let staff = ticketStaff()
    var times: [ParseDate] = []
    while times.count < sizes.tickets { times.append(ticketTime()) }
    for (place, hours) in Self.recentHours.prefix(sizes.tickets / 2).enumerated() {
      times[place] = now.ago(hours: hours)
    }
    times.sort()
    let first = sizes.tickets <= 420 ? 4825 - sizes.tickets : 10_000
    for (place, created) in times.enumerated() {
      var student = choice.draw(&random)
      while oddStudents.contains(student), created > now.ago(days: 45) {
        student = choice.draw(&random)
      }
      addTicket("T-\(first + place)", created: created, student: student, staff: staff)
    }
  }

  /// Ages of the newest tickets, so that a demo started at night has some of today.
  static let recentHours = [1.3, 2.1, 2.9, 3.6, 4.4, 5.2]

  /// Base rate × weekday × hour × exam surge (reference/domain.md §7.2), drawn by rejection.
  private mutating func ticketTime() -> ParseDate {
    let weekdays = [0.25, 1.4, 1.1, 1.0, 1.0, 0.9, 0.35]
    while true {
      let time = now.ago(days: random.between(0.24, 90))
      let hour = time.hour
      let hourly =
        hour < 6 || hour > 21 ? 0.1 : abs(hour - 9) <= 1 || abs(hour - 14) <= 1 ? 1.2 : 0.6
      let age = time.days(until: now)
      let surge = (18...23).contains(age) || (52...57).contains(age) ? 2.5 : 1
      if random.unit() * 4.2 < weekdays[time.weekday] * hourly * surge { return time }
    }
  }

  private func ticketStaff() -> (people: [Int], choice: WeightedIndex) {
    let coordinators = users(as: "coordinator")
    let instructors = users(as: "instructor")
    let heavy = coordinators.count > 1 ? 1 : -1
    let weights = coordinators.indices.map { $0 == heavy ? 3.0 : 1 }
    let rest = Array(repeating: 0.45 / Double(instructors.count), count: instructors.count)
    return (coordinators + instructors, WeightedIndex(weights + rest))
  }

  private mutating func addTicket(
    _ number: String, created: ParseDate, student: Int,
    staff: (people: [Int], choice: WeightedIndex)
  ) {
    let age = created.days(until: now)
    let status = ticketStatus(age: age)
    let priority =
      random.chance(0.01)
      ? random.pick(["P0", "Medium"])
      : ["low", "normal", "high", "urgent"][random.index(of: [15, 58, 20, 6])]
    let isQueued = random.chance(status == "new" ? 0.6 : 0.225)
    let assignee = isQueued ? queue : staff.people[staff.choice.draw(&random)]
    let isRunning = status == "new" || status == "open"
    let last =
      isRunning
      ? runningMessage(priority: priority, created: created)
      : notAfterNow(created.adding(days: random.logNormal(median: 9, sigma: 1.3) / 24))
    let closing = isRunning ? 0 : random.between(0.2, 30) / 24
    tickets.append(
      DemoTicket(
        id: random.id(), number: number, student: student, assignee: .row(assignee),
        subject: subject(for: student), priority: priority, status: status, lastMessageAt: last,
        created: created, updated: notAfterNow(last.adding(days: closing))))
  }

  private mutating func ticketStatus(age: Double) -> String {
    let statuses = ["new", "open", "pending", "resolved", "closed"]
    let weights: [Double] =
      age < 1 ? [55, 30, 10, 5, 0] : age < 7 ? [8, 28, 22, 30, 12] : [0.7, 5, 6, 22, 66]
    return statuses[random.index(of: weights)]
  }

  /// 12 % of the running tickets wait longer than their target, most of the others well below it.
  private mutating func runningMessage(priority: String, created: ParseDate) -> ParseDate {
    let targets = ["urgent": 1.0, "high": 4, "low": 48]
    let target = targets[priority] ?? 24
    let part = random.chance(0.12) ? random.between(1.05, 3) : random.between(0.03, 0.97)
    return max(created, now.ago(hours: target * part))
  }

  private mutating func subject(for student: Int) -> String {
    let template = random.pick(words.tickets)
    guard template.contains("{") else { return template }
    let own = students[student].enrollments
    guard !own.isEmpty else { return words.tickets[0] }
    let course = courses[enrollments[random.pick(own)].course]
    let quiz = course.quizzes.isEmpty ? course.title : random.pick(course.quizzes).title
    return Self.fill(template, ["{course}": course.code, "{quiz}": quiz])
  }

  /// Puts values in the place of the marks of a template.
  static func fill(_ template: String, _ values: KeyValuePairs<String, String>) -> String {
    var words: [Substring] = template.split(separator: " ", omittingEmptySubsequences: false)
    for index in words.indices {
      for (mark, value) in values where words[index].hasPrefix(mark) {
        words[index] = Substring(value + words[index].dropFirst(mark.count))
      }
    }
    return words.joined(separator: " ")
  }
}

/// Rows for the flags of the ticket pane (reference/domain.md §1.3) that chance may leave out.
extension DemoWorld {
  mutating func addTicketSpecimens() {
    leadWithKnownTickets()
    let closed = tickets.indices.filter { tickets[$0].status == "closed" }
    guard closed.count > 60 else { return }
    for (index, subject) in zip(closed.dropFirst(5), words.oddSubjects) {
      tickets[index].subject = subject
    }
    for index in closed[20..<22] { tickets[index].assignee = .gone }
    for index in closed[22..<24] { reopen(index) }
    for index in closed[24..<27] {
      reopen(index)
      tickets[index].status = "waiting_on_vendor"
    }
    for index in closed[27..<29] { tickets[index].status = "pending" }
    tickets[closed[30]].status = "declined"
    breachTwoUrgent()
    repeatContacts()
    fillPriorities()
    // A clock ahead of ours.
    if let index = tickets.indices.last(where: { tickets[$0].status == "open" }) {
      tickets[index].lastMessageAt = now.adding(days: 0.004)
    }
  }

  /// The newest tickets are ones with a story.
  private mutating func leadWithKnownTickets() {
    let stories: [(subject: String, priority: String, status: String, student: Int)] = [
      ("Typo in the answer key of unit 2", "low", "new", 6),
      ("Locked out after a password reset", "high", "new", 4),
      ("Which textbook edition for LNG050?", "normal", "new", 14),
      ("Quiz 3: Loops counted as zero", "high", "new", 9),
      ("Group work: partner left the course", "normal", "open", 5),
      ("Exam upload stops at 99 %, deadline tonight", "urgent", "new", 0),
    ]
    for (place, story) in stories.enumerated() {
      let index = tickets.count - 1 - place
      tickets[index].subject = story.subject
      tickets[index].priority = story.priority
      tickets[index].status = story.status
      tickets[index].student = story.student
      tickets[index].assignee = .row(story.status == "new" ? queue : users(as: "coordinator")[0])
      tickets[index].lastMessageAt = tickets[index].created
      tickets[index].updated = tickets[index].created
    }
  }

  private mutating func reopen(_ index: Int) {
    tickets[index].status = "open"
    tickets[index].priority = "normal"
    tickets[index].lastMessageAt = now.ago(hours: random.between(2, 20))
    tickets[index].updated = tickets[index].lastMessageAt
  }

  /// Two urgent ones that waited for more than a day.
  private mutating func breachTwoUrgent() {
    let aged = tickets.indices.filter {
      tickets[$0].status == "open" && tickets[$0].created < now.ago(days: 2)
    }
    for (index, hours) in zip(aged, [27.0, 39]) {
      tickets[index].priority = "urgent"
      tickets[index].lastMessageAt = now.ago(hours: hours)
      tickets[index].updated = now.ago(hours: hours)
    }
  }

  /// Three learners with five tickets in thirty days.
  private mutating func repeatContacts() {
    let recent = tickets.indices.filter {
      tickets[$0].created > now.ago(days: 29) && tickets[$0].status == "closed"
        || tickets[$0].status == "resolved" && tickets[$0].created > now.ago(days: 29)
    }
    for (place, index) in recent.prefix(15).enumerated() {
      tickets[index].student = [0, 2, 17][place % 3]
    }
  }

  /// Every unknown word is seen at least once.
  private mutating func fillPriorities() {
    let plain = tickets.indices.filter {
      tickets[$0].priority == "normal" && tickets[$0].created < now.ago(days: 5)
    }
    for (index, priority) in zip(plain.dropFirst(40), ["P0", "Medium"]) {
      tickets[index].priority = priority
    }
  }
}
