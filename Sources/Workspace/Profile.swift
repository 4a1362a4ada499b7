package import ParseCore

/// One user on one server: all that is needed to go on without asking again.
package struct Profile: Sendable, Hashable {
  package var serverURL: String
  package var liveQueryURL: String?
  package var applicationId: String
  package var restKey: String?
  package var javascriptKey: String?
  package var allowsInsecureHTTP: Bool
  /// A file of trusted certificates in place of the system's.
  package var caFile: String?
  /// Prints the session token, which then is not stored here.
  package var tokenCommand: String?
  package var username: String
  package var userId: String
  package var role: String?
  /// Nil after sign-out, and until the token command has run.
  package var sessionToken: String?
  /// One per profile: a second profile with the same id would end this one's session on the server.
  package var installationId: String
  package var lastUsed: ParseDate
  /// An account of the demo's sandbox, opened by default only when there is no other.
  package var isDemo = false

  package init(
    serverURL: String, liveQueryURL: String? = nil, applicationId: String, restKey: String? = nil,
    javascriptKey: String? = nil, allowsInsecureHTTP: Bool = false, username: String,
    userId: String, role: String? = nil, sessionToken: String? = nil, installationId: String,
    lastUsed: ParseDate
  ) {
    self.serverURL = serverURL
    self.liveQueryURL = liveQueryURL
    self.applicationId = applicationId
    self.restKey = restKey
    self.javascriptKey = javascriptKey
    self.allowsInsecureHTTP = allowsInsecureHTTP
    self.username = username
    self.userId = userId
    self.role = role
    self.sessionToken = sessionToken
    self.installationId = installationId
    self.lastUsed = lastUsed
  }

  /// Whether there is no way to a session but a new sign-in.
  package var isSignedOut: Bool { sessionToken == nil && tokenCommand == nil }

  /// Same server, application and user.
  package func isSameAccount(as other: Profile) -> Bool {
    serverURL == other.serverURL && applicationId == other.applicationId
      && userId == other.userId
  }
}

extension Profile {
  init?(_ json: JSON) {
    guard let serverURL = json["serverURL"]?.string,
      let applicationId = json["applicationId"]?.string, let username = json["username"]?.string,
      let userId = json["userId"]?.string, let installationId = json["installationId"]?.string
    else { return nil }
    self.init(
      serverURL: serverURL, liveQueryURL: json["liveQueryURL"]?.string,
      applicationId: applicationId, restKey: json["restKey"]?.string,
      javascriptKey: json["javascriptKey"]?.string,
      allowsInsecureHTTP: json["allowsInsecureHTTP"]?.bool ?? false, username: username,
      userId: userId, role: json["role"]?.string, sessionToken: json["sessionToken"]?.string,
      installationId: installationId,
      lastUsed: json["lastUsed"].flatMap(ParseDate.init(value:)) ?? ParseDate(milliseconds: 0))
    caFile = json["caFile"]?.string
    tokenCommand = json["tokenCommand"]?.string
    isDemo = json["isDemo"]?.bool ?? false
  }

  var json: JSON {
    var object: JSONObject = [
      "serverURL": .string(serverURL), "applicationId": .string(applicationId),
      "username": .string(username), "userId": .string(userId),
      "installationId": .string(installationId), "lastUsed": .string(lastUsed.iso),
    ]
    object["liveQueryURL"] = liveQueryURL.map(JSON.string)
    object["restKey"] = restKey.map(JSON.string)
    object["javascriptKey"] = javascriptKey.map(JSON.string)
    object["role"] = role.map(JSON.string)
    object["caFile"] = caFile.map(JSON.string)
    object["tokenCommand"] = tokenCommand.map(JSON.string)
    if tokenCommand == nil { object["sessionToken"] = sessionToken.map(JSON.string) }
    if allowsInsecureHTTP { object["allowsInsecureHTTP"] = true }
    if isDemo { object["isDemo"] = true }
    return .object(object)
  }
}
