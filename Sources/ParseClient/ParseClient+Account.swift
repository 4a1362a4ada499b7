package import ParseCore

extension ParseClient {
  /// The devices the user is signed in on, in the order of their ids.
  package func sessions() async throws(ClientError) -> [SessionRow] {
    try await findAll(Query("_Session")).map { SessionRow($0) }
  }

  /// The session these calls are made with. Newer servers answer for an ended one too
  /// (reference/parse.md §1.8).
  package func currentSession() async throws(ClientError) -> SessionRow {
    let row = try await performObject(
      Call(method: .get, path: "/sessions/me", body: nil, isIdempotent: true))
    return SessionRow(ParseObject(className: "_Session", json: row))
  }

  /// Signs a device out. A server may take its token for some seconds more.
  package func revokeSession(objectId: String) async throws(ClientError) {
    try await delete("_Session", objectId: objectId)
  }

  /// Asks the server to send a link for a new password. Whether the address is known is not told.
  package func requestPasswordReset(email: String) async throws(ClientError) {
    try await send("/requestPasswordReset", ["email": .string(email)])
  }

  /// Asks the server to send the link that confirms an e-mail address once more.
  package func requestEmailVerification(email: String) async throws(ClientError) {
    try await send("/verificationEmailRequest", ["email": .string(email)])
  }

  /// The user's row if the password is right; makes no session. Sent as a POST that says GET: older
  /// servers know the call as a GET only, whose URL would carry the password.
  package func verifyPassword(
    username: String, password: String
  ) async throws(ClientError) -> ParseObject {
    let row = try await performObject(
      Call(
        method: .post, path: "/verifyPassword",
        body: [
          "_method": "GET", "username": .string(username), "password": .string(password),
        ], isIdempotent: true))
    return ParseObject(className: "_User", json: row)
  }

  /// Mails may go out twice, so none of these is sent again by itself.
  private func send(_ path: String, _ body: JSONObject) async throws(ClientError) {
    _ = try await performObject(
      Call(method: .post, path: path, body: body, isIdempotent: false))
  }
}
