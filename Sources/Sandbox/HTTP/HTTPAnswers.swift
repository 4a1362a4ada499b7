import ParseCore

/// Answers as bytes, headers in Express's order.
extension SandboxResponse {
  /// What Express and Parse Server put before everything else.
  private static let express: [(name: String, value: String)] = [
    ("X-Powered-By", "Express"), ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", "GET,PUT,POST,DELETE,OPTIONS"),
    (
      "Access-Control-Allow-Headers",
      "X-Parse-Master-Key, X-Parse-REST-API-Key, X-Parse-Javascript-Key, "
        + "X-Parse-Application-Id, X-Parse-Client-Version, X-Parse-Session-Token, "
        + "X-Requested-With, X-Parse-Revocable-Session, X-Parse-Request-Id, Content-Type, "
        + "Pragma, Cache-Control"
    ),
    ("Access-Control-Expose-Headers", "X-Parse-Job-Status-Id, X-Parse-Push-Status-Id"),
  ]

  /// Status line and headers with the blank line.
  /// - Parameter keepAliveSeconds: how long the connection waits for the next request; nil when it
  ///   ends after this one.
  func head(now: ParseDate, keepAliveSeconds: Int?) -> [UInt8] {
    var lines = Self.express + headers
    if status != 304 { lines.append(("Content-Length", String(body.count))) }
    lines.append(("Date", now.httpDate))
    if let keepAliveSeconds {
      lines += [("Connection", "keep-alive"), ("Keep-Alive", "timeout=\(keepAliveSeconds)")]
    } else {
      lines.append(("Connection", "close"))
    }
    return httpHead("\(status) \(phrases[status] ?? "Unknown")", lines)
  }
}

extension HTTPRefusal {
  /// The whole answer, as Node and its WebSocket library write it.
  func answer(now: ParseDate) -> [UInt8] {
    let close = (name: "Connection", value: "close")
    switch self {
    case .malformed: return httpHead("400 Bad Request", [close])
    case .headTooLarge: return httpHead("431 Request Header Fields Too Large", [close])
    case .noHost:
      let lines = [close, ("Date", now.httpDate), ("Transfer-Encoding", "chunked")]
      return httpHead("400 Bad Request", lines) + Array("0\r\n\r\n".utf8)
    case .badUpgrade(let reason):
      let lines = [
        close, ("Content-Type", "text/html"), ("Content-Length", String(reason.utf8.count)),
      ]
      return httpHead("400 Bad Request", lines) + Array(reason.utf8)
    }
  }
}

extension HTTPHead {
  /// The answer that opens a WebSocket; nil when the request asks for no upgrade at all.
  func webSocketAnswer() throws(HTTPRefusal) -> [UInt8]? {
    guard let upgrade else { return nil }
    guard method == "GET", upgrade.lowercased() == "websocket" else {
      throw .badUpgrade("Invalid Upgrade header")
    }
    guard let key = headers["sec-websocket-key"], key.utf8.count == 24, key.hasSuffix("==") else {
      throw .badUpgrade("Missing or invalid Sec-WebSocket-Key header")
    }
    guard headers["sec-websocket-version"] == "13" else {
      throw .badUpgrade("Missing or invalid Sec-WebSocket-Version header")
    }
    var lines = [
      (name: "Upgrade", value: "websocket"), ("Connection", "Upgrade"),
      ("Sec-WebSocket-Accept", WebSocketHandshake.accept(key: key)),
    ]
    // Any is good; the first is taken.
    if let offered = headers["sec-websocket-protocol"]?.split(separator: ",").first {
      lines.append(("Sec-WebSocket-Protocol", String(offered)))
    }
    return httpHead("101 Switching Protocols", lines)
  }
}

private func httpHead(_ status: String, _ lines: [(name: String, value: String)]) -> [UInt8] {
  let headers = lines.map { "\($0.name): \($0.value)\r\n" }.joined()
  return Array("HTTP/1.1 \(status)\r\n\(headers)\r\n".utf8)
}

extension ParseDate {
  /// `Sat, 21 Nov 2026 00:29:20 GMT` (RFC 9110 §5.6.7).
  var httpDate: String {
    let day = Int((Double(milliseconds) / 86_400_000).rounded(.down))
    let (year, month, dayOfMonth) = Self.civil(day: day)
    // 1970-01-01 was a Thursday.
    let weekday = weekdays[((day % 7) + 11) % 7]
    let time = iso.dropFirst(11).prefix(8)
    let date = dayOfMonth < 10 ? "0\(dayOfMonth)" : String(dayOfMonth)
    return "\(weekday), \(date) \(months[month - 1]) \(year) \(time) GMT"
  }
}

private let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
private let months = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

private let phrases: [Int: String] = [
  200: "OK", 201: "Created", 304: "Not Modified", 400: "Bad Request", 403: "Forbidden",
  404: "Not Found", 413: "Payload Too Large", 415: "Unsupported Media Type",
  429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
  502: "Bad Gateway", 503: "Service Unavailable",
]
