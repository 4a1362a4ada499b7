import ParseCore
import Testing

@testable import ParseClient

/// What stands between TLS and an answer, each in its own words.
struct TLSTests {
  private static let answer = ReplayServer.Step.bytes(#"{"results":[{"objectId":"safe"}]}"#)

  private func find(_ url: String, caFile: String? = nil) async throws(ClientError) -> [String?] {
    let client = try ParseClient(
      ServerConfiguration(
        url: url, applicationId: "campus", installationId: "install-1",
        connectTimeout: .seconds(120), totalTimeout: .seconds(120),
        caFile: caFile))
    return try await client.find(Query("Deal")).rows.map(\.objectId)
  }

  @Test func `a certificate of one's own is believed when its file is given`() async throws {
    let server = try TLSServer(.valid, answer: Self.answer)
    defer { server.stop() }
    #expect(try await find(server.url, caFile: server.caFile) == ["safe"])
  }

  @Test(arguments: [
    (TLSServer.Certificate.valid, false, CertificateTrouble.unknownAuthority),
    (.expired, true, .expired), (.wrongHost, true, .wrongHost),
  ])
  func `a certificate that is not believed says why`(
    certificate: TLSServer.Certificate, isTrusted: Bool, trouble: CertificateTrouble
  ) async throws {
    let server = try TLSServer(certificate, answer: Self.answer)
    defer { server.stop() }
    let error = await clientError { () throws(ClientError) in
      _ = try await find(server.url, caFile: isTrusted ? server.caFile : nil)
    }
    #expect(error == .tls(.certificate(trouble)))
    #expect(error?.mayHaveArrived == false)
    #expect(error?.retry == .never)
  }

  @Test(arguments: [
    (CertificateTrouble.expired, "The server's certificate has expired. Tell who runs the server."),
    (
      .unknownAuthority,
      "Nobody trusted here vouches for this server. Try --ca-file FILE."
    ),
    (.wrongHost, "The server's certificate is for another name. Check the address."),
    (.notYetValid, "The server's certificate is not valid yet. Check this machine's clock."),
    (.other, "The server's certificate cannot be verified. Tell who runs it."),
  ])
  func `each trouble has its words`(trouble: CertificateTrouble, words: String) {
    #expect(ClientError.tls(.certificate(trouble)).words == words)
    #expect(words.count <= 70)
  }

  @Test func `a missing file of certificates is named as such`() async throws {
    let server = try TLSServer(.valid, answer: Self.answer)
    defer { server.stop() }
    let error = await clientError { () throws(ClientError) in
      _ = try await find(server.url, caFile: "/nonexistent/authority.pem")
    }
    #expect(error == .tls(.certificateFile))
    #expect(
      error?.words == "The file of trusted certificates could not be read. Check its path.")
  }

  @Test func `a server that speaks no TLS ends the handshake`() async throws {
    let server = try ReplayServer([], greeting: Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
    defer { server.stop() }
    let error = await clientError { () throws(ClientError) in
      _ = try await find("https://127.0.0.1:\(server.port)/parse")
    }
    #expect(error == .tls(.handshake))
    #expect(error?.words == "No secure connection could be made with the server.")
  }

  @Test func `HTTP/2 is spoken where the server offers it`() async throws {
    let server = try TLSServer(
      .valid, answer: Self.http2(#"{"results":[{"objectId":"two"}]}"#), alpn: "h2,http/1.1")
    defer { server.stop() }
    let found = try await find(server.url, caFile: server.caFile)
    #expect(found == ["two"])
  }

  /// SETTINGS, HEADERS and DATA of stream 1 (RFC 9113 §6). The header block holds `:status: 200` by
  /// its index and a literal `content-type` (RFC 7541 §6.1, §6.2.2).
  private static func http2(_ body: String) -> [UInt8] {
    let type = Array("application/json".utf8)
    let headers: [UInt8] = [0x88, 0x0F, 0x10, UInt8(type.count)] + type
    return frame(4, 0, 0, []) + frame(1, 0x4, 1, headers) + frame(0, 0x1, 1, Array(body.utf8))
  }

  private static func frame(
    _ type: UInt8, _ flags: UInt8, _ stream: UInt8, _ payload: [UInt8]
  ) -> [UInt8] {
    [0, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF), type, flags, 0, 0, 0, stream]
      + payload
  }
}
