import ParseCore
import Sandbox
import Testing

/// What one person may do with one row, or with a class: one cell of reference/domain.md §4.1.
struct Cell: Sendable, CustomTestStringConvertible {
  enum Action: Character {
    case read = "R"
    case update = "U"
    case delete = "D"
  }

  let className: String
  let id: String
  /// Nil is somebody who has not signed in.
  let user: String?
  let action: Action
  let isAllowed: Bool

  var testDescription: String {
    "\(user ?? "nobody") \(isAllowed ? "may" : "may not") \(action) \(className) \(id)"
  }
}

/// The rows of the matrix: every class with a row of one's own and one of somebody else's.
///
/// ada is admin, carla coordinator, ines instructor, sam and sven sales, lena learner.
enum Matrix {
  /// What each may do, in letters; who is not named may do nothing.
  static let rights: [(className: String, id: String, rights: [String: String])] = [
    // ines teaches 1, which is active; carla teaches 2, a draft.
    (
      "Course", "course1",
      ["ada": "RUD", "carla": "RU", "ines": "RU", "sam": "R", "sven": "R", "lena": "R"]
    ),
    ("Course", "course2", ["ada": "RUD", "carla": "RU", "ines": "R", "sam": "R", "sven": "R"]),
    // 1 is lena, in a course of ines; ines owns 2; carla owns 3, who is in her course.
    ("Student", "student1", ["ada": "RUD", "carla": "RU", "ines": "R", "lena": "R"]),
    ("Student", "student2", ["ada": "RUD", "carla": "RU", "ines": "RU"]),
    ("Student", "student3", ["ada": "RUD", "carla": "RU"]),
    // 1 is lena in the course of ines; 2 is student 3 in carla's course.
    ("Enrollment", "enrol1", ["ada": "RUD", "carla": "RUD", "ines": "RU", "lena": "R"]),
    ("Enrollment", "enrol2", ["ada": "RUD", "carla": "RUD"]),
    ("QuizAttempt", "attempt1", ["ada": "RUD", "carla": "RUD", "ines": "RU", "lena": "R"]),
    ("QuizAttempt", "attempt2", ["ada": "RUD", "carla": "RUD"]),
    // 1 is lena's, assigned to ines; 2 is student 3's, assigned to carla.
    ("SupportTicket", "ticket1", ["ada": "RUD", "carla": "RU", "ines": "RU", "lena": "R"]),
    ("SupportTicket", "ticket2", ["ada": "RUD", "carla": "RU"]),
    // The team reads companies and contacts; 1 is sam's, 2 is sven's.
    ("Company", "company1", ["ada": "RUD", "sam": "RUD", "sven": "R"]),
    ("Company", "company2", ["ada": "RUD", "sam": "R", "sven": "RUD"]),
    ("Contact", "contact1", ["ada": "RUD", "sam": "RUD", "sven": "R"]),
    ("Contact", "contact2", ["ada": "RUD", "sam": "R", "sven": "RUD"]),
    ("Deal", "deal1", ["ada": "RUD", "sam": "RUD"]),
    ("Deal", "deal2", ["ada": "RUD", "sven": "RUD"]),
    // 1 is sven's, about sam's deal; 2 is sven's alone.
    ("Activity", "activity1", ["ada": "RUD", "sam": "R", "sven": "RUD"]),
    ("Activity", "activity2", ["ada": "RUD", "sven": "RUD"]),
    // Only the master key and he himself delete an account, and the class leaves that to admins.
    ("_User", "usersam", ["ada": "RU", "carla": "R", "ines": "R", "sam": "RU", "sven": "R"]),
    ("_User", "userlena", ["ada": "RU", "carla": "R", "lena": "RU"]),
  ]

  static let people: [String?] = ["ada", "carla", "ines", "sam", "sven", "lena", nil]

  static let cells: [Cell] = rights.flatMap { row in
    people.flatMap { user in
      [Cell.Action.read, .update, .delete].map { action in
        let letters = user.flatMap { row.rights[$0] } ?? ""
        return Cell(
          className: row.className, id: row.id, user: user, action: action,
          isAllowed: letters.contains(action.rawValue))
      }
    }
  }

  static var readCells: [Cell] { cells.filter { $0.action == .read } }

  /// A change nobody's hook minds.
  static let change: [String: JSONObject] = [
    "Course": ["title": "x"], "Student": ["cohort": "x"], "Enrollment": ["progressPercent": 7],
    "QuizAttempt": ["scorePercent": 7], "SupportTicket": ["priority": "high"],
    "Company": ["notes": "x"], "Contact": ["notes": "x"], "Deal": ["notes": "x"],
    "Activity": ["description": "x"], "_User": ["email": "new@campus.example"],
  ]

  /// The school with the second row of each class.
  static func school(_ change: (inout SandboxOptions) -> Void = { _ in }) -> School {
    School(change, chance: 0) { options, data in
      var data = data
      data.objects += second
      return SandboxServer(options, data: data)
    }
  }

  private static let second: [ParseObject] = [
    row(
      "Student", "student3", ["accountOwner": School.user("carla"), "email": "z@campus.example"]),
    row("Enrollment", "enrol2", coursework("student3", "course2")),
    row("QuizAttempt", "attempt1", coursework("student1", "course1")),
    row("QuizAttempt", "attempt2", coursework("student3", "course2")),
    row(
      "SupportTicket", "ticket2",
      ["student": School.pointer("Student", "student3"), "assignedTo": School.user("carla")]),
    row("Company", "company2", ["name": "Beta", "createdBy": School.user("sven")]),
    row("Contact", "contact2", ["name": "Cy", "createdBy": School.user("sven")]),
    row("Deal", "deal2", ["title": "Two", "assignedTo": School.user("sven")]),
    row("Activity", "activity2", ["type": "call", "createdBy": School.user("sven")]),
  ]

  private static func coursework(_ student: String, _ course: String) -> JSONObject {
    ["student": School.pointer("Student", student), "course": School.pointer("Course", course)]
  }

  private static func row(
    _ className: String, _ id: String, _ fields: JSONObject
  ) -> ParseObject {
    ParseObject(className: className, objectId: id, fields: fields)
  }
}

/// Who may make what: one cell a person and class.
struct CreateCell: Sendable, CustomTestStringConvertible {
  let what: String
  let className: String
  let body: JSONObject
  let user: String?
  let isAllowed: Bool

  var testDescription: String {
    "\(user ?? "nobody") \(isAllowed ? "may" : "may not") make \(what)"
  }

  private static let sales: Set<String> = ["ada", "sam", "sven"]
  private static let bodies: [(String, String, JSONObject, Set<String>)] = [
    (
      "a course", "Course",
      [
        "courseCode": "N", "title": "n", "status": "active", "targetCompletionRate": 80,
        "instructor": School.user("ines"),
      ], ["ada", "carla", "ines"]
    ),
    (
      "a student", "Student",
      ["fullName": "n", "email": "n@campus.example", "cohort": "c"], ["ada", "carla"]
    ),
    (
      "an enrolment in the course of ines", "Enrollment",
      [
        "student": School.pointer("Student", "student2"),
        "course": School.pointer("Course", "course1"), "progressPercent": 0,
      ], ["ada", "carla", "ines"]
    ),
    (
      "an enrolment in the course of carla", "Enrollment",
      [
        "student": School.pointer("Student", "student1"),
        "course": School.pointer("Course", "course2"), "progressPercent": 0,
      ], ["ada", "carla"]
    ),
    (
      "an attempt in the course of ines", "QuizAttempt",
      [
        "student": School.pointer("Student", "student1"), "quizTitle": "q", "scorePercent": 5,
        "course": School.pointer("Course", "course1"),
      ], ["ada", "carla", "ines"]
    ),
    (
      "a ticket", "SupportTicket",
      ["student": School.pointer("Student", "student1"), "subject": "s"], ["ada", "carla", "ines"]
    ),
    ("a company", "Company", ["name": "n"], sales),
    ("a contact", "Contact", ["name": "n"], sales),
    ("a deal", "Deal", ["title": "n"], sales),
    ("an activity", "Activity", ["type": "call"], sales),
    ("a role", "_Role", ["name": "n", "ACL": [:]], ["ada"]),
  ]

  static let all: [CreateCell] = bodies.flatMap { what, className, body, allowed in
    Matrix.people.map { user in
      CreateCell(
        what: what, className: className, body: body, user: user,
        isAllowed: user.map(allowed.contains) ?? false)
    }
  }
}
