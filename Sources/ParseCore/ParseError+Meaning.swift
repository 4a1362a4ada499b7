extension ParseError {
  /// What was asked, where the same answer means another thing.
  package enum Activity: Sendable { case signIn, read, write }

  /// The code where it is one of Parse's own; nil for cloud code's own numbers too.
  package var known: ParseErrorCode? { code.flatMap(ParseErrorCode.init(rawValue:)) }

  /// No answer came at all.
  package var isOffline: Bool {
    httpStatus == nil && code == ParseErrorCode.connectionFailed.rawValue
  }

  /// What to do with the request: by HTTP class first, then by code.
  package var retry: ParseErrorCode.Retry {
    switch httpStatus {
    case 408?, 425?, 429?: return .backOff
    case let status? where status >= 500: return .backOff
    default: break
    }
    if isFromElsewhere { return .backOff }
    guard let known else { return .never }
    return known.row.retry
  }

  /// A short sentence for a person: what is, then what to do. It can be the server's own text, so
  /// it is sanitised like every other text before it is shown.
  package func words(during activity: Activity) -> String {
    if isFromElsewhere {
      return "Not the server's answer. The network may want a browser sign-in."
    }
    if activity == .signIn {
      if known == .objectNotFound { return signInWords }
      // Nobody but the person tries a sign-in again.
      if retry == .backOff { return "The server has a problem. Try again later." }
    }
    if let words = httpWords { return words }
    if let words = known?.row.words { return words }
    if !message.isEmpty { return message }
    return code.map { "The server refused this (\($0))." } ?? "The server refused this."
  }

  package var words: String { words(during: .read) }

  /// What the HTTP status says by itself; nil where the code tells more.
  private var httpWords: String? {
    switch httpStatus {
    case 429?: return "Too many requests. It is tried again in a while."
    case 413?: return "Too large for the server. Make it smaller."
    case 414?, 431?: return "The filter is too long. Make it shorter."
    case 401?, 403?:
      return code == nil ? "The server does not take this app's keys. Check them." : nil
    case 404?, 405?: return code == nil ? "No Parse Server at this address. Check it." : nil
    case 408?, 502?, 503?, 504?: return code == nil ? ParseErrorCode.server : nil
    case let status? where status >= 500:
      // Cloud code may choose such a status and still say what is wrong.
      return code == nil || known?.row.words != nil ? ParseErrorCode.server : nil
    case 407?: return "No connection through the proxy. Check the proxy's name and password."
    case let status? where (400..<500).contains(status):
      // A body, a charset or a header that no client of ours sends.
      return code == nil ? "The server did not take this. Please report what you did." : nil
    default: return nil
    }
  }

  /// A page or nothing with a good status, as networks answer that want their own sign-in before
  /// they let anything through. Few of them use the status made for it (RFC 6585 §6).
  private var isFromElsewhere: Bool {
    code == nil && httpStatus.map { (200..<300).contains($0) || $0 == 511 } ?? false
  }

  /// Servers answer a wrong password, a locked account and an expired password alike.
  private var signInWords: String {
    guard message.contains("locked") else { return "Name or password is not right." }
    let minutes = message.split { !("0"..."9").contains($0) }.first.flatMap { Int($0) }
    guard let minutes else { return "Locked after too many tries. Try again later." }
    return "Locked after too many tries. Try again in \(minutes) min."
  }
}

extension ParseError {
  /// Reads whatever a server or a proxy sends in place of a result (reference/parse.md §1.7):
  /// `{code,error}`, `{error}`, `{code,message}`, an `error` that is an object, a page, nothing.
  package init(httpStatus: Int, body: [UInt8]) {
    let first = body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    // A body that is no JSON is a page or plain text of a proxy: the status says all there is.
    guard first == UInt8(ascii: "{"), let json = try? JSON(bytes: body) else {
      self.init(code: nil, message: "", httpStatus: httpStatus)
      return
    }
    self.init(json: json, httpStatus: httpStatus)
  }

  /// Reads an error already decoded, such as the `error` of a batch's item, which can lack its
  /// code.
  package init(json: JSON, httpStatus: Int? = nil) {
    self.init(
      code: json["code"]?.int,
      message: Self.text(json["error"]) ?? Self.text(json["message"]) ?? "",
      httpStatus: httpStatus)
  }

  /// Databases put their own error object where text belongs.
  private static func text(_ value: JSON?) -> String? {
    value?.string ?? value?["message"]?.string ?? value?["error"]?.string
  }

  /// No answer: the network is down, or the server cannot be reached.
  package static func offline(_ message: String) -> ParseError {
    ParseError(code: ParseErrorCode.connectionFailed.rawValue, message: message)
  }
}
