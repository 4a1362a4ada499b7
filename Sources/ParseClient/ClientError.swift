package import ParseCore

/// Why a call to the server gave no result, by what a person or the sync engine can do next.
///
/// None of it holds a field's value, a token or a password, but for the message of a `ParseError`,
/// which is the server's own text.
package enum ClientError: Error, Sendable, Hashable {
  /// The server answered with an error.
  case server(ParseError)
  /// The rate limit, with the server's own wait where it names one.
  case tooManyRequests(seconds: Int?)
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

  package enum TLSTrouble: Sendable, Hashable {
    case certificate(CertificateTrouble), handshake, certificateFile
  }
}

extension ClientError {
  /// What may be done with the call. A create that was lost on its way (`noNetwork`, `timedOut`)
  /// may have arrived: see `mayHaveArrived`.
  package var retry: ParseErrorCode.Retry {
    switch self {
    case .server(let error): error.retry
    case .notParse(let status): Self.bare(status).retry
    case .tooManyRequests, .noNetwork, .timedOut: .backOff
    case .tls, .redirected, .answerTooLarge, .cancelled, .badConfiguration, .badRequest: .never
    }
  }

  package var words: String { words(during: .read) }

  /// A sentence for a person. It can be the server's own text: sanitise before drawing.
  package func words(during activity: ParseError.Activity) -> String {
    switch self {
    case .server(let error): error.words(during: activity)
    case .tooManyRequests(let seconds) where activity == .signIn:
      "Too many tries. Try again \(seconds.map { "in \($0) s" } ?? "in a while")."
    case .tooManyRequests(let seconds?): "Too many requests. It is tried again in \(seconds) s."
    case .tooManyRequests(nil): "Too many requests. It is tried again in a while."
    case .noNetwork(let trouble): trouble.words
    case .timedOut: "The server did not answer in time."
    case .tls(let trouble): trouble.words
    case .notParse(let status): Self.bare(status).words(during: activity)
    case .redirected(let status):
      "Sent elsewhere (HTTP \(status)). Open a browser, or check the address."
    case .answerTooLarge(let limit):
      "The answer is larger than \(limit / 1_048_576) MB and was not read. Ask for less."
    case .cancelled: "Cancelled."
    case .badConfiguration(let text), .badRequest(let text): text
    }
  }

  /// Whether the server may have acted on the request. A create of which this is true is looked for
  /// before it is sent again.
  package var mayHaveArrived: Bool {
    switch self {
    case .server(let error): (error.httpStatus ?? 0) >= 500 || error.code == 159
    case .notParse(let status): status < 300 || status >= 500
    case .noNetwork(.connectionLost), .noNetwork(.other), .timedOut, .cancelled, .answerTooLarge:
      true
    case .noNetwork(.nameNotFound), .noNetwork(.refused), .noNetwork(.proxy), .tls, .redirected,
      .tooManyRequests, .badConfiguration, .badRequest:
      false
    }
  }

  /// An error of which only the status is known.
  private static func bare(_ status: Int) -> ParseError {
    ParseError(code: nil, message: "", httpStatus: status)
  }

  init(_ failure: TransferFailure) {
    self =
      switch failure {
      case .nameNotFound: .noNetwork(.nameNotFound)
      case .refused: .noNetwork(.refused)
      case .proxy: .noNetwork(.proxy)
      case .connectionLost: .noNetwork(.connectionLost)
      case .timedOut: .timedOut
      case .cancelled: .cancelled
      case .certificate(let trouble): .tls(.certificate(trouble))
      case .tlsHandshake: .tls(.handshake)
      case .certificateFile: .tls(.certificateFile)
      case .answerTooLarge(let limit): .answerTooLarge(limitBytes: limit)
      case .other(let code): .noNetwork(.other(code: code))
      }
  }
}

extension ClientError: CustomStringConvertible {
  /// For logs: the kind, code and status, but never the server's text, which can hold a field's
  /// value.
  package var description: String {
    switch self {
    case .server(let error):
      "server error \(error.code.map(String.init) ?? "without code")"
        + (error.httpStatus.map { " (HTTP \($0))" } ?? "")
    case .tooManyRequests: "too many requests (HTTP 429)"
    case .noNetwork(let trouble): "no network: \(trouble)"
    case .timedOut: "timed out"
    case .tls(let trouble): "TLS: \(trouble)"
    case .notParse(let status): "not an answer of Parse (HTTP \(status))"
    case .redirected(let status): "redirected (HTTP \(status))"
    case .answerTooLarge(let limit): "answer larger than \(limit) bytes"
    case .cancelled: "cancelled"
    case .badConfiguration(let text): "bad configuration: \(text)"
    case .badRequest(let text): "bad request: \(text)"
    }
  }
}

extension ClientError.NetworkTrouble {
  package var words: String {
    switch self {
    case .nameNotFound: "The server's name was not found. Check the network and the URL."
    case .refused: "No connection to the server."
    case .proxy: "No connection through the proxy. Check https_proxy, or wait."
    case .connectionLost: "The connection was lost before the answer came."
    case .other(let code): "The network failed (libcurl \(code))."
    }
  }
}

extension ClientError.TLSTrouble {
  package var words: String {
    switch self {
    case .certificate(let trouble): trouble.words
    case .handshake: "No secure connection could be made with the server."
    case .certificateFile: "The file of trusted certificates could not be read. Check its path."
    }
  }
}

extension CertificateTrouble {
  package var words: String {
    switch self {
    case .expired: "The server's certificate has expired. Tell who runs the server."
    case .notYetValid: "The server's certificate is not valid yet. Check this machine's clock."
    case .unknownAuthority:
      "Nobody trusted here vouches for this server. Try --ca-file FILE."
    case .wrongHost: "The server's certificate is for another name. Check the address."
    case .other: "The server's certificate cannot be verified. Tell who runs it."
    }
  }
}
