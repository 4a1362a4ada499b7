import ParseCore

/// Signing in and out, and the checks of an account's row.
extension Backend {
  mutating func account(_ call: Call) throws(ParseError) -> Answer? {
    switch (call.path[0], call.method) {
    case ("login", "POST"), ("login", "GET"):
      let user = try user(credentials: call.body)
      let token = openSession(
        userId: user.objectId ?? "", action: "login", installationId: call.caller.installationId)
      return Answer(signedIn(user, token: token))
    case ("verifyPassword", "POST"), ("verifyPassword", "GET"):
      return Answer(signedIn(try user(credentials: call.body), token: nil))
    case ("loginAs", "POST"):
      guard call.caller.isMaster else { throw .masterKeyRequired }
      guard let user = row("_User", call.body["userId"]?.string) else { throw .notFound }
      let token = openSession(userId: user.objectId ?? "", action: "login", installationId: nil)
      return Answer(signedIn(user, token: token))
    case ("logout", "POST"):
      if let token = call.caller.sessionToken { endSession(token: token) }
      return Answer([:])
    case ("requestPasswordReset", "POST"), ("verificationEmailRequest", "POST"):
      guard let email = call.body["email"], email != "" else {
        throw .refused(204, "you must provide an email")
      }
      guard email.string != nil else {
        throw .refused(125, "you must provide a valid email string")
      }
      return Answer([:])
    default: return nil
    }
  }

  private func signedIn(_ user: ParseObject, token: String?) -> JSONObject {
    var row = stripped(user, for: Caller(userId: user.objectId))
    if let token { row["sessionToken"] = .string(token) }
    return row
  }

  /// A role needs a name of its own and an ACL.
  func checkRole(_ save: Save) throws(ParseError) {
    guard let name = save.value("name")?.string, !name.isEmpty else {
      throw .refused(111, "name is required.")
    }
    guard save.value("ACL") != nil || options.runsHooks else {
      throw .refused(111, "ACL is required.")
    }
    let isTaken = tables["_Role"]?.rows.contains { $0.fields["name"]?.string == name }
    if isTaken == true {
      throw .refused(137, "A duplicate value for a field with unique values was provided")
    }
  }

  /// Username, password and e-mail of a `_User` save.
  func checkAccount(_ save: inout Save, body: JSONObject) throws(ParseError) {
    let id = save.after.objectId
    if save.isNew {
      guard let name = body["username"]?.string, !name.isEmpty else {
        throw .refused(200, "bad or missing username")
      }
      guard let password = body["password"]?.string, !password.isEmpty else {
        throw .refused(201, "password is required")
      }
    }
    if save.changed("username"), let name = save.value("username")?.string,
      isTaken("username", name, except: id)
    {
      throw .refused(202, "Account already exists for this username.")
    }
    if save.changed("email"), let email = save.value("email")?.string {
      guard Self.isEmail(email) else { throw .refused(125, "Email address format is invalid.") }
      if isTaken("email", email, except: id) {
        throw .refused(203, "Account already exists for this email address.")
      }
    }
    if save.changed("emailVerified"), !save.caller.isMaster {
      throw .refused(119, "Clients aren't allowed to manually update email verification.")
    }
    if save.isNew, save.after.fields["ACL"] == nil, let id {
      // enforcePrivateUsers, on since 6.0: only the user himself.
      save.after.fields["ACL"] = ACL([id: .readWrite]).json
    }
  }
}
