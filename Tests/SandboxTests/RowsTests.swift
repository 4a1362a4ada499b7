import ParseCore
import Sandbox
import Testing

struct RowsTests {
  let school = School()

  @Test func `a create answers id, date, place and what hooks changed, no more`() throws {
    let reply = school.send("POST", "/classes/Deal", ["title": "New"], as: "sam")
    #expect(reply.status == 201)
    let id = try #require(reply.json["objectId"]?.string)
    #expect(id.utf8.count == 10)
    #expect(
      reply.response.header("Location") == "http://127.0.0.1:1337/parse/classes/Deal/\(id)")
    #expect(
      reply.json.object?.keys.sorted() == ["ACL", "assignedTo", "createdAt", "objectId", "stage"])
    let row = try #require(school.server.row("Deal", id))
    #expect(row.createdAt == row.updatedAt)
    #expect(row.fields["assignedTo"] == School.user("sam"))
  }

  @Test func `an update answers the date and the results of operators`() {
    let set = school.send("PUT", "/classes/Deal/deal1", ["amount": 2000], as: "sam")
    #expect(set.status == 200 && set.json.object?.keys == ["updatedAt"])
    let add = school.send(
      "PUT", "/classes/Deal/deal1", ["amount": ["__op": "Increment", "amount": 5]], as: "sam")
    #expect(add.json["amount"] == 2005)
    let unset = school.send(
      "PUT", "/classes/Deal/deal1", ["amount": ["__op": "Delete"]], as: "sam")
    #expect(unset.json["amount"] == nil)
    #expect(school.server.row("Deal", "deal1")?.fields["amount"] == nil)
  }

  @Test(
    arguments: [
      (["title": 5], 111), (["title": nil], 142), (["amount": 5], 142),
      (["title": "t", "amount": "100"], 111), (["title": "t", "1a-b": 1], 105),
      (["title": "t", "objectId": "mine"], 105), (["title": "t", "colour": "red"], 119),
      (["title": "t", "ACL": "public"], -1), (["title": "t", "createdAt": "2026"], 111),
      (
        ["title": "t", "company": ["__type": "Pointer", "className": "Deal", "objectId": "x"]], 111
      ),
    ] as [(JSON, Int)])
  func `a bad create is refused`(body: JSON, code: Int) {
    let reply = school.send("POST", "/classes/Deal", body, as: "sam")
    #expect(reply.status == 400 && reply.code == code)
  }

  @Test func `the texts of refusals are Parse's`() {
    let type = school.send("POST", "/classes/Deal", ["title": 5], as: "sam")
    #expect(type.json["error"] == "schema mismatch for Deal.title; expected String but got Number")
    let required = school.send("POST", "/classes/Deal", [:], as: "sam")
    #expect(required.json["error"] == "title is required")
    let nobody = school.send("GET", "/classes/Deal")
    #expect(nobody.status == 404)
    #expect(nobody.json["error"] == "Permission denied, user needs to be authenticated.")
    let noClass = school.send("GET", "/classes/Nope", as: "sam")
    #expect(
      noClass.json["error"] == "This user is not allowed to access non-existent class: Nope")
  }

  @Test func `dates are stored in one form and echoed when they were not`() throws {
    let body: JSON = [
      "title": "t",
      "expectedCloseDate": ["__type": "Date", "iso": "2026-12-24T10:00:00.123+05:30"],
    ]
    let reply = school.send("POST", "/classes/Deal", body, as: "sam")
    #expect(reply.json["expectedCloseDate"]?["iso"] == "2026-12-24T04:30:00.123Z")
  }

  @Test func `finds order, page, count and cut`() {
    for title in ["b", "c", "a"] {
      _ = school.send("POST", "/classes/Deal", ["title": .string(title)], as: "sven")
    }
    let reply = school.find(
      "Deal",
      ["order": "-title", "limit": 1, "skip": 1, "count": 1, "keys": "title"], as: "sven")
    #expect(reply.json["count"] == 3)
    #expect(reply.results.map { $0["title"] } == ["b"])
    #expect(
      reply.results.first?.object?.keys.sorted()
        == ["ACL", "createdAt", "objectId", "title", "updatedAt"])
    let none = school.find("Deal", ["limit": 0, "count": 1], as: "sven")
    #expect(none.results.isEmpty && none.json["count"] == 3)
  }

  @Test func `where comes as text in the address or as an object in the body`() {
    let address = "/classes/Deal?where=%7B%22stage%22%3A%22lead%22%7D"
    #expect(school.send("GET", address, as: "sam").results.count == 1)
    #expect(school.find("Deal", ["where": ["stage": "won"]], as: "sam").results.isEmpty)
    #expect(school.find("Deal", ["where": "{\"stage\":\"lead\"}"], as: "sam").results.count == 1)
  }

  @Test func `a query asks for nothing unknown and nothing protected`() {
    #expect(school.find("Deal", ["foo": 1], as: "sam").code == 102)
    #expect(school.find("_User", ["where": ["email": "x"]], as: "lena").code == 119)
    #expect(school.find("_User", ["where": ["email": "x"]], as: "sam").status == 200)
  }

  @Test func `an include that may not be read takes its field along`() throws {
    let plain = school.send("GET", "/classes/Activity/activity1", as: "sven")
    #expect(plain.json["relatedTo"]?["objectId"] == "deal1")
    let hidden = school.send("GET", "/classes/Activity/activity1?include=relatedTo", as: "sven")
    #expect(hidden.status == 200 && hidden.json["relatedTo"] == nil)
    let shown = school.send(
      "GET", "/classes/Activity/activity1?include=relatedTo.assignedTo", as: "ada")
    #expect(shown.json["relatedTo"]?["__type"] == "Object")
    #expect(shown.json["relatedTo"]?["title"] == "One")
    #expect(shown.json["relatedTo"]?["assignedTo"]?["username"] == "sam")
  }

  @Test func `an activity is about a contact or a deal`() {
    for (className, id) in [("Deal", "deal1"), ("Contact", "contact1")] {
      let reply = school.send(
        "POST", "/classes/Activity", ["relatedTo": School.pointer(className, id)], as: "sam")
      #expect(reply.status == 201)
    }
    let wrong = school.send(
      "POST", "/classes/Activity", ["relatedTo": School.pointer("Company", "company1")], as: "sam")
    #expect(wrong.code == 111)
    let gone = school.send(
      "POST", "/classes/Activity", ["relatedTo": School.pointer("Deal", "nope")], as: "sam")
    #expect(gone.code == 142)
  }

  @Test func `an unknown route is a page`() {
    for (method, path) in [("GET", "/nowhere"), ("PATCH", "/classes/Deal/deal1"), ("GET", "/")] {
      let reply = school.send(method, path, as: "sam")
      #expect(reply.status == 404)
      #expect(reply.response.header("Content-Type") == "text/html; charset=utf-8")
      #expect(
        String(decoding: reply.response.body, as: UTF8.self).contains(
          "Cannot \(method) /parse\(path)"))
    }
  }

  @Test func `who has the answer already gets 304`() throws {
    let first = school.send("GET", "/classes/Deal/deal1", as: "sam")
    let tag = try #require(first.response.header("ETag"))
    let again = school.send(
      "GET", "/classes/Deal/deal1", as: "sam", headers: ["if-none-match": tag])
    #expect(again.status == 304 && again.response.body.isEmpty)
    school.clock.advance(seconds: 1)
    _ = school.send("PUT", "/classes/Deal/deal1", ["stage": "won"], as: "sam")
    let fresh = school.send(
      "GET", "/classes/Deal/deal1", as: "sam", headers: ["if-none-match": tag])
    #expect(fresh.status == 200)
  }

  @Test func `a request id counts once, even when the request failed`() {
    let id = ["x-parse-request-id": "r1"]
    #expect(school.send("POST", "/classes/Deal", [:], as: "sam", headers: id).code == 142)
    #expect(
      school.send("POST", "/classes/Deal", ["title": "t"], as: "sam", headers: id).code == 159)
    school.clock.advance(seconds: 301)
    #expect(
      school.send("POST", "/classes/Deal", ["title": "t"], as: "sam", headers: id).status == 201)
  }

  @Test func `deleting twice is 404`() {
    #expect(school.send("DELETE", "/classes/Deal/deal1", as: "sam").status == 200)
    let again = school.send("DELETE", "/classes/Deal/deal1", as: "sam")
    #expect(again.status == 404 && again.json["error"] == "Object not found for delete.")
    #expect(school.server.row("Activity", "activity1") == nil)
  }
}

struct SnapshotTests {
  @Test func `a snapshot starts an equal server`() throws {
    let first = School()
    _ = first.send("PUT", "/classes/Deal/deal1", ["stage": "won"], as: "sam")
    let second = SandboxServer(first.server.options, data: first.server.snapshot())
    for className in ["_User", "_Role", "Deal", "Activity", "Student"] {
      #expect(second.rows(className) == first.server.rows(className))
    }
    #expect(second.sessionToken(username: "ada") != nil)
    #expect(second.snapshot().roles == first.server.snapshot().roles)
    #expect(second.snapshot().passwords == first.server.snapshot().passwords)
  }
}
