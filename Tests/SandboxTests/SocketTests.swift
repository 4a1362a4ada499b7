import ParseCore
import Sandbox
import Testing

/// The server over real sockets.
struct SocketTests {
  @Test func `HTTP over a kept connection`() async throws {
    let school = School()
    let url = try await school.server.start()
    #expect(url.hasPrefix("http://127.0.0.1:") && url.hasSuffix("/parse"))
    let wire = try await Wire(url)
    try await wire.send("GET", "/health")
    let health = try await wire.reply()
    #expect(health.status == "HTTP/1.1 200 OK" && health.body == #"{"status":"ok"}"#)
    try await wire.send("POST", "/login", #"{"username":"sam","password":"pw-sam"}"#)
    let login = try JSON(text: try await wire.reply().body)
    let token = try #require(login["sessionToken"]?.string)
    let session = "X-Parse-Session-Token: \(token)\r\n"
    try await wire.send("GET", "/classes/Deal?limit=1&keys=title", more: session)
    let find = try await wire.reply()
    #expect(find.headers["content-type"] == "application/json; charset=utf-8")
    let tag = try #require(find.headers["etag"])
    #expect(try JSON(text: find.body)["results"]?.array?.first?["title"] == "One")
    try await wire.send(
      "GET", "/classes/Deal?limit=1&keys=title", more: session + "If-None-Match: \(tag)\r\n")
    #expect(try await wire.reply().status == "HTTP/1.1 304 Not Modified")
    await school.server.stop()
  }

  @Test func `a live query over a WebSocket on the same path`() async throws {
    let school = School()
    let wire = try await Wire(try await school.server.start())
    // The key and its answer are the example of RFC 6455 §1.3.
    try await wire.send(
      "GET", "",
      more: "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
    let upgrade = try await wire.reply()
    #expect(upgrade.status == "HTTP/1.1 101 Switching Protocols")
    #expect(upgrade.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")

    let token = try #require(school.server.sessionToken(username: "sam"))
    let connect: JSON = [
      "op": "connect", "applicationId": "campus", "restAPIKey": "rest",
      "sessionToken": .string(token),
    ]
    try await wire.sendFrame(connect.text)
    #expect(try JSON(text: try await wire.frame().text)["op"] == "connected")
    try await wire.sendFrame("hello", opcode: 9)
    let pong = try await wire.frame()
    #expect(pong.opcode == 10 && pong.text == "hello")
    let subscribe: JSON = [
      "op": "subscribe", "requestId": 3, "query": ["className": "Deal", "where": [:]],
    ]
    try await wire.sendFrame(subscribe.text)
    #expect(try JSON(text: try await wire.frame().text)["op"] == "subscribed")
    try school.server.save("Deal", "deal1", ["stage": "won"])
    let event = try JSON(text: try await wire.frame().text)
    #expect(event["op"] == "update" && event["requestId"] == 3)
    #expect(event["object"]?["stage"] == "won")
    try await wire.sendFrame("", opcode: 8)
    #expect(try await wire.frame().opcode == 8)
    await school.server.stop()
  }

  @Test func `an answer is lost after the request has acted`() async throws {
    let school = School()
    let url = try await school.server.start()
    school.server.inject(.loseAnswer) { $0.path.hasSuffix("/classes/Deal") }
    let token = try #require(school.server.sessionToken(username: "sam"))
    let wire = try await Wire(url)
    try await wire.send(
      "POST", "/classes/Deal", #"{"title":"lost"}"#, more: "X-Parse-Session-Token: \(token)\r\n")
    await #expect(throws: (any Error).self) { try await wire.reply() }
    #expect(school.server.count("Deal") == 2)
    await school.server.stop()
  }

  @Test func `a request is dropped before it acts, another fails, a third is a page`() async throws
  {
    let school = School()
    let url = try await school.server.start()
    school.server.inject(.dropBefore)
    let token = try #require(school.server.sessionToken(username: "sam"))
    let session = "X-Parse-Session-Token: \(token)\r\n"
    let first = try await Wire(url)
    try await first.send("POST", "/classes/Deal", #"{"title":"a"}"#, more: session)
    await #expect(throws: (any Error).self) { try await first.reply() }
    #expect(school.server.count("Deal") == 1)

    school.server.inject(.error(status: 429, code: 100))
    let wire = try await Wire(url)
    try await wire.send("GET", "/classes/Deal", more: session)
    let busy = try await wire.reply()
    #expect(busy.status == "HTTP/1.1 429 Too Many Requests")
    #expect(try JSON(text: busy.body)["code"] == 100)
    school.server.inject(.page(status: 200))
    try await wire.send("GET", "/classes/Deal", more: session)
    #expect(try await wire.reply().headers["content-type"] == "text/html; charset=utf-8")
    try await wire.send("GET", "/classes/Deal", more: session)
    #expect(try await wire.reply().status == "HTTP/1.1 200 OK")
    await school.server.stop()
  }

  @Test func `offline cuts what is open and answers nothing until it ends`() async throws {
    let school = School()
    let url = try await school.server.start()
    let wire = try await Wire(url)
    try await wire.send("GET", "/health")
    _ = try await wire.reply()
    school.server.setOffline(true)
    for wire in [wire, try await Wire(url)] {
      await #expect(throws: (any Error).self) {
        try await wire.send("GET", "/health")
        _ = try await wire.reply()
      }
    }
    school.server.setOffline(false)
    let again = try await Wire(url)
    try await again.send("GET", "/health")
    #expect(try await again.reply().status == "HTTP/1.1 200 OK")
    await school.server.stop()
  }

  @Test func `a server that stops keeps its rows and starts again`() async throws {
    let school = School()
    let wire = try await Wire(try await school.server.start())
    await school.server.stop()
    await #expect(throws: (any Error).self) {
      try await wire.send("GET", "/health")
      _ = try await wire.reply()
    }
    let again = try await Wire(try await school.server.start())
    try await again.send("GET", "/health")
    #expect(try await again.reply().status == "HTTP/1.1 200 OK")
    #expect(school.server.count("Deal") == 1)
    await school.server.stop()
  }
}
