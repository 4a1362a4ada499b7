import ParseCore
import Testing

@testable import ParseClient

/// Sessions, passwords and files: where secrets could leave.
struct AccountTests {
  @Test func `the list of sessions holds no token`() async throws {
    let server = try ReplayServer([
      .json(
        #"{"results":[{"objectId":"S1","sessionToken":"r:other","installationId":"i1","#
          + #""createdAt":"2026-01-02T03:04:05.000Z","#
          + #""expiresAt":{"__type":"Date","iso":"2027-01-02T03:04:05.000Z"}}]}"#),
      .json(#"{"results":[]}"#),
    ])
    defer { server.stop() }
    let sessions = try await server.client(token: "r:1").sessions()
    #expect(sessions.map(\.objectId) == ["S1"])
    #expect(sessions[0].installationId == "i1")
    #expect(sessions[0].expiresAt?.iso == "2027-01-02T03:04:05.000Z")
    #expect(!"\(sessions)".contains("r:other"))
    #expect(await server.nextRequest()?.target == "/parse/sessions")
  }

  @Test func `a session is revoked by its id`() async throws {
    let server = try ReplayServer([.json("{}")])
    defer { server.stop() }
    try await server.client(token: "r:1").revokeSession(objectId: "S1")
    let request = await server.nextRequest()
    #expect(request?.method == "DELETE")
    #expect(request?.target == "/parse/sessions/S1")
  }

  @Test func `a password is checked without a URL that holds it`() async throws {
    let server = try ReplayServer([.json(#"{"objectId":"u1"}"#)])
    defer { server.stop() }
    _ = try await server.client().verifyPassword(username: "ada", password: "pw-1")
    let request = await server.nextRequest()
    #expect(request?.method == "POST")
    #expect(request?.target == "/parse/verifyPassword")
    #expect(
      try request?.json == ["_method": "GET", "username": "ada", "password": "pw-1"])
  }

  @Test func `a new token that could add a header is not kept`() async throws {
    let server = try ReplayServer([
      .json(#"{"updatedAt":"2026-11-21T00:00:00.000Z","sessionToken":"r:new\r\nX: y"}"#)
    ])
    defer { server.stop() }
    let client = try server.client(token: "r:old")
    let error = await clientError { () throws(ClientError) in
      _ = try await client.update("_User", objectId: "u1", ["password": .set("pw-2")])
    }
    #expect(error == .notParse(status: 200))
    #expect(client.sessionToken == "r:old")
  }

  @Test func `a file is fetched with no key and no token`() async throws {
    let server = try ReplayServer([
      .answer(
        Array("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\n".utf8)
          + [0x89, 0x00, 0xFF])
    ])
    defer { server.stop() }
    let client = try server.client(token: "r:1")
    #expect(try await client.file(server.url + "/files/campus/a.png") == [0x89, 0x00, 0xFF])
    let request = await server.nextRequest()
    #expect(request?.target == "/parse/files/campus/a.png")
    #expect(request?.headers.contains { $0.name.lowercased().hasPrefix("x-parse") } == false)
  }

  @Test(arguments: [
    "http://files.example/a.png", "http://127.0.0.1:1/a.png", "ftp://files.example/a.png",
    "file:///etc/passwd", "https://user:pw@files.example/a.png", "a.png", "",
  ])
  func `a file is not fetched from where others read along`(url: String) async throws {
    let server = try ReplayServer([])
    defer { server.stop() }
    let client = try server.client(token: "r:1")
    let error = await clientError { () throws(ClientError) in _ = try await client.file(url) }
    switch error {
    case .badRequest, .badConfiguration: break
    default: Issue.record("fetched: \(url) \(String(describing: error))")
    }
  }

  @Test(arguments: [(404, ParseErrorCode.Retry.never), (503, .backOff)])
  func `a file that is gone says so`(status: Int, retry: ParseErrorCode.Retry) async throws {
    let server = try ReplayServer([.json("<html></html>", status: status)])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.file(server.url + "/files/a")
    }
    #expect(error == .server(ParseError(code: 601, message: "", httpStatus: status)))
    #expect(error?.retry == retry)
  }
}
