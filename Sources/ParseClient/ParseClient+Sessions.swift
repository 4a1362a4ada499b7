package import ParseCore

extension ParseClient {
  /// Signs in by user name or e-mail address and keeps the token for the calls that follow.
  package func logIn(
    username: String, password: String
  ) async throws(ClientError) -> Session {
    let session = try await session(
      Call(
        method: .post, path: "/login",
        body: ["username": .string(username), "password": .string(password)],
        isIdempotent: true, sendsToken: false))
    sessionToken = session.sessionToken
    return session
  }

  /// Makes an account, signs in with it and keeps the token. The row holds what the server tells of
  /// it, and the name and address given.
  package func signUp(
    username: String, password: String, email: String?
  ) async throws(ClientError) -> Session {
    var body: JSONObject = ["username": .string(username), "password": .string(password)]
    if let email { body["email"] = .string(email) }
    let answer = try await session(
      Call(method: .post, path: "/users", body: body, isIdempotent: false, sendsToken: false))
    var user = answer.user
    user.fields["username"] = user.fields["username"] ?? .string(username)
    if let email { user.fields["email"] = user.fields["email"] ?? .string(email) }
    user.updatedAt = user.updatedAt ?? user.createdAt
    sessionToken = answer.sessionToken
    return Session(user: user, sessionToken: answer.sessionToken)
  }

  /// Ends the session and forgets its token. A token the server no longer knows counts as signed
  /// out.
  package func logOut() async throws(ClientError) {
    guard let token = sessionToken else { return }
    do {
      _ = try await perform(Call(method: .post, path: "/logout", body: [:], isIdempotent: true))
    } catch .server(let error) where error.code == ParseErrorCode.invalidSession.rawValue {
      // The session is gone, which is what was asked for.
    }
    forget(token)
  }

  /// The signed-in user's own row.
  package func me() async throws(ClientError) -> Session {
    try await session(Call(method: .get, path: "/users/me", body: nil, isIdempotent: true))
  }

  /// The names of the roles that the signed-in user has, directly or by a role in a role, in
  /// alphabetical order.
  ///
  /// What a server does not let its users read is left out: the list is for showing what a person
  /// may do, not for deciding it. One request for the user, one for each level of roles.
  package func roles() async throws(ClientError) -> [String] {
    guard let user = try await me().user.pointer else { return [] }
    return try await roles(of: user)
  }

  /// As `roles()`, for a user already known.
  package func roles(of user: Pointer) async throws(ClientError) -> [String] {
    var found: [String: String] = [:]
    var filter: JSONObject = ["users": user.json]
    // Ten levels are more than any school has; a walk ends sooner at roles it has seen.
    for _ in 0..<10 {
      let rows: [ParseObject]
      do {
        rows = try await findAll(Query("_Role", where: filter))
      } catch .server(let error) where error.code != ParseErrorCode.invalidSession.rawValue {
        // Roles are not this user's to read, or not to be asked for this way.
        break
      }
      let new = rows.filter { row in row.objectId.map { found[$0] == nil } ?? false }
      if new.isEmpty { break }
      for row in new {
        if let id = row.objectId { found[id] = row["name"]?.string ?? "" }
      }
      filter = ["roles": ["$in": .array(new.compactMap(\.pointer?.json))]]
    }
    return found.values.filter { !$0.isEmpty }.sorted()
  }

  private func session(_ call: Call) async throws(ClientError) -> Session {
    var row = try await performObject(call)
    guard let token = row["sessionToken"]?.string, ServerConfiguration.isHeaderSafe(token) else {
      throw .notParse(status: 200)
    }
    row["sessionToken"] = nil
    return Session(user: ParseObject(className: "_User", json: row), sessionToken: token)
  }
}
