/// The parts of a server's URL, checked.
struct ServerURL: Sendable, Hashable {
  let scheme: String
  /// Lowercased, an IPv6 address in its brackets.
  let host: String
  let port: Int?
  /// Starts with a slash and has none at its end; empty for the root.
  let path: String

  /// - Throws: `badConfiguration` saying what is wrong.
  init(_ text: String, schemes: [String]) throws(ClientError) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .badConfiguration("A server's URL holds only plain characters and no spaces.")
    }
    guard let mark = text.firstRange(of: "://") else {
      throw .badConfiguration(
        "A server's URL starts with \(schemes.joined(separator: ":// or "))://.")
    }
    scheme = text[..<mark.lowerBound].lowercased()
    guard schemes.contains(scheme) else {
      throw .badConfiguration(
        "A server's URL starts with \(schemes.joined(separator: ":// or "))://.")
    }
    let rest = text[mark.upperBound...]
    guard !rest.contains("?"), !rest.contains("#") else {
      throw .badConfiguration("A server's URL ends with its path: no ? and no #.")
    }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.contains("@") else {
      throw .badConfiguration("A server's URL holds no user name and no password.")
    }
    (host, port) = try Self.hostAndPort(authority)
    var path = rest[authority.endIndex...]
    while path.last == "/" { path.removeLast() }
    self.path = String(path)
  }

  var isSecure: Bool { scheme == "https" || scheme == "wss" }

  /// Whether the address stays on this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
  var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  var authority: String { port.map { "\(host):\($0)" } ?? host }

  var text: String { withScheme(scheme) }

  func withScheme(_ scheme: String) -> String { "\(scheme)://\(authority)\(path)" }

  private static func hostAndPort(
    _ authority: Substring
  ) throws(ClientError) -> (String, Int?) {
    var host = authority
    var port: Int?
    let end = authority.lastIndex(of: "]") ?? authority.startIndex
    if let colon = authority[end...].lastIndex(of: ":") {
      let digits = authority[authority.index(after: colon)...]
      guard let number = UInt16(digits), number > 0 else {
        throw .badConfiguration("The port in a server's URL is a number from 1 to 65535.")
      }
      port = Int(number)
      host = authority[..<colon]
    }
    guard !host.isEmpty, host.first == "[" ? host.last == "]" : !host.contains(":") else {
      throw .badConfiguration("The host in a server's URL is missing or malformed.")
    }
    return (host.lowercased(), port)
  }
}
