package import ParseCore

/// Why a call to the server gave no result, by what a person or the sync engine can do next.
///
/// None of it holds a field's value, a token or a password, but for the message of a `ParseError`,
/// which is the server's own text.
package enum ClientError: Error, Sendable, Hashable {
  /// The server answered with an error.
  case server(ParseError)
  case noNetwork(NetworkTrouble)
  case timedOut
  case tls(TLSTrouble)
  /// An answer that is not JSON of Parse's shape: a web page, a proxy's message, nothing at all.
  case notParse(status: Int)
  /// The server names another address. It is not followed, so that no credential goes there.
  case redirected(status: Int)
  case answerTooLarge(limitBytes: Int)
  case cancelled
  /// The text says what is wrong with the settings.
  case badConfiguration(String)
  /// The call itself may not be sent; the text says why.
  case badRequest(String)

  package enum NetworkTrouble: Sendable, Hashable {
    case nameNotFound, refused, proxy
    /// The connection ended before the answer was whole: the server may have acted on the request.
    case connectionLost
    case other(code: Int)
  }

  package enum TLSTrouble: Sendable, Hashable { case certificate, handshake, certificateFile }

  package enum Retry: Sendable, Hashable {
    /// The same input fails again.
    case never
    /// Worth trying after a back-off of at least this many seconds; nil leaves the wait to the caller.
    case later(seconds: Int?)
    /// Works again after signing in.
    case afterSignIn
  }
}

extension ClientError {
  package var retry: Retry {
    switch self {
    case .server(let error): error.retryInClientTerms
    case .noNetwork, .timedOut: .later(seconds: nil)
    case .notParse(let status):
      Self.passingStatuses.contains(status) ? .later(seconds: nil) : .never
    case .tls, .redirected, .answerTooLarge, .cancelled, .badConfiguration, .badRequest: .never
    }
  }

  /// A sentence for a person. The server's own message comes unchanged: sanitise before drawing.
  package var words: String {
    switch self {
    case .server(let error): error.message
    case .noNetwork(let trouble): trouble.words
    case .timedOut: "The server did not answer in time."
    case .tls(let trouble): trouble.words
    case .notParse(let status) where Self.passingStatuses.contains(status):
      "The server is not available right now (HTTP \(status))."
    case .notParse(let status):
      "No Parse server answers at this address (HTTP \(status)). Check the server's URL and its path."
    case .redirected(let status):
      "The server points to another address (HTTP \(status)). Set that address as the server's URL."
    case .answerTooLarge(let limit): "The answer is larger than \(limit / 1_048_576) MB."
    case .cancelled: "Cancelled."
    case .badConfiguration(let text), .badRequest(let text): text
    }
  }

  /// Statuses of proxies and servers in trouble that pass by themselves (RFC 9110 §15).
  private static let passingStatuses: Set<Int> = [408, 425, 429, 500, 502, 503, 504]

  init(_ failure: TransferFailure) {
    self =
      switch failure {
      case .nameNotFound: .noNetwork(.nameNotFound)
      case .refused: .noNetwork(.refused)
      case .proxy: .noNetwork(.proxy)
      case .connectionLost: .noNetwork(.connectionLost)
      case .timedOut: .timedOut
      case .cancelled: .cancelled
      case .certificate: .tls(.certificate)
      case .tlsHandshake: .tls(.handshake)
      case .certificateFile: .tls(.certificateFile)
      case .answerTooLarge(let limit): .answerTooLarge(limitBytes: limit)
      case .other(let code): .noNetwork(.other(code: code))
      }
  }
}

extension ClientError.NetworkTrouble {
  package var words: String {
    switch self {
    case .nameNotFound: "The server's name was not found. Check the network and the URL."
    case .refused: "No connection to the server."
    case .proxy: "No connection through the proxy."
    case .connectionLost: "The connection was lost before the answer came."
    case .other(let code): "The network failed (libcurl \(code))."
    }
  }
}

extension ClientError.TLSTrouble {
  package var words: String {
    switch self {
    case .certificate: "The server's certificate could not be verified."
    case .handshake: "No secure connection could be made with the server."
    case .certificateFile: "The file of trusted certificates could not be read."
    }
  }
}
