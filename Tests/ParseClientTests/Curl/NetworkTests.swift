import ParseCore
import Testing

@testable import ParseClient

/// What the network does to a call.
@Suite(.onOwnThread) struct NetworkTests {
  private static let empty = #"{"results":[]}"#
  private static let saved = #"{"updatedAt":"2026-11-21T00:00:00.000Z"}"#

  @Test func `connections are kept`() async throws {
    let server = try ReplayServer([.json(Self.empty), .json(Self.empty)])
    defer { server.stop() }
    let client = try server.client()
    _ = try await client.find(Query("Deal"))
    _ = try await client.find(Query("Deal"))
    var requests = server.requests.makeAsyncIterator()
    #expect(await requests.next()?.connection == 0)
    #expect(await requests.next()?.connection == 0)
  }

  @Test func `a read on a connection that died is sent again on a new one`() async throws {
    let server = try ReplayServer([.json(Self.empty), .close, .json(Self.empty)])
    defer { server.stop() }
    let client = try server.client()
    _ = try await client.find(Query("Deal"))
    _ = try await client.find(Query("Deal"))
    var requests = server.requests.makeAsyncIterator()
    _ = await requests.next()
    #expect(await requests.next()?.connection == 0)
    #expect(await requests.next()?.connection == 1)
  }

  @Test func `a create on a connection that died is not sent again`() async throws {
    let server = try ReplayServer([
      .json(Self.empty), .close, .json(#"{"objectId":"x"}"#, status: 201),
    ])
    defer { server.stop() }
    let client = try server.client()
    _ = try await client.find(Query("Deal"))
    let error = await clientError { () throws(ClientError) in
      _ = try await client.create("Deal", ["title": .set("once")])
    }
    #expect(error == .noNetwork(.connectionLost))
    #expect(error?.retry == .backOff)
    server.stop()
    var creates = 0
    for await request in server.requests where request.target.hasSuffix("Deal") {
      if try request.json?["title"] != nil { creates += 1 }
    }
    #expect(creates == 1)
  }

  @Test(arguments: [true, false])
  func `an increment is sent once, a set may be sent again`(isIncrement: Bool) async throws {
    let server = try ReplayServer([.json(Self.empty), .close, .json(Self.saved)])
    defer { server.stop() }
    let client = try server.client()
    _ = try await client.find(Query("Deal"))
    let error = await clientError { () throws(ClientError) in
      _ = try await client.update(
        "Deal", objectId: "x", ["amount": isIncrement ? .increment(.init(1)) : .set(1)])
    }
    #expect(error == (isIncrement ? .noNetwork(.connectionLost) : nil))
  }

  @Test func `a connection that closes in order costs nothing`() async throws {
    let server = try ReplayServer([
      .answerAndClose(ReplayServer.Step.bytes(Self.empty)),
      .json(#"{"objectId":"x"}"#, status: 201),
    ])
    defer { server.stop() }
    let client = try server.client()
    _ = try await client.find(Query("Deal"))
    #expect(try await client.create("Deal", ["title": .set("t")]).objectId == "x")
  }

  @Test func `silence ends in a timeout`() async throws {
    let server = try ReplayServer([.silence])
    defer { server.stop() }
    let client = try server.client(totalTimeout: .milliseconds(50))
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    #expect(error == .timedOut)
    #expect(error?.retry == .backOff)
  }

  @Test func `a cancelled task ends its call`() async throws {
    let server = try ReplayServer([.silence, .json(Self.empty)])
    defer { server.stop() }
    let client = try server.client()
    let task = Task {
      await clientError { () throws(ClientError) in _ = try await client.find(Query("Deal")) }
    }
    _ = await server.nextRequest()
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(try await client.find(Query("Deal")).rows.isEmpty)
  }

  @Test func `a task cancelled before it starts sends nothing`() async throws {
    let server = try ReplayServer([])
    defer { server.stop() }
    let client = try server.client()
    let error = await withTaskGroup(of: ClientError?.self) { group in
      group.cancelAll()
      group.addTask {
        await clientError { () throws(ClientError) in _ = try await client.find(Query("Deal")) }
      }
      return await group.next() ?? nil
    }
    #expect(error == .cancelled)
    server.stop()
    for await request in server.requests { Issue.record("sent \(request.target)") }
  }

  @Test func `nobody listening is no network`() async throws {
    let server = try ReplayServer([])
    let client = try server.client()
    server.stop()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    #expect(error == .noNetwork(.refused))
    #expect(error?.words == "No connection to the server.")
  }

  @Test func `a redirect is told, and nothing goes where it points`() async throws {
    let other = try ReplayServer([.json(Self.empty)])
    let server = try ReplayServer([
      .json("", status: 307, headers: "Location: \(other.url)/classes/Deal\r\n")
    ])
    defer { server.stop() }
    let client = try server.client(token: "r:secret")
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    #expect(error == .redirected(status: 307))
    other.stop()
    for await request in other.requests { Issue.record("followed to \(request.target)") }
  }

  @Test func `an answer beyond the limit is dropped`() async throws {
    let server = try ReplayServer([
      .json(#"{"results":[],"x":"\#(String(repeating: "x", count: 5000))"}"#)
    ])
    defer { server.stop() }
    let client = try server.client(answerBytes: 4096)
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    #expect(error == .answerTooLarge(limitBytes: 4096))
  }

  @Test func `compressed answers are offered and read`() async throws {
    // The gzip form of {"results":[{"objectId":"zip"}]}.
    let body: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0x56, 0x2A, 0x4A,
      0x2D, 0x2E, 0xCD, 0x29, 0x29, 0x56, 0xB2, 0x8A, 0xAE, 0x56, 0xCA, 0x4F, 0xCA, 0x4A,
      0x4D, 0x2E, 0xF1, 0x4C, 0x51, 0xB2, 0x52, 0xAA, 0xCA, 0x2C, 0x50, 0xAA, 0x8D, 0xAD,
      0x05, 0x00, 0x84, 0x13, 0x01, 0x08, 0x20, 0x00, 0x00, 0x00,
    ]
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
      + "Content-Length: \(body.count)\r\n\r\n"
    let server = try ReplayServer([.answer(Array(head.utf8) + body)])
    defer { server.stop() }
    let answer = try await server.client().find(Query("Deal"))
    #expect(answer.rows.map(\.objectId) == ["zip"])
    #expect(await server.nextRequest()?.header("Accept-Encoding")?.contains("gzip") == true)
  }

  @Test func `at most four requests are under way`() async throws {
    let server = try ReplayServer(Array(repeating: .json(Self.empty), count: 12))
    defer { server.stop() }
    let client = try server.client()
    try await withThrowingTaskGroup { group in
      for _ in 0..<12 {
        group.addTask { _ = try await client.find(Query("Deal")) }
      }
      try await group.waitForAll()
    }
    server.stop()
    var connections: Set<Int> = []
    for await request in server.requests { connections.insert(request.connection) }
    #expect(connections.count <= 4)
  }

  @Test func `letting go of the client ends its thread`() async throws {
    let server = try ReplayServer([.json(Self.empty)])
    defer { server.stop() }
    weak var network: Network?
    do {
      let client = try server.client()
      network = client.network
      _ = try await client.find(Query("Deal"))
    }
    #expect(network == nil)
  }
}
