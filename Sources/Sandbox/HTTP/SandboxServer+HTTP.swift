import ParseCore
import Synchronization

/// From HTTP's requests to the server's own, with the faults on the way.
extension SandboxServer {
  private enum Reply {
    /// - Parameter bytesPerSecond: how fast the body goes out; nil at once.
    case answer(SandboxResponse, bytesPerSecond: Int? = nil)
    case cut
  }

  /// Serves a connection until one side ends it.
  func serve(_ connection: HTTPConnection) async {
    var reader = HTTPRequestReader(maximumBodyBytes: options.maximumBodyBytes)
    var isFirst = true
    do {
      while true {
        let message = try await connection.next(&reader, isFirst: isFirst)
        if let answer = try message.head.webSocketAnswer() {
          return try await upgrade(connection, answer, first: reader.left)
        }
        guard try await serve(message, on: connection) else { return }
        isFirst = false
      }
    } catch let refusal as HTTPRefusal {
      // A client that does not wait for it needs none.
      try? await connection.refuse(with: refusal.answer(now: options.now()))
    } catch {
      // The client is gone, or the server stops: nobody is there to be told.
    }
  }

  /// - Returns: Whether another request may follow.
  private func serve(_ message: HTTPMessage, on connection: HTTPConnection) async throws -> Bool {
    let request = SandboxRequest(message)
    switch try await reply(to: request, from: connection) {
    case .cut:
      connection.cut()
      return false
    case .answer(let response, let bytesPerSecond):
      let seconds = message.head.keepsAlive ? options.keepAliveSeconds : nil
      let head = response.head(now: options.now(), keepAliveSeconds: seconds)
      let body = request.method == "HEAD" ? [] : response.body
      if let bytesPerSecond, !body.isEmpty {
        try await connection.write(head)
        try await trickle(body, bytesPerSecond, to: connection)
      } else {
        try await connection.write(head + body)
      }
      return message.head.keepsAlive
    }
  }

  private func reply(
    to request: SandboxRequest, from connection: HTTPConnection
  ) async throws -> Reply {
    if let answer = control(request, from: connection) { return .answer(answer) }
    let faults = faults.withLock { $0.take(request, random: options.random) }
    var pace: Int?
    for fault in faults {
      switch fault {
      case .delay(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
      case .error(let status, let code):
        let error = ParseError(code: code, message: "fault on request", httpStatus: status)
        var response = SandboxResponse(error)
        if status == 429 { response.headers.append(("Retry-After", "1")) }
        return .answer(response)
      case .page(let status): return .answer(.portal(status))
      case .dropBefore: return .cut
      case .silence(let seconds):
        try await Task.sleep(for: .seconds(seconds))
        return .cut
      case .slowBody(let bytesPerSecond): pace = bytesPerSecond
      case .loseAnswer: continue
      }
    }
    let response = respond(to: request)
    return faults.contains(.loseAnswer) ? .cut : .answer(response, bytesPerSecond: pace)
  }

  /// A body in ten pieces a second.
  private func trickle(
    _ body: [UInt8], _ bytesPerSecond: Int, to connection: HTTPConnection
  ) async throws {
    var rest = body[...]
    while !rest.isEmpty {
      try await Task.sleep(for: .milliseconds(100))
      let piece = rest.prefix(max(1, bytesPerSecond / 10))
      rest = rest.dropFirst(piece.count)
      try await connection.write(Array(piece))
    }
  }

  private func upgrade(
    _ connection: HTTPConnection, _ answer: [UInt8], first: ArraySlice<UInt8>
  ) async throws {
    if faults.withLock({ $0.isOffline }) { return connection.cut() }
    try await connection.write(answer)
    let socket = LiveSocket(
      open: { [weak self] send in self?.openLive(send) ?? 0 },
      receive: { [weak self] in self?.receiveLive($0, $1) },
      close: { [weak self] in self?.closeLive($0) }, pingSeconds: options.pingSeconds)
    await socket.run(on: connection, first: first)
  }
}

extension SandboxRequest {
  fileprivate init(_ message: HTTPMessage) {
    self.init(
      message.head.method, message.head.path, query: message.head.query,
      headers: message.head.headers, body: message.body)
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
