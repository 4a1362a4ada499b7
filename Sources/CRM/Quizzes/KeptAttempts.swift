/// The attempts of each course that stand first in an order, until something of the course changes.
package struct KeptAttempts: Sendable {
  /// As many as a list of attempts shows.
  static let limit = 200

  private var request: ListRequest?
  private var lists: [RecordID: [AttemptRow]] = [:]

  package init() {}

  mutating func forget(_ course: RecordID) { lists[course] = nil }

  /// - Parameter rows: of a course, in any order.
  mutating func first(
    of courses: [CourseQuizzes], _ request: ListRequest, _ order: RowOrder<AttemptRow>,
    rows: (CourseQuizzes) -> some Sequence<AttemptRow>
  ) -> [AttemptRow] {
    if request != self.request { (self.request, lists) = (request, [:]) }
    var ends: [(rows: [AttemptRow], place: Int)] = []
    for course in courses {
      let list = lists[course.course] ?? Array(order.sorted(Array(rows(course))).prefix(Self.limit))
      lists[course.course] = list
      if !list.isEmpty { ends.append((list, 0)) }
    }
    // The list whose next row comes first is at the end.
    func isLater(_ one: (rows: [AttemptRow], place: Int), _ two: (rows: [AttemptRow], place: Int))
      -> Bool
    { order.precedes(two.rows[two.place], one.rows[one.place]) }
    ends.sort(by: isLater)
    var first: [AttemptRow] = []
    while first.count < Self.limit, var end = ends.popLast() {
      first.append(end.rows[end.place])
      end.place += 1
      guard end.place < end.rows.count else { continue }
      let place = ends.firstIndex { !isLater($0, end) } ?? ends.count
      ends.insert(end, at: place)
    }
    return first
  }
}
