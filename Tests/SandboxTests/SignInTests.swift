import ParseCore
import Sandbox
import Testing

struct SignInTests {
  let school = School()

  @Test func `a login answers the own row with a token that works and ends`() throws {
    let login = school.send("POST", "/login", ["username": "sam", "password": "pw-sam"])
    #expect(login.status == 200)
    #expect(login.json["email"] == "sam@campus.example")
    #expect(login.json["__type"] == nil)
    #expect(login.json["password"] == nil)
    let token = try #require(login.json["sessionToken"]?.string)
    #expect(token.hasPrefix("r:") && token.utf8.count == 34)

    let session = ["x-parse-session-token": token]
    let me = school.send("GET", "/users/me", headers: session)
    #expect(me.json["objectId"]?.string == School.id("sam"))
    #expect(me.json["__type"] == "Object")
    #expect(school.send("GET", "/sessions/me", headers: session).json["user"] == School.user("sam"))

    #expect(school.send("POST", "/logout", [:], headers: session).status == 200)
    let gone = school.send("GET", "/users/me", headers: session)
    #expect(gone.status == 400 && gone.code == 209)
  }

  @Test(
    arguments: [
      (["username": "sam", "password": "nope"], 404, 101),
      (["username": "nobody", "password": "nope"], 404, 101),
      (["username": "sam", "password": ""], 400, 201),
      (["password": "x"], 400, 200),
      (["username": "sam", "password": 5], 404, 101),
    ] as [(JSON, Int, Int)])
  func `a login that fails says how`(body: JSON, status: Int, code: Int) {
    let reply = school.send("POST", "/login", body)
    #expect(reply.status == status && reply.code == code)
  }

  @Test func `a login by e-mail in the address works, even with a stale token`() {
    let reply = school.send(
      "GET", "/login?email=sam%40campus.example&password=pw-sam",
      headers: ["x-parse-session-token": "r:00000000000000000000000000000000"])
    #expect(reply.status == 200 && reply.json["username"] == "sam")
  }

  @Test func `a session ends when its time is over`() throws {
    let token = try #require(school.server.sessionToken(username: "sam"))
    school.clock.advance(seconds: 31_536_001)
    let reply = school.send("GET", "/classes/Deal", headers: ["x-parse-session-token": token])
    #expect(reply.code == 209 && reply.json["error"] == "Session token is expired.")
  }

  @Test func `a login from the same installation ends the earlier session`() throws {
    let headers = ["x-parse-installation-id": "one"]
    let body: JSON = ["username": "sam", "password": "pw-sam"]
    let first = school.send("POST", "/login", body, headers: headers)
    let second = school.send("POST", "/login", body, headers: headers)
    let old = try #require(first.json["sessionToken"]?.string)
    let new = try #require(second.json["sessionToken"]?.string)
    #expect(school.send("GET", "/users/me", headers: ["x-parse-session-token": old]).code == 209)
    #expect(school.send("GET", "/users/me", headers: ["x-parse-session-token": new]).status == 200)
  }

  @Test func `a new password ends all sessions and answers a new token`() throws {
    let token = try #require(school.server.sessionToken(username: "sam"))
    let path = "/users/" + School.id("sam")
    let reply = school.send(
      "PUT", path, ["password": "new"], headers: ["x-parse-session-token": token])
    let fresh = try #require(reply.json["sessionToken"]?.string)
    #expect(school.send("GET", "/users/me", headers: ["x-parse-session-token": token]).code == 209)
    #expect(
      school.send("GET", "/users/me", headers: ["x-parse-session-token": fresh]).status == 200)
    #expect(
      school.send("POST", "/login", ["username": "sam", "password": "new"]).status == 200)
  }

  @Test func `a sign-up makes a learner whatever role it asks for`() throws {
    let reply = school.send(
      "POST", "/users", ["username": "new", "password": "x", "role": "admin"])
    #expect(reply.status == 201)
    let id = try #require(reply.json["objectId"]?.string)
    #expect(reply.json["sessionToken"] != nil)
    #expect(school.server.row("_User", id)?.fields["role"] == "learner")
    #expect(school.server.row("_User", id)?.fields["password"] == nil)
  }

  @Test(
    arguments: [
      (["username": "SAM", "password": "x"], 202),
      (["username": "n", "password": "x", "email": "SAM@campus.example"], 203),
      (["username": "n", "password": "x", "email": "no"], 125),
      (["username": "n"], 201), (["username": "n", "password": ""], 201),
      (["password": "x"], 200), (["username": "n", "password": "x", "role": 7], 111),
    ] as [(JSON, Int)])
  func `a sign-up that fails says how`(body: JSON, code: Int) {
    let reply = school.send("POST", "/users", body)
    #expect(reply.status == 400 && reply.code == code)
  }

  @Test(arguments: [
    ["x-parse-application-id": "other"], ["x-parse-rest-api-key": "wrong"],
  ])
  func `wrong keys get 403 without a code`(headers: [String: String]) {
    let reply = school.send("GET", "/classes/Deal", headers: headers)
    #expect(reply.status == 403 && reply.code == nil && reply.json["error"] == "unauthorized")
  }

  @Test func `an admin inherits the staff roles`() {
    let reply = school.send("POST", "/functions/whoami", [:], as: "ada")
    #expect(
      reply.json["result"]?["roles"] == ["admin", "coordinator", "instructor", "sales"])
  }
}
