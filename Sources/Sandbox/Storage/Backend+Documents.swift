import Foundation
import ParseCore

/// What a file holds of a server besides its rows, one document each. A colon cannot stand in the
/// name of a class.
private enum Kept {
  static let schema = ":schema"
  static let password = ":password"
  static let request = ":request"
  static let file = ":file"
  static let settings = ":settings"
  /// Followed by the class and the field; the document's id is the owner's.
  static let relation = ":relation:"
}

/// The choices a file is made with; later starts take them from the file.
struct FileSettings: Sendable, Hashable {
  var runsHooks: Bool
  var allowsClassCreation: Bool
  var database: SandboxOptions.Database

  init(_ options: SandboxOptions) {
    runsHooks = options.runsHooks
    allowsClassCreation = options.allowsClassCreation
    database = options.database
  }

  init?(_ document: ParseObject) {
    guard document.className == Kept.settings, let hooks = document.fields["runsHooks"]?.bool,
      let classes = document.fields["allowsClassCreation"]?.bool
    else { return nil }
    runsHooks = hooks
    allowsClassCreation = classes
    // Files from before this setting were on MongoDB.
    database = document.fields["database"]?.string.flatMap(SandboxOptions.Database.init) ?? .mongoDB
  }

  static let className = Kept.settings

  var document: ParseObject {
    ParseObject(
      className: Kept.settings, objectId: "1",
      fields: [
        "runsHooks": .bool(runsHooks), "allowsClassCreation": .bool(allowsClassCreation),
        "database": .string(database.rawValue),
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
    for name in files.changed { note(Kept.file, name, document(file: name)) }
    for key in relations.changed { note(key.documentClass, key.objectId, document(relation: key)) }
    return (put, remove)
  }

  /// Everything, rows in the order they were made.
  var documents: [ParseObject] {
    tables.keys.sorted().flatMap { tables[$0].map { Array($0.rows) } ?? [] }
      + schemas.keys.compactMap { document(schema: $0) }
      + passwords.keys.compactMap { document(password: $0) }
      + usedRequests.keys.compactMap { document(request: $0) }
      + files.keys.compactMap { document(file: $0) }
      + relations.keys.compactMap { document(relation: $0) }
      + [FileSettings(options).document]
  }

  mutating func keep() {
    for className in tables.keys { tables[className]?.keep() }
    schemas.keep()
    passwords.keep()
    usedRequests.keep()
    files.keep()
    relations.keep()
  }

  /// Back to the last `keep`; a row that was deleted since comes back at the end of its class.
  mutating func undo() {
    for className in tables.keys { tables[className]?.undo() }
    schemas.undo()
    passwords.undo()
    usedRequests.undo()
    files.undo()
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
    case Kept.file:
      guard let type = document.fields["contentType"]?.string,
        let bytes = document.fields["base64"]?.string.flatMap({ Data(base64Encoded: $0) })
      else { return }
      files[id] = StoredFile(contentType: type, bytes: Array(bytes))
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

  private func document(file name: String) -> ParseObject? {
    files[name].map {
      ParseObject(
        className: Kept.file, objectId: name,
        fields: [
          "contentType": .string($0.contentType),
          "base64": .string(Data($0.bytes).base64EncodedString()),
        ])
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
