import ParseCore
import Sandbox
import Testing

/// Spread and specimens of the completion and quiz panes (reference/domain.md §1.1, §1.2, §7.2).
struct DemoLearningTests {
  let demo = DemoTable.demo
  let cases = DemoStudentCase.all(DemoTable.demo)

  private func expect(
    _ count: Int, of total: Int, in percent: ClosedRange<Double>, _ what: String
  ) {
    let share = Double(count) / Double(total) * 100
    #expect(percent.contains(share), "\(what): \(count) of \(total)")
  }

  @Test(arguments: [7, 21, 99] as [UInt64])
  func `risk is spread as a school's would be`(seed: UInt64) {
    let table = DemoTable(
      DemoData.make(scale: .demo, seed: seed, now: DemoTable.now), now: DemoTable.now)
    let cases = DemoStudentCase.all(table)
    let enrolled = cases.filter { !$0.courses.isEmpty }.count
    expect(cases.count { $0.points >= 3 }, of: 240, in: 7...15, "at risk")
    expect(cases.count { $0.points >= 5 }, of: 240, in: 2...8, "high")
    expect(cases.count { (1...2).contains($0.points) }, of: 240, in: 25...60, "watch")
    expect(cases.count(where: \.isStalled), of: 240, in: 10...18, "stalled")
    expect(cases.count(where: \.isNotStarted), of: 240, in: 2...10, "not started")
    expect(cases.count(where: \.isAtTarget), of: enrolled, in: 45...66, "at target")
  }

  @Test func `each risk signal has specimens, and each has students without it`() {
    let signals: [(String, (DemoStudentCase) -> Bool)] = [
      ("gap 10", { ($0.worstGap ?? 0) <= -10 }), ("gap 25", { ($0.worstGap ?? 0) <= -25 }),
      ("gap 40", { ($0.worstGap ?? 0) <= -40 }),
      ("near", { $0.worstGap.map { (-10..<0).contains($0) } ?? false }),
      ("no target", { !$0.courses.isEmpty && $0.worstGap == nil }),
      ("no active course", { $0.courses.isEmpty }),
      ("stalled 14", \.isStalled),
      ("stalled 30", { $0.courses.contains { $0.isStalled && $0.stalledDays >= 30 } }),
      ("stalled 90", { $0.courses.contains { $0.isStalled && $0.stalledDays >= 90 } }),
      ("not started", \.isNotStarted),
      ("score under 70", { $0.scores.last.map { $0.score < 70 } ?? false }),
      ("score under 50", { $0.scores.last.map { $0.score < 50 } ?? false }),
      ("falling", \.isFalling),
      ("no attempt", { $0.courses.contains { $0.progress >= 30 && $0.attempts == 0 } }),
      ("late ticket", { $0.lateTicketPoints == 1 }),
      ("late urgent ticket", { $0.lateTicketPoints == 2 }), ("no points", { $0.points == 0 }),
    ]
    for (name, test) in signals {
      let count = cases.count(where: test)
      #expect(count > 0 && count < cases.count, "\(name): \(count)")
    }
  }

  @Test func `stored roll-ups drift for a few`() {
    let drifting = cases.filter { student in
      guard !student.courses.isEmpty else { return false }
      let mean =
        student.courses.map(\.progress).reduce(0, +) / Double(student.courses.count)
      return abs((student.row.number("currentCompletionRate") ?? 0) - mean) > 5
    }
    expect(drifting.count, of: 240, in: 3...9, "rates")
    let stale = cases.filter { student in
      student.scores.last.map { $0.score != student.row.number("lastQuizScore") } ?? false
    }
    expect(stale.count, of: 240, in: 2...7, "scores")
    let none = cases.filter(\.scores.isEmpty)
    #expect(!none.isEmpty)
    #expect(none.allSatisfy { $0.row.number("lastQuizScore") == 0 })
  }

  @Test func `enrolments follow the design`() {
    let rows = demo.rows("Enrollment")
    expect(rows.count { $0["active"]?.bool == true }, of: 520, in: 76...88, "active")
    let progress = rows.compactMap { $0.number("progressPercent") }
    expect(progress.count { $0 == 0 }, of: 520, in: 9...19, "zero")
    expect(progress.count { $0 == 100 }, of: 520, in: 9...18, "done")
    expect(progress.count { $0 != $0.rounded() }, of: 520, in: 9...25, "decimals")
    #expect(progress.filter { $0 > 100 || $0 < 0 }.sorted() == [-3, 100.4])
    var pairs: [String: Int] = [:]
    for row in rows {
      pairs[(row.id("student") ?? "") + (row.id("course") ?? ""), default: 0] += 1
    }
    #expect(pairs.values.count { $0 == 2 } == 1)
    #expect(demo.count("Enrollment") { (demo.age($0, "enrolledAt") ?? 0) < 0 } == 1)
  }

  @Test func `courses cover every status and target`() {
    let courses = demo.rows("Course")
    let statuses = Dictionary(grouping: courses) { $0.text("status") ?? "" }.mapValues(\.count)
    #expect(statuses == ["active": 8, "completed": 2, "draft": 1, "archived": 1])
    let targets = courses.compactMap { $0.number("targetCompletionRate") }
    #expect(targets.contains(0) && targets.contains(100))
    let taken = Set(demo.rows("Enrollment").compactMap { $0.id("course") })
    #expect(courses.count { !taken.contains($0.objectId ?? "") } == 1)
    let cohorts = Dictionary(grouping: demo.rows("Student")) { $0.text("cohort") ?? "" }
    #expect(
      cohorts.keys.sorted() == ["2025-B", "2026-A", "2026-B", "corporate/β", "Évening 夜間"].sorted())
    expect(cohorts["2025-B"]?.count ?? 0, of: 240, in: 22...38, "2025-B")
  }

  @Test func `attempt statuses follow the design and agree with the mark`() {
    let attempts = demo.rows("QuizAttempt")
    let statuses = Dictionary(grouping: attempts) { $0.text("status") ?? "" }.mapValues(\.count)
    for (status, range) in [
      ("graded", 45...65.0), ("passed", 12...24), ("failed", 7...17), ("submitted", 5...12),
      ("in_progress", 2...7), ("abandoned", 0.5...4), ("voided", 0.1...3), ("Re-Check", 0.1...3),
      ("?", 0.02...2),
    ] { expect(statuses[status] ?? 0, of: 3400, in: range, status) }
    for row in attempts {
      let score = row.number("scorePercent") ?? -1
      #expect((0...100).contains(score))
      if row.text("status") == "passed" { #expect(score >= 60) }
      if row.text("status") == "failed" { #expect(score < 60) }
    }
    #expect(demo.count("QuizAttempt") { $0.number("scorePercent") == 0.1 + 0.2 } == 1)
    #expect(demo.count("QuizAttempt") { (demo.age($0, "attemptedAt") ?? 0) < 0 } == 3)
  }

  @Test func `some attempts lie before the enrolment or outside any`() {
    var enrolled: [String: ParseDate] = [:]
    for row in demo.rows("Enrollment") {
      let key = (row.id("student") ?? "") + (row.id("course") ?? "")
      if let date = row.date("enrolledAt") { enrolled[key] = min(enrolled[key] ?? date, date) }
    }
    var early = 0
    var outside = 0
    for row in demo.rows("QuizAttempt") {
      let key = (row.id("student") ?? "") + (row.id("course") ?? "")
      guard let at = row.date("attemptedAt") else { continue }
      if let begin = enrolled[key] { if at < begin { early += 1 } } else { outside += 1 }
    }
    #expect(early >= 5 && early < 25, "\(early)")
    #expect(outside >= 3 && outside < 25, "\(outside)")
  }

  @Test func `quizzes show every shape`() throws {
    let scored = demo.rows("QuizAttempt").filter(DemoStudentCase.isScored)
    let quizzes = Dictionary(grouping: scored) { $0.text("quizTitle") ?? "" }
      .mapValues { $0.compactMap { $0.number("scorePercent") } }
    func mean(_ list: [Double]) -> Double { list.reduce(0, +) / Double(max(1, list.count)) }
    func deviation(_ list: [Double]) -> Double {
      let middle = mean(list)
      return mean(list.map { ($0 - middle) * ($0 - middle) }).squareRoot()
    }
    let loops = try #require(quizzes["Quiz 3: Loops"])
    #expect(deviation(loops) > 25)
    #expect(deviation(try #require(quizzes["Harmony check 1"])) < 8)
    let warm = try #require(quizzes["Quiz 1: Warm-up"])
    #expect(warm.count { $0 >= 98 } * 10 >= warm.count * 3)
    let floor = try #require(quizzes["Evacuation plan"])
    #expect(floor.count { $0 <= 20 } * 5 >= floor.count)
    #expect(demo.count("QuizAttempt") { $0.text("quizTitle") == "Pilot quiz (beta)" } == 4)
    #expect(quizzes.keys.count { $0.lowercased().hasPrefix("joins") } == 4)
    let plain = scored.compactMap { $0.number("scorePercent") }
    #expect((60...75).contains(mean(plain)))
    #expect((10...25).contains(deviation(try #require(quizzes["CSS layout lab"]))))
  }

  @Test func `tries are mostly one, at most a handful`() {
    let groups = Dictionary(grouping: demo.rows("QuizAttempt")) {
      ($0.id("student") ?? "") + ($0.text("quizTitle") ?? "").lowercased().filter(\.isLetter)
    }
    expect(groups.values.count { $0.count == 1 }, of: groups.count, in: 52...70, "one try")
    expect(groups.values.count { $0.count == 2 }, of: groups.count, in: 17...33, "two tries")
    expect(groups.values.count { $0.count > 6 }, of: groups.count, in: 0...1.5, "over six")
  }
}
