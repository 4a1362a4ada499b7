package import ParseCore

/// What a sandbox starts with. Objects are taken as they are: no hook runs over them; only ids,
/// dates and ACLs that are missing are given (the ACL a hook would stamp, reference/domain.md
/// §4.3).
package struct SandboxData: Sendable {
  /// A role's members and the roles that inherit it.
  package struct Role: Sendable, Hashable {
    /// objectIds of the `_User` rows in its `users` relation.
    package var users: [String]
    /// Names of the roles in its `roles` relation: who holds one of these holds this role too, so
    /// `admin` stands here in `coordinator`, `instructor` and `sales` (reference/domain.md §4.1).
    package var parents: [String]

    package init(users: [String] = [], parents: [String] = []) {
      self.users = users
      self.parents = parents
    }
  }

  /// Rows of every class, `_User` among them (`username`, `email`, `role`; no password field).
  package var objects: [ParseObject]
  /// By the objectId of a `_User` row. A user without one cannot sign in.
  package var passwords: [String: String]
  /// By the role's name.
  package var roles: [String: Role]

  package init(
    objects: [ParseObject] = [], passwords: [String: String] = [:], roles: [String: Role] = [:]
  ) {
    self.objects = objects
    self.passwords = passwords
    self.roles = roles
  }
}
