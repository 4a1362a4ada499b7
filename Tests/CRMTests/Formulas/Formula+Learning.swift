import CRM
import ParseCore
import Testing

extension Formula {
  private static func card(_ school: School) throws -> StudentCard {
    try #require(school.studentCard("s1", look()))
  }

  private static func course(_ school: School) throws -> CourseProgress {
    try #require(try card(school).courses.first)
  }

  private static func pace(_ school: School) throws -> CourseProgress.Pace {
    try course(school).pace
  }

  private static func summary(_ school: School) -> CompletionSummary {
    school.completion(ListRequest(), look()).summary
  }

  /// Learner s1 with one enrollment a progress; courses c0, c1, … of the targets.
  private static func learner(
    _ progress: [JSON], targets: [JSON], stored: JSON = 50, active: [Bool] = [true, true, true]
  ) -> School {
    var school = School.whole()
    school.put(.student, "s1", ["fullName": "Zoë", "currentCompletionRate": stored])
    for (place, percent) in progress.enumerated() {
      school.put(.course, "c\(place)", ["targetCompletionRate": targets[place]])
      school.put(
        .enrollment, "e\(place)",
        [
          "student": .to(.student, "s1"), "course": .to(.course, "c\(place)"),
          "progressPercent": percent, "active": .bool(active[place]),
        ])
    }
    return school
  }

  /// One learner a rate, each with one course of target 80 and that progress.
  private static func cohort(_ rates: [Double]) -> School {
    var school = School.whole()
    school.put(.course, "c1", ["targetCompletionRate": 80])
    for (place, rate) in rates.enumerated() {
      school.put(.student, "s\(place)", ["cohort": "A", "currentCompletionRate": .init(rate)])
      school.put(
        .enrollment, "e\(place)",
        [
          "student": .to(.student, "s\(place)"), "course": .to(.course, "c1"), "active": true,
          "progressPercent": .init(rate),
        ])
    }
    return school
  }

  private static func stalled(_ school: School) throws -> Double? {
    try card(school).row.stalledDays.map(Double.init)
  }

  private static func perWeek(_ school: School) throws -> Double? {
    guard case .moving(let pace, _) = try pace(school) else { return nil }
    return pace
  }

  private static func weeks(_ school: School) throws -> Double? {
    guard case .moving(_, let weeks) = try pace(school) else { return nil }
    return weeks
  }

  /// Seven others and the learner at 50, two of them further.
  private static func peers(_ count: Int) -> School {
    var school = School.learner(progress: 50)
    for place in 0..<count {
      school.put(
        .enrollment, "p\(place)",
        [
          "student": .to(.student, "o"), "course": .to(.course, "c1"), "active": true,
          "progressPercent": place < 2 ? 60 : 40, "enrolledAt": ago(days: 56).json,
        ])
    }
    return school
  }

  private static func scored(_ scores: [Double], stored: JSON?) -> School {
    var school = School.learner(progress: 80)
    var fields: JSONObject = ["fullName": "Zoë", "currentCompletionRate": 80]
    fields["lastQuizScore"] = stored
    school.put(.student, "s1", fields)
    for (place, score) in scores.enumerated() {
      school.attempt("a\(place)", score, at: ago(days: 9 - place))
    }
    return school
  }

  static let learning: [Formula] = [
    Formula("5.3 progress", "as stored", 40) { try course(.learner(progress: 40)).progress },
    Formula("5.3 progress", "out of range is shown", 130) {
      try course(.learner(progress: 130)).progress
    },
    Formula("5.3 progress", "out of range is in no mean", nil) { summary(cohort([130, -3])).mean },
    Formula("5.3 target", "of the course", 80) { try course(.learner(progress: 1)).target },
    Formula("5.3 target", "zero is none", nil) {
      try course(.learner(progress: 1, target: 0)).target
    },
    Formula("5.3 gap", "40 of 80", -40) { try course(.learner(progress: 40)).gap },
    Formula("5.3 gap", "without target", nil) {
      try course(.learner(progress: 40, target: .null)).gap
    },
    Formula("5.3 student target", "mean of 80 and 60", 70) {
      try card(learner([10, 20], targets: [80, 60])).row.target
    },
    Formula("5.3 student target", "ended and untargeted courses are not in it", 60) {
      try card(learner([1, 2, 3], targets: [80, 60, 0], active: [false, true, true])).row.target
    },
    Formula("5.3 student target", "no enrollment", nil) {
      try card(learner([], targets: [])).row.target
    },
    Formula("5.3 student gap", "stored 50 against 70", -20) {
      try card(learner([10, 20], targets: [80, 60])).row.gap
    },
    Formula("5.3 student gap", "no target", nil) { try card(learner([9], targets: [0])).row.gap },
    Formula("5.3 drift", "stored 50 against mean 15", 35) {
      try card(learner([10, 20], targets: [80, 60])).drift
    },
    Formula("5.3 drift", "progress out of range is not in the mean", 40) {
      try card(learner([10, 101], targets: [80, 60])).drift
    },
    Formula("5.3 drift", "nothing active", nil) {
      try card(learner([10], targets: [80], active: [false])).drift
    },
    Formula("5.3 score drift", "stored 41 against the newest 55", -14) {
      try card(scored([60, 55], stored: 41)).scoreDrift
    },
    Formula("5.3 score drift", "a score out of range is no score", -19) {
      try card(scored([60, 104], stored: 41)).scoreDrift
    },
    Formula("5.3 score drift", "no attempt", nil) { try card(scored([], stored: 0)).scoreDrift },
    Formula("5.3 % at target", "79.9, 80 and 95 of 80", 2) {
      Double(summary(cohort([79.9, 80, 95])).atTarget)
    },
    Formula("5.3 % at target", "nobody has no share", nil) {
      School.whole().cohorts(ListRequest(), look()).total.shareAtTarget
    },
    Formula("5.3 % at target", "of enrollments, in their course", 2) {
      cohort([79.9, 80, 95]).courses(ListRequest(), look()).list.rows.first
        .map { Double($0.atTarget) }
    },
    Formula("5.3 stalled days", "20 d and 23 h are 20", 20) {
      try stalled(.learner(progress: 40, changed: ago(hours: 23, days: 20)))
    },
    Formula("5.3 stalled days", "at target", nil) {
      try stalled(.learner(progress: 80, changed: ago(days: 20)))
    },
    Formula("5.3 stalled days", "100 of a target of 120", nil) {
      try stalled(.learner(progress: 100, target: 120, changed: ago(days: 20)))
    },
    Formula("5.3 stalled days", "ended", nil) {
      try stalled(.learner(progress: 40, active: false, changed: ago(days: 20)))
    },
    Formula("5.3 stalled days", "changed ahead of now", 0) {
      try stalled(.learner(progress: 40, changed: ago(days: -2)))
    },
    Formula("5.3 velocity", "50 in 70 days", 5) { try perWeek(.learner(progress: 50)) },
    Formula("5.3 velocity", "the first day is whole", 21) {
      try perWeek(.learner(progress: 3, enrolled: ago(hours: 2)))
    },
    Formula("5.3 velocity", "enrolled ahead", nil) {
      try perWeek(.learner(progress: 3, enrolled: ago(days: -1)))
    },
    Formula("5.3 velocity", "not enrolled on any day", nil) {
      try perWeek(.learner(progress: 3, enrolled: nil))
    },
    Formula("5.3 ETA", "30 to go at 5 a week", 6) { try weeks(.learner(progress: 50)) },
    Formula("5.3 ETA", "under half a point a week is never", nil) {
      try weeks(.learner(progress: 4))
    },
    Formula("5.3 peer percentile", "third of eight", 3) {
      try card(peers(7)).peerRank.map { Double($0.rank) }
    },
    Formula("5.3 peer percentile", "seven are too few", nil) {
      try card(peers(6)).peerRank.map { Double($0.rank) }
    },
    Formula("5.3 cohort roll-up", "each student once", 3) {
      Double(summary(cohort([10, 20, 90])).students)
    },
    Formula("5.3 cohort roll-up", "mean of 10, 20, 90", 40) { summary(cohort([10, 20, 90])).mean },
    Formula("5.3 cohort roll-up", "median", 20) { summary(cohort([10, 20, 90])).median },
    // h = 2 × 0.25 = 0.5 between 10 and 20.
    Formula("5.3 cohort roll-up", "p25", 15) {
      cohort([10, 20, 90]).cohorts(ListRequest(), look()).list.rows.first?.percentiles?[1]
    },
    Formula("5.3 cohort roll-up", "the last bin", 1) {
      Double(summary(cohort([10, 20, 90])).histogram[9])
    },
  ]

  private static func points(_ school: School) throws -> Double {
    Double(try card(school).row.risk.points)
  }

  private static func late(_ priority: String, hours: Int, status: String = "open") -> School {
    var school = School.learner(progress: 80)
    school.put(
      .ticket, "t1",
      [
        "student": .to(.student, "s1"), "priority": .string(priority), "status": .string(status),
        "lastMessageAt": ago(hours: hours).json,
      ])
    return school
  }

  static let risk: [Formula] = [
    Formula("5.3 risk", "at target", 0) { try points(.learner(progress: 80)) },
    Formula("5.3 risk", "10 short", 1) { try points(.learner(progress: 70)) },
    Formula("5.3 risk", "25 short", 2) { try points(.learner(progress: 55, enrolled: nil)) },
    Formula("5.3 risk", "40 short, 15 d without progress", 4) {
      try points(.learner(progress: 29, changed: ago(days: 15)))
    },
    Formula("5.3 risk", "not started for 21 d, 80 short", 5) {
      try points(.learner(progress: 0, enrolled: ago(days: 21)))
    },
    Formula("5.3 risk", "latest score 49.9", 2) { try points(scored([49.9], stored: 80)) },
    Formula("5.3 risk", "70 to 60 falls and is below 70", 2) {
      try points(scored([70, 60], stored: 80))
    },
    Formula("5.3 risk", "a score out of range is no reason", 0) {
      try points(scored([90, -3], stored: 80))
    },
    Formula("5.3 risk", "high ticket 4 h", 1) { try points(late("high", hours: 4)) },
    Formula("5.3 risk", "urgent ticket 1 h", 2) { try points(late("urgent", hours: 1)) },
    Formula("5.3 risk", "unknown priority is normal", 0) { try points(late("P0", hours: 90)) },
    Formula("5.3 risk", "an unknown status runs", 1) {
      try points(late("high", hours: 4, status: "waiting_on_vendor"))
    },
  ]
}
