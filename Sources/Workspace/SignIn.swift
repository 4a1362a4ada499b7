internal import Foundation
internal import ParseClient
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

    package init(
      url: String, liveQueryURL: String? = nil, applicationId: String, restKey: String? = nil,
      javascriptKey: String? = nil, allowsInsecureHTTP: Bool = false
    ) {
      self.url = url
      self.liveQueryURL = liveQueryURL
      self.applicationId = applicationId
      self.restKey = restKey
      self.javascriptKey = javascriptKey
      self.allowsInsecureHTTP = allowsInsecureHTTP
    }
  }

  /// `POST /login`, then the user's role: the field of the user row, else the roles the server lists.
  ///
  /// - Parameter installationId: Of the account's earlier session, which the server then ends; nil
  ///   makes a new one.
  package static func logIn(
    _ server: Server, username: String, password: String, now: ParseDate,
    installationId: String? = nil
  ) async throws(WorkspaceError) -> Profile {
    var profile = Profile(
      serverURL: server.url, liveQueryURL: server.liveQueryURL,
      applicationId: server.applicationId, restKey: server.restKey,
      javascriptKey: server.javascriptKey, allowsInsecureHTTP: server.allowsInsecureHTTP,
      username: username, userId: "",
      installationId: installationId ?? UUID().uuidString.lowercased(), lastUsed: now)
    do throws(ClientError) {
      let configuration = try profile.configuration()
      profile.serverURL = configuration.url
      let client = try ParseClient(configuration)
      let session = try await client.logIn(username: username, password: password)
      client.sessionToken = session.sessionToken
      profile.userId = session.user.objectId ?? ""
      profile.username = session.user.fields["username"]?.string ?? username
      profile.sessionToken = session.sessionToken
      profile.role = session.user.fields["role"]?.string
      if profile.role == nil { profile.role = try await client.roles().first }
      return profile
    } catch {
      throw .client(error)
    }
  }

  /// Ends the session on the server. A session that is gone already counts as ended.
  package static func logOut(_ profile: Profile) async throws(WorkspaceError) {
    guard let token = profile.sessionToken else { return }
    do throws(ClientError) {
      try await ParseClient(profile.configuration(), sessionToken: token).logOut()
    } catch {
      if case .server(let refusal) = error, refusal.code == 209 { return }
      throw .client(error)
    }
  }
}

extension Profile {
  package var server: SignIn.Server {
    SignIn.Server(
      url: serverURL, liveQueryURL: liveQueryURL, applicationId: applicationId, restKey: restKey,
      javascriptKey: javascriptKey, allowsInsecureHTTP: allowsInsecureHTTP)
  }

  func configuration() throws(ClientError) -> ServerConfiguration {
    try ServerConfiguration(
      url: serverURL, liveQueryURL: liveQueryURL, applicationId: applicationId, restKey: restKey,
      javascriptKey: javascriptKey, installationId: installationId,
      allowsInsecureHTTP: allowsInsecureHTTP)
  }
}
