import ParseCore

/// Who sent a request, with the names under which ACLs and class permissions know him.
struct Caller: Sendable {
  var isMaster = false
  var userId: String?
  /// All roles held, inherited ones among them, without the `role:` prefix.
  var roles: Set<String> = []
  var sessionToken: String?
  var installationId: String?
  /// `{"cascade":true}` in the cloud context: an admin deletes a row with all that hangs on it.
  var cascades = false

  /// `*`, the user's id, `role:` and each role's name.
  private(set) var subjects: Set<String> = ["*"]

  init(
    isMaster: Bool = false, userId: String? = nil, roles: Set<String> = [],
    sessionToken: String? = nil, installationId: String? = nil
  ) {
    self.isMaster = isMaster
    self.userId = userId
    self.roles = roles
    self.sessionToken = sessionToken
    self.installationId = installationId
    if let userId { subjects.insert(userId) }
    for role in roles { subjects.insert("role:" + role) }
  }

  static let master = Caller(isMaster: true)

  var isAdmin: Bool { isMaster || roles.contains("admin") }
  var user: Pointer? { userId.map { Pointer(className: "_User", objectId: $0) } }

  func mayRead(_ row: ParseObject) -> Bool { isMaster || has("read", on: row) }
  func mayWrite(_ row: ParseObject) -> Bool { isMaster || has("write", on: row) }

  /// A row without an ACL is everyone's. Walks the entries in wire form: a list of rows costs no
  /// decoding.
  private func has(_ right: String, on row: ParseObject) -> Bool {
    guard let acl = row.fields["ACL"]?.object else { return true }
    return acl.members.contains {
      subjects.contains($0.key) && $0.value[right]?.bool == true
    }
  }
}
