package import ParseCore

/// The generated school of the sandbox (reference/domain.md §7).
///
/// The same scale and seed give the same school: ids, names, numbers and ages. Its dates move with
/// `now`: instants by the exact span, days (when a deal closes, when a step is due) by whole ones. Names, firms and addresses are invented; mail is at `example.org` and `example.com`, web
/// sites at `*.example`.
package enum DemoData {
  /// The password of every demo user. The sandbox listens on loopback only.
  package static let password = "demo"

  /// The user who holds the tickets nobody has claimed.
  package static let queueUser = "triage"

  /// All rows, the users' passwords and the five roles. Linear in the number of rows.
  package static func make(
    scale: DemoScale, seed: UInt64, now: ParseDate
  ) -> SandboxData {
    var objects: [ParseObject] = []
    var data = generate(scale: scale, seed: seed, now: now) { objects.append($0) }
    data.objects = objects
    return data
  }

  /// Hands over one row at a time, users first and each class together; the answer holds passwords
  /// and roles but no rows. For sets that should not be in memory twice.
  package static func generate(
    scale: DemoScale, seed: UInt64, now: ParseDate, each body: (ParseObject) -> Void
  ) -> SandboxData {
    let world = DemoWorld(sizes: scale.sizes, seed: seed, today: now)
    DemoEmitter(world).each(body)
    var data = SandboxData()
    for user in world.users {
      data.passwords[user.id] = password
      data.roles[user.role, default: SandboxData.Role()].users.append(user.id)
    }
    for role in ["coordinator", "instructor", "sales"] {
      data.roles[role, default: SandboxData.Role()].parents = ["admin"]
    }
    return data
  }
}
