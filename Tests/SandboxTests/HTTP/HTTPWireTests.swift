import FlyingSocks
import Foundation
import ParseCore
import Sandbox
import Testing

/// What stands on the wire, byte for byte where a recorded Parse Server's bytes are known.
struct HTTPWireTests {
  /// All the server sends until it closes.
  private func rest(of wire: Wire) async throws -> String {
    var bytes: [UInt8] = []
    do {
      while true { bytes += try await wire.socket.read(atMost: 4096) }
    } catch SocketError.disconnected {
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private func open(_ school: School, _ text: String) async throws -> Wire {
    let wire = try await Wire(try await school.server.start())
    try await wire.socket.write(Data(text.utf8))
    return wire
  }

  @Test(
    arguments: [
      (
        "\u{16}\u{3}\u{1} not http\r\n\r\n", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
      ),
      (
        "GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 40_000) + "\r\n\r\n",
        "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n"
      ),
      (
        "GET /parse/health HTTP/1.1\r\n\r\n",
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      ),
      (
        "GET /parse/health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
          + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/html\r\n"
          + "Content-Length: 22\r\n\r\nInvalid Upgrade header"
      ),
    ])
  func `what is no request is answered, then the connection ends`(
    sent: String, answer: String
  ) async throws {
    let now = try #require(ParseDate(iso: "2026-11-21T12:00:00.900Z"))
    let school = School { $0.now = { now } }
    let wire = try await open(school, sent)
    #expect(try await rest(of: wire) == answer)
    await school.server.stop()
  }

  @Test func `a client of HTTP 1·0 gets Express's headers and the end`() async throws {
    let now = try #require(ParseDate(iso: "2026-01-02T03:04:05.000Z"))
    let school = School { $0.now = { now } }
    let wire = try await open(school, "GET /parse/health HTTP/1.0\r\n\r\n")
    #expect(
      try await rest(of: wire) == """
        HTTP/1.1 200 OK\r
        X-Powered-By: Express\r
        Access-Control-Allow-Origin: *\r
        Access-Control-Allow-Methods: GET,PUT,POST,DELETE,OPTIONS\r
        Access-Control-Allow-Headers: X-Parse-Master-Key, X-Parse-REST-API-Key, \
        X-Parse-Javascript-Key, X-Parse-Application-Id, X-Parse-Client-Version, \
        X-Parse-Session-Token, X-Requested-With, X-Parse-Revocable-Session, X-Parse-Request-Id, \
        Content-Type, Pragma, Cache-Control\r
        Access-Control-Expose-Headers: X-Parse-Job-Status-Id, X-Parse-Push-Status-Id\r
        Content-Type: application/json; charset=utf-8\r
        Content-Length: 15\r
        Date: Fri, 02 Jan 2026 03:04:05 GMT\r
        Connection: close\r
        \r
        {"status":"ok"}
        """)
    await school.server.stop()
  }

  @Test func `requests sent at once are answered in their order`() async throws {
    let school = School { $0.keepAliveSeconds = 5 }
    let health = "GET /parse/health HTTP/1.1\r\nHost: x\r\n\r\n"
    let last = "HEAD /parse/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    let wire = try await open(school, health + "GET /else HTTP/1.1\r\nHost: x\r\n\r\n" + last)
    let first = try await wire.reply()
    #expect(first.body == #"{"status":"ok"}"#)
    #expect(first.headers["connection"] == "keep-alive")
    #expect(first.headers["keep-alive"] == "timeout=5")
    #expect(try await wire.reply().status == "HTTP/1.1 404 Not Found")
    let head = try await rest(of: wire)
    #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n") && head.contains("Content-Length: 15\r\n"))
    #expect(head.hasSuffix("\r\n\r\n"))
    await school.server.stop()
  }

  @Test func `a body comes in chunks, or after the server said go on`() async throws {
    let school = School()
    let token = try #require(school.server.sessionToken(username: "sam"))
    let head = """
      POST /parse/classes/Deal HTTP/1.1\r
      Host: x\r
      X-Parse-Application-Id: campus\r
      X-Parse-REST-API-Key: rest\r
      X-Parse-Session-Token: \(token)\r
      Content-Type: application/json\r\n
      """
    let wire = try await open(
      school,
      head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"tit\r\nb\r\nle\":\"Pear\"}\r\n0\r\n\r\n")
    #expect(try await wire.reply().status == "HTTP/1.1 201 Created")
    let body = #"{"title":"Plum"}"#
    let waiting = "Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
    try await wire.socket.write(Data((head + waiting).utf8))
    #expect(try await wire.line() == "HTTP/1.1 100 Continue")
    #expect(try await wire.line() == "")
    try await wire.socket.write(Data(body.utf8))
    #expect(try await wire.reply().status == "HTTP/1.1 201 Created")
    #expect(school.server.rows("Deal").suffix(2).map { $0.fields["title"] } == ["Pear", "Plum"])
    await school.server.stop()
  }

  @Test func `a connection that waits too long for its next request is closed`() async throws {
    let school = School { $0.keepAliveSeconds = 0 }
    let url = try await school.server.start()
    let fresh = try await Wire(url)
    let wire = try await Wire(url)
    try await wire.send("GET", "/health")
    #expect(try await wire.reply().status == "HTTP/1.1 200 OK")
    #expect(try await rest(of: wire) == "")
    // One that has not asked yet is left alone.
    try await fresh.send("GET", "/health")
    #expect(try await fresh.reply().status == "HTTP/1.1 200 OK")
    await school.server.stop()
  }
}
