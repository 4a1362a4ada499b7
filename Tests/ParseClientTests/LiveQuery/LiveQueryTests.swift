import ParseCore
import Testing

@testable import ParseClient

/// Live connections over real sockets, against a server that shares no code with the client.
struct LiveQueryTests {
  private func client(_ server: LiveReplayServer, token: String? = "r:1") throws -> ParseClient {
    try ParseClient(
      ServerConfiguration(
        url: server.url, applicationId: "campus", restKey: "rest", installationId: "install-1",
        connectTimeout: .seconds(120)),
      sessionToken: token)
  }

  private let quick = LiveQueryTiming(
    silence: .seconds(30), firstDelay: .milliseconds(1), longestDelay: .milliseconds(1))

  private static let connected = LiveReplayServer.Step.say(#"{"op":"connected","clientId":"c"}"#)

  private static func subscribed(_ requestId: Int) -> LiveReplayServer.Step {
    .say(#"{"op":"subscribed","clientId":"c","requestId":\#(requestId)}"#)
  }

  @Test(arguments: Fixture.versions)
  func `a recorded session arrives as its events`(version: String) async throws {
    let fixture = try Fixture("lq_events_all", version: version)
    let server = try await LiveReplayServer([LiveReplayServer.script(fixture)])
    defer { server.stop() }
    let filter: JSONObject = ["stage": "proposal"]
    var events = try client(server).liveQuery([
      LiveSubscription(className: "Deal", filter: filter)
    ]).makeAsyncIterator()
    #expect(await events.next() == .connected)
    #expect(await events.next() == .subscribed(className: "Deal"))
    let said = (fixture.json["frames"]?.array ?? []).compactMap { frame -> JSON? in
      guard frame["dir"]?.string == "S>C", let text = frame["frame"]?.string else { return nil }
      return try? JSON(text: text)
    }.filter { $0["object"] != nil }
    #expect(said.count >= 5)
    for expected in said {
      guard case .event(let kind, let object, let original) = await events.next() else {
        Issue.record("no event for \(expected["op"]?.string ?? "")")
        return
      }
      #expect(kind.rawValue == expected["op"]?.string)
      let row = try #require(expected["object"]?.object)
      #expect(object == ParseObject(className: "Deal", json: row))
      #expect((original == nil) == (expected["original"] == nil))
    }
    var heard = server.heard.makeAsyncIterator()
    let connect = try JSON(text: try #require(await heard.next()))
    #expect(
      connect == [
        "op": "connect", "applicationId": "campus", "restAPIKey": "rest", "sessionToken": "r:1",
        "installationId": "install-1",
      ])
    let subscribe = try JSON(text: try #require(await heard.next()))
    #expect(
      subscribe == [
        "op": "subscribe", "requestId": 1, "sessionToken": "r:1",
        "query": ["className": "Deal", "where": ["stage": "proposal"]],
      ])
  }

  @Test(arguments: Fixture.versions)
  func `refused keys end the stream`(version: String) async throws {
    let fixture = try Fixture("lq_keypairs_wrong", version: version)
    let server = try await LiveReplayServer([LiveReplayServer.script(fixture)])
    defer { server.stop() }
    var events = try client(server).liveQuery([LiveSubscription(className: "Deal")])
      .makeAsyncIterator()
    #expect(
      await events.next()
        == .refused(
          className: "Deal", ParseError(code: 4, message: "Key in request is not valid")))
    #expect(await events.next() == nil)
  }

  @Test func `a lost socket is opened again`() async throws {
    let server = try await LiveReplayServer([
      [.hear, Self.connected, .hear, Self.subscribed(1), .ping([7]), .drop],
      [.hear, Self.connected, .hear, Self.subscribed(2)],
    ])
    defer { server.stop() }
    var events = try client(server).liveQuery(
      [LiveSubscription(className: "Deal")], timing: quick
    ).makeAsyncIterator()
    #expect(await events.next() == .connected)
    #expect(await events.next() == .subscribed(className: "Deal"))
    guard case .disconnected = await events.next() else {
      Issue.record("the loss is not told")
      return
    }
    #expect(await events.next() == .connected)
    #expect(await events.next() == .subscribed(className: "Deal"))
    var heard: [String] = []
    for await text in server.heard {
      heard.append(text)
      if heard.count == 5 { break }
    }
    #expect(heard[2] == "pong [7]")
  }

  @Test func `a new session opens a new socket with its token`() async throws {
    let server = try await LiveReplayServer([
      [.hear, Self.connected, .hear, Self.subscribed(1)],
      [.hear, Self.connected, .hear, Self.subscribed(2)],
    ])
    defer { server.stop() }
    let client = try client(server)
    var events = try client.liveQuery([LiveSubscription(className: "Deal")]).makeAsyncIterator()
    #expect(await events.next() == .connected)
    #expect(await events.next() == .subscribed(className: "Deal"))
    client.sessionToken = "r:2"
    #expect(
      await events.next() == .disconnected(reason: "The session changed.", retryIn: .zero))
    #expect(await events.next() == .connected)
    #expect(await events.next() == .subscribed(className: "Deal"))
    var tokens: [String] = []
    for await text in server.heard where text.hasPrefix("{") {
      tokens.append(try JSON(text: text)["sessionToken"]?.string ?? "")
      if tokens.count == 4 { break }
    }
    #expect(tokens == ["r:1", "r:1", "r:2", "r:2"])
  }

  @Test func `to cancel the reader closes the socket with a goodbye`() async throws {
    let server = try await LiveReplayServer([[.hear, Self.connected, .hear, Self.subscribed(1)]])
    defer { server.stop() }
    let client = try client(server)
    let (seen, saw) = AsyncStream.makeStream(of: LiveEvent.self)
    let subscription = try LiveSubscription(className: "Deal")
    let reader = Task {
      for await event in client.liveQuery([subscription]) {
        saw.yield(event)
      }
    }
    for await event in seen where event == .subscribed(className: "Deal") { break }
    reader.cancel()
    var heard: [String] = []
    for await text in server.heard {
      heard.append(text)
      if text == "end" { break }
    }
    #expect(heard.suffix(2) == ["close [3, 232]", "end"])
  }

  @Test func `a server without live connections is tried again`() async throws {
    let server = try ReplayServer([
      .answerAndClose(Array("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".utf8)),
      .answerAndClose(Array("220 mail.example ESMTP\r\n\r\n".utf8)),
    ])
    defer { server.stop() }
    var events = try server.client().liveQuery(
      [LiveSubscription(className: "Deal")], timing: quick
    ).makeAsyncIterator()
    let request = await server.nextRequest()
    #expect(request?.target == "/parse")
    #expect(request?.header("Host") == "127.0.0.1:\(server.port)")
    var reasons: [String] = []
    while reasons.count < 2, let event = await events.next() {
      if case .disconnected(let reason, _) = event { reasons.append(reason) }
    }
    #expect(
      reasons == [
        "The server offers no live connection (HTTP 404).",
        "What answers at the live address is no LiveQuery server.",
      ])
  }
}
