import Foundation
import ParseCore
import Testing

struct WebSocketHandshakeTests {
  /// RFC 6455 §1.3.
  static let nonce = Array("the sample nonce".utf8)
  static let good = [
    "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
  ]

  static func handshake() throws -> WebSocketHandshake {
    try #require(
      WebSocketHandshake(
        host: "campus.example:1337", path: "/parse", nonce: nonce, headers: ["Origin": "x"]))
  }

  static func bytes(_ lines: [String]) -> [UInt8] {
    Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  @Test func `the request is the RFC's own`() throws {
    let handshake = try Self.handshake()
    #expect(handshake.key == "dGhlIHNhbXBsZSBub25jZQ==")
    #expect(handshake.accept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    #expect(
      String(decoding: handshake.request, as: UTF8.self) == """
        GET /parse HTTP/1.1\r
        Host: campus.example:1337\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        Origin: x\r
        \r

        """)
  }

  @Test(arguments: Fixture.cases("livequery.json", "handshakes"))
  func `answers of real servers are accepted`(_ recording: JSON) throws {
    let key = try #require(recording["key"]?.string)
    let nonce = try #require(Data(base64Encoded: key))
    let handshake = try #require(
      WebSocketHandshake(host: "h", path: "/parse", nonce: Array(nonce)))
    #expect(handshake.accept == recording["accept"]?.string)
  }

  @Test func `bytes after the head are the first frames`() throws {
    let handshake = try Self.handshake()
    let response = Self.bytes(Self.good)
    #expect(try handshake.check(response + [0x81, 0x00]) == [0x81, 0x00])
    for count in 0..<response.count {
      #expect(try handshake.check(Array(response.prefix(count))) == nil)
    }
  }

  @Test(arguments: [
    (["HTTP/1.1 400 Bad Request"], WebSocketHandshakeError.refused(status: 400)),
    (["HTTP/1.1 200 OK", "Upgrade: websocket"], .refused(status: 200)),
    (["SSH-2.0-OpenSSH_9"], .notHTTP), (["HTTP/1.1 abc"], .notHTTP),
    ([good[0], good[2], good[3]], .badHeader("Upgrade")),
    ([good[0], good[1], "Connection: close", good[3]], .badHeader("Connection")),
    (Array(good[0...2]), .badHeader("Sec-WebSocket-Accept")),
    (good.dropLast() + ["Sec-WebSocket-Accept: AAAA"], .badHeader("Sec-WebSocket-Accept")),
    (
      good + ["Sec-WebSocket-Extensions: permessage-deflate"],
      .badHeader("Sec-WebSocket-Extensions")
    ),
    (good + ["Sec-WebSocket-Protocol: parse"], .badHeader("Sec-WebSocket-Protocol")),
  ])
  func `another answer opens nothing`(_ lines: [String], _ error: WebSocketHandshakeError) throws {
    let handshake = try Self.handshake()
    #expect(throws: error) { try handshake.check(Self.bytes(lines)) }
  }

  @Test func `a head without end is given up`() throws {
    let handshake = try Self.handshake()
    let endless = Array("HTTP/1.1 101 X\r\n".utf8) + [UInt8](repeating: 0x61, count: 20_000)
    #expect(throws: WebSocketHandshakeError.tooLarge) { try handshake.check(endless) }
  }

  @Test(arguments: [
    ("h\r\nX: y", "/p", 16), ("h", "p", 16), ("h", "/a b", 16), ("h", "/p", 15), ("", "/p", 16),
  ])
  func `a request cannot be smuggled`(_ host: String, _ path: String, _ count: Int) {
    let nonce = [UInt8](repeating: 1, count: count)
    #expect(WebSocketHandshake(host: host, path: path, nonce: nonce) == nil)
    #expect(
      WebSocketHandshake(
        host: "h", path: "/", nonce: Self.nonce, headers: ["A": "b\r\nC: d"]) == nil)
  }
}
