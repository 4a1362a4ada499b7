import ParseCore

/// When the members of a cohort enrolled and how well they stand.
struct DemoCohort {
  let name: String
  /// Share of the students.
  let share: Double
  /// Days since enrolment, from the last to the first.
  let enrolled: ClosedRange<Double>
  /// Added to the latent standing.
  let lead: Double

  /// Five cohorts; the three numbered ones are this half year and the two before, so that a demo of
  /// next year is not about old cohorts.
  static func all(now: ParseDate) -> [DemoCohort] {
    let civil = ParseDate.civil(day: now.dayNumber)
    let half = civil.year * 2 + (civil.month > 6 ? 1 : 0)
    func name(_ back: Int) -> String {
      let half = half - back
      return "\(half / 2)-\(half % 2 == 0 ? "A" : "B")"
    }
    return [
      DemoCohort(name: name(2), share: 30, enrolled: 250...420, lead: 0.45),
      DemoCohort(name: name(1), share: 28, enrolled: 90...190, lead: 0),
      DemoCohort(name: name(0), share: 22, enrolled: 4...70, lead: -0.35),
      DemoCohort(name: "Évening 夜間", share: 12, enrolled: 30...240, lead: 0),
      DemoCohort(name: "corporate/β", share: 8, enrolled: 25...300, lead: 0.1),
    ]
  }
}

extension DemoWorld {
  mutating func makeStudents() {
    let cohorts = DemoCohort.all(now: today)
    let shares = cohorts.map(\.share)
    let coordinators = users(as: "coordinator")
    let instructors = users(as: "instructor")
    for index in 0..<sizes.students {
      let name = index < words.names.count ? words.names[index] : personName()
      let ability = random.normal()
      let effort = 0.5 * ability + 0.866 * random.normal()
      let cohort = random.index(of: shares)
      students.append(
        DemoStudent(
          id: random.id(), name: name.text, email: email(name.handle, at: "example.org"),
          cohort: cohort,
          owner: random.chance(0.06) ? random.pick(instructors) : random.pick(coordinators),
          ability: ability, effort: effort, created: now, updated: now))
    }
    rankStudents(cohorts)
  }

  /// Gives each student a standing by rank, so that the shares hold whatever the seed: 4 % far from
  /// the target, 6 % behind it, 30 % near. The first names of the list are among the lowest: they
  /// are the ones a coordinator is to look at.
  private mutating func rankStudents(_ cohorts: [DemoCohort]) {
    let watched = min(sizes.students / 15, 16)
    for index in 0..<watched {
      students[index].effort -= 3.4 - Double(index) * 0.06
      students[index].ability -= 0.5
    }
    let scores = students.map { student in
      0.35 * student.ability + 0.8 * student.effort + cohorts[student.cohort].lead
    }
    let order = students.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    for (rank, index) in order.enumerated() {
      let place = (Double(rank) + 0.5) / Double(order.count)
      students[index].standing =
        place < 0.045 ? .far : place < 0.105 ? .behind : place < 0.41 ? .near : .reached
      // Those who are near are there by ability where effort lacks: slow, but with good scores.
      if students[index].standing == .near { students[index].ability += 0.7 }
    }
  }

  mutating func makeEnrollments() {
    let cohorts = DemoCohort.all(now: today)
    let choice = WeightedIndex(courses.map { $0.status == "draft" ? 0 : $0.share })
    let open = courses.filter { $0.status != "draft" && $0.share > 0 }.count
    for (student, count) in enrollmentCounts(atMost: min(open, 6)).enumerated() {
      var taken: [Int] = []
      while taken.count < count {
        let course = choice.draw(&random)
        if taken.contains(course) || courses[course].share == 0 { continue }
        taken.append(course)
        enroll(student, in: course, isOnly: count == 1, cohort: cohorts[students[student].cohort])
      }
    }
    for index in students.indices {
      let first = students[index].enrollments.map { enrollments[$0].enrolledAt }.min()
      let created = first ?? now.ago(days: random.between(2, 60))
      students[index].created = created.ago(days: random.between(0.1, 9))
    }
  }

  /// How many courses each student takes: 0 to 5, in sum exactly the size asked for.
  private mutating func enrollmentCounts(atMost limit: Int) -> [Int] {
    var counts = students.indices.map { index in
      index < 8 ? min(2, limit) : min(random.index(of: [5, 35, 35, 18, 5, 2]), limit)
    }
    var sum = counts.reduce(0, +)
    while sum != sizes.enrollments {
      let index = random.below(counts.count)
      if sum < sizes.enrollments, counts[index] > 0, counts[index] < limit {
        counts[index] += 1
        sum += 1
      } else if sum > sizes.enrollments, counts[index] > 1 {
        counts[index] -= 1
        sum -= 1
      }
    }
    return counts
  }

  private mutating func enroll(
    _ student: Int, in course: Int, isOnly: Bool, cohort: DemoCohort
  ) {
    let since = random.between(cohort.enrolled.lowerBound, cohort.enrolled.upperBound)
    let enrolledAt = ParseDate(
      dayNumber: now.ago(days: since).dayNumber, hour: random.between(7, 19))
    let isFirst = students[student].enrollments.isEmpty
    let active = isFirst && student < 16 || !random.chance(courses[course].isOver ? 0.6 : 0.13)
    let standing = standing(of: student, isFirst: isFirst)
    let progress =
      active
      ? progress(standing: standing, target: courses[course].target, isOnly: isOnly)
      : idleProgress()
    let updated = lastChange(
      standing: standing, progress: progress, active: active, enrolled: enrolledAt)
    students[student].enrollments.append(enrollments.count)
    enrollments.append(
      DemoEnrollment(
        id: random.id(), student: .row(student), course: course, enrolledAt: enrolledAt,
        progress: progress, active: active, created: enrolledAt.adding(days: 0.001),
        updated: max(updated, enrolledAt.adding(days: 0.001))))
  }

  /// The first course shows the student's standing; the others are a step better half of the time.
  private mutating func standing(of student: Int, isFirst: Bool) -> DemoStanding {
    let own = students[student].standing
    if isFirst || random.chance(0.5) { return own }
    return DemoStanding(rawValue: own.rawValue + 1) ?? .reached
  }

  private mutating func progress(
    standing: DemoStanding, target: Double, isOnly: Bool
  ) -> Double {
    if target == 0 {
      return (isOnly || standing != .reached) && random.chance(0.65)
        ? 0 : rounded(random.between(20, 100))
    }
    switch standing {
    case .far:
      return random.chance(0.4) ? 0 : rounded(max(3, target - random.between(26, 58)))
    case .behind: return rounded(target - random.between(10.5, 24.5))
    case .near: return rounded(target - random.between(1, 9.5))
    case .reached:
      return random.chance(0.2) ? 100 : rounded(target + random.unit() * (99 - target))
    }
  }

  private mutating func idleProgress() -> Double {
    let draw = random.unit()
    return draw < 0.6 ? 0 : draw < 0.78 ? 100 : rounded(random.between(4, 92))
  }

  /// Whole percents, one row in five with a decimal.
  private mutating func rounded(_ value: Double) -> Double {
    let scale = random.chance(0.2) ? 10.0 : 1
    return min(100, max(0, (value * scale).rounded() / scale))
  }

  private mutating func lastChange(
    standing: DemoStanding, progress: Double, active: Bool, enrolled: ParseDate
  ) -> ParseDate {
    let age = enrolled.days(until: now)
    if progress == 0 { return enrolled }
    if !active || progress == 100 { return now.ago(days: age * random.between(0.05, 0.85)) }
    let stall = [0.8, 0.5, 0.15, 0.05][standing.rawValue]
    guard random.chance(stall), age > 18 else {
      return now.ago(days: min(random.exponential(mean: 5), 12.5, age * 0.9))
    }
    let days = random.chance(0.18) ? random.between(90, 130) : random.between(14.5, 60)
    return now.ago(days: min(days, age * 0.9))
  }
}
