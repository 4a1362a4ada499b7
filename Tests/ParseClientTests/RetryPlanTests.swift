import ParseCore
import Synchronization
import Testing

@testable import ParseClient

struct RetryPlanTests {
  /// Written from reference/parse.md §1.7: offline, 5xx and 429 are tried again, the rest is not.
  @Test(arguments: [
    (ClientError.noNetwork(.refused), 1, true, Double?.some(0.5)),
    (.noNetwork(.refused), 2, true, 1),
    (.noNetwork(.refused), 3, true, nil), (.noNetwork(.refused), 1, false, 0.5),
    (.noNetwork(.connectionLost), 1, true, 0.5), (.noNetwork(.connectionLost), 1, false, nil),
    (.tooManyRequests(seconds: 3), 1, true, 3), (.tooManyRequests(seconds: 3), 1, false, 3),
    (.tooManyRequests(seconds: 6), 1, true, nil), (.tooManyRequests(seconds: nil), 1, true, 0.5),
    (.timedOut, 1, true, nil), (.notParse(status: 502), 1, true, 0.5),
    (.notParse(status: 502), 1, false, nil), (.notParse(status: 404), 1, true, nil),
    (.server(ParseError(code: 1, message: "", httpStatus: 500)), 1, true, 0.5),
    (.server(ParseError(code: 1, message: "", httpStatus: 500)), 1, false, nil),
    (.server(ParseError(code: 141, message: "", httpStatus: 400)), 1, true, nil),
    (.server(ParseError(code: 209, message: "", httpStatus: 400)), 1, true, nil),
    (.server(ParseError(code: 159, message: "", httpStatus: 400)), 1, true, nil),
    (.tls(.handshake), 1, true, nil), (.cancelled, 1, true, nil),
  ])
  func `the pause before the next try`(
    error: ClientError, tries: Int, isSafe: Bool, pause: Double?
  ) {
    #expect(RetryPlan.person.pause(after: error, tries: tries, isSafe: isSafe, random: 1) == pause)
  }

  @Test func `a read is made again until it is answered`() async throws {
    let server = try ReplayServer([
      .json("{}", status: 503), .json("{}", status: 429, headers: "Retry-After: 4\r\n"),
      .json(#"{"results":[{"objectId":"x"}]}"#),
    ])
    defer { server.stop() }
    let client = try server.client()
    let pauses = Mutex<[Duration]>([])
    let answer = try await client.repeating(
      .person, isSafe: true, sleep: { pause in pauses.withLock { $0.append(pause) } },
      random: { 1 }
    ) { () throws(ClientError) in try await client.find(Query("Deal")) }
    #expect(answer.rows.count == 1)
    #expect(pauses.withLock(\.self) == [.milliseconds(500), .seconds(4)])
  }

  @Test func `a create that may have arrived is not made again`() async throws {
    let server = try ReplayServer([.close, .json(#"{"objectId":"x"}"#, status: 201)])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.repeating(
        .person, isSafe: false, sleep: { _ in Issue.record("tried again") }, random: { 1 }
      ) { () throws(ClientError) in try await client.create("Deal", ["title": .set("once")]) }
    }
    #expect(error == .noNetwork(.connectionLost))
  }

  @Test func `a cancelled wait ends the call`() async throws {
    let server = try ReplayServer([.json("{}", status: 503)])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.repeating(
        .person, isSafe: true, sleep: { _ in throw CancellationError() }, random: { 1 }
      ) { () throws(ClientError) in try await client.find(Query("Deal")) }
    }
    #expect(error == .cancelled)
  }
}
