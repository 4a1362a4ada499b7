/// Why bytes are no request. Answered as Node does; then the connection ends.
enum HTTPRefusal: Error, Hashable {
  case malformed
  /// More than `HTTPHead.maximumBytes` without an end.
  case headTooLarge
  /// HTTP/1.1 wants a `Host`.
  case noHost
  /// An `Upgrade` to something else than a WebSocket, or to one without what that needs.
  case badUpgrade(String)
}

/// A request's first line and headers.
struct HTTPHead: Sendable, Hashable {
  /// Node's limit for both together.
  static let maximumBytes = 16_384

  /// How the body's end is told (RFC 9112 §6).
  enum Framing: Sendable, Hashable {
    case length(Int)
    case chunks
  }

  let method: String
  /// Percent-encoded, without the query.
  let path: String
  let query: String
  /// Names in lower case. Of a header that comes twice the values are joined by commas, of one that
  /// has a single value by nature the first counts.
  private(set) var headers: [String: String] = [:]
  let framing: Framing
  let isVersion10: Bool

  /// - Parameter bytes: without the blank line at the end.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
    var lines: [ArraySlice<UInt8>] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let isLast = line.endIndex == bytes.endIndex
      guard isLast || line.last == 0x0D else { throw .malformed }
      let line = isLast ? line : line.dropLast()
      guard !line.contains(0x0D), !line.contains(0) else { throw .malformed }
      lines.append(line)
    }
    let parts = lines[0].split(separator: 0x20, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 3, Self.isMethod(parts[0]), ["HTTP/1.1", "HTTP/1.0"].contains(parts[2]),
      let target = Self.target(parts[1])
    else { throw .malformed }
    method = parts[0]
    (path, query) = target
    isVersion10 = parts[2] == "HTTP/1.0"
    for line in lines.dropFirst() {
      let (name, value) = try Self.header(line)
      if let first = headers[name] {
        if !Self.single.contains(name) { headers[name] = first + ", " + value }
      } else {
        headers[name] = value
      }
    }
    framing = try Self.framing(headers)
    if !isVersion10, headers["host"] == nil { throw .noHost }
  }

  /// Whether another request may follow on the connection.
  var keepsAlive: Bool {
    let asked = tokens("connection")
    return isVersion10 ? asked.contains("keep-alive") : !asked.contains("close")
  }

  /// What the client wants to speak instead of HTTP.
  var upgrade: String? { tokens("connection").contains("upgrade") ? headers["upgrade"] : nil }

  var expectsContinue: Bool { headers["expect"]?.lowercased() == "100-continue" }

  /// Content-Length is not among them: two that are joined are no number, and refused.
  private static let single: Set<String> = [
    "authorization", "content-type", "expect", "from", "host", "if-modified-since", "user-agent",
  ]

  private func tokens(_ name: String) -> [Substring] {
    (headers[name] ?? "").lowercased().split { " \t,".contains($0) }
  }

  private static func isMethod(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x2D }
  }

  /// A path with its query, or a whole URL as to a proxy.
  private static func target(_ text: String) -> (String, String)? {
    var rest = text[...]
    if rest.lowercased().hasPrefix("http://") {
      rest = rest.dropFirst("http://".count).drop { $0 != "/" && $0 != "?" }
      if !rest.hasPrefix("/") { rest = "/" + rest }
    }
    guard rest.hasPrefix("/") || rest == "*" else { return nil }
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
  }

  private static func header(
    _ line: ArraySlice<UInt8>
  ) throws(HTTPRefusal) -> (name: String, value: String) {
    guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex,
      line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .malformed }
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    var value = line[(colon + 1)...].drop(while: isBlank)
    while let last = value.last, isBlank(last) { value.removeLast() }
    return (
      String(decoding: line[..<colon], as: UTF8.self).lowercased(),
      String(decoding: value, as: UTF8.self)
    )
  }

  private static func framing(_ headers: [String: String]) throws(HTTPRefusal) -> Framing {
    if let coding = headers["transfer-encoding"] {
      // Both at once is how requests are smuggled (RFC 9112 §6.1).
      guard coding.lowercased() == "chunked", headers["content-length"] == nil else {
        throw .malformed
      }
      return .chunks
    }
    guard let text = headers["content-length"] else { return .length(0) }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(text) else {
      throw .malformed
    }
    return .length(length)
  }
}
