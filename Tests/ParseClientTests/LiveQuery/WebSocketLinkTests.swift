import ParseCore
import Testing

@testable import ParseClient

struct WebSocketLinkTests {
  /// The key and its answer of RFC 6455 §1.3.
  private let nonce = Array("the sample nonce".utf8)
  private let answer = """
    HTTP/1.1 101 Switching Protocols\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
    \r

    """

  private func link() throws -> WebSocketLink {
    let url = try ServerURL("wss://crm.example:8443", schemes: ["wss"])
    return try #require(WebSocketLink(url, nonce: nonce))
  }

  @Test func `it asks at the server's own address`() throws {
    let lines = String(decoding: try link().request, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.first == "GET / HTTP/1.1")
    #expect(lines.contains("Host: crm.example:8443"))
    #expect(lines.contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
  }

  @Test(arguments: [1, 7, 1000])
  func `the answer and frames come in any pieces`(size: Int) throws {
    var link = try link()
    let bytes = Array(answer.utf8) + [0x81, 0x02, 0x68, 0x69, 0x89, 0x01, 0x05]
    var outputs: [WebSocketLink.Output] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      outputs += try link.receive(Array(bytes[start...].prefix(size)))
    }
    #expect(outputs == [.opened, .event(.text("hi")), .event(.ping([5]))])
  }

  @Test func `a wrong accept is no LiveQuery server`() throws {
    var link = try link()
    let wrong = Array(answer.replacing("s3pPLM", with: "s3pPLm").utf8)
    #expect(throws: WebSocketFailure(.badHeader("Sec-WebSocket-Accept"))) {
      try link.receive(wrong)
    }
  }

  @Test(arguments: [
    ([0xFF, 0x00] as [UInt8], 1002), ([0x81, 0x01, 0xFF], 1007),
    ([0x82, 0x7F, 0, 0, 0, 1, 0, 0, 0, 0], 1009),
  ])
  func `what breaks the protocol is told, with the code to close with`(
    bytes: [UInt8], code: Int
  ) throws {
    var link = try link()
    _ = try link.receive(Array(answer.utf8))
    let error = #expect(throws: WebSocketFailure.self) { try link.receive(bytes) }
    #expect(error?.closeCode == code)
  }
}
