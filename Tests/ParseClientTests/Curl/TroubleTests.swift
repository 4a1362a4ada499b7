import Foundation
import ParseCore
import Testing

@testable import ParseClient

/// What goes wrong between the client and the server, each in its own words and within the timeout.
@Suite(.onOwnThread) struct TroubleTests {
  private static let rows = #"{"results":[{"objectId":"late"}]}"#
  private static let portal =
    "Not the server's answer. The network may want a browser sign-in."

  /// What a find ends with, and with what words.
  private func find(
    _ server: ReplayServer, totalTimeout: Duration = .seconds(120), answerBytes: Int = 67_108_864
  ) async throws -> ClientError? {
    let client = try server.client(totalTimeout: totalTimeout, answerBytes: answerBytes)
    return await clientError { () throws(ClientError) in _ = try await client.find(Query("Deal")) }
  }

  @Test(arguments: [
    (200, "Content-Type: text/html\r\n", "<html>Welcome to the hotel</html>"),
    (200, "Content-Type: application/json\r\n", "<html>Welcome to the hotel</html>"),
    (511, "Content-Type: text/html\r\n", "<html>Welcome to the hotel</html>"),
    (200, "Content-Type: text/plain\r\n", ""),
  ])
  func `a captive portal's page is told from the server`(
    status: Int, type: String, body: String
  ) async throws {
    let head = "HTTP/1.1 \(status) Word\r\n\(type)Content-Length: \(body.utf8.count)\r\n\r\n"
    let server = try ReplayServer([.answer(Array((head + body).utf8))])
    defer { server.stop() }
    let error = try await find(server)
    #expect(error == .notParse(status: status))
    #expect(error?.words == Self.portal)
    #expect(error?.words(during: .signIn) == Self.portal)
    #expect(error?.retry == .backOff)
  }

  @Test func `a portal that sends on elsewhere is not followed`() async throws {
    let server = try ReplayServer([
      .json("", status: 302, headers: "Location: https://portal.example/\r\n")
    ])
    defer { server.stop() }
    let error = try await find(server)
    #expect(error == .redirected(status: 302))
    #expect(error?.words.contains("Open a browser") == true)
  }

  @Test func `a silent server ends in the timeout`() async throws {
    let server = try ReplayServer([.silence])
    defer { server.stop() }
    let error = try await find(server, totalTimeout: .milliseconds(80))
    #expect(error == .timedOut)
    #expect(error?.words == "The server did not answer in time.")
    #expect(error?.mayHaveArrived == true)
  }

  @Test func `a socket that dies half-way without a word ends in the timeout`() async throws {
    let answer = ReplayServer.Step.bytes(Self.rows)
    let server = try ReplayServer([.stall(Array(answer.dropLast(5)))])
    defer { server.stop() }
    let error = try await find(server, totalTimeout: .milliseconds(80))
    #expect(error == .timedOut)
    #expect(error?.retry == .backOff)
  }

  @Test func `a kept connection that went dead is left for a new one`() async throws {
    let server = try ReplayServer([.json(Self.rows), .silence, .json(Self.rows)])
    defer { server.stop() }
    let client = try server.client(totalTimeout: .milliseconds(500))
    #expect(try await client.find(Query("Deal")).rows.count == 1)
    let error = await clientError { () throws(ClientError) in
      _ = try await client.find(Query("Deal"))
    }
    #expect(error == .timedOut)
    #expect(try await client.find(Query("Deal")).rows.count == 1)
    server.stop()
    var connections: [Int] = []
    for await request in server.requests { connections.append(request.connection) }
    #expect(connections == [0, 0, 1])
  }

  private static let gzip =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"resul",
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "7\r\n{\"resul\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "90\r\n{\"resul",
    gzip + "Content-Length: 60\r\n\r\n\u{1F}",
    "HTTP/1.1 200 OK\r\nContent-Ty",
    "no HTTP at all\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Len\rth: 25\r\n\r\n{}",
  ])
  func `a body cut short is a lost connection`(wire: String) async throws {
    let server = try ReplayServer([.answerAndClose(Array(wire.utf8))])
    defer { server.stop() }
    let error = try await find(server)
    #expect(error == .noNetwork(.connectionLost))
    #expect(error?.words == "The connection was lost before the answer came.")
    #expect(error?.retry == .backOff)
    #expect(error?.mayHaveArrived == true)
  }

  @Test func `a body that ends with the connection and not with its JSON is no answer`()
    async throws
  {
    let wire = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"results\":[{\"objec"
    let server = try ReplayServer([.answerAndClose(Array(wire.utf8))])
    defer { server.stop() }
    #expect(try await find(server) == .notParse(status: 200))
  }

  @Test(arguments: ["Content-Length: 209715200\r\n", "Connection: close\r\n"])
  func `a body of 200 MB is refused with little of it read`(length: String) async throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(length)\r\n"
    let limit = 4_194_304
    let server = try ReplayServer([.flood(Array(head.utf8), bytes: 209_715_200)])
    defer { server.stop() }
    let error = try await find(server, answerBytes: limit)
    #expect(error == .answerTooLarge(limitBytes: limit))
    #expect(error?.words == "The answer is larger than 4 MB and was not read. Ask for less.")
    #expect(error?.retry == .never)
    let sent = await server.floodEnd()
    // The limit and both sockets' buffers; the kernel's own limits are below 16 MB together.
    #expect(sent < limit + 33_554_432)
  }

  @Test func `a small body that grows when unpacked is refused`() async throws {
    let packed = try Self.packedSpaces(count: 20_971_520)
    let server = try ReplayServer([
      .answer(Array((Self.gzip + "Content-Length: \(packed.count)\r\n\r\n").utf8) + packed)
    ])
    defer { server.stop() }
    #expect(packed.count < 262_144)
    #expect(
      try await find(server, answerBytes: 1_048_576) == .answerTooLarge(limitBytes: 1_048_576))
  }

  @Test func `brotli is offered and read`() async throws {
    let body = Self.brotli(Self.rows)
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: br\r\n"
      + "Content-Length: \(body.count)\r\n\r\n"
    let server = try ReplayServer([.answer(Array(head.utf8) + body)])
    defer { server.stop() }
    #expect(try await server.client().find(Query("Deal")).rows.map(\.objectId) == ["late"])
    #expect(await server.nextRequest()?.header("Accept-Encoding")?.contains("br") == true)
  }

  /// The text as one uncompressed meta-block and an empty last one (RFC 7932 §9.2): WBITS 0, then
  /// ISLAST 0, MNIBBLES 0, MLEN - 1 in 16 bits, ISUNCOMPRESSED 1, from the lowest bit up.
  private static func brotli(_ text: String) -> [UInt8] {
    let header = (text.utf8.count - 1) << 4 | 1 << 20
    return [UInt8(header & 0xFF), UInt8(header >> 8 & 0xFF), UInt8(header >> 16)]
      + Array(text.utf8) + [3]
  }

  private static func packedSpaces(count: Int) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "head -c \(count) /dev/zero | tr '\\0' ' ' | gzip -c"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    return try Array(output.fileHandleForReading.readToEnd() ?? Data())
  }
}
