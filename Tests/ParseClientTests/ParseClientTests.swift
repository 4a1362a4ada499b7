import ParseCore
import Testing

@testable import ParseClient

/// Calls whose recorded form another test does not cover.
struct ParseClientTests {
  @Test func `a find of a thousand rows`() async throws {
    let rows = (0..<1000).map { #"{"objectId":"id\#($0)","amount":\#($0),"notes":"Ünïcode"}"# }
    let server = try ReplayServer([
      .json(#"{"results":[\#(rows.joined(separator: ","))],"count":1000}"#)
    ])
    defer { server.stop() }
    let client = try server.client()
    let query = Query(
      "Deal", order: [.init("amount", descending: true), .init("title")], limit: 1000, skip: 2000,
      include: ["contact"], count: true)
    let answer = try await client.find(query)
    #expect(answer.rows.count == 1000)
    #expect(answer.rows[999]["amount"] == 999)
    #expect(answer.count == 1000)
    let body = try await server.nextRequest()?.json
    #expect(
      body == [
        "_method": "GET", "where": [:], "order": "-amount,title", "limit": 1000, "skip": 2000,
        "include": "contact", "count": 1,
      ])
  }

  @Test func `a count asks for no rows`() async throws {
    let server = try ReplayServer([.json(#"{"results":[],"count":42}"#)])
    defer { server.stop() }
    let client = try server.client()
    #expect(try await client.count(Query("Deal", where: ["stage": "lead"], limit: 50)) == 42)
    let body = try await server.nextRequest()?.json
    #expect(body == ["_method": "GET", "where": ["stage": "lead"], "limit": 0, "count": 1])
  }

  @Test func `a get keeps to the parameters a get may have`() async throws {
    let server = try ReplayServer([.json(#"{"objectId":"a/b","title":"x"}"#)])
    defer { server.stop() }
    let client = try server.client()
    let row = try await client.get("Deal", objectId: "a/b", include: ["contact", "company"])
    #expect(row.fields == ["title": "x"])
    let request = await server.nextRequest()
    #expect(request?.target == "/parse/classes/Deal/a%2Fb")
    #expect(try request?.json == ["_method": "GET", "include": "contact,company"])
  }

  @Test func `users have their own path`() async throws {
    let server = try ReplayServer([.json(#"{"results":[]}"#)])
    defer { server.stop() }
    _ = try await server.client().find(Query("_User"))
    #expect(await server.nextRequest()?.target == "/parse/users")
  }

  @Test func `a sign-up fills in what the server leaves out`() async throws {
    let server = try ReplayServer([
      .json(
        #"{"objectId":"u1","createdAt":"2026-11-21T00:00:00.000Z","sessionToken":"r:9"}"#,
        status: 201)
    ])
    defer { server.stop() }
    let client = try server.client()
    let session = try await client.signUp(
      username: "ada", password: "pw-1", email: "ada@campus.example")
    #expect(session.sessionToken == "r:9")
    #expect(client.sessionToken == "r:9")
    #expect(session.user.fields == ["username": "ada", "email": "ada@campus.example"])
    #expect(session.user.updatedAt == session.user.createdAt)
  }

  @Test func `a new password keeps the person signed in`() async throws {
    let server = try ReplayServer([
      .json(#"{"updatedAt":"2026-11-21T00:00:00.000Z","sessionToken":"r:new"}"#)
    ])
    defer { server.stop() }
    let client = try server.client(token: "r:old")
    let saved = try await client.update("_User", objectId: "u1", ["password": .set("pw-2")])
    #expect(client.sessionToken == "r:new")
    #expect(saved.fields.isEmpty)
  }

  @Test func `roles are walked up`() async throws {
    let server = try ReplayServer([
      .json(#"{"objectId":"u1","sessionToken":"r:1","username":"sam"}"#),
      .json(#"{"results":[{"objectId":"R1","name":"sales"}],"count":1}"#),
      .json(#"{"results":[{"objectId":"R2","name":"coordinator"}],"count":1}"#),
      .json(#"{"results":[{"objectId":"R1","name":"sales"}],"count":1}"#),
    ])
    defer { server.stop() }
    let client = try server.client(token: "r:1")
    #expect(try await client.roles() == ["coordinator", "sales"])
    var requests = server.requests.makeAsyncIterator()
    let me = await requests.next()
    #expect(me?.method == "GET")
    #expect(me?.target == "/parse/users/me")
    let direct = await requests.next()
    #expect(direct?.target == "/parse/roles")
    #expect(
      try direct?.json?["where"]
        == ["users": ["__type": "Pointer", "className": "_User", "objectId": "u1"]])
    let above = await requests.next()
    #expect(
      try above?.json?["where"]
        == [
          "roles": ["$in": [["__type": "Pointer", "className": "_Role", "objectId": "R1"]]]
        ])
  }

  @Test func `roles that may not be read are none`() async throws {
    let server = try ReplayServer([
      .json(#"{"objectId":"u1","sessionToken":"r:1"}"#),
      .json(#"{"code":119,"error":"Permission denied"}"#, status: 400),
    ])
    defer { server.stop() }
    #expect(try await server.client(token: "r:1").roles() == [])
  }

  @Test func `an ended session is not a person without roles`() async throws {
    let server = try ReplayServer([
      .json(#"{"code":209,"error":"Invalid session token"}"#, status: 400)
    ])
    defer { server.stop() }
    let client = try server.client(token: "r:1")
    let error = await clientError { () throws(ClientError) in
      _ = try await client.roles(of: Pointer(className: "_User", objectId: "u1"))
    }
    #expect(error?.retry == .afterSignIn)
  }

  @Test(arguments: ["objectId", "createdAt", "updatedAt", "className"])
  func `fields of the server are never sent`(field: String) async throws {
    let server = try ReplayServer([])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.update("Deal", objectId: "x", [field: .set("y")])
    }
    guard case .badRequest = error else {
      Issue.record("sent: \(String(describing: error))")
      return
    }
    let empty = await clientError { () throws(ClientError) in
      try await client.delete("Deal", objectId: "")
    }
    guard case .badRequest = empty else {
      Issue.record("sent: \(String(describing: empty))")
      return
    }
  }

  @Test func `a token cannot add a header of its own`() async throws {
    let server = try ReplayServer([])
    defer { server.stop() }
    let client = try server.client(token: "r:1\r\nX-Parse-Master-Key: guess")
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    guard case .badRequest(let words) = error else {
      Issue.record("sent: \(String(describing: error))")
      return
    }
    #expect(!words.contains("guess"))
  }
}
