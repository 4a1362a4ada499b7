import ParseCore
import Sandbox
import Testing

struct BatchTests {
  let school = School()

  private func create(_ title: JSON) -> JSON {
    ["method": "POST", "path": "/parse/classes/Deal", "body": ["title": title]]
  }

  @Test func `each part succeeds or fails alone, in order`() {
    let reply = school.send(
      "POST", "/batch", ["requests": [create("a"), create(5), create("c")]], as: "sam")
    let parts = reply.json.array ?? []
    #expect(reply.status == 200 && parts.count == 3)
    #expect(parts.map { $0["success"] != nil } == [true, false, true])
    #expect(parts.dropFirst().first?["error"]?["code"] == 111)
    #expect(school.server.count("Deal") == 3)
  }

  @Test func `a transaction is all or nothing, with a 500`() {
    let reply = school.send(
      "POST", "/batch", ["requests": [create("a"), create(5)], "transaction": true], as: "sam")
    #expect(reply.status == 500 && reply.json == ["code": 1, "message": "Internal server error."])
    #expect(school.server.count("Deal") == 1)
  }

  @Test(
    arguments: [
      ("POST", "/classes/Deal", "cannot route batch path /classes/Deal"),
      (
        "POST", "http://h/parse/classes/Deal", "cannot route batch path http://h/parse/classes/Deal"
      ),
      ("FROB", "/parse/classes/Deal", "cannot route FROB /classes/Deal"),
      ("POST", "/parse/nowhere", "cannot route POST /nowhere"),
    ])
  func `a part that leads nowhere fails the whole batch`(
    method: String, path: String, text: String
  ) {
    let part: JSON = ["method": .string(method), "path": .string(path), "body": [:]]
    let reply = school.send("POST", "/batch", ["requests": [create("a"), part]], as: "sam")
    #expect(reply.status == 400 && reply.code == 107 && reply.json["error"] == .string(text))
    #expect(school.server.count("Deal") == 1)
  }

  @Test func `a find inside a batch reads its parameters from the body`() {
    let part: JSON = [
      "method": "GET", "path": "/parse/classes/Deal", "body": ["where": ["stage": "lead"]],
    ]
    let reply = school.send("POST", "/batch", ["requests": [part]], as: "sam")
    #expect(reply.json.array?.first?["success"]?["results"]?.array?.count == 1)
  }
}
