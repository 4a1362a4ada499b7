import Testing

@testable import Sandbox

/// HTTP requests from bytes, whole or in pieces.
struct HTTPRequestReaderTests {
  static func steps(
    _ text: String, pieces size: Int = .max, limit: Int = 1000
  ) throws(HTTPRefusal) -> [HTTPRequestReader.Step] {
    var reader = HTTPRequestReader(maximumBodyBytes: limit)
    var steps: [HTTPRequestReader.Step] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      reader.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
      while let step = try reader.next() { steps.append(step) }
    }
    return steps
  }

  static func requests(
    _ text: String, pieces size: Int = .max, limit: Int = 1000
  ) throws(HTTPRefusal) -> [HTTPMessage] {
    try steps(text, pieces: size, limit: limit).compactMap {
      if case .request(let message) = $0 { message } else { nil }
    }
  }

  @Test(arguments: [1, 7, Int.max])
  func `requests follow one another on a connection`(size: Int) throws {
    let text =
      "POST /a/b?c=d&e=%20?f HTTP/1.1\r\nHost: x\r\nX-One:  two words \t\r\nContent-Length: 5\r\n\r\n"
      + "hello\r\n" + "GET http://host:80/p HTTP/1.1\r\nHost: x\r\nX-One: 1\r\nx-one: 2\r\n\r\n"
      + "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "3;ext=1\r\nabc\r\n0A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"
      + "OPTIONS * HTTP/1.0\r\n\r\n"
    let all = try Self.requests(text, pieces: size)
    #expect(all.map(\.head.method) == ["POST", "GET", "PUT", "OPTIONS"])
    #expect(all.map(\.head.path) == ["/a/b", "/p", "/", "*"])
    #expect(all.map(\.head.query) == ["c=d&e=%20?f", "", "", ""])
    #expect(
      all.map { String(decoding: $0.body, as: UTF8.self) } == ["hello", "", "abc0123456789", ""])
    #expect(all[0].head.headers["x-one"] == "two words" && all[1].head.headers["x-one"] == "1, 2")
  }

  @Test(
    arguments: [
      ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", true),
      ("GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n", false),
      ("GET / HTTP/1.0\r\n\r\n", false),
      ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true),
    ])
  func `whether another request may follow`(text: String, keepsAlive: Bool) throws {
    #expect(try Self.requests(text).map(\.head.keepsAlive) == [keepsAlive])
  }

  @Test(
    arguments: [
      ("\u{16}\u{3}\u{1}", HTTPRefusal.malformed), ("GET /\r\n\r\n", .malformed),
      ("GET / HTTP/2\r\nHost: x\r\n\r\n", .malformed),
      ("GET a HTTP/1.1\r\nHost: x\r\n\r\n", .malformed),
      ("G@T / HTTP/1.1\r\nHost: x\r\n\r\n", .malformed),
      ("GET / HTTP/1.1\r\nHost x\r\n\r\n", .malformed),
      ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", .malformed),
      ("GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", .malformed),
      ("GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", .malformed),
      ("GET / HTTP/1.1\r\nHost: x\u{0}\r\n\r\n", .malformed),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", .malformed),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", .malformed),
      (
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        .malformed
      ),
      ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", .malformed),
      ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", .malformed),
      ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\na\r\n", .malformed),
      ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", .malformed),
      ("GET / HTTP/1.1\r\n\r\n", .noHost),
      ("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 16_384), .headTooLarge),
    ])
  func `what is no request is refused`(text: String, refusal: HTTPRefusal) {
    #expect(throws: refusal) { try Self.steps(text) }
    #expect(throws: refusal) { try Self.steps(text, pieces: 5) }
  }

  @Test func `a client that waits for it is told to go on`() throws {
    let head = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
    let steps = try Self.steps(head + "2\r\n\r\nab")
    #expect(steps.count == 2 && steps.first == .goOn)
    #expect(try Self.steps(head + "0\r\n\r\n").count == 1)
  }

  @Test(arguments: [
    "Content-Length: 5000\r\n\r\n" + String(repeating: "a", count: 5000),
    "Transfer-Encoding: chunked\r\n\r\n"
      + String(repeating: "3e8\r\n" + String(repeating: "a", count: 1000) + "\r\n", count: 5)
      + "0\r\n\r\n",
  ])
  func `of a body that is too long only as much is kept as shows it`(rest: String) throws {
    let text = "POST / HTTP/1.1\r\nHost: x\r\n" + rest + "GET /next HTTP/1.1\r\nHost: x\r\n\r\n"
    let all = try Self.requests(text, pieces: 600, limit: 1000)
    #expect(all.map(\.body.count) == [1001, 0])
    #expect(all.last?.head.path == "/next")
  }

  @Test(
    arguments: [
      ("Connection: upgrade\r\nUpgrade: h2c\r\n", "Invalid Upgrade header"),
      (
        "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: short\r\n",
        "Missing or invalid Sec-WebSocket-Key header"
      ),
      (
        "Connection: Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 12\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        "Missing or invalid Sec-WebSocket-Version header"
      ),
    ])
  func `an upgrade to something else is refused`(headers: String, reason: String) throws {
    let head = try #require(
      try Self.requests("GET / HTTP/1.1\r\nHost: x\r\n\(headers)\r\n").first?.head)
    #expect(throws: HTTPRefusal.badUpgrade(reason)) { try head.webSocketAnswer() }
  }

  @Test func `an Upgrade the connection does not speak of is ignored`() throws {
    let head = try #require(
      try Self.requests("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n").first?.head)
    #expect(try head.webSocketAnswer() == nil)
  }
}
