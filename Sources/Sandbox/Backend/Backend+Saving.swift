import ParseCore

/// One save on its way: the row as it was, as it will be, and who asks.
struct Save: Sendable {
  let before: ParseObject?
  var after: ParseObject
  let caller: Caller
  /// Fields the client named.
  let sent: Set<String>
  /// Fields the client unset by a null.
  var nulls: [String] = []

  var isNew: Bool { before == nil }
}

extension Backend {
  /// Creates a row with everything a client's POST goes through.
  /// - Returns: The new row and the answer's body.
  mutating func create(
    _ className: String, _ body: JSONObject, as caller: Caller
  ) throws(ParseError) -> (id: String, answer: JSONObject) {
    try needClass(className, for: caller, creating: true)
    if body["objectId"] != nil { throw .refused(105, "objectId is an invalid field name.") }
    let schema = schemas[className] ?? ClassSchema(className: className)
    if try schema.permissions.grant("create", to: caller, on: className) == .none {
      throw .denied("create", on: className)
    }
    let changes = try changes(body, on: className, action: "create", caller: caller)
    try checkStorable(changes, of: className)
    let now = options.now()
    let id = newId()
    let empty = ParseObject(
      className: className, objectId: id, createdAt: now, updatedAt: now)
    let sent = try empty.applying(plain(changes))
    var save = Save(before: nil, after: sent, caller: caller, sent: Set(changes.keys))
    save.nulls = body.keys.filter { body[$0] == .null }
    if className == "_User" { try checkAccount(&save, body: body) }
    if className == "_Role" { try checkRole(save) }
    try runBeforeSave(&save)
    try fillRequired(&save)
    commit(&save, relations: changes)
    var answer: JSONObject = ["objectId": .string(id), "createdAt": .string(now.iso)]
    for member in save.after.fields.members where body[member.key] != member.value {
      // An ACL that only lost its empty entries on the way has not been changed by a hook; nor has
      // a number that was too large.
      let isSent = sent.fields[member.key] == member.value
      if isSent, member.key == "ACL" || member.value == .null { continue }
      if member.value["__type"] != "Relation" { answer[member.key] = member.value }
    }
    if className == "_User" {
      passwords[id] = body["password"]?.string
      answer["sessionToken"] = .string(
        openSession(userId: id, action: "signup", installationId: caller.installationId))
    }
    return (id, answer)
  }

  /// Changes a row with everything a client's PUT goes through.
  mutating func update(
    _ className: String, _ id: String, _ body: JSONObject, as caller: Caller
  ) throws(ParseError) -> JSONObject {
    try needClass(className, for: caller)
    if className == "_User", !caller.isMaster, caller.userId == nil {
      throw .refused(206, "Cannot modify user \(id).")
    }
    let row = try writable(className, id, operation: "update", caller: caller)
    let changes = try changes(body, on: className, action: "update", caller: caller)
    try checkStorable(changes, of: className)
    var after = try row.applying(plain(changes))
    let result = after
    after.updatedAt = options.now()
    var save = Save(before: row, after: after, caller: caller, sent: Set(changes.keys))
    save.nulls = body.keys.filter { body[$0] == .null }
    if className == "_User" { try checkAccount(&save, body: body) }
    try runBeforeSave(&save)
    try fillRequired(&save)
    commit(&save, relations: changes)
    var answer: JSONObject = ["updatedAt": .string((save.after.updatedAt ?? options.now()).iso)]
    for member in save.after.fields.members {
      if result.fields[member.key] != member.value {
        answer[member.key] = member.value
      } else {
        answer[member.key] = shownResult(of: changes, in: member)
      }
    }
    for key in result.fields.keys where save.after.fields[key] == nil {
      answer[key] = ["__op": "Delete"]
    }
    if className == "_User", let password = body["password"]?.string {
      passwords[id] = password
      endSessions(of: id)
      answer["sessionToken"] = .string(
        openSession(userId: id, action: "login", installationId: caller.installationId))
    }
    return answer
  }

  /// What an update answers of a field it has calculated: the value, or of a map only the parts it
  /// touched.
  private func shownResult(of changes: Changes, in member: JSONObject.Member) -> JSON? {
    var shown: JSON?
    for (name, operation) in changes.sorted(by: { $0.key < $1.key })
    where operation.answersResult && rootName(name) == member.key {
      let path = name.split(separator: ".").dropFirst().map(String.init)
      let value = path.reduce(member.value) { $0[$1] ?? .null }
      shown = path.isEmpty ? value : (shown ?? [:]).setting(value, at: path[...])
    }
    return shown
  }

  mutating func delete(
    _ className: String, _ id: String, as caller: Caller
  ) throws(ParseError) {
    try needClass(className, for: caller)
    if className == "_User", !caller.isMaster, caller.userId != id {
      throw .refused(206, "Insufficient auth.")
    }
    let row: ParseObject
    do {
      row = try writable(className, id, operation: "delete", caller: caller)
    } catch {
      throw error.code == 101 ? .notFoundForDelete : error
    }
    try runBeforeDelete(row, caller: caller)
    remove(row)
    runAfterDelete(row)
  }

  /// Takes a row away with its relations, without permission or hook.
  mutating func remove(_ row: ParseObject) {
    guard let id = row.objectId else { return }
    tables[row.className]?[id] = nil
    for key in relations.keys where key.className == row.className && key.objectId == id {
      relations[key] = nil
    }
    if row.className == "_Session", let token = row.fields["sessionToken"]?.string {
      sessionIds[token] = nil
    }
    if row.className == "_User" {
      passwords[id] = nil
      endSessions(of: id)
    }
    changes.append(RowChange(className: row.className, before: row, after: nil))
  }

  /// Writes a row a hook changed, without permission or hook; nothing happens when it is equal.
  mutating func rewrite(_ row: ParseObject) {
    guard let before = self.row(row.className, row.objectId), before.fields != row.fields else {
      return
    }
    var after = row
    after.updatedAt = options.now()
    store(after)
    changes.append(RowChange(className: row.className, before: before, after: after))
  }

  /// The row if the caller may read it and do this to it.
  private func writable(
    _ className: String, _ id: String, operation: String, caller: Caller
  ) throws(ParseError) -> ParseObject {
    let permissions = schemas[className]?.permissions ?? ClassPermissions()
    let grant = try permissions.grant(operation, to: caller, on: className)
    guard let row = row(className, id), caller.mayRead(row), caller.mayWrite(row),
      isGranted(grant, row, caller)
    else { throw .notFound }
    return row
  }

  func isGranted(_ grant: ClassPermissions.Grant, _ row: ParseObject, _ caller: Caller) -> Bool {
    switch grant {
    case .all: return true
    case .none: return false
    case .pointing(let fields):
      guard let user = caller.user else { return false }
      return fields.contains { field in
        let value = row.fields[field]
        return Pointer(value) == user || value?.array?.contains { Pointer($0) == user } == true
      }
    }
  }

  private mutating func commit(_ save: inout Save, relations operations: Changes) {
    guard let id = save.after.objectId else { return }
    for (field, operation) in operations {
      let key = RelationKey(className: save.after.className, objectId: id, field: field)
      switch operation {
      case .addRelation(let targets):
        relations[key, default: []].formUnion(targets.map(\.objectId))
      case .removeRelation(let targets): relations[key]?.subtract(targets.map(\.objectId))
      default: break
      }
    }
    store(save.after)
    var change = RowChange(
      className: save.after.className, before: save.before, after: save.after)
    change.nulls = save.nulls
    changes.append(change)
    runAfterSave(change)
  }

  /// Parse's `required` refuses missing, null and empty text: all fields on create, on update only
  /// those sent (reference/domain.md T6).
  private func fillRequired(_ save: inout Save) throws(ParseError) {
    guard let schema = schemas[save.after.className] else { return }
    for name in schema.names {
      guard let field = schema[name] else { continue }
      let value = save.after.fields[name]
      if save.isNew, value == nil, let standard = field.defaultValue {
        save.after.fields[name] = standard
      } else if field.required == true, save.isNew || save.sent.contains(name),
        value == nil || value == .null || value == ""
      {
        throw .invalid("\(name) is required")
      }
    }
  }

  func needClass(
    _ className: String, for caller: Caller, creating: Bool = false
  ) throws(ParseError) {
    if schemas[className] != nil || caller.isMaster || options.allowsClassCreation { return }
    throw .missingClass(className)
  }

  /// All but relation operations, which live beside the rows.
  private func plain(_ changes: Changes) -> Changes {
    changes.filter {
      switch $0.value {
      case .addRelation, .removeRelation: false
      default: true
      }
    }
  }
}

extension Operation {
  /// Whether an update answers the field's resulting value (reference/parse.md §1.5).
  var answersResult: Bool {
    switch self {
    case .increment, .add, .addUnique, .remove: true
    case .set, .delete, .addRelation, .removeRelation: false
    }
  }
}

extension JSON {
  /// The map with one value inside replaced; the maps on the way are made.
  fileprivate func setting(_ value: JSON, at path: ArraySlice<String>) -> JSON {
    guard let key = path.first else { return value }
    var map = object ?? [:]
    map[key] = (map[key] ?? [:]).setting(value, at: path.dropFirst())
    return .object(map)
  }
}

/// `o` of `o.k`.
func rootName(_ name: String) -> String { String(name.prefix { $0 != "." }) }
