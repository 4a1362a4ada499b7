import ParseCore

/// The rows of a table by one of their pointers. Built in O(rows), one hash of a key a row.
package struct Grouping<Row: Record>: Sendable {
  private let rows: [Row]
  private var first: [RecordID: Int32] = [:]
  /// The position of the next row with the same key, −1 at the end.
  private var next: [Int32]

  package init(_ rows: [Row], by key: (Row) -> RecordID?) {
    self.rows = rows
    next = Array(repeating: -1, count: rows.count)
    for position in rows.indices.reversed() {
      guard let key = key(rows[position]) else { continue }
      next[position] = first.updateValue(Int32(position), forKey: key) ?? -1
    }
  }

  /// The rows of a key, in the order of the table; empty for an unknown key.
  package subscript(key: RecordID) -> [Row] {
    var found: [Row] = []
    var position = first[key] ?? -1
    while position >= 0 {
      found.append(rows[Int(position)])
      position = next[Int(position)]
    }
    return found
  }

  package func contains(_ key: RecordID) -> Bool { first[key] != nil }
}

/// Who points to whom, for one answer. Each part is built when it is first asked for.
package final class SchoolIndex {
  private let school: School

  package init(_ school: School) { self.school = school }

  package private(set) lazy var enrollmentsByStudent = Grouping(school.enrollments.all) {
    $0.student
  }
  package private(set) lazy var enrollmentsByCourse = Grouping(school.enrollments.all) { $0.course }
  package private(set) lazy var attemptsByStudent = Grouping(school.attempts.all) { $0.student }
  package private(set) lazy var attemptsByCourse = Grouping(school.attempts.all) { $0.course }
  package private(set) lazy var ticketsByStudent = Grouping(school.tickets.all) { $0.student }
  package private(set) lazy var contactsByCompany = Grouping(school.contacts.all) { $0.company }
  package private(set) lazy var dealsByCompany = Grouping(school.deals.all) { $0.company }
  package private(set) lazy var dealsByContact = Grouping(school.deals.all) { $0.contact }
  /// By the id of the Contact or Deal an activity is about.
  package private(set) lazy var activitiesByObject = Grouping(school.activities.all) {
    $0.relatedTo?.objectId
  }
}

extension School {
  /// What a pointer to a user is called: the user name, or empty when it is not readable here.
  package func userName(_ id: RecordID?) -> String { users[id]?.username ?? "" }
}
