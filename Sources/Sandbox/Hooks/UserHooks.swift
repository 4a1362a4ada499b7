import CRM
import ParseCore

/// Accounts: a known role, changed only by an admin; staff rows readable by staff.
enum UserHooks {
  static let all = ClassHooks(
    beforeSave: { save, backend throws(ParseError) in
      let standard = JSON.string(Role.learner.rawValue)
      if save.isNew && !save.caller.isMaster { save.after.fields["role"] = standard }
      save.standard("role", standard)
      if save.changed("role"), !save.isNew {
        guard save.caller.isAdmin else { throw .invalid("role can be changed by an admin only") }
      }
      if let role = save.value("role")?.string {
        guard let known = Term<Role>(role).word else { throw .invalid("role is not a known role") }
        save.after.fields["role"] = .string(known.rawValue)
      }
      try save.notBlank("username")
    },
    afterSave: { change, backend in
      guard let id = change.after?.objectId else { return }
      if change.before?.fields["role"] != change.after?.fields["role"] {
        backend.syncRole(of: id, change.after?.fields["role"]?.string)
      }
      let emails = [change.before, change.after].compactMap { $0?.fields["email"]?.string }
      if change.before?.fields["email"] != change.after?.fields["email"] {
        for email in emails { backend.restampLearner(email: email) }
      }
    },
    acl: { row, _ in
      let id = row.objectId ?? ""
      var entries: [(String, ACL.Access)] = [(id, .readWrite), ("role:coordinator", .readOnly)]
      if Term<Role>(row.fields["role"]?.string).word != .learner {
        entries += [("role:instructor", .readOnly), ("role:sales", .readOnly)]
      }
      return .staff(entries)
    })
}

/// Roles: rows only, changed by admins.
enum RoleHooks {
  static let all = ClassHooks(
    acl: { row, _ in
      let own = "role:" + (row.fields["name"]?.string ?? "")
      return .staff([(own, .readOnly)])
    })
}

extension Backend {
  /// Makes the user a member of the role his row names, and of no other of the five.
  mutating func syncRole(of userId: String, _ role: String?) {
    for row in tables["_Role"]?.rows.map({ $0 }) ?? [] {
      guard let id = row.objectId, let name = row.fields["name"]?.string,
        Role(rawValue: name) != nil
      else { continue }
      let key = RelationKey(className: "_Role", objectId: id, field: "users")
      if name == role {
        relations[key, default: []].insert(userId)
      } else {
        relations[key]?.remove(userId)
      }
    }
  }

  /// The account of the learner a student row describes: the same e-mail (reference/domain.md T4).
  func learner(email: String?) -> String? {
    guard let email = email?.lowercased(), !email.isEmpty else { return nil }
    return tables["_User"]?.rows.first { $0.fields["email"]?.string?.lowercased() == email }?
      .objectId
  }

  mutating func restampLearner(email: String) {
    let email = email.lowercased()
    let students =
      tables["Student"]?.rows.filter { $0.fields["email"]?.string?.lowercased() == email } ?? []
    for student in students {
      restamp([student])
      restampDependants(ofStudent: student)
    }
  }

  mutating func restampDependants(ofStudent student: ParseObject) {
    guard let pointer = student.pointer else { return }
    for className in ["Enrollment", "QuizAttempt", "SupportTicket"] {
      restamp(rows(of: className, where: "student", pointsAt: pointer))
    }
  }
}
