import Foundation

/// Why a server's answer opens no WebSocket.
package enum WebSocketHandshakeError: Error, Sendable, Hashable {
  /// An HTTP answer other than 101.
  case refused(status: Int)
  case notHTTP
  /// The answer lacks a header, or its value is wrong; the header's name.
  case badHeader(String)
  case tooLarge
}

/// The opening of a WebSocket by the client (RFC 6455 §4.1), as text and checks.
package struct WebSocketHandshake: Sendable, Hashable {
  /// An answer's head is far below this many bytes.
  package static let maximumBytes = 16_384

  /// `Sec-WebSocket-Key`: 16 random bytes in base64.
  package let key: String
  /// The request's head, ready to send.
  package let request: [UInt8]

  /// - Parameters:
  ///   - host: with its port where that is not the scheme's own.
  ///   - path: begins with `/`; a query may follow.
  ///   - nonce: 16 fresh random bytes.
  /// - Returns: Nil when a part holds blanks, control characters or has the wrong size.
  package init?(
    host: String, path: String, nonce: [UInt8], headers: KeyValuePairs<String, String> = [:]
  ) {
    guard nonce.count == 16, path.utf8.first == UInt8(ascii: "/"), !host.isEmpty,
      (host + path).utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      headers.allSatisfy({ name, value in
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
          && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
      })
    else { return nil }
    key = Data(nonce).base64EncodedString()
    var lines = [
      "GET \(path) HTTP/1.1", "Host: \(host)", "Upgrade: websocket", "Connection: Upgrade",
      "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
    ]
    lines += headers.map { "\($0): \($1)" }
    request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// What `Sec-WebSocket-Accept` must be.
  package var accept: String { Self.accept(key: key) }

  /// What a server answers to a key (RFC 6455 §4.2.2).
  package static func accept(key: String) -> String {
    let digest = SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
    return Data(digest).base64EncodedString()
  }

  /// Checks the answer as far as it has come.
  /// - Returns: The bytes after the head, which are frames already; nil while the head is not
  ///   whole.
  package func check(_ response: [UInt8]) throws(WebSocketHandshakeError) -> [UInt8]? {
    guard let end = Self.headEnd(response) else {
      if response.count >= Self.maximumBytes { throw .tooLarge }
      guard zip(response, "HTTP/".utf8).allSatisfy(==) else { throw .notHTTP }
      return nil
    }
    let lines = String(decoding: response[..<end], as: UTF8.self).split(separator: "\r\n")
    let status = (lines.first ?? "").split(separator: " ")
    guard status.count >= 2, status[0].hasPrefix("HTTP/1."), let code = Int(status[1]) else {
      throw .notHTTP
    }
    guard code == 101 else { throw .refused(status: code) }
    try check(headers: Self.headers(lines.dropFirst()))
    return Array(response[(end + 4)...])
  }

  private func check(headers: [String: String]) throws(WebSocketHandshakeError) {
    guard headers["upgrade"]?.lowercased() == "websocket" else { throw .badHeader("Upgrade") }
    let connection = (headers["connection"] ?? "").lowercased().split { " ,".contains($0) }
    guard connection.contains("upgrade") else { throw .badHeader("Connection") }
    guard headers["sec-websocket-accept"] == accept else {
      throw .badHeader("Sec-WebSocket-Accept")
    }
    // Neither was offered, so a server that chose one speaks something else.
    for name in ["Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"]
    where headers[name.lowercased()] != nil { throw .badHeader(name) }
  }

  private static func headers(_ lines: ArraySlice<Substring>) -> [String: String] {
    var headers: [String: String] = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      let name = line[..<colon].lowercased()
      headers[name] = headers[name].map { "\($0), \(value)" } ?? value
    }
    return headers
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (0...bytes.count - 4).first { offset in
      bytes[offset] == 0x0D && bytes[offset + 1] == 0x0A && bytes[offset + 2] == 0x0D
        && bytes[offset + 3] == 0x0A
    }
  }
}
