import ParseCore

/// Sessions, roles and sign-in.
extension Backend {
  /// The names of all roles a user holds: those that list him, and those that list such a role in
  /// their `roles` relation, and so on.
  func roles(of userId: String) -> Set<String> {
    let all = tables["_Role"]?.rows.map { $0 } ?? []
    func relation(_ role: ParseObject, _ field: String) -> Set<String> {
      guard let id = role.objectId else { return [] }
      return relations[RelationKey(className: "_Role", objectId: id, field: field)] ?? []
    }
    var held = Set(
      all.filter { relation($0, "users").contains(userId) }.compactMap(\.objectId))
    var grew = !held.isEmpty
    while grew {
      let more = all.filter { !relation($0, "roles").isDisjoint(with: held) }
        .compactMap(\.objectId)
      let before = held.count
      held.formUnion(more)
      grew = held.count > before
    }
    return Set(
      all.filter { $0.objectId.map(held.contains) ?? false }
        .compactMap { $0.fields["name"]?.string })
  }

  /// - Throws: 209 for a token that is unknown or has run out.
  func caller(token: String, installationId: String? = nil) throws(ParseError) -> Caller {
    guard let session = row("_Session", sessionIds[token]),
      let user = Pointer(session.fields["user"]), row(user) != nil
    else { throw .invalidSession }
    if let end = session.fields["expiresAt"].flatMap(ParseDate.init(value:)), end < options.now() {
      throw .expiredSession
    }
    return Caller(
      userId: user.objectId, roles: roles(of: user.objectId), sessionToken: token,
      installationId: installationId)
  }

  /// Makes a session and returns its token. A new login of the same user from the same installation
  /// ends the earlier session (reference/parse.md §1.1).
  mutating func openSession(
    userId: String, action: String, installationId: String?
  ) -> String {
    if let installationId { endSessions(of: userId, installationId: installationId) }
    let token = "r:" + text(32, from: Self.hexDigits)
    let now = options.now()
    let id = newId()
    var fields: JSONObject = [
      "user": Pointer(className: "_User", objectId: userId).json,
      "sessionToken": .string(token),
      "expiresAt": now.advanced(bySeconds: options.sessionSeconds).json,
      "createdWith": ["action": .string(action), "authProvider": "password"],
    ]
    if let installationId { fields["installationId"] = .string(installationId) }
    store(
      ParseObject(
        className: "_Session", objectId: id, createdAt: now, updatedAt: now, fields: fields))
    sessionIds[token] = id
    return token
  }

  mutating func endSession(token: String) {
    guard let id = sessionIds.removeValue(forKey: token) else { return }
    tables["_Session"]?[id] = nil
  }

  mutating func endSessions(of userId: String, installationId: String? = nil) {
    let user = Pointer(className: "_User", objectId: userId)
    for session in rows(of: "_Session", where: "user", pointsAt: user) {
      if let installationId, session.fields["installationId"]?.string != installationId { continue }
      if let token = session.fields["sessionToken"]?.string { endSession(token: token) }
    }
  }

  /// Checks name or e-mail and password; unknown users and wrong passwords look the same.
  mutating func user(credentials: JSONObject) throws(ParseError) -> ParseObject {
    guard credentials["username"] ?? credentials["email"] != nil else {
      throw .refused(200, "username/email is required.")
    }
    guard let password = credentials["password"], password != "" else {
      throw .refused(201, "password is required.")
    }
    let username = credentials["username"]?.string
    let email = credentials["email"]?.string
    let found = tables["_User"]?.rows.first { row in
      (username != nil && row.fields["username"]?.string == username)
        || (email != nil && row.fields["email"]?.string == email)
    }
    guard let found, let id = found.objectId else { throw .wrongLogin }
    try checkLock(id)
    let isRight = passwords[id]?.utf8.elementsEqual(password.string?.utf8 ?? "".utf8) ?? false
    noteLogin(id, isRight: isRight)
    guard isRight else { throw .wrongLogin }
    return found
  }

  func isTaken(_ field: String, _ value: String, except id: String?) -> Bool {
    let folded = value.lowercased()
    return tables["_User"]?.rows.contains {
      $0.objectId != id && $0.fields[field]?.string?.lowercased() == folded
    } ?? false
  }
}
