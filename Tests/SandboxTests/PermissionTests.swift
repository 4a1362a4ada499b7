import ParseCore
import Sandbox
import Testing

/// The cells of reference/domain.md §4.1, one request each.
struct PermissionTests {
  let school = School()

  @Test(
    arguments: [
      ("Course", ["ada": 2, "carla": 2, "ines": 2, "sam": 2, "lena": 1]),
      ("Student", ["ada": 2, "carla": 2, "ines": 2, "sam": 0, "lena": 1]),
      ("Enrollment", ["ada": 1, "carla": 1, "ines": 1, "sam": 0, "lena": 1]),
      ("SupportTicket", ["ada": 1, "carla": 1, "ines": 1, "sam": 0, "lena": 1]),
      ("Company", ["ada": 1, "carla": 0, "ines": 0, "sam": 1, "sven": 1, "lena": 0]),
      ("Contact", ["ada": 1, "carla": 0, "ines": 0, "sam": 1, "sven": 1, "lena": 0]),
      ("Deal", ["ada": 1, "carla": 0, "ines": 0, "sam": 1, "sven": 0, "lena": 0]),
      ("Activity", ["ada": 1, "carla": 0, "ines": 0, "sam": 1, "sven": 1, "lena": 0]),
      ("_User", ["ada": 7, "carla": 7, "ines": 6, "sam": 6, "lena": 1]),
    ] as [(String, [String: Int])])
  func `everyone reads what is his to read`(className: String, rows: [String: Int]) {
    for (user, count) in rows.sorted(by: { $0.key < $1.key }) {
      let reply = school.find(className, as: user)
      #expect(reply.status == 200 && reply.results.count == count, "\(user)")
    }
  }

  @Test(arguments: [
    ("Course", "course1"), ("Student", "student1"), ("Enrollment", "enrol1"),
    ("SupportTicket", "ticket1"), ("Company", "company1"), ("Deal", "deal1"),
  ])
  func `nobody adds a field to a class`(className: String, id: String) {
    for user in ["ada", "sam", "carla"] {
      let reply = school.send("PUT", "/classes/\(className)/\(id)", ["shoeSize": 44], as: user)
      #expect(reply.status != 200 && [101, 119].contains(reply.code), "\(user) \(reply.json.text)")
    }
    let fields = school.find(className, as: "ada").results.first?.object
    #expect(fields?["shoeSize"] == nil && fields != nil)
  }

  @Test(
    arguments: [
      ("Course", "course1", ["title": "x"], ["ada", "carla", "ines"]),
      ("Course", "course2", ["title": "x"], ["ada", "carla"]),
      ("Student", "student1", ["cohort": "x"], ["ada", "carla"]),
      ("Student", "student2", ["cohort": "x"], ["ada", "carla", "ines"]),
      ("Enrollment", "enrol1", ["progressPercent": 5], ["ada", "carla", "ines"]),
      ("SupportTicket", "ticket1", ["status": "open"], ["ada", "carla", "ines"]),
      ("Company", "company1", ["notes": "x"], ["ada", "sam"]),
      ("Deal", "deal1", ["stage": "won"], ["ada", "sam"]),
      ("Activity", "activity1", ["subject": "x"], ["ada", "sven"]),
    ] as [(String, String, JSON, Set<String>)])
  func `everyone changes what is his to change`(
    className: String, id: String, body: JSON, allowed: Set<String>
  ) {
    for user in School.users where user != "triage" {
      let reply = school.send("PUT", "/classes/\(className)/\(id)", body, as: user)
      #expect((reply.status == 200) == allowed.contains(user), "\(user) \(reply.json.text)")
      if reply.status != 200 { #expect([101, 119].contains(reply.code), "\(user)") }
    }
    #expect(school.send("PUT", "/classes/\(className)/\(id)", body).status != 200)
  }

  @Test(
    arguments: [
      (
        "SupportTicket", ["student": School.pointer("Student", "student1"), "subject": "s"],
        ["ada", "carla", "ines", "triage"]
      ),
      ("Company", ["name": "n"], ["ada", "sam", "sven"]),
      ("Deal", ["title": "n"], ["ada", "sam", "sven"]),
      ("Activity", ["type": "call"], ["ada", "sam", "sven"]),
      (
        "Course",
        [
          "courseCode": "C", "title": "t", "status": "active", "targetCompletionRate": 80,
          "instructor": School.user("ines"),
        ], ["ada"]
      ),
    ] as [(String, JSON, Set<String>)])
  func `everyone makes what is his to make`(
    className: String, body: JSON, allowed: Set<String>
  ) {
    for user in School.users {
      if className == "Course", ["carla", "ines", "triage"].contains(user) { continue }
      let reply = school.send("POST", "/classes/\(className)", body, as: user)
      #expect((reply.status == 201) == allowed.contains(user), "\(user) \(reply.json.text)")
      if reply.status != 201 { #expect(reply.code == 119, "\(user)") }
    }
  }

  @Test(
    arguments: [
      ("SupportTicket", "ticket1", ["ada"]), ("Company", "company1", ["ada", "sam"]),
      ("Deal", "deal1", ["ada", "sam"]), ("Enrollment", "enrol1", ["ada", "carla"]),
    ] as [(String, String, Set<String>)])
  func `everyone deletes what is his to delete`(
    className: String, id: String, allowed: Set<String>
  ) {
    for user in School.users where user != "triage" {
      let school = School()
      let reply = school.send("DELETE", "/classes/\(className)/\(id)", as: user)
      #expect((reply.status == 200) == allowed.contains(user), "\(user) \(reply.json.text)")
    }
  }

  @Test func `a student's e-mail is shown to those who may know it`() {
    let path = "/classes/Student/student1"
    #expect(school.send("GET", path, as: "carla").json["email"] != nil)
    let teacher = school.send("GET", path, as: "ines")
    #expect(teacher.status == 200 && teacher.json["email"] == nil)
    #expect(school.send("GET", "/classes/Student/student2", as: "ines").json["email"] != nil)
  }

  @Test func `a role is changed by an admin only, and rights follow it`() {
    let path = "/users/" + School.id("lena")
    #expect(school.send("PUT", path, ["role": "admin"], as: "lena").code == 142)
    #expect(school.send("PUT", path, ["role": "Sales Person"], as: "ada").code == 142)
    #expect(school.send("PUT", path, ["role": "rep"], as: "ada").status == 200)
    #expect(school.server.row("_User", School.id("lena"))?.fields["role"] == "sales")
    #expect(school.find("Company", as: "lena").results.count == 1)
  }

  @Test func `sessions of others stay hidden`() {
    _ = school.server.sessionToken(username: "sven")
    let reply = school.send("GET", "/sessions", as: "sam")
    #expect(!reply.results.isEmpty)
    #expect(reply.results.allSatisfy { $0["user"] == School.user("sam") })
  }

  @Test func `schemas and purge want the master key`() {
    #expect(school.send("GET", "/schemas/Deal", as: "ada").status == 403)
    #expect(school.send("DELETE", "/purge/Deal", as: "ada").status == 403)
    let schema = school.send("GET", "/schemas/Deal", as: "master")
    #expect(schema.json["fields"]?["title"]?["required"] == true)
  }
}
