import ParseCore

/// A saved or deleted row, as it was and as it is.
struct RowChange: Sendable {
  let className: String
  let before: ParseObject?
  let after: ParseObject?
  /// Fields a client unset by sending null, which live events still show.
  var nulls: [String] = []
}

/// The members of one relation field of one row are kept beside the rows.
struct RelationKey: Hashable, Sendable {
  let className: String
  let objectId: String
  let field: String
}

/// The whole server as a value: what it stores and what every request does to it. No I/O, no time,
/// no chance of its own; SandboxServer guards it with a lock and hands requests in one by one.
struct Backend: Sendable {
  let options: SandboxOptions
  var schemas = Tracked<String, ClassSchema>()
  var tables: [String: Table] = [:]
  var relations = Tracked<RelationKey, Set<String>>()
  /// Plain, by user id: in memory, or in a file only its owner can read.
  var passwords = Tracked<String, String>()
  /// By the name the server gave them.
  var files = Tracked<String, StoredFile>()
  /// Session row by token.
  var sessionIds: [String: String] = [:]
  /// Request ids already used, with the instant they may be forgotten.
  var usedRequests = Tracked<String, ParseDate>()
  var limits = LimitState()
  var live = LiveState()
  /// Changes of the running request; sent to live subscriptions when it is done.
  var changes: [RowChange] = []

  init(options: SandboxOptions, data: SandboxData) {
    self.options = options
    for name in ["_User", "_Role", "_Session", "_Installation"] {
      schemas[name] = Self.builtIn[name] ?? ClassSchema(className: name)
    }
    if options.hasBundledSchema {
      for schema in BundledSchema.classes { schemas[schema.className] = schema }
    }
    load(data)
    if options.runsHooks { stampMissing() }
    keep()
  }

  /// A server whose every class, row and setting is handed to `restore`.
  init(options: SandboxOptions) { self.options = options }

  /// What is there without the bundled classes, as on a fresh Parse Server.
  private static let builtIn: [String: ClassSchema] = {
    var user = ClassSchema(className: "_User")
    for name in ["username", "password", "email"] { user.set(.init(type: "String"), for: name) }
    user.set(.init(type: "Boolean"), for: "emailVerified")
    user.set(.init(type: "Object"), for: "authData")
    // Parse Server's own default: others do not see an e-mail address.
    user.permissions.json["protectedFields"] = ["*": ["email"]]
    var role = ClassSchema(className: "_Role")
    role.set(.init(type: "String"), for: "name")
    role.set(.init(type: "Relation", targets: ["_User"]), for: "users")
    role.set(.init(type: "Relation", targets: ["_Role"]), for: "roles")
    return ["_User": user, "_Role": role]
  }()

  private mutating func load(_ data: SandboxData) {
    let now = options.now()
    for var row in data.objects {
      if row.objectId == nil { row.objectId = newId() }
      if row.createdAt == nil { row.createdAt = now }
      if row.updatedAt == nil { row.updatedAt = row.createdAt }
      if schemas[row.className] == nil {
        schemas[row.className] = ClassSchema(className: row.className)
      }
      tables[row.className, default: Table()].load(row)
    }
    passwords = Tracked(data.passwords)
    var roleIds: [String: String] = [:]
    for role in tables["_Role"]?.rows.map({ $0 }) ?? [] {
      if let name = role.fields["name"]?.string { roleIds[name] = role.objectId }
    }
    for name in data.roles.keys.sorted() where roleIds[name] == nil {
      let id = newId()
      roleIds[name] = id
      let acl = ACL.staff([("role:" + name, .readOnly)])
      store(
        ParseObject(
          className: "_Role", objectId: id, createdAt: now, updatedAt: now,
          fields: ["name": .string(name), "ACL": acl.json]))
    }
    for (name, role) in data.roles {
      guard let id = roleIds[name] else { continue }
      relations[RelationKey(className: "_Role", objectId: id, field: "users")] = Set(role.users)
      relations[RelationKey(className: "_Role", objectId: id, field: "roles")] = Set(
        role.parents.compactMap { roleIds[$0] })
    }
  }

  func snapshot() -> SandboxData {
    var data = SandboxData(passwords: passwords.all)
    for className in tables.keys.sorted() where className != "_Session" {
      data.objects += tables[className]?.rows.map { $0 } ?? []
    }
    let roles = tables["_Role"]?.rows.map { $0 } ?? []
    var names: [String: String] = [:]
    for role in roles {
      if let id = role.objectId { names[id] = role.fields["name"]?.string }
    }
    for (id, name) in names {
      let users = relations[RelationKey(className: "_Role", objectId: id, field: "users")] ?? []
      let parents = relations[RelationKey(className: "_Role", objectId: id, field: "roles")] ?? []
      data.roles[name] = SandboxData.Role(
        users: users.sorted(), parents: parents.compactMap { names[$0] }.sorted())
    }
    return data
  }

  mutating func store(_ row: ParseObject) {
    guard let id = row.objectId else { return }
    // PostgreSQL writes a changed row anew, behind the others.
    if options.database == .postgreSQL { tables[row.className]?[id] = nil }
    tables[row.className, default: Table()][id] = row
  }

  func row(_ className: String, _ id: String?) -> ParseObject? {
    id.flatMap { tables[className]?[$0] }
  }

  func row(_ pointer: Pointer?) -> ParseObject? {
    pointer.flatMap { row($0.className, $0.objectId) }
  }

  /// All rows of a class whose field points at a row. O(answer) for indexed fields, else O(rows).
  func rows(of className: String, where field: String, pointsAt target: Pointer) -> [ParseObject] {
    guard let table = tables[className] else { return [] }
    if Table.indexed.contains(field) { return table.rows(where: field, pointsAt: target) }
    return table.rows.filter { Pointer($0.fields[field]) == target }
  }

  /// Ten letters and digits, as Parse Server makes them.
  mutating func newId() -> String { text(10, from: Self.alphabet) }

  func text(_ count: Int, from letters: [Character]) -> String {
    var text = ""
    var bits: UInt64 = 0
    for index in 0..<count {
      if index % 8 == 0 { bits = options.random() }
      text.append(letters[Int(bits & 0xFF) % letters.count])
      bits >>= 8
    }
    return text
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
  static let hexDigits = Array("0123456789abcdef")
}
