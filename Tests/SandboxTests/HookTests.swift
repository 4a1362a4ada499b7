import ParseCore
import Sandbox
import Testing

struct HookTests {
  let school = School()
  private let lena = School.pointer("Student", "student1")
  private let course = School.pointer("Course", "course1")

  @Test func `a ticket gets a number, echoed, sortable and never changed`() throws {
    let body: JSON = ["student": lena, "subject": " Video\u{7} stuck "]
    let first = school.send("POST", "/classes/SupportTicket", body, as: "carla")
    school.clock.advance(seconds: 40)
    let second = school.send("POST", "/classes/SupportTicket", body, as: "carla")
    let number = try #require(first.json["ticketNumber"]?.string)
    let later = try #require(second.json["ticketNumber"]?.string)
    #expect(number.hasPrefix("T-") && number.utf8.count == 10)
    #expect(number.dropLast(2) < later.dropLast(2))
    #expect(first.json["status"] == "new" && first.json["priority"] == "normal")
    #expect(first.json["assignedTo"] == School.user("carla"))
    #expect(first.json["subject"] == "Video stuck")
    let id = try #require(first.json["objectId"]?.string)
    let change = school.send(
      "PUT", "/classes/SupportTicket/\(id)", ["ticketNumber": "T-1"], as: "carla")
    #expect(change.code == 142)
  }

  @Test(
    arguments: [
      ("Enrollment", "enrol1", ["progressPercent": 101], 142),
      ("Enrollment", "enrol1", ["progressPercent": -1], 142),
      ("Course", "course1", ["targetCompletionRate": 100.5], 142),
      ("Student", "student1", ["fullName": "  "], 142),
      ("SupportTicket", "ticket1", ["subject": ""], 142),
    ] as [(String, String, JSON, Int)])
  func `values out of range are refused`(
    className: String, id: String, body: JSON, code: Int
  ) {
    let reply = school.send("PUT", "/classes/\(className)/\(id)", body, as: "carla")
    #expect(reply.code == code)
  }

  @Test(arguments: [("closed_won", "won"), ("Prospecting", "lead"), ("odd one", "odd one")])
  func `a stage is written in its canonical spelling, unknown ones are kept`(
    sent: String, stored: String
  ) {
    _ = school.send("PUT", "/classes/Deal/deal1", ["stage": .string(sent)], as: "sam")
    #expect(school.server.row("Deal", "deal1")?.fields["stage"]?.string == stored)
  }

  @Test func `progress rolls up to the student`() {
    _ = school.send("PUT", "/classes/Enrollment/enrol1", ["progressPercent": 33.33], as: "ines")
    #expect(school.server.row("Student", "student1")?.fields["currentCompletionRate"] == 33.3)
    _ = school.send("PUT", "/classes/Enrollment/enrol1", ["active": false], as: "ines")
    #expect(school.server.row("Student", "student1")?.fields["currentCompletionRate"] == 0)
  }

  @Test func `the newest scored attempt is the last score`() {
    func attempt(_ score: JSON, _ status: JSON, daysAgo: Int) -> Reply {
      let at = school.clock.now.advanced(bySeconds: -daysAgo * 86_400)
      return school.send(
        "POST", "/classes/QuizAttempt",
        [
          "student": lena, "course": course, "quizTitle": " Quiz  1 ", "scorePercent": score,
          "status": status, "attemptedAt": at.json,
        ], as: "carla")
    }
    #expect(attempt(70, "graded", daysAgo: 1).json["quizTitle"] == "Quiz 1")
    #expect(attempt(40, "graded", daysAgo: 5).status == 201)
    #expect(attempt(99, "in_progress", daysAgo: 0).status == 201)
    #expect(school.server.row("Student", "student1")?.fields["lastQuizScore"] == 70)
    #expect(attempt(1, "graded", daysAgo: -1).code == 142)
  }

  @Test func `no one enrols twice in a course`() {
    let reply = school.send(
      "POST", "/classes/Enrollment",
      ["student": lena, "course": course, "progressPercent": 0], as: "carla")
    #expect(reply.code == 137)
  }

  @Test func `an instructor enrols into his own courses`() {
    let body: JSON = [
      "student": lena, "course": School.pointer("Course", "course2"), "progressPercent": 0,
    ]
    #expect(school.send("POST", "/classes/Enrollment", body, as: "ines").code == 119)
    #expect(school.send("POST", "/classes/Enrollment", body, as: "carla").status == 201)
  }

  @Test func `a reassigned deal changes hands with its activities' rights`() throws {
    #expect(school.find("Activity", as: "sam").results.count == 1)
    let reply = school.send(
      "PUT", "/classes/Deal/deal1", ["assignedTo": School.user("sven")], as: "ada")
    #expect(reply.status == 200)
    #expect(school.find("Deal", as: "sam").results.isEmpty)
    #expect(school.find("Deal", as: "sven").results.count == 1)
    #expect(school.find("Activity", as: "sam").results.isEmpty)
  }

  @Test func `what others point at is not deleted, unless an admin says so`() {
    let path = "/classes/Student/student1"
    #expect(school.send("DELETE", path, as: "ada").code == 141)
    let cascade = ["x-parse-cloud-context": "{\"cascade\":true}"]
    #expect(school.send("DELETE", path, as: "ada", headers: cascade).status == 200)
  }

  @Test func `createdBy is who made the row`() throws {
    let reply = school.send(
      "POST", "/classes/Company", ["name": "n", "createdBy": School.user("ada")], as: "sven")
    #expect(reply.json["createdBy"] == School.user("sven"))
    let id = try #require(reply.json["objectId"]?.string)
    let change = school.send(
      "PUT", "/classes/Company/\(id)", ["createdBy": School.user("sam")], as: "sven")
    #expect(change.code == 142)
  }

  @Test func `a claim of a ticket that has changed is refused`() throws {
    let seen = try #require(school.server.row("SupportTicket", "ticket1")?.updatedAt)
    school.clock.advance(seconds: 1)
    _ = school.send("PUT", "/classes/SupportTicket/ticket1", ["priority": "high"], as: "ines")
    let body: JSON = ["id": "ticket1", "seenUpdatedAt": .string(seen.iso)]
    #expect(school.send("POST", "/functions/claimTicket", body, as: "carla").code == 141)
    let fresh = school.send(
      "POST", "/functions/claimTicket",
      ["id": "ticket1", "seenUpdatedAt": .string(school.clock.now.iso)], as: "carla")
    #expect(fresh.json["result"]?["assignedTo"] == School.user("carla"))
  }

  @Test func `without hooks the server stores what it gets`() {
    let bare = School { $0.runsHooks = false }
    let reply = bare.send("POST", "/classes/Deal", ["title": "t"], as: "sam")
    #expect(reply.json.object?.keys.sorted() == ["createdAt", "objectId"])
  }
}
