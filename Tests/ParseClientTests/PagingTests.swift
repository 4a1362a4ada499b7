import ParseCore
import Testing

@testable import ParseClient

/// Many rows, and the same rows again.
struct PagingTests {
  private func page(_ ids: [String], count: Int? = nil) -> ReplayServer.Step {
    let rows = ids.map { #"{"objectId":"\#($0)"}"# }.joined(separator: ",")
    return .json(#"{"results":[\#(rows)]\#(count.map { #","count":\#($0)"# } ?? "")}"#)
  }

  /// A server with `maxLimit` 2 asked for 1 000 at once.
  @Test func `a clamped limit loses no row`() async throws {
    let server = try ReplayServer([
      page(["a", "b"]), page(["c", "d"], count: 3), page(["e"], count: 1),
    ])
    defer { server.stop() }
    let rows = try await server.client().findAll(Query("Deal", keys: ["title"]))
    #expect(rows.map(\.objectId) == ["a", "b", "c", "d", "e"])
    server.stop()
    var bodies: [JSON?] = []
    for await request in server.requests { bodies.append(try request.json) }
    #expect(bodies.map { $0?["limit"] } == [1000, 1000, 1000])
    #expect(bodies.map { $0?["order"] } == ["objectId", "objectId", "objectId"])
    #expect(
      bodies.map { $0?["where"] }
        == [[:], ["objectId": ["$gt": "b"]], ["objectId": ["$gt": "d"]]])
    // The count of a whole class is an estimate, so it is not asked for.
    #expect(bodies.map { $0?["count"] } == [nil, 1, 1])
  }

  @Test func `without a count only an empty page is the end`() async throws {
    let server = try ReplayServer([page(["a"]), page(["b"]), page([])])
    defer { server.stop() }
    #expect(try await server.client().findAll(Query("Deal")).count == 2)
  }

  @Test func `a filter on the id stays beside the bound`() async throws {
    let own: JSONObject = ["objectId": ["$in": ["a", "b"]]]
    let server = try ReplayServer([page(["a"], count: 2), page(["b"], count: 1)])
    defer { server.stop() }
    #expect(try await server.client().findAll(Query("Deal", where: own)).count == 2)
    _ = await server.nextRequest()
    #expect(
      try await server.nextRequest()?.json?["where"]
        == ["$and": [.object(own), ["objectId": ["$gt": "a"]]]])
  }

  @Test func `a server that does not go on is not asked for ever`() async throws {
    let server = try ReplayServer([page(["a"]), page(["a"])])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.findAll(Query("Deal"))
    }
    #expect(error == .notParse(status: 200))
  }

  @Test func `rows that are the same are not sent again`() async throws {
    let etag = "W/\"2d-abc\""
    let server = try ReplayServer([
      .json(#"{"results":[{"objectId":"a"}]}"#, headers: "ETag: \(etag)\r\n"),
      .answer(Array("HTTP/1.1 304 Not Modified\r\nETag: \(etag)\r\n\r\n".utf8)),
      .json(#"{"results":[]}"#, headers: "ETag: W/\"2-x\"\r\n"),
    ])
    defer { server.stop() }
    let client = try server.client()
    let first = try await client.find(Query("Deal"))
    #expect(first.etag == etag)
    #expect(try await client.find(Query("Deal"), unlessSame: etag) == nil)
    let changed = try await client.find(Query("Deal"), unlessSame: etag)
    #expect(changed?.rows.isEmpty == true)
    #expect(changed?.etag == "W/\"2-x\"")
    #expect(await server.nextRequest()?.header("If-None-Match") == nil)
    #expect(await server.nextRequest()?.header("If-None-Match") == etag)
  }

  @Test func `an answer without a body that nobody asked for is none`() async throws {
    let server = try ReplayServer([.answer(Array("HTTP/1.1 304 Not Modified\r\n\r\n".utf8))])
    defer { server.stop() }
    let client = try server.client()
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    #expect(error == .notParse(status: 304))
  }
}
