import ParseCore

@testable import ParseClient

extension ReplayServer {
  /// A client of this server, set up as the recorded requests were.
  func client(
    token: String? = nil, totalTimeout: Duration = .seconds(120), answerBytes: Int = 67_108_864
  ) throws -> ParseClient {
    try ParseClient(
      ServerConfiguration(
        url: url, applicationId: "campus", restKey: "rest", installationId: "install-1",
        connectTimeout: .seconds(120), totalTimeout: totalTimeout, answerBytes: answerBytes),
      sessionToken: token)
  }

  /// The next request that arrived.
  func nextRequest() async -> ReceivedRequest? {
    var iterator = requests.makeAsyncIterator()
    return await iterator.next()
  }
}

extension ReceivedRequest {
  var json: JSON? {
    get throws { body.isEmpty ? JSON?.none : try JSON(bytes: body) }
  }
}

/// The error that the call ends with; nil when it ends well.
func clientError(_ call: () async throws(ClientError) -> Void) async -> ClientError? {
  do {
    try await call()
    return nil
  } catch {
    return error
  }
}
