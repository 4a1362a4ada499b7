import ParseCore
import Sandbox
import Testing

/// The contract every client of the school shares: ten classes, and the queries of the first
/// screens.
struct ContractTests {
  let school = School()

  /// `Pointer X` is a pointer to X; `!` marks a required field.
  static let classes: [(String, [String: String])] = [
    (
      "Course",
      [
        "courseCode": "String!", "title": "String!", "status": "String!",
        "instructor": "Pointer _User!", "targetCompletionRate": "Number!",
      ]
    ),
    (
      "Student",
      [
        "fullName": "String!", "email": "String!", "cohort": "String!",
        "currentCompletionRate": "Number!", "lastQuizScore": "Number!",
        "accountOwner": "Pointer _User!",
      ]
    ),
    (
      "Enrollment",
      [
        "student": "Pointer Student!", "course": "Pointer Course!", "enrolledAt": "Date!",
        "progressPercent": "Number!", "active": "Boolean!",
      ]
    ),
    (
      "QuizAttempt",
      [
        "student": "Pointer Student!", "course": "Pointer Course!", "quizTitle": "String!",
        "scorePercent": "Number!", "attemptedAt": "Date!", "status": "String!",
      ]
    ),
    (
      "SupportTicket",
      [
        "ticketNumber": "String!", "student": "Pointer Student!", "assignedTo": "Pointer _User!",
        "subject": "String!", "priority": "String!", "status": "String!", "lastMessageAt": "Date!",
      ]
    ),
    (
      "Company",
      [
        "name": "String!", "website": "String", "industry": "String", "address": "String",
        "notes": "String", "createdBy": "Pointer _User",
      ]
    ),
    (
      "Contact",
      [
        "name": "String!", "email": "String", "phone": "String", "company": "Pointer Company",
        "notes": "String", "createdBy": "Pointer _User",
      ]
    ),
    (
      "Deal",
      [
        "title": "String!", "amount": "Number", "stage": "String", "contact": "Pointer Contact",
        "company": "Pointer Company", "expectedCloseDate": "Date", "notes": "String",
        "assignedTo": "Pointer _User",
      ]
    ),
    (
      "Activity",
      [
        "type": "String", "subject": "String", "description": "String", "dueDate": "Date",
        "completedAt": "Date", "relatedTo": "Pointer Contact or Deal", "createdBy": "Pointer _User",
      ]
    ),
    (
      "_User",
      [
        "username": "String", "password": "String", "email": "String", "role": "String",
        "authData": "Object", "emailVerified": "Boolean",
      ]
    ),
  ]

  @Test(arguments: classes) func `a class has its fields and no other`(
    className: String, fields: [String: String]
  ) {
    let schema = school.send("GET", "/schemas/\(className)", as: "master").json
    let system: Set = ["objectId", "createdAt", "updatedAt", "ACL"]
    var found: [String: String] = [:]
    for member in schema["fields"]?.object?.members ?? [] where !system.contains(member.key) {
      let field = member.value
      let targets =
        field["targetClasses"]?.array?.compactMap(\.string)
        ?? [field["targetClass"]?.string].compactMap(\.self)
      let target = targets.isEmpty ? "" : " " + targets.joined(separator: " or ")
      let mark = field["required"] == true ? "!" : ""
      found[member.key] = (field["type"]?.string ?? "") + target + mark
    }
    #expect(found == fields)
  }

  @Test func `students come by completion with their owner, as the dashboard asks`() throws {
    for (id, rate) in [("student1", 40), ("student2", 75)] {
      try school.server.save("Student", id, ["currentCompletionRate": .number(JSONNumber(rate))])
    }
    let rows = school.send(
      "GET", "/classes/Student?include=accountOwner&order=-currentCompletionRate", as: "carla"
    ).results
    #expect(rows.compactMap { $0["objectId"]?.string } == ["student2", "student1"])
    #expect(rows.compactMap { $0["accountOwner"]?["username"]?.string } == ["ines", "carla"])
  }

  @Test func `attempts come newest first with learner and course, as the review asks`() {
    for (title, at) in [("Old", "2026-01-01"), ("New", "2026-02-01")] {
      let body: JSONObject = [
        "student": School.pointer("Student", "student1"),
        "course": School.pointer("Course", "course1"), "quizTitle": .string(title),
        "scorePercent": 50, "status": "graded",
        "attemptedAt": ["__type": "Date", "iso": .string(at + "T00:00:00.000Z")],
      ]
      #expect(school.send("POST", "/classes/QuizAttempt", .object(body), as: "carla").status == 201)
    }
    let rows = school.send(
      "GET", "/classes/QuizAttempt?include=student,course&order=-attemptedAt", as: "carla"
    ).results
    #expect(rows.compactMap { $0["quizTitle"]?.string } == ["New", "Old"])
    #expect(rows.first?["student"]?["fullName"] == "Lena F")
    #expect(rows.first?["course"]?["status"] == "active")
  }

  @Test func `deals come of one stage by close date, and activities of one deal`() throws {
    for (title, stage, day) in [
      ("Later", "qualified", "09"), ("Sooner", "qualified", "02"), ("Other", "lead", "01"),
    ] {
      let body: JSONObject = [
        "title": .string(title), "stage": .string(stage), "assignedTo": School.user("sam"),
        "expectedCloseDate": [
          "__type": "Date", "iso": .string("2026-12-\(day)T12:00:00.000Z"),
        ],
      ]
      #expect(school.send("POST", "/classes/Deal", .object(body), as: "sam").status == 201)
    }
    let deals = school.find(
      "Deal", ["where": ["stage": "qualified"], "order": "expectedCloseDate"], as: "sam")
    #expect(deals.results.compactMap { $0["title"]?.string } == ["Sooner", "Later"])
    let about = school.find(
      "Activity", ["where": ["relatedTo": School.pointer("Deal", "deal1")]], as: "sam")
    #expect(about.results.compactMap { $0["objectId"]?.string } == ["activity1"])
  }
}
