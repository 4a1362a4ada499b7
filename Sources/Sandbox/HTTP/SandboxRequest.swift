import ParseCore

/// One HTTP request, free of any server library, so that routes can be driven without a socket.
package struct SandboxRequest: Sendable {
  package var method: String
  /// Percent-encoded, without the query.
  package var path: String
  /// Percent-encoded, without `?`.
  package var query: String
  /// Names in lower case.
  package var headers: [String: String]
  package var body: [UInt8]

  package init(
    _ method: String, _ path: String, query: String = "", headers: [String: String] = [:],
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }
}

package struct SandboxResponse: Sendable {
  package var status: Int
  /// Content type and what else the route says; the length is the server's.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

extension SandboxResponse {
  init(_ json: JSON, status: Int = 200, location: String? = nil) {
    self.init(
      status: status, headers: [("Content-Type", "application/json; charset=utf-8")],
      body: json.bytes)
    if let location { headers.insert(("Location", location), at: 0) }
  }

  init(_ error: ParseError) {
    self.init(error.body, status: error.status)
    // The answer to wrong keys is written past Express and has no content type.
    if error == .unauthorized { headers = [] }
  }

  /// What Express answers where no route is (reference/parse.md §1.2).
  static func noRoute(_ method: String, _ path: String) -> SandboxResponse {
    let page = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Error</title>
      </head>
      <body>
      <pre>Cannot \(method) \(path)</pre>
      </body>
      </html>

      """
    return SandboxResponse(
      status: 404,
      headers: [
        ("Content-Security-Policy", "default-src 'none'"), ("X-Content-Type-Options", "nosniff"),
        ("Content-Type", "text/html; charset=utf-8"),
      ], body: Array(page.utf8))
  }
}

/// Reads a percent-encoded text; `+` is a space in queries and forms. Broken escapes stay as they
/// are.
func percentDecoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
  var bytes: [UInt8] = []
  var source = Array(text.utf8)[...]
  while let byte = source.popFirst() {
    if byte == UInt8(ascii: "%"), source.count >= 2,
      let value = UInt8(String(decoding: source.prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      source = source.dropFirst(2)
    } else {
      bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The fields of a query string or a form, all as text.
func formFields(_ text: some StringProtocol) -> JSONObject {
  var fields: JSONObject = [:]
  for pair in text.split(separator: "&") {
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = percentDecoded(parts[0], plusIsSpace: true)
    if name.isEmpty { continue }
    fields[name] = .string(parts.count > 1 ? percentDecoded(parts[1], plusIsSpace: true) : "")
  }
  return fields
}
