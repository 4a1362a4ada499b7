package import CRM
internal import Foundation
internal import JSONCache
package import ParseCore

/// What waits and what was changed, for commands.
extension AccountCache {
  /// One line of the history: one field of one row, or a row that came or went.
  package struct Change: Sendable, Hashable {
    package let at: ParseDate
    /// False for a change somebody else made, seen by this machine.
    package let isMine: Bool
    package let className: String
    package let id: RecordID
    package let record: String
    /// Empty for a row made or deleted.
    package let field: String
    package let label: String
    /// Nil when it was unset, or when the row was made.
    package let old: JSON?
    package let new: JSON?
    package let words: String
  }

  /// The outbox as its screen lists it.
  package func outbox(_ viewpoint: Viewpoint) throws(WorkspaceError) -> [OutboxRow] {
    try asking { () throws(CacheError) in
      let records = try store.outbox()
      var rows: Set<Pointer> = []
      for record in records {
        rows.insert(Pointer(className: record.className, objectId: record.objectId))
        for operation in record.changes.values { rows.formUnion(Self.pointers(operation.json)) }
        for value in record.base.values { rows.formUnion(Self.pointers(value)) }
      }
      let desk = OutboxDesk(
        store: store, school: try Self.school(of: rows, in: store), viewpoint: viewpoint)
      return try desk.rows(records)
    }
  }

  /// Every edit that waits with all its values, as JSON.
  package func exportedOutbox() throws(WorkspaceError) -> JSON {
    .array(try asking { () throws(CacheError) in try store.outbox() }.map(\.exported))
  }

  /// Lets a refused edit be sent again the next time quad is online.
  package func retry(_ id: String) throws(WorkspaceError) {
    guard let id = Int64(id) else { return }
    try asking { () throws(CacheError) in try store.retry(id) }
  }

  package func discard(_ id: String) throws(WorkspaceError) {
    guard let id = Int64(id) else { return }
    try asking { () throws(CacheError) in try store.discard(id) }
  }

  /// What changed since a time, newest first.
  /// - Parameter isMineOnly: Leave out what others changed.
  package func history(
    since time: ParseDate, isMineOnly: Bool, _ viewpoint: Viewpoint
  ) throws(WorkspaceError) -> [Change] {
    try asking { () throws(CacheError) in
      let lines = try store.journal(since: time).filter { !isMineOnly || $0.group != nil }
      return try Self.changes(lines.reversed(), in: store, viewpoint)
    }
  }

  /// Lines of the journal in words. Of the cache only the rows they name are read.
  static func changes(
    _ lines: [JournalLine], in store: CacheStore, _ viewpoint: Viewpoint
  ) throws(CacheError) -> [Change] {
    var rows: Set<Pointer> = []
    for line in lines {
      rows.insert(Pointer(className: line.className, objectId: line.id))
      for value in [line.old, line.new] { rows.formUnion(pointers(value)) }
    }
    let school = try school(of: rows, in: store)
    return lines.map { Change($0, school, viewpoint) }
  }

  /// The rows that are named and those they point at, by which some are called; all others are not
  /// read.
  private static func school(
    of rows: Set<Pointer>, in store: CacheStore
  ) throws(CacheError) -> School {
    var school = School()
    var related: Set<Pointer> = []
    for pointer in rows { related.formUnion(try read(pointer, from: store, into: &school)) }
    for pointer in related.subtracting(rows) {
      _ = try read(pointer, from: store, into: &school)
    }
    return school
  }

  /// Gives what the row points at.
  private static func read(
    _ pointer: Pointer, from store: CacheStore, into school: inout School
  ) throws(CacheError) -> Set<Pointer> {
    guard let kind = SchoolClass(rawValue: pointer.className),
      let document = try store.document(className: pointer.className, id: pointer.objectId)
    else { return [] }
    school.upsert(kind, try Workspace.fields(document))
    return try document.object().fields.members.reduce(into: []) { found, member in
      found.formUnion(pointers(member.value))
    }
  }

  private static func pointers(_ json: JSON?) -> Set<Pointer> {
    Pointer(anyForm: json).map { [$0] } ?? []
  }
}

extension AccountCache.Change {
  fileprivate init(_ line: JournalLine, _ school: School, _ viewpoint: Viewpoint) {
    let kind = SchoolClass(rawValue: line.className)
    let words = FieldWords(school: school, viewpoint: viewpoint)
    at = line.at
    isMine = line.group != nil
    className = line.className
    id = line.id
    let document = (line.new ?? line.old)?.object
    let stored = line.field.isEmpty ? document.flatMap(words.name) : nil
    record = kind.flatMap { school.label($0, line.id) } ?? stored ?? kind?.singular ?? className
    field = line.field
    (old, new) = (line.old, line.new)
    label = line.field.isEmpty ? "" : words.label(line.field, of: kind)
    switch (line.field.isEmpty, line.old == nil) {
    case (true, true): self.words = "made"
    case (true, false): self.words = "deleted"
    case (false, _):
      let (old, new) = (
        words.value(line.old, of: line.field), words.value(line.new, of: line.field)
      )
      self.words = "\(label) \(old) ▸ \(new)"
    }
  }

  /// Every value, for programs.
  package var json: JSON {
    [
      "at": .string(at.iso), "by": .string(isMine ? "me" : "others"),
      "className": .string(className), "objectId": .string(id), "record": .string(record),
      "field": .string(field), "old": old ?? .null, "new": new ?? .null,
    ]
  }
}

extension OutboxRecord {
  /// All that is known of an edit, for programs.
  var exported: JSON {
    var object: JSONObject = [
      "id": .number(JSONNumber(Double(id))), "madeAt": .string(madeAt.iso),
      "className": .string(className), "objectId": .string(objectId),
      "kind": .string(kind.rawValue), "state": .string(state.rawValue),
      "changes": .object(JSONObject(changes: changes)),
      "base": .object(
        JSONObject(base.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value) })),
      "tries": .number(JSONNumber(Double(tries))), "requestId": .string(requestId),
    ]
    if let time = baseUpdatedAt { object["baseUpdatedAt"] = .string(time.iso) }
    if let code { object["code"] = .number(JSONNumber(Double(code))) }
    if let words { object["words"] = .string(words) }
    return .object(object)
  }
}
