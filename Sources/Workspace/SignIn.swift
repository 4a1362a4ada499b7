internal import Foundation
package import ParseClient
package import ParseCore

/// Signing in and out, which make and end profiles.
package enum SignIn {
  /// The server of a profile that does not exist yet.
  package struct Server: Sendable {
    package var url: String
    package var liveQueryURL: String?
    package var applicationId: String
    package var restKey: String?
    package var javascriptKey: String?
    package var allowsInsecureHTTP: Bool
    package var caFile: String?

    package init(
      url: String, liveQueryURL: String? = nil, applicationId: String, restKey: String? = nil,
      javascriptKey: String? = nil, allowsInsecureHTTP: Bool = false, caFile: String? = nil
    ) {
      self.url = url
      self.liveQueryURL = liveQueryURL
      self.applicationId = applicationId
      self.restKey = restKey
      self.javascriptKey = javascriptKey
      self.allowsInsecureHTTP = allowsInsecureHTTP
      self.caFile = caFile
    }
  }

  /// `POST /login`, then the user's role: the field of the user row, else the roles the server lists.
  ///
  /// - Parameters:
  ///   - installationId: of this account's profile here, if it has one: the server then ends the
  ///     session that the profile had. Nil makes a new one.
  ///   - environment: names the proxies.
  package static func logIn(
    _ server: Server, username: String, password: String, installationId: String? = nil,
    environment: [String: String], now: ParseDate
  ) async throws(WorkspaceError) -> Profile {
    try await profile(
      on: server, installationId: installationId, environment: environment, now: now
    ) { client throws(ClientError) in
      try await client.logIn(username: username, password: password)
    }
  }

  /// Makes an account and signs in with it. A lost answer is not asked for again: whether the account
  /// was made shows when it signs in.
  package static func signUp(
    _ server: Server, username: String, password: String, email: String?,
    environment: [String: String], now: ParseDate
  ) async throws(WorkspaceError) -> Profile {
    try await profile(
      on: server, installationId: nil, isSafe: false, environment: environment, now: now
    ) { client throws(ClientError) in
      try await client.signUp(username: username, password: password, email: email)
    }
  }

  /// Makes the profile of a session that was made elsewhere.
  ///
  /// - Parameter tokenCommand: printed the token, and prints it whenever the account is opened.
  package static func resume(
    _ server: Server, token: String, tokenCommand: String, installationId: String? = nil,
    environment: [String: String], now: ParseDate
  ) async throws(WorkspaceError) -> Profile {
    var profile = try await profile(
      on: server, installationId: installationId, environment: environment, now: now
    ) { client throws(ClientError) in
      client.sessionToken = token
      return try await client.me()
    }
    profile.tokenCommand = tokenCommand
    return profile
  }

  /// Ends the session on the server. A session that is gone already counts as ended.
  package static func logOut(
    _ profile: Profile, environment: [String: String]
  ) async throws(WorkspaceError) {
    guard profile.sessionToken != nil else { return }
    try await withClient(profile, environment) { client throws(ClientError) in
      try await client.logOut()
    }
  }

  /// Sets another password. The server ends every session of the user and gives a new one, which is
  /// in the profile returned.
  package static func changePassword(
    of profile: Profile, from old: String, to new: String, environment: [String: String]
  ) async throws(WorkspaceError) -> Profile {
    var changed = profile
    changed.sessionToken = try await withClient(profile, environment) {
      client throws(ClientError) in
      _ = try await client.verifyPassword(username: profile.username, password: old)
      _ = try await client.update(
        "_User", objectId: profile.userId, ["password": .set(.string(new))])
      return client.sessionToken
    }
    return changed
  }

  /// Asks the server to send a link for a new password.
  package static func requestPasswordReset(
    _ server: Server, email: String, environment: [String: String], now: ParseDate
  ) async throws(WorkspaceError) {
    try await withClient(blank(server, nil, now), environment) { client throws(ClientError) in
      try await client.requestPasswordReset(email: email)
    }
  }

  /// The devices the account is signed in on.
  package static func sessions(
    of profile: Profile, environment: [String: String]
  ) async throws(WorkspaceError) -> [SessionRow] {
    try await withClient(profile, environment) { client throws(ClientError) in
      try await client.sessions()
    }
  }

  /// Signs one device out.
  package static func endSession(
    _ objectId: String, of profile: Profile, environment: [String: String]
  ) async throws(WorkspaceError) {
    try await withClient(profile, environment) { client throws(ClientError) in
      try await client.revokeSession(objectId: objectId)
    }
  }
}

extension SignIn {
  private static func profile(
    on server: Server, installationId: String?, isSafe: Bool = true, environment: [String: String],
    now: ParseDate, _ session: (ParseClient) async throws(ClientError) -> Session
  ) async throws(WorkspaceError) -> Profile {
    var profile = blank(server, installationId, now)
    do throws(ClientError) {
      let configuration = try profile.configuration(environment)
      profile.serverURL = configuration.url
      let client = try ParseClient(configuration)
      let (session, roles) = try await client.repeating(
        .person, isSafe: isSafe, sleep: { try await Task.sleep(for: $0) },
        random: { Double.random(in: 0..<1) }
      ) { () throws(ClientError) in
        let session = try await session(client)
        if let role = session.user["role"]?.string { return (session, [role]) }
        return (session, try await client.roles())
      }
      profile.userId = session.user.objectId ?? ""
      profile.username = session.user["username"]?.string ?? ""
      profile.sessionToken = session.sessionToken
      profile.role = roles.first
      return profile
    } catch {
      throw .client(error)
    }
  }

  /// A profile of nobody yet.
  private static func blank(
    _ server: Server, _ installationId: String?, _ now: ParseDate
  ) -> Profile {
    var profile = Profile(
      serverURL: server.url, liveQueryURL: server.liveQueryURL,
      applicationId: server.applicationId, restKey: server.restKey,
      javascriptKey: server.javascriptKey, allowsInsecureHTTP: server.allowsInsecureHTTP,
      username: "", userId: "", installationId: installationId ?? UUID().uuidString.lowercased(),
      lastUsed: now)
    profile.caFile = server.caFile
    return profile
  }

  private static func withClient<Value>(
    _ profile: Profile, _ environment: [String: String],
    _ call: (ParseClient) async throws(ClientError) -> Value
  ) async throws(WorkspaceError) -> Value {
    do throws(ClientError) {
      return try await call(
        ParseClient(profile.configuration(environment), sessionToken: profile.sessionToken))
    } catch {
      throw .client(error)
    }
  }
}

extension Profile {
  /// Where this profile signs in.
  package var server: SignIn.Server {
    SignIn.Server(
      url: serverURL, liveQueryURL: liveQueryURL, applicationId: applicationId, restKey: restKey,
      javascriptKey: javascriptKey, allowsInsecureHTTP: allowsInsecureHTTP, caFile: caFile)
  }

  /// - Parameter environment: names the proxies.
  func configuration(_ environment: [String: String]) throws(ClientError) -> ServerConfiguration {
    try ServerConfiguration(
      url: serverURL, liveQueryURL: liveQueryURL, applicationId: applicationId, restKey: restKey,
      javascriptKey: javascriptKey, installationId: installationId,
      allowsInsecureHTTP: allowsInsecureHTTP, caFile: caFile, environment: environment)
  }
}
