import FlyingFox
import FlyingSocks
import Foundation
import ParseCore
import Synchronization

/// From FlyingFox's requests to the server's own, with the faults on the way.
extension SandboxServer {
  func handle(_ request: HTTPRequest) async throws -> HTTPResponse {
    if request.headers[.upgrade]?.lowercased() == "websocket" { return try await upgrade(request) }
    let incoming = try await SandboxRequest(request)
    if let answer = control(incoming, peer: peerPort(request)) {
      return HTTPResponse(answer, isHead: false)
    }
    let faults = faults.withLock { $0.take(incoming, random: options.random) }
    var pace: Int?
    for fault in faults {
      switch fault {
      case .delay(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
      case .error(let status, let code):
        let error = ParseError(code: code, message: "fault on request", httpStatus: status)
        var response = SandboxResponse(error)
        if status == 429 { response.headers.append(("Retry-After", "1")) }
        return HTTPResponse(response, isHead: false)
      case .page(let status): return HTTPResponse(.portal(status), isHead: false)
      case .dropBefore:
        cut(request)
        return HTTPResponse(statusCode: .serviceUnavailable)
      case .silence(let seconds):
        try await Task.sleep(for: .seconds(seconds))
        cut(request)
        return HTTPResponse(statusCode: .serviceUnavailable)
      case .slowBody(let bytesPerSecond): pace = bytesPerSecond
      case .loseAnswer: continue
      }
    }
    let response = respond(to: incoming)
    if faults.contains(.loseAnswer) { cut(request) }
    return HTTPResponse(response, isHead: incoming.method == "HEAD", bytesPerSecond: pace)
  }

  private func upgrade(_ request: HTTPRequest) async throws -> HTTPResponse {
    if faults.withLock({ $0.isOffline }) {
      cut(request)
      return HTTPResponse(statusCode: .serviceUnavailable)
    }
    let socket = LiveSocket(
      open: { [weak self] send in self?.openLive(send) ?? 0 },
      receive: { [weak self] in self?.receiveLive($0, $1) },
      close: { [weak self] in self?.closeLive($0) }, pingSeconds: options.pingSeconds)
    return try await WebSocketHTTPHandler(handler: socket).handleRequest(request)
  }

  private func cut(_ request: HTTPRequest) {
    guard let peer = peerPort(request), let port = running.withLock({ $0?.port }) else { return }
    ConnectionCutter.cut(serverPort: port, peer: peer)
  }

  private func peerPort(_ request: HTTPRequest) -> UInt16? {
    guard case .ip4(_, let port)? = request.remoteAddress else { return nil }
    return port
  }
}

extension SandboxRequest {
  init(_ request: HTTPRequest) async throws {
    var headers: [String: String] = [:]
    for (header, value) in request.headers { headers[header.rawValue.lowercased()] = value }
    self.init(
      request.method.rawValue, request.target.path(), query: request.target.query(),
      headers: headers, body: Array(try await request.bodyData))
  }
}

extension SandboxResponse {
  /// A page of HTML where JSON is due.
  fileprivate static func portal(_ status: Int) -> SandboxResponse {
    SandboxResponse(
      status: status, headers: [("Content-Type", "text/html; charset=utf-8")],
      body: Array("<html><body>Sign in to this network</body></html>".utf8))
  }
}

extension HTTPResponse {
  fileprivate init(_ response: SandboxResponse, isHead: Bool, bytesPerSecond: Int? = nil) {
    var headers = HTTPHeaders()
    for (name, value) in response.headers { headers[HTTPHeader(name)] = value }
    headers[HTTPHeader("Access-Control-Allow-Origin")] = "*"
    if isHead { headers[.contentLength] = String(response.body.count) }
    let status = HTTPStatusCode(response.status, phrase: phrases[response.status] ?? "Unknown")
    let body = isHead ? Data() : Data(response.body)
    guard let bytesPerSecond, !body.isEmpty else {
      self.init(statusCode: status, headers: headers, body: body)
      return
    }
    let slow = SlowBytes(bytes: Array(body), bytesPerSecond: bytesPerSecond)
    self.init(
      statusCode: status, headers: headers, body: HTTPBodySequence(from: slow, count: body.count))
  }
}

/// A body that comes in ten pieces a second.
private struct SlowBytes: AsyncBufferedSequence {
  typealias Element = UInt8
  let bytes: [UInt8]
  let bytesPerSecond: Int

  struct Iterator: AsyncBufferedIteratorProtocol {
    var rest: ArraySlice<UInt8>
    let piece: Int

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      if rest.isEmpty { return nil }
      try await Task.sleep(for: .milliseconds(100))
      let next = rest.prefix(Swift.min(count, piece))
      rest = rest.dropFirst(next.count)
      return next
    }
  }

  func makeAsyncIterator() -> Iterator {
    Iterator(rest: bytes[...], piece: Swift.max(1, bytesPerSecond / 10))
  }
}

private let phrases: [Int: String] = [
  200: "OK", 201: "Created", 304: "Not Modified", 400: "Bad Request", 403: "Forbidden",
  404: "Not Found", 413: "Payload Too Large", 415: "Unsupported Media Type",
  429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
]
