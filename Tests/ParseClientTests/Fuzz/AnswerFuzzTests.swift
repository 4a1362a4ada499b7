import TestRandom
import ParseCore
import Testing

@testable import ParseClient

/// Whatever a server or a proxy says, the client has a value or an error with words, within its time.
@Suite(.serialized)
struct AnswerFuzzTests {
  private static let recorded = Exchange.all.map { exchange -> [UInt8] in
    switch exchange.step {
    case .answer(let bytes), .answerAndClose(let bytes): bytes
    default: []
    }
  }.filter { $0.count < 3000 }

  private static let words = [
    "\r\n", "\r\n\r\n", "HTTP/1.1 ", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/2 200\r\n",
    "Content-Length: ",
    "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n",
    "Content-Encoding: br\r\n", "Content-Type: text/html\r\n",
    "Retry-After: 99999999999999999999\r\n",
    "Location: http://127.0.0.1/\r\n", "ETag: \u{1}\r\n", "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
    "Set-Cookie: a=b\r\n", "Connection: close\r\n", "0\r\n\r\n", "ffffffffffffffff\r\n", "204",
    "304",
    "429", "503", ":", "é",
  ]

  @Test func `answers as libcurl hands them on`() async throws {
    let fuzzer = Fuzzer(name: "answer", corpus: Self.recorded, words: Self.words)
    try await fuzzer.run(seed: 5) { input, random in
      let buffers = TransferBuffers(outgoing: [], limit: 65_536)
      let end = input.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound ?? input.count
      for line in input[..<end].split(separator: 0x0A, omittingEmptySubsequences: false) {
        // The bytes live for the call.
        unsafe Array(line + [0x0A]).withUnsafeBytes { unsafe buffers.addHeader($0) }
      }
      let statuses = [
        200, 201, 204, 206, 301, 304, 400, 403, 404, 407, 413, 429, 500, 502, 511, 599,
      ]
      let answer = HTTPAnswer(
        status: random.pick(statuses), headers: buffers.headers, body: Array(input[end...]))
      return Self.check(answer)
    }
  }

  private static func check(_ answer: HTTPAnswer) -> FuzzVerdict {
    do throws(ClientError) {
      let json = try answer.parseJSON()
      guard (200..<300).contains(answer.status) else { return .broken("\(answer.status) is good") }
      let reply = ParseClient.Reply(json: json, serverDate: nil, etag: nil)
      let rows = try? FindAnswer(reply, of: Query("Deal")).rows.count
      let saved = json.object.flatMap { SaveAnswer($0) }
      return .fine("good \(rows ?? -1) \(saved != nil) \(json.object?.count ?? -1)")
    } catch {
      if let why = complaint(error) { return .broken(why) }
      if answer.status >= 500, error.retry != .backOff || !error.mayHaveArrived {
        return .broken("\(answer.status) is \(error.retry)")
      }
      return .fine("\(error)")
    }
  }

  /// What is wrong with an error as such.
  private static func complaint(_ error: ClientError) -> String? {
    for activity in [ParseError.Activity.signIn, .read, .write]
    where error.words(during: activity).isEmpty {
      return "no words for \(error)"
    }
    if case .tooManyRequests(let seconds?) = error, seconds < 0 { return "waits \(seconds) s" }
    if case .noNetwork(.other(let code)) = error { return "libcurl \(code) has no meaning" }
    return nil
  }

  @Test func `answers on the wire`() async throws {
    let fuzzer = Fuzzer(
      name: "wire", corpus: Self.recorded.filter { $0.count < 600 }, words: Self.words,
      iterations: 500)
    try await fuzzer.run(seed: 6) { input, _ in
      do {
        let server = try ReplayServer([.answerAndClose(input)])
        defer { server.stop() }
        // What a server says at once is enough: some mutated lengths promise more for ever.
        let client = try server.client(
          totalTimeout: .milliseconds(300), answerBytes: 1_048_576)
        let error = await clientError { () throws(ClientError) in
          _ = try await client.find(Query("Deal"))
        }
        guard let error else { return .fine("rows") }
        if let why = Self.complaint(error) { return .broken(why) }
        return .fine("\(error)")
      } catch {
        return .broken("no server: \(error)")
      }
    }
  }
}
