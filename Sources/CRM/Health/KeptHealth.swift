/// Which checks find which rows at fault, kept until something they rest on changes.
struct KeptHealth {
  private var entries: [SchoolClass: KeptEntries<HealthBits>] = [:]
  /// Nil until it is asked for.
  private var oddTitles: OddTitles?
  private var staleCourses: Set<RecordID> = []
  /// Time has passed since the last look.
  private var isLater = false

  var isKept: Bool { oddTitles != nil }

  mutating func touch(_ kind: SchoolClass, _ position: Int?) {
    guard isKept else { return }
    entries[kind]?.touch(position)
  }

  /// An attempt of the course has changed.
  mutating func touch(titlesOf course: RecordID) {
    if isKept { staleCourses.insert(course) }
  }

  mutating func pass() { isLater = isKept }

  /// See `KeptEntries.remove`.
  mutating func remove(_ kind: SchoolClass, at position: Int, of count: Int, id: RecordID) {
    entries[kind]?.remove(at: position, of: count, id: id)
  }

  /// All checks in their order. O(rows), the first time with all they rest on.
  mutating func lines(_ school: School, _ viewpoint: Viewpoint) -> [HealthRow] {
    let context = HealthContext(school, titles(school), viewpoint)
    // What was ahead of now may not be any more.
    if isLater {
      for kind in entries.keys { entries[kind]?.touchAll { $0.isAhead } }
      isLater = false
    }
    let lines =
      lines(school.users, context) + lines(school.courses, context)
      + lines(school.students, context) + lines(school.enrollments, context)
      + lines(school.attempts, context) + lines(school.tickets, context)
      + lines(school.contacts, context) + lines(school.deals, context)
      + lines(school.activities, context)
    return lines.enumerated()
      .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element.row)
  }

  private mutating func lines<Row: CheckedRecord>(
    _ table: RecordTable<Row>, _ context: HealthContext
  ) -> [HealthLine] {
    let bits = entries[Row.schoolClass, default: KeptEntries()].all(of: table.all) { row, _, _ in
      HealthBits(row, context)
    }
    return HealthFinder(table, bits, context).rows
  }

  /// Works out the next of a number of rows before they are asked for.
  ///
  /// - Returns: false when none are left to work out.
  mutating func prepare(_ count: Int, _ school: School, _ viewpoint: Viewpoint) -> Bool {
    let context = HealthContext(school, titles(school), viewpoint)
    func prepare<Row: CheckedRecord>(_ table: RecordTable<Row>) -> Bool {
      entries[Row.schoolClass, default: KeptEntries()].prepare(count, of: table.all) { row, _, _ in
        HealthBits(row, context)
      }
    }
    return prepare(school.users) || prepare(school.courses) || prepare(school.students)
      || prepare(school.enrollments) || prepare(school.attempts) || prepare(school.tickets)
      || prepare(school.contacts) || prepare(school.deals) || prepare(school.activities)
  }

  private mutating func titles(_ school: School) -> OddTitles {
    guard var titles = oddTitles else {
      let titles = OddTitles(school)
      oddTitles = titles
      return titles
    }
    for course in staleCourses where titles.renew(course, school) {
      for position in school.attempts.positions(.course, course) { touch(.attempt, position) }
    }
    staleCourses = []
    oddTitles = titles
    return titles
  }
}
