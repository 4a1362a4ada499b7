import ParseCore
import Testing

@testable import ParseClient

/// Real exchanges, sent and answered once more.
struct ParseClientReplayTests {
  /// Compares what stands in the recorded request: verb, path, its headers and its body.
  private func expectSame(_ request: ReceivedRequest?, as fixture: Fixture) throws {
    let request = try #require(request)
    #expect(request.method == fixture.method)
    #expect(request.target == fixture.path)
    for header in fixture.requestHeaders {
      #expect(request.header(header.name) == header.value, "\(header.name)")
    }
    #expect(try request.json == fixture.requestBody)
    #expect(request.header("X-Parse-Installation-Id") == "install-1")
    #expect(request.header("X-Parse-Client-Version") == "quad1.0.0")
  }

  @Test(arguments: Fixture.versions)
  func `a login gives the user and keeps the token`(version: String) async throws {
    let fixture = try Fixture("auth_login_post_ok", version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client(token: "r:stale")
    let session = try await client.logIn(username: "sam", password: "pw-sam-2026")
    let request = await server.nextRequest()
    try expectSame(request, as: fixture)
    #expect(request?.header("X-Parse-Session-Token") == nil)
    #expect(session.user.objectId == fixture.answer?["objectId"]?.string)
    #expect(session.user["username"] == "sam")
    #expect(session.user["sessionToken"] == nil)
    #expect(session.sessionToken == fixture.answer?["sessionToken"]?.string)
    #expect(client.sessionToken == session.sessionToken)
  }

  @Test(arguments: Fixture.versions)
  func `a find is a POST that says GET`(version: String) async throws {
    let fixture = try Fixture("q_post_method_get", version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client(token: fixture.requestHeader("X-Parse-Session-Token"))
    let filter = try #require(try fixture.requestBody?["where"]?.object)
    let answer = try await client.find(
      Query("Deal", where: filter, order: [.init("title")], limit: 2, keys: ["title"]))
    try expectSame(await server.nextRequest(), as: fixture)
    #expect(answer.rows.map { $0["title"] } == ["Apple rollout", "apple renewal"])
    #expect(answer.rows[0].className == "Deal")
    #expect(answer.rows[0].createdAt != nil)
    #expect(answer.count == nil)
    #expect(answer.serverDate == ParseDate(iso: "2026-11-21T00:35:44Z"))
  }

  @Test(arguments: Fixture.versions)
  func `a create gives the new id`(version: String) async throws {
    let fixture = try Fixture("crud_create_full", version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client(token: fixture.requestHeader("X-Parse-Session-Token"))
    let fields = try #require(try fixture.requestBody?.object)
    let changes = Changes(uniqueKeysWithValues: fields.members.map { ($0.key, .set($0.value)) })
    let saved = try await client.create("Deal", changes, requestId: "try-1")
    let request = await server.nextRequest()
    try expectSame(request, as: fixture)
    #expect(request?.header("X-Parse-Request-Id") == "try-1")
    #expect(saved.objectId == fixture.answer?["objectId"]?.string)
    #expect(saved.createdAt?.iso == fixture.answer?["createdAt"]?.string)
    #expect(saved.updatedAt == saved.createdAt)
    #expect(saved.fields.isEmpty)
  }

  @Test(arguments: Fixture.versions)
  func `an update gives its time and what the server computed`(version: String) async throws {
    let fixture = try Fixture("crud_update_increment_and_set", version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client(token: fixture.requestHeader("X-Parse-Session-Token"))
    let id = try #require(fixture.path.split(separator: "/").last.map(String.init))
    let saved = try await client.update(
      "Deal", objectId: id, ["amount": .increment(.init(1)), "stage": .set("proposal")])
    try expectSame(await server.nextRequest(), as: fixture)
    #expect(saved.objectId == id)
    #expect(saved.createdAt == nil)
    #expect(saved.updatedAt?.iso == fixture.answer?["updatedAt"]?.string)
    #expect(saved.fields == ["amount": 2250.5])
  }

  @Test(arguments: Fixture.versions)
  func `a delete has no body`(version: String) async throws {
    let fixture = try Fixture("crud_delete_ok", version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client(token: fixture.requestHeader("X-Parse-Session-Token"))
    let id = try #require(fixture.path.split(separator: "/").last.map(String.init))
    try await client.delete("Deal", objectId: id)
    let request = await server.nextRequest()
    try expectSame(request, as: fixture)
    #expect(request?.header("Content-Type") == nil)
  }
}
