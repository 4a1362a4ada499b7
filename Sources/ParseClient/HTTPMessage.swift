/// One request as the network thread sends it.
struct HTTPRequest: Sendable {
  enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }

  var method: Method
  var url: String
  var headers: [Header]
  /// Nil sends no body, which Parse takes for a DELETE and a GET.
  var body: [UInt8]?
  /// Whether sending it twice leaves the server as sending it once does. Only such a request is
  /// sent again when a kept connection turns out to be dead.
  var isIdempotent: Bool
  var limits: Limits

  struct Header: Sendable, Hashable {
    let name: String
    let value: String
  }

  struct Limits: Sendable, Hashable {
    var connectTimeout: Duration
    var totalTimeout: Duration
    /// The most bytes of a body, counted after decompression.
    var answerBytes: Int
    /// A file of trusted certificates in place of the system's; nil takes the system's.
    var caFile: String?
    /// Nil goes to the server itself.
    var proxy: Proxy?
  }
}

/// What came back, whatever its status.
struct HTTPAnswer: Sendable {
  let status: Int
  /// By lowercased name; of a repeated header the last.
  let headers: [String: String]
  let body: [UInt8]
}

/// Why no whole answer came. Carries no text of the request or the answer.
enum TransferFailure: Error, Sendable, Hashable {
  case nameNotFound, refused, proxy, connectionLost, timedOut, cancelled
  case certificate(CertificateTrouble), tlsHandshake, certificateFile
  case answerTooLarge(limit: Int)
  /// libcurl's own number for anything else, a mistake on this side.
  case other(code: Int)
}

/// Why a server's certificate is not believed.
package enum CertificateTrouble: Sendable, Hashable {
  case expired, notYetValid, unknownAuthority, wrongHost, other
}
