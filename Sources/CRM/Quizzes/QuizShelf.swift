import ParseCore

/// The quizzes of a school, course by course: a change of one attempt renews one course.
package struct QuizShelf: Sendable {
  /// By the bytes of the course's id.
  private(set) var courses: [CourseQuizzes] = []
  private(set) var learners = LearnerNumbers()
  /// The cohort of each learner, by number.
  private(set) var cohorts: [String] = []

  /// O(n log n) in attempts.
  package init(_ school: School, _ viewpoint: Viewpoint) {
    let ids = school.attempts.targets(.course)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    courses = ids.map { CourseQuizzes($0, school, viewpoint, &learners) }
    readCohorts(school)
  }

  /// Makes anew what changed rows show in.
  ///
  /// - Parameters:
  ///   - ids: courses of changed attempts, of changed enrollments, and changed themselves.
  ///   - students: the changed ones.
  package mutating func renew(
    courses ids: Set<RecordID>, students: Set<RecordID>, _ school: School, _ viewpoint: Viewpoint
  ) {
    for id in ids {
      let place =
        courses.firstIndex { !$0.course.utf8.lexicographicallyPrecedes(id.utf8) } ?? courses.count
      if place < courses.count, courses[place].course == id { courses.remove(at: place) }
      guard school.attempts.contains(.course, id) else { continue }
      courses.insert(CourseQuizzes(id, school, viewpoint, &learners), at: place)
    }
    for student in students {
      guard let number = learners[PackedID(student)], number < cohorts.count else { continue }
      cohorts[number] = school.students[student]?.cohort ?? ""
    }
    readCohorts(school)
  }

  /// Of the learners that came since the last time.
  private mutating func readCohorts(_ school: School) {
    for id in learners.ids[cohorts.count...] { cohorts.append(school.students[id]?.cohort ?? "") }
  }

  var quizCount: Int { courses.reduce(0) { $0 + $1.rows.count } }
}

/// One attempt on a shelf.
struct QuizSpot: Sendable {
  /// The course's place on the shelf.
  let course: Int
  /// The attempt's place in the course's book.
  let place: Int32
}

extension QuizShelf {
  func attempt(_ spot: QuizSpot, _ school: School) -> QuizAttempt {
    school.attempts.all[Int(courses[spot.course].book.facts[Int(spot.place)].row)]
  }

  func row(
    _ spot: QuizSpot, _ school: School, _ viewpoint: Viewpoint, _ basis: QuizBasis
  ) -> AttemptRow {
    let course = courses[spot.course]
    let quiz = course.book.quiz(of: course.book.facts[Int(spot.place)])
    return course.book.attemptRow(
      spot.place, school, viewpoint, title: course.rows[quiz].title, basis: basis)
  }

  /// Newest first. O(n log n); rows are looked at again only where two share an instant.
  func newestFirst(_ spots: [QuizSpot], _ school: School) -> [QuizSpot] {
    spots.map { (at: attempt($0, school).place, spot: $0) }
      .sorted { one, two in
        one.at == two.at
          ? attempt(two.spot, school).meta.precedes(attempt(one.spot, school).meta)
          : one.at > two.at
      }
      .map(\.spot)
  }

  /// The newest attempts of some courses, newest first.
  ///
  /// - Parameter limit: how many; O(limit · courses), against O(n log n) without one.
  func newest(
    _ limit: Int?, _ school: School, where holds: (CourseQuizzes) -> Bool
  ) -> [QuizSpot] {
    let places = courses.indices.filter { holds(courses[$0]) }
    guard let limit else {
      return newestFirst(
        places.flatMap { course in
          courses[course].book.facts.indices.map { QuizSpot(course: course, place: Int32($0)) }
        }, school)
    }
    var ends = places.map { QuizSpot(course: $0, place: Int32(courses[$0].book.facts.count) - 1) }
    var found: [QuizSpot] = []
    while found.count < limit {
      ends.removeAll { $0.place < 0 }
      guard
        let newest = ends.indices.max(by: {
          attempt(ends[$0], school).stands(before: attempt(ends[$1], school))
        })
      else { break }
      found.append(ends[newest])
      ends[newest] = QuizSpot(course: ends[newest].course, place: ends[newest].place - 1)
    }
    return found
  }
}
