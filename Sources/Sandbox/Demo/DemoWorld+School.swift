import ParseCore

extension DemoWorld {
  /// One admin, the learner and the queue user; the rest coordinators, instructors and sales.
  mutating func makeUsers() {
    addUser("admin", role: "admin")
    let named = [
      ("coordinator", ["mara", "jonas", "aiko"], 5),
      ("instructor", ["lind", "osei", "varga", "brandt"], 3),
      ("sales", ["kai", "noor", "teo", "petra"], 0),
    ]
    var spare = 0
    let staff = sizes.users - 3
    var left = staff
    for (role, names, share) in named {
      let part = staff <= 3 ? 1 : staff <= 11 ? names.count : share == 0 ? left : staff / share
      for index in 0..<part {
        addUser(index < names.count ? names[index] : spareName(&spare), role: role)
      }
      left -= part
    }
    addUser("learner", role: "learner", email: Self.learnerEmail)
    addUser(DemoData.queueUser, role: "coordinator")
  }

  /// The learner's own address: that of the first student.
  static let learnerEmail = "zoe.obs@example.org"

  private func spareName(_ used: inout Int) -> String {
    let list = words.lines("staff")
    let round = used / list.count
    defer { used += 1 }
    return list[used % list.count][0] + (round > 0 ? String(round + 1) : "")
  }

  private mutating func addUser(_ username: String, role: String, email: String? = nil) {
    let created = now.ago(days: random.between(420, 700))
    users.append(
      DemoUser(
        id: random.id(), username: username, email: email ?? username + "@example.org", role: role,
        created: created, updated: now.ago(days: random.between(1, 90))))
  }

  mutating func makeCourses() {
    let instructors = users(as: "instructor")
    var quizzes: [String: [DemoQuiz]] = [:]
    for line in words.lines("quizzes") {
      let shape = line.count > 2 ? DemoQuiz.Shape(rawValue: line[2]) : nil
      quizzes[line[0], default: []].append(DemoQuiz(title: line[1], shape: shape ?? .plain))
    }
    for line in words.lines("courses").prefix(sizes.courses) {
      addCourse(
        code: line[0], title: line[1], status: line[2], target: Double(line[3]) ?? 80,
        difficulty: Double(line[4]) ?? 0, share: Double(line[5]) ?? 1,
        instructor: instructors[(Int(line[6]) ?? 0) % instructors.count],
        quizzes: quizzes[line[0]] ?? [])
    }
    let topics = words.lines("topics")
    let levels = ["basics", "in practice", "II", "for returners", "workshop"]
    let units = ["Start", "Terms", "Tools", "Practice", "Case", "Review", "Exam"]
    while courses.count < sizes.courses {
      let index = courses.count
      let topic = topics[index % topics.count]
      let level = index / topics.count
      addCourse(
        code: topic[0] + String(110 + level * 10 + index % 10),
        title: topic[1] + " " + levels[level % levels.count],
        status: random.chance(0.7) ? "active" : random.pick(["completed", "archived", "draft"]),
        target: (random.between(12, 19)).rounded() * 5, difficulty: random.between(-12, 10),
        share: random.between(1, 25), instructor: instructors[index % instructors.count],
        quizzes: (0..<(5 + random.below(3))).map {
          DemoQuiz(title: "Quiz \($0 + 1): \(units[$0])", shape: .plain)
        })
    }
  }

  private mutating func addCourse(
    code: String, title: String, status: String, target: Double, difficulty: Double, share: Double,
    instructor: Int, quizzes: [DemoQuiz]
  ) {
    courses.append(
      DemoCourse(
        id: random.id(), code: code, title: title, status: status, target: target,
        difficulty: difficulty, share: share, instructor: instructor, quizzes: quizzes,
        created: now.ago(days: status == "draft" ? 20 : random.between(430, 600)),
        updated: now.ago(days: random.between(2, 15))))
  }
}
