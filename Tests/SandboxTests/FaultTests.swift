import ParseCore
import Sandbox
import Testing

/// Faults over real sockets, ordered from outside.
struct FaultTests {
  private static let master = "X-Parse-Master-Key: master\r\n"

  private func order(_ wire: Wire, _ body: JSON) async throws -> JSON {
    try await wire.send("POST", "/sandbox/faults", body.text, more: Self.master)
    return try JSON(text: try await wire.reply().body)
  }

  @Test func `a test in another process orders faults, sees them and ends them`() async throws {
    let school = School()
    let url = try await school.server.start()
    let control = try await Wire(url)
    let state = try await order(
      control,
      [
        "weather": ["latencyMilliseconds": [1, 2], "errorRate": 0],
        "clockSkewSeconds": 420, "isLiveMuted": true,
        "next": [
          ["fault": "error", "status": 503, "code": 1, "method": "get", "path": "/classes/Deal"],
          ["fault": "page", "status": 200, "times": 2, "path": "/health"],
        ],
      ])
    #expect(state["clockSkewSeconds"] == 420 && state["isLiveMuted"] == true)
    #expect(state["waiting"] == 3 && state["weather"]?["latencyMilliseconds"] == [1, 2])

    let token = try #require(school.server.sessionToken(username: "sam"))
    let session = "X-Parse-Session-Token: \(token)\r\n"
    let wire = try await Wire(url)
    try await wire.send("POST", "/classes/Deal", #"{"title":"ahead"}"#, more: session)
    let made = try JSON(text: try await wire.reply().body)
    #expect(made["createdAt"]?.string == school.clock.now.advanced(bySeconds: 420).iso)
    try await wire.send("GET", "/classes/Deal", more: session)
    #expect(try await wire.reply().status == "HTTP/1.1 503 Service Unavailable")
    try await wire.send("GET", "/health")
    #expect(try await wire.reply().headers["content-type"] == "text/html; charset=utf-8")

    try await control.send("DELETE", "/sandbox/faults", more: Self.master)
    #expect(try JSON(text: try await control.reply().body)["waiting"] == 0)
    try await wire.send("GET", "/health")
    #expect(try await wire.reply().body == #"{"status":"ok"}"#)
    await school.server.stop()
  }

  @Test func `the route outlives the server's absence and wants the master key`() async throws {
    let school = School()
    let url = try await school.server.start()
    let control = try await Wire(url)
    try await control.send("POST", "/sandbox/faults", "{}")
    #expect(try await control.reply().status == "HTTP/1.1 403 Forbidden")
    let other = try await Wire(url)
    try await other.send("GET", "/health")
    _ = try await other.reply()
    #expect(try await order(control, ["isOffline": true])["isOffline"] == true)
    await #expect(throws: (any Error).self) {
      try await other.send("GET", "/health")
      _ = try await other.reply()
    }
    #expect(try await order(control, ["isOffline": false])["isOffline"] == false)
    let again = try await Wire(url)
    try await again.send("GET", "/health")
    #expect(try await again.reply().status == "HTTP/1.1 200 OK")
    await school.server.stop()
  }

  @Test(
    arguments: [
      ["speed": 1], ["weather": ["errorRate": 2]], ["weather": ["latencyMilliseconds": [5, 1]]],
      ["next": [["fault": "earthquake"]]], ["next": [["fault": "delay"]]], ["isOffline": 1],
    ] as [JSON])
  func `an order that makes no sense is refused`(body: JSON) async throws {
    let school = School()
    let wire = try await Wire(try await school.server.start())
    #expect(try await order(wire, body)["code"] == 102)
    await school.server.stop()
  }

  @Test func `a slow body is whole in the end, a silent server cuts at last`() async throws {
    let school = School()
    let url = try await school.server.start()
    school.server.inject(.slowBody(bytesPerSecond: 50))
    let wire = try await Wire(url)
    try await wire.send("GET", "/health")
    #expect(try await wire.reply().body == #"{"status":"ok"}"#)
    school.server.inject(.silence(seconds: 0)) { $0.method == "POST" }
    let token = try #require(school.server.sessionToken(username: "sam"))
    try await wire.send(
      "POST", "/classes/Deal", #"{"title":"a"}"#, more: "X-Parse-Session-Token: \(token)\r\n")
    await #expect(throws: (any Error).self) { try await wire.reply() }
    #expect(school.server.count("Deal") == 1)
    await school.server.stop()
  }
}
