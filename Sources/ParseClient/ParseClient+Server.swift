package import ParseCore

extension ParseClient {
  /// Calls a cloud function and gives its `result`.
  ///
  /// - Parameter requestId: the same for every try of one call, so that a server with idempotency
  ///   runs it once (code 159). Never sent again by itself.
  package func call(
    _ function: String, _ parameters: JSONObject = [:], requestId: String? = nil
  ) async throws(ClientError) -> JSON {
    let answer = try await performObject(
      Call(
        method: .post, path: ParsePath.function(function), body: parameters, isIdempotent: false,
        requestId: requestId))
    return answer["result"] ?? .null
  }

  /// The parameters that the server's people set for all clients.
  package func config() async throws(ClientError) -> JSONObject {
    let answer = try await performObject(
      Call(method: .get, path: "/config", body: nil, isIdempotent: true))
    guard let parameters = answer["params"]?.object else { throw .notParse(status: 200) }
    return parameters
  }

  /// What the server says of itself, `ok` when it is up. Needs keys but no session.
  package func health() async throws(ClientError) -> String {
    let answer = try await performObject(
      Call(method: .get, path: "/health", body: nil, isIdempotent: true, sendsToken: false))
    guard let status = answer["status"]?.string else { throw .notParse(status: 200) }
    return status
  }

  /// The bytes of a File value. Files often lie on another host: no key and no token goes along, and
  /// plain `http` only to the server itself.
  package func file(_ url: String) async throws(ClientError) -> [UInt8] {
    let address = url.prefix { $0 != "?" && $0 != "#" }
    let server = try ServerURL(String(address), schemes: ["http", "https"])
    let isOwn =
      server.scheme == configuration.address.scheme
      && server.authority == configuration.address.authority
    guard server.isSecure || isOwn else {
      throw .badRequest("The file lies at an insecure address. It is not fetched.")
    }
    guard ServerConfiguration.isHeaderSafe(url) else {
      throw .badRequest("The file's address holds a character no address can carry.")
    }
    let request = HTTPRequest(
      method: .get, url: url, headers: [], body: nil, isIdempotent: true,
      limits: configuration.limits(to: server))
    switch await network.perform(request) {
    case .failure(let failure): throw ClientError(failure)
    case .success(let answer):
      switch answer.status {
      case 200: return answer.body
      case 300..<400: throw .redirected(status: answer.status)
      case 429: throw .tooManyRequests(seconds: answer.retryAfter)
      default:
        throw .server(
          ParseError(
            code: ParseErrorCode.fileReadFailed.rawValue, message: "", httpStatus: answer.status))
      }
    }
  }
}
