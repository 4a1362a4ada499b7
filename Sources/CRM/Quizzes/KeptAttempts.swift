import ParseCore

/// The attempts of each course that stand first in an order, until something of the course changes.
/// Places in the course's book, so that many orders can be kept.
package struct KeptAttempts: Sendable {
  /// As many as a list of attempts shows.
  static let limit = 200
  /// Most orders that are remembered.
  private static let mostLists = 16

  private var lists: [ListRequest: [RecordID: [Int32]]] = [:]
  /// Of the lists, the one that was asked for last at the end.
  private var asked: [ListRequest] = []

  package init() {}

  mutating func forget(_ course: RecordID) {
    for request in asked { lists[request]?[course] = nil }
  }

  /// - Parameter row: of an attempt at a place of a course's book; nil for one that is left out.
  mutating func first(
    of courses: [CourseQuizzes], _ request: ListRequest, _ order: RowOrder<AttemptRow>,
    row: (CourseQuizzes, Int32) -> AttemptRow?
  ) -> [AttemptRow] {
    var known = lists.removeValue(forKey: request) ?? [:]
    var ends: [End] = []
    for course in courses {
      let places = known[course.course] ?? Self.first(of: course, order, row)
      known[course.course] = places
      if let end = End(course, places, row) { ends.append(end) }
    }
    lists[request] = known
    asked.removeAll { $0 == request }
    asked.append(request)
    if asked.count > Self.mostLists { lists[asked.removeFirst()] = nil }
    return Self.merge(ends, order, row)
  }

  private static func first(
    of course: CourseQuizzes, _ order: RowOrder<AttemptRow>,
    _ row: (CourseQuizzes, Int32) -> AttemptRow?
  ) -> [Int32] {
    var (rows, places): ([AttemptRow], [Int32]) = ([], [])
    for place in course.book.facts.indices.map({ Int32($0) }) {
      guard let row = row(course, place) else { continue }
      rows.append(row)
      places.append(place)
    }
    return order.sorted(rows.indices.map { Int32($0) }, of: rows).prefix(limit)
      .map { places[Int($0)] }
  }

  /// What is left of a course's list, and the row it begins with.
  private struct End {
    let course: CourseQuizzes
    private var rest: ArraySlice<Int32>
    private(set) var head: AttemptRow

    init?(
      _ course: CourseQuizzes, _ places: some Collection<Int32>,
      _ row: (CourseQuizzes, Int32) -> AttemptRow?
    ) {
      guard let first = places.first, let head = row(course, first) else { return nil }
      (self.course, rest, self.head) = (course, Array(places.dropFirst())[...], head)
    }

    /// - Returns: false when nothing is left.
    mutating func drop(_ row: (CourseQuizzes, Int32) -> AttemptRow?) -> Bool {
      guard let next = rest.popFirst(), let head = row(course, next) else { return false }
      self.head = head
      return true
    }
  }

  private static func merge(
    _ ends: [End], _ order: RowOrder<AttemptRow>, _ row: (CourseQuizzes, Int32) -> AttemptRow?
  ) -> [AttemptRow] {
    // The list whose next row comes first is at the end.
    var queue = Array(
      order.sorted(ends.indices.map { Int32($0) }, of: ends.map(\.head)).reversed())
    var ends = ends
    var first: [AttemptRow] = []
    while first.count < limit, let next = queue.popLast() {
      first.append(ends[Int(next)].head)
      guard ends[Int(next)].drop(row) else { continue }
      let head = ends[Int(next)].head
      var (low, high) = (0, queue.count)
      while low < high {
        let middle = (low + high) / 2
        if order.precedes(head, ends[Int(queue[middle])].head) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      queue.insert(next, at: low)
    }
    return first
  }
}
