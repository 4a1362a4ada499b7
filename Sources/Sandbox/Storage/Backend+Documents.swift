import ParseCore

/// What a file holds of a server besides its rows, one document each. A colon cannot stand in the
/// name of a class.
private enum Kept {
  static let schema = ":schema"
  static let password = ":password"
  static let request = ":request"
  static let settings = ":settings"
  /// Followed by the class and the field; the document's id is the owner's.
  static let relation = ":relation:"
}

/// The choices a file is made with; later starts take them from the file.
struct FileSettings: Sendable, Hashable {
  var runsHooks: Bool
  var allowsClassCreation: Bool

  init(_ options: SandboxOptions) {
    runsHooks = options.runsHooks
    allowsClassCreation = options.allowsClassCreation
  }

  init?(_ document: ParseObject) {
    guard document.className == Kept.settings, let hooks = document.fields["runsHooks"]?.bool,
      let classes = document.fields["allowsClassCreation"]?.bool
    else { return nil }
    runsHooks = hooks
    allowsClassCreation = classes
  }

  static let className = Kept.settings

  var document: ParseObject {
    ParseObject(
      className: Kept.settings, objectId: "1",
      fields: [
        "runsHooks": .bool(runsHooks), "allowsClassCreation": .bool(allowsClassCreation),
      ])
  }
}

/// From what is stored to documents of a file and back.
extension Backend {
  /// What changed since `keep`: documents to put and such to take away.
  var unsaved: (put: [ParseObject], remove: [Pointer]) {
    var put: [ParseObject] = []
    var remove: [Pointer] = []
    func note(_ className: String, _ id: String, _ document: ParseObject?) {
      if let document {
        put.append(document)
      } else {
        remove.append(Pointer(className: className, objectId: id))
      }
    }
    for (className, table) in tables {
      for id in table.changed { note(className, id, table[id]) }
    }
    for name in schemas.changed { note(Kept.schema, name, document(schema: name)) }
    for id in passwords.changed { note(Kept.password, id, document(password: id)) }
    for id in usedRequests.changed { note(Kept.request, id, document(request: id)) }
    for key in relations.changed { note(key.documentClass, key.objectId, document(relation: key)) }
    return (put, remove)
  }

  /// Everything, rows in the order they were made.
  var documents: [ParseObject] {
    tables.keys.sorted().flatMap { tables[$0].map { Array($0.rows) } ?? [] }
      + schemas.keys.compactMap { document(schema: $0) }
      + passwords.keys.compactMap { document(password: $0) }
      + usedRequests.keys.compactMap { document(request: $0) }
      + relations.keys.compactMap { document(relation: $0) }
      + [FileSettings(options).document]
  }

  mutating func keep() {
    for className in tables.keys { tables[className]?.keep() }
    schemas.keep()
    passwords.keep()
    usedRequests.keep()
    relations.keep()
  }

  /// Back to the last `keep`; a row that was deleted since comes back at the end of its class.
  mutating func undo() {
    for className in tables.keys { tables[className]?.undo() }
    schemas.undo()
    passwords.undo()
    usedRequests.undo()
    relations.undo()
    sessionIds = [:]
    for session in tables["_Session"]?.rows.map({ $0 }) ?? [] {
      if let token = session.fields["sessionToken"]?.string { sessionIds[token] = session.objectId }
    }
    changes = []
  }

  /// Takes one document of a file.
  mutating func restore(_ document: ParseObject) throws(ParseError) {
    guard let id = document.objectId else { return }
    switch document.className {
    case Kept.schema:
      schemas[id] = try ClassSchema(stored: document.fields["schema"]?.object ?? [:])
    case Kept.password: passwords[id] = document.fields["password"]?.string
    case Kept.request:
      usedRequests[id] = document.fields["until"].flatMap(ParseDate.init(value:))
    case Kept.settings: break
    case let name where name.hasPrefix(Kept.relation):
      let parts = name.dropFirst(Kept.relation.count).split(separator: ":")
      guard parts.count == 2 else { return }
      let key = RelationKey(className: String(parts[0]), objectId: id, field: String(parts[1]))
      relations[key] = Set(document.fields["members"]?.array?.compactMap(\.string) ?? [])
    default:
      tables[document.className, default: Table()].load(document)
      if document.className == "_Session", let token = document.fields["sessionToken"]?.string {
        sessionIds[token] = id
      }
    }
  }
}

extension Backend {
  private func document(schema name: String) -> ParseObject? {
    schemas[name].map {
      ParseObject(className: Kept.schema, objectId: name, fields: ["schema": $0.json])
    }
  }

  private func document(password id: String) -> ParseObject? {
    passwords[id].map {
      ParseObject(className: Kept.password, objectId: id, fields: ["password": .string($0)])
    }
  }

  private func document(request id: String) -> ParseObject? {
    usedRequests[id].map {
      ParseObject(className: Kept.request, objectId: id, fields: ["until": $0.json])
    }
  }

  private func document(relation key: RelationKey) -> ParseObject? {
    relations[key].map { members in
      ParseObject(
        className: key.documentClass, objectId: key.objectId,
        fields: ["members": .array(members.sorted().map(JSON.string))])
    }
  }
}

extension RelationKey {
  fileprivate var documentClass: String { Kept.relation + className + ":" + field }
}

extension ClassSchema {
  /// Reads what `json` wrote: the columns every class has are not its own.
  fileprivate init(stored json: JSONObject) throws(ParseError) {
    var own = json
    let columns = json["fields"]?.object?.members ?? []
    own["fields"] = .object(
      JSONObject(columns.filter { !Backend.alwaysShown.contains($0.key) }))
    try self.init(own)
  }
}
