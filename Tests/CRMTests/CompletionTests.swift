import CRM
import ParseCore
import Testing

struct EnrollmentStateTests {
  private func pace(_ school: School) throws -> CourseProgress.Pace {
    try #require(school.studentCard("s1", look())?.courses.first?.pace)
  }

  @Test func `an ended course has no pace`() throws {
    #expect(try pace(.learner(progress: 40, active: false)) == .ended)
  }

  @Test(arguments: [(80.0, JSON(80)), (95, 80), (100, 0), (100, .null)])
  func `at target is reached, without target the end is`(progress: Double, target: JSON) throws {
    #expect(try pace(.learner(progress: progress, target: target)) == .reached)
  }

  @Test func `progress that is not sent yet ends a standstill`() throws {
    var school = School.learner(progress: 40, changed: ago(days: 40))
    school.put(
      .enrollment, "e1", updated: ago(days: 40), isUnsent: true,
      [
        "student": .to(.student, "s1"), "course": .to(.course, "c1"), "progressPercent": 45,
        "active": true, "enrolledAt": ago(days: 70).json,
      ])
    guard case .moving = try pace(school) else {
      Issue.record("it stands still")
      return
    }
    #expect(school.studentCard("s1", look())?.row.stalledDays ?? 0 == 0)
  }

  @Test func `stalled and not started say for how long`() throws {
    #expect(
      try pace(.learner(progress: 40, changed: ago(days: 21))) == .stalled(days: 21))
    #expect(
      try pace(.learner(progress: 0, enrolled: ago(days: 3))) == .notStarted(days: 3))
  }

  @Test func `ten weeks to half is five points a week on a straight line`() throws {
    #expect(
      try pace(.learner(progress: 50)) == .moving(perWeek: 5, weeksToTarget: 6))
  }

  @Test func `a pace under half a point a week never arrives`() throws {
    let school = School.learner(progress: 4, enrolled: ago(days: 70))
    #expect(try pace(school) == .moving(perWeek: 4.0 / 70 * 7, weeksToTarget: nil))
  }

  @Test func `the first day counts whole`() throws {
    let school = School.learner(progress: 2, target: .null, enrolled: ago(hours: 1))
    #expect(try pace(school) == .moving(perWeek: 14, weeksToTarget: nil))
  }

  @Test func `an enrolment ahead or missing has no pace`() throws {
    #expect(try pace(.learner(progress: 20, enrolled: ago(days: -2))) == .unknown)
    #expect(try pace(.learner(progress: 20, enrolled: nil)) == .unknown)
  }

  @Test func `progress out of range is shown and not counted`() throws {
    let card = try #require(School.learner(progress: 130).studentCard("s1", look()))
    #expect(card.courses.first?.progress == 130)
    #expect(card.courses.first?.pace == .unknown)
    #expect(card.row.risk.points == 0)
  }

  @Test func `a missing course has neither target nor gap`() throws {
    var school = School.whole()
    school.put(.student, "s1")
    school.put(
      .enrollment, "e1",
      [
        "student": .to(.student, "s1"), "course": .to(.course, "gone"), "progressPercent": 10,
        "active": true,
      ])
    let card = try #require(school.studentCard("s1", look()))
    #expect(card.courses.first?.gap == nil)
    #expect(card.row.target == nil)
    #expect(card.row.activeEnrollments == 1)
  }
}

struct CompletionTests {
  /// Progress in one course of target 80, owned by u1 where the id starts with m.
  private static func school() -> School {
    var school = School.whole()
    school.put(.user, "u1", ["username": "mara"])
    school.put(.course, "c1", ["courseCode": "ART101", "targetCompletionRate": 80])
    school.student("m-behind", 30, cohort: "2026-A", owner: "u1")
    school.student("m-nearly", 72, cohort: "2026-A", owner: "u1")
    school.student("there", 85, cohort: "Cohort 2", owner: "u2")
    school.student("stalled", 60, cohort: "Cohort 10", owner: "u2", changed: ago(days: 40))
    school.student("fresh", 0, cohort: "Cohort 2", owner: "u2", enrolled: ago(days: 25))
    school.put(.student, "none", ["fullName": "none", "cohort": "", "currentCompletionRate": 100])
    school.put(.student, "odd", ["fullName": "odd", "currentCompletionRate": 100.4])
    return school
  }

  private func list(
    _ view: String?, filter: String = "", sort: String? = nil, isReversed: Bool = false
  ) -> [String] {
    Self.school().completion(
      ListRequest(view: view, filter: filter, sort: sort, isReversed: isReversed), look()
    ).list.rows.map(\.id)
  }

  @Test(
    arguments: [
      (nil, ["m-behind", "m-nearly"]), ("mine", ["m-behind", "m-nearly"]),
      ("at-risk", ["fresh", "m-behind", "stalled"]), ("behind", ["fresh", "m-behind", "stalled"]),
      ("stalled", ["stalled"]), ("not-started", ["fresh"]), ("nearly", ["m-nearly"]),
      ("at-target", ["there"]), ("no-active", ["none", "odd"]),
      ("seed-order", ["odd", "none", "there", "m-nearly", "stalled", "m-behind", "fresh"]),
    ] as [(String?, [String])])
  func `views hold their students`(view: String?, ids: [String]) {
    #expect(list(view) == ids)
  }

  @Test func `an instructor's students are those of the own courses too`() {
    var school = Self.school()
    school.put(.course, "c1", ["courseCode": "ART101", "instructor": .to(.user, "u7")])
    let answer = school.completion(ListRequest(view: "mine"), look(as: "u7", .instructor))
    #expect(answer.list.rows.count == 5)
    #expect(school.completion(ListRequest(view: "mine"), look(as: nil)).list.rows.isEmpty)
  }

  @Test(arguments: [
    ("name", ["fresh", "m-behind", "m-nearly", "none", "odd", "stalled", "there"]),
    ("gap", ["fresh", "m-behind", "stalled", "m-nearly", "there", "none", "odd"]),
    ("stalled", ["stalled", "fresh", "m-behind", "m-nearly", "there", "none", "odd"]),
  ])
  func `rows without a number come last`(sort: String, ids: [String]) {
    #expect(list("seed-order", sort: sort) == ids)
  }

  @Test(
    arguments: [
      (GroupFilter(.cohort, "2026-A"), ["m-behind", "m-nearly"]),
      (GroupFilter(.cohort, "2026-A", band: 7), ["m-nearly"]),
      (GroupFilter(.cohort, "∅"), ["none", "odd"]),
      (GroupFilter(.course, "ART101", band: 0), ["fresh"]),
      (GroupFilter(.course, "ART101", band: 1), []),
    ] as [(GroupFilter, [String])])
  func `a group holds its students, a band those within it`(group: GroupFilter, ids: [String]) {
    let request = ListRequest(view: "seed-order", sort: "name", group: group)
    #expect(Self.school().completion(request, look()).list.rows.map(\.id) == ids)
  }

  @Test func `groups of a group count its students only`() throws {
    let group = GroupFilter(.cohort, "2026-A")
    let answer = Self.school().cohorts(ListRequest(sort: "course", group: group), look())
    let course = try #require(answer.list.rows.first)
    #expect(answer.list.rows.map(\.name) == ["ART101"])
    #expect(course.summary.students == 2)
    #expect(course.summary.mean == 51)
    #expect(course.target == 80)
  }

  @Test func `all groups together count each student once`() {
    let answer = Self.school().cohorts(ListRequest(), look())
    #expect(answer.total.summary.students == 7)
    #expect(answer.total.summary.withTarget == 5)
    #expect(answer.total.target == 80)
    #expect(answer.drifting == 0)
    var school = Self.school()
    school.put(.student, "fresh", ["fullName": "fresh", "currentCompletionRate": 6])
    #expect(school.cohorts(ListRequest(), look()).drifting == 1)
  }

  @Test func `words find name, cohort and reason`() {
    #expect(list("seed-order", filter: "stalled art101") == ["stalled"])
    #expect(list("seed-order", filter: "cohort 2") == ["there", "fresh"])
  }

  @Test func `the summary counts each student once and leaves out impossible rates`() {
    let summary = Self.school().completion(ListRequest(), look()).summary
    #expect(summary.students == 7)
    #expect(summary.mean == (30 + 72 + 85 + 60 + 0 + 100) / 6.0)
    #expect(summary.median == 66)
    #expect(summary.atTarget == 1)
    #expect(summary.withTarget == 5)
    #expect(summary.atRisk == 3)
    #expect(summary.stalled == 1)
    #expect(summary.notStarted == 1)
    #expect(summary.histogram.reduce(0, +) == 6)
  }

  @Test func `no student means no mean`() {
    let summary = School.whole().completion(ListRequest(), look()).summary
    #expect(summary.mean == nil)
    #expect(summary.median == nil)
    #expect(summary.students == 0)
  }

  @Test func `zero without attempts is no score, a newer attempt beats the stored one`() {
    var school = School.learner(progress: 80)
    school.put(.student, "s1", ["fullName": "Zoë", "lastQuizScore": 0])
    #expect(
      school.completion(ListRequest(view: "seed-order"), look()).list.rows[0].lastScore == nil)
    school.put(.student, "s1", ["fullName": "Zoë", "lastQuizScore": 55])
    #expect(school.completion(ListRequest(view: "seed-order"), look()).list.rows[0].lastScore == 55)
    school.attempt("a1", 90, at: ago(days: 1))
    #expect(school.completion(ListRequest(view: "seed-order"), look()).list.rows[0].lastScore == 90)
  }

  @Test func `without every class behind the numbers the list is not complete`() {
    var school = Self.school()
    #expect(school.completion(ListRequest(), look()).list.isComplete)
    school.complete.remove(.enrollment)
    #expect(!school.completion(ListRequest(), look()).list.isComplete)
  }
}

struct CohortsTests {
  private func rows(_ sort: String?) -> [CohortRow] {
    var school = School.whole()
    school.put(.user, "u1", ["username": "mara"])
    school.put(.course, "c1", ["courseCode": "ART101", "targetCompletionRate": 80])
    for place in 0..<5 { school.student("a\(place)", 50, cohort: "Cohort 2", owner: "u1") }
    school.student("b", 90, cohort: "Cohort 10", owner: "u9")
    school.put(.student, "c", ["currentCompletionRate": 10])
    return school.cohorts(ListRequest(sort: sort), look()).list.rows
  }

  @Test(
    arguments: [
      (nil, ["Cohort 2", "Cohort 10", "∅"]), ("cohort/students", ["Cohort 2", "Cohort 10", "∅"]),
      ("mean", ["∅", "Cohort 2", "Cohort 10"]), ("course", ["ART101"]), ("owner", ["mara", "∅"]),
      ("band", ["1 to 24 %", "50 to 74 %", "75 to 99 %"]),
    ] as [(String?, [String])])
  func `the sort names grouping and order`(sort: String?, names: [String]) {
    #expect(rows(sort).map(\.name) == names)
  }

  @Test func `a group has its own distribution`() throws {
    let row = try #require(rows(nil).first)
    #expect(row.summary.students == 5)
    #expect(row.summary.withTarget == 5)
    #expect(row.shareAtTarget == 0)
    #expect(row.percentiles == [50, 50, 50, 50, 50])
    #expect(row.severity == .soon)
    #expect(rows(nil)[1].severity == .plain)
  }
}

struct CoursesTests {
  @Test func `a course counts its active enrollments`() throws {
    var school = School.learner(progress: 50)
    school.put(
      .enrollment, "e2",
      [
        "student": .to(.student, "s2"), "course": .to(.course, "c1"), "progressPercent": 90,
        "active": true,
      ])
    school.put(
      .enrollment, "e3",
      ["student": .to(.student, "s3"), "course": .to(.course, "c1"), "progressPercent": 0])
    school.attempt("a1", 60, at: ago(days: 2))
    school.put(.ticket, "t1", ["student": .to(.student, "s1"), "status": "open"])
    school.put(.ticket, "t2", ["student": .to(.student, "s3"), "status": "open"])
    school.put(.course, "c2", ["courseCode": "ZZZ", "status": "archived"])
    let answer = school.courses(ListRequest(), look())
    let row = try #require(answer.list.rows.first)
    #expect(answer.list.rows.count == 1)
    #expect(answer.views.map(\.count) == [1, 0, 1, 1, 2])
    #expect(row.active == 2)
    #expect(row.atTarget == 1)
    #expect(row.mean == 70)
    #expect(row.meanScore == 60)
    #expect(row.openTickets == 1)
    #expect(row.severity == .plain)
  }
}

extension School {
  fileprivate mutating func student(
    _ id: String, _ progress: Double, cohort: String, owner: String,
    enrolled: ParseDate = ago(days: 70), changed: ParseDate = ago(days: 1)
  ) {
    put(
      .student, id,
      [
        "fullName": .string(id), "cohort": .string(cohort), "accountOwner": .to(.user, owner),
        "currentCompletionRate": .init(progress),
      ])
    put(
      .enrollment, "e-\(id)", updated: changed,
      [
        "student": .to(.student, id), "course": .to(.course, "c1"), "active": true,
        "progressPercent": .init(progress), "enrolledAt": enrolled.json,
      ])
  }
}
