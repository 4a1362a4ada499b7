import ParseCore
import Testing

@testable import ParseClient

struct LiveQueryConnectionTests {
  private let credentials = LiveQueryCredentials(
    applicationId: "campus", restAPIKey: "rest", installationId: "install-1")

  private func connection(_ classNames: String...) throws -> LiveQueryConnection {
    LiveQueryConnection(
      try classNames.map { name throws in try LiveSubscription(className: name) },
      credentials: credentials)
  }

  /// Feeds what a server says at a time, in seconds, with the random number 0: full delays.
  private func say(
    _ text: String, to connection: inout LiveQueryConnection, at seconds: Double = 0
  ) -> [LiveQueryConnection.Action] {
    connection.handle(.received(.text(text)), now: .seconds(seconds), random: 0)
  }

  private func subscribed(_ requestId: Int) -> String {
    #"{"op":"subscribed","clientId":"c","requestId":\#(requestId)}"#
  }

  /// A connection whose subscriptions are all answered, at time 0.
  private func running(_ classNames: String...) throws -> LiveQueryConnection {
    var connection = LiveQueryConnection(
      try classNames.map { name throws in try LiveSubscription(className: name) },
      credentials: credentials)
    _ = connection.handle(.start, now: .zero, random: 0)
    _ = connection.handle(.opened(sessionToken: "r:1"), now: .zero, random: 0)
    _ = say(#"{"op":"connected","clientId":"c"}"#, to: &connection)
    for id in 1...classNames.count { _ = say(subscribed(id), to: &connection) }
    return connection
  }

  @Test func `it connects, then subscribes one class after the other`() throws {
    var connection = try connection("Deal", "Contact")
    #expect(connection.handle(.start, now: .zero, random: 0) == [.open])
    #expect(
      connection.handle(.opened(sessionToken: "r:1"), now: .zero, random: 0) == [
        .send(
          .text(
            #"{"op":"connect","applicationId":"campus","restAPIKey":"rest","#
              + #""sessionToken":"r:1","installationId":"install-1"}"#))
      ])
    #expect(
      say(#"{"op":"connected","clientId":"c"}"#, to: &connection) == [
        .report(.connected),
        .send(
          .text(
            #"{"op":"subscribe","requestId":1,"query":{"className":"Deal","where":{}},"#
              + #""sessionToken":"r:1"}"#)),
      ])
    #expect(
      say(subscribed(1), to: &connection) == [
        .report(.subscribed(className: "Deal")),
        .send(
          .text(
            #"{"op":"subscribe","requestId":2,"query":{"className":"Contact","where":{}},"#
              + #""sessionToken":"r:1"}"#)),
      ])
    #expect(say(subscribed(2), to: &connection) == [.report(.subscribed(className: "Contact"))])
  }

  @Test func `events are told by their subscription, unknown ones dropped`() throws {
    var connection = try running("Deal", "Contact")
    let event = #","object":{"className":"Contact","objectId":"x","name":"Ada"}}"#
    #expect(
      say(#"{"op":"create","clientId":"c","requestId":2"# + event, to: &connection) == [
        .report(
          .event(
            kind: .create,
            object: ParseObject(
              className: "Contact", objectId: "x", fields: ["name": "Ada"]),
            original: nil))
      ])
    #expect(say(#"{"op":"create","clientId":"c","requestId":9"# + event, to: &connection) == [])
    #expect(say("not JSON", to: &connection) == [])
    #expect(say(#"{"op":"news"}"#, to: &connection) == [])
  }

  @Test func `a ping is answered with its payload`() throws {
    var connection = try running("Deal")
    #expect(
      connection.handle(.received(.ping([1, 2])), now: .seconds(10), random: 0)
        == [.send(.pong([1, 2]))])
    #expect(connection.deadline == .seconds(40))
  }

  @Test func `thirty seconds of silence are the end of a connection`() throws {
    var connection = try running("Deal")
    #expect(connection.deadline == .seconds(30))
    #expect(connection.handle(.tick, now: .seconds(29.9), random: 0) == [])
    #expect(
      connection.handle(.tick, now: .seconds(30), random: 0) == [
        .close,
        .report(
          .disconnected(reason: "The server stopped answering.", retryIn: .seconds(1))),
      ])
    #expect(connection.deadline == .seconds(31))
    #expect(connection.handle(.tick, now: .seconds(31), random: 0) == [.open])
  }

  @Test func `delays double up to thirty seconds`() throws {
    var connection = try connection("Deal")
    _ = connection.handle(.start, now: .zero, random: 0)
    var delays: [Duration] = []
    for _ in 0..<7 {
      let now = connection.deadline ?? .zero
      for case .report(.disconnected(_, let delay)) in connection.handle(
        .lost(reason: "gone"), now: now, random: 0)
      {
        delays.append(delay)
      }
      let due = try #require(connection.deadline)
      #expect(connection.handle(.tick, now: due, random: 0) == [.open])
    }
    #expect(delays == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
  }

  @Test(arguments: [(0.0, 1000), (0.5, 750), (0.999, 500)])
  func `a random part of a delay is taken off`(random: Double, milliseconds: Int) throws {
    var connection = try running("Deal")
    let actions = connection.handle(.lost(reason: "gone"), now: .zero, random: random)
    guard case .report(.disconnected(_, let delay)) = actions.last else {
      Issue.record("not told")
      return
    }
    #expect(abs((delay - .milliseconds(milliseconds)) / .milliseconds(1)) < 1)
  }

  @Test func `only a subscription sets the delays back`() throws {
    var connection = try running("Deal")
    func delay(at seconds: Double) -> Duration? {
      for case .report(.disconnected(_, let delay)) in connection.handle(
        .lost(reason: "gone"), now: .seconds(seconds), random: 0)
      {
        return delay
      }
      return nil
    }
    #expect(delay(at: 0) == .seconds(1))
    _ = connection.handle(.tick, now: .seconds(1), random: 0)
    _ = connection.handle(.opened(sessionToken: nil), now: .seconds(1), random: 0)
    _ = say(#"{"op":"connected","clientId":"d"}"#, to: &connection, at: 1)
    #expect(delay(at: 1) == .seconds(2))
    _ = connection.handle(.tick, now: .seconds(3), random: 0)
    _ = connection.handle(.opened(sessionToken: nil), now: .seconds(3), random: 0)
    _ = say(#"{"op":"connected","clientId":"e"}"#, to: &connection, at: 3)
    #expect(
      say(subscribed(3), to: &connection, at: 3) == [.report(.subscribed(className: "Deal"))])
    #expect(delay(at: 4) == .seconds(1))
  }

  @Test func `a subscription that nobody answers is a dead connection`() throws {
    var connection = try connection("Deal")
    _ = connection.handle(.start, now: .zero, random: 0)
    _ = connection.handle(.opened(sessionToken: nil), now: .zero, random: 0)
    _ = say(#"{"op":"connected","clientId":"c"}"#, to: &connection, at: 1)
    _ = connection.handle(.received(.ping([])), now: .seconds(20), random: 0)
    #expect(connection.deadline == .seconds(31))
  }

  @Test func `pings do not make up for an answer to connect`() throws {
    var connection = try connection("Deal")
    _ = connection.handle(.start, now: .zero, random: 0)
    _ = connection.handle(.opened(sessionToken: nil), now: .seconds(1), random: 0)
    for second in [10, 20, 30] {
      _ = connection.handle(.received(.ping([])), now: .seconds(second), random: 0)
    }
    #expect(connection.deadline == .seconds(31))
    #expect(connection.handle(.tick, now: .seconds(31), random: 0).first == .close)
  }

  @Test func `it subscribes again with the current token and new ids`() throws {
    var connection = try running("Deal")
    _ = connection.handle(.lost(reason: "gone"), now: .zero, random: 0)
    _ = connection.handle(.tick, now: .seconds(1), random: 0)
    let connect = connection.handle(.opened(sessionToken: "r:2"), now: .seconds(1), random: 0)
    #expect(
      connect == [
        .send(
          .text(
            #"{"op":"connect","applicationId":"campus","restAPIKey":"rest","#
              + #""sessionToken":"r:2","installationId":"install-1"}"#))
      ])
    let subscribe = say(#"{"op":"connected","clientId":"d"}"#, to: &connection, at: 1)
    #expect(
      subscribe.last
        == .send(
          .text(
            #"{"op":"subscribe","requestId":2,"query":{"className":"Deal","where":{}},"#
              + #""sessionToken":"r:2"}"#)))
    #expect(say(subscribed(1), to: &connection, at: 1) == [])
  }

  @Test func `a new token opens a new socket at once`() throws {
    var connection = try running("Deal")
    let actions = connection.handle(.tokenChanged, now: .seconds(5), random: 0)
    #expect(actions.first == .close)
    #expect(actions.last == .open)
    var waiting = try running("Deal")
    _ = waiting.handle(.lost(reason: "gone"), now: .zero, random: 0)
    #expect(waiting.handle(.tokenChanged, now: .zero, random: 0) == [])
  }

  @Test func `refused keys end it`() throws {
    var connection = try connection("Deal", "Contact")
    _ = connection.handle(.start, now: .zero, random: 0)
    _ = connection.handle(.opened(sessionToken: nil), now: .zero, random: 0)
    let error = ParseError(code: 4, message: "Key in request is not valid")
    #expect(
      say(
        #"{"op":"error","error":"Key in request is not valid","code":4,"reconnect":true,"#
          + #""requestId":null}"#, to: &connection) == [
          .report(.refused(className: "Deal", error)),
          .report(.refused(className: "Contact", error)), .close, .finish,
        ])
    #expect(connection.deadline == nil)
  }

  @Test(arguments: [
    #"{"op":"error","code":119,"error":"no","reconnect":false,"requestId":1}"#,
    #"{"op":"error","code":119,"error":"no","reconnect":false,"requestId":null}"#,
    #"{"op":"error","code":1,"error":"no","reconnect":true,"requestId":null}"#,
  ])
  func `a refused subscription leaves the others`(frame: String) throws {
    var connection = try connection("Deal", "Contact")
    _ = connection.handle(.start, now: .zero, random: 0)
    _ = connection.handle(.opened(sessionToken: nil), now: .zero, random: 0)
    _ = say(#"{"op":"connected","clientId":"c"}"#, to: &connection)
    let actions = say(frame, to: &connection)
    guard case .report(.refused("Deal", let error)) = actions.first else {
      Issue.record("not told: \(actions)")
      return
    }
    #expect(error.message == "no")
    #expect(actions.count == 2)
    #expect(say(subscribed(2), to: &connection) == [.report(.subscribed(className: "Contact"))])
    _ = connection.handle(.lost(reason: "gone"), now: .zero, random: 0)
    _ = connection.handle(.tick, now: .seconds(1), random: 0)
    _ = connection.handle(.opened(sessionToken: nil), now: .seconds(1), random: 0)
    let again = say(#"{"op":"connected","clientId":"d"}"#, to: &connection, at: 1)
    #expect(again.first == .report(.connected))
    #expect(
      say(subscribed(3), to: &connection, at: 1) == [.report(.subscribed(className: "Contact"))])
  }

  @Test func `a closing server gets its close back`() throws {
    var connection = try running("Deal")
    let actions = connection.handle(
      .received(.close(code: 1001, reason: "")), now: .zero, random: 0)
    #expect(actions.prefix(2) == [.send(.close(code: 1001)), .close])
  }

  @Test func `without subscriptions there is nothing to do`() throws {
    var connection = try connection()
    #expect(connection.handle(.start, now: .zero, random: 0) == [.finish])
  }
}
