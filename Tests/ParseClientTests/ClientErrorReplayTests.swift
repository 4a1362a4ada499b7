import ParseCore
import Testing

@testable import ParseClient

/// Real refusals, answered once more.
struct ClientErrorReplayTests {
  struct Refusal: Sendable {
    let fixture: String
    let code: Int?
    let status: Int
    let retry: ParseErrorCode.Retry
    let words: String
  }

  static let refusals = [
    Refusal(
      fixture: "auth_find_bad_token", code: 209, status: 400, retry: .afterSignIn,
      words: "You are signed out. Sign in again; your changes wait here."),
    Refusal(
      fixture: "crud_update_404", code: 101, status: 404, retry: .never,
      words: "Not here, or not open to you."),
    Refusal(
      fixture: "crud_delete_role_denied", code: 119, status: 400, retry: .never,
      words: "You may not do this here. An admin can give the right."),
    Refusal(
      fixture: "auth_signup_duplicate_username", code: 202, status: 400, retry: .never,
      words: "This name is taken. Choose another."),
    Refusal(
      fixture: "auth_wrong_app_id", code: nil, status: 403, retry: .never,
      words: "The server does not take this app's keys. Check them."),
    Refusal(
      fixture: "crud_create_too_large_21mb", code: nil, status: 413, retry: .never,
      words: "Too large for the server. Make it smaller."),
  ]

  @Test(arguments: refusals, Fixture.versions)
  func `an error in Parse's shape`(refusal: Refusal, version: String) async throws {
    let fixture = try Fixture(refusal.fixture, version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client(token: "r:1")
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    guard case .server(let answer) = error else {
      Issue.record("not the server's error: \(String(describing: error))")
      return
    }
    #expect(answer.code == refusal.code)
    #expect(answer.httpStatus == refusal.status)
    #expect(answer.message == fixture.answer?["error"]?.string)
    #expect(error?.retry == refusal.retry)
    #expect(error?.words == refusal.words)
  }

  @Test(arguments: Fixture.versions)
  func `a wrong password`(version: String) async throws {
    let fixture = try Fixture("auth_login_unknown_user", version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.logIn(username: "nobody-here", password: "nope-nope")
    }
    #expect(
      error
        == .server(
          ParseError(code: 101, message: "Invalid username/password.", httpStatus: 404)))
    #expect(error?.words(during: .signIn) == "Name or password is not right.")
    #expect(client.sessionToken == nil)
    #expect(!"\(String(describing: error))".contains("nope-nope"))
  }

  @Test func `a rate limit names its wait`() async throws {
    let fixture = try Fixture("rate_login_5", version: "8.2.2")
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.logIn(username: "sam", password: "pw-sam-2026")
    }
    #expect(error == .tooManyRequests(seconds: 10))
    #expect(error?.retry == .backOff)
  }

  @Test(arguments: Fixture.versions)
  func `a web page is no answer of Parse`(version: String) async throws {
    let fixture = try Fixture("misc_unknown_route", version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    #expect(error == .notParse(status: 404))
    #expect(error?.retry == .never)
    #expect(error?.words == "No Parse Server at this address. Check it.")
  }

  @Test(arguments: [
    ("{", 200), ("[]", 200), (#"{"results":[1]}"#, 200), ("[]", 500), ("", 200),
  ])
  func `broken JSON is no answer of Parse`(body: String, status: Int) async throws {
    let server = try ReplayServer([.json(body, status: status)])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    #expect(error == .notParse(status: status))
  }

  @Test(arguments: Fixture.versions)
  func `a batch tells each item's fate`(version: String) async throws {
    let created = try Fixture("batch_create_ok", version: version)
    let refused = try Fixture("batch_mixed_acl", version: version)
    let server = try ReplayServer([.answer(created.answerBytes), .answer(refused.answerBytes)])
    defer { server.stop() }
    let client = try server.client(token: "r:1")
    let bodies = try #require(try created.requestBody?["requests"]?.array)
    let creates = bodies.map { item in
      BatchRequest.create(
        className: "Deal",
        Changes(
          uniqueKeysWithValues: (item["body"]?.object?.members ?? []).map {
            ($0.key, .set($0.value))
          }))
    }
    let results = try await client.batch(creates)
    let request = await server.nextRequest()
    #expect(request?.target == "/parse/batch")
    #expect(try request?.json == created.requestBody)
    #expect(
      try results.map { try $0.get()["objectId"]?.string }
        == created.answer?.array?.map { $0["success"]?["objectId"]?.string })
    let path = try #require(
      try refused.requestBody?["requests"]?.array?.first?["path"]?.string)
    let id = try #require(path.split(separator: "/").last.map(String.init))
    let refusals = try await client.batch([
      .update(className: "Deal", objectId: id, ["amount": .set(1)]),
      .delete(className: "Deal", objectId: id),
    ])
    #expect(try await server.nextRequest()?.json == refused.requestBody)
    #expect(
      refusals == [
        .failure(ParseError(code: 101, message: "Object not found.")),
        .failure(ParseError(code: 101, message: "Object not found for delete.")),
      ])
  }

  @Test(arguments: Fixture.versions)
  func `signing out of a session that is gone is signing out`(version: String) async throws {
    let fixture = try Fixture("auth_logout_twice", version: version)
    let server = try ReplayServer([.answer(fixture.answerBytes)])
    defer { server.stop() }
    let client = try server.client(token: "r:1")
    try await client.logOut()
    #expect(client.sessionToken == nil)
    let request = await server.nextRequest()
    #expect(request?.target == "/parse/logout")
    #expect(request?.header("X-Parse-Session-Token") == "r:1")
  }
}
