import GRDB
import ParseCore

/// A row of the documents table, decoded.
struct DocumentRow {
  enum Removal: Int {
    case none = 0
    /// A delete waits in the outbox.
    case pending = 1
    /// The server has it no more, or no longer shows it to us.
    case gone = 2
  }

  var row: Int64?
  let className: String
  var id: String
  var localId: String?
  /// What the server last said; nil when it does not have the row.
  var server: ParseObject?
  /// The changes of each waiting create or update, oldest first; nil when none waits.
  var pending: [Changes]?
  /// What the server's state says of its missing fields.
  var knowledge = Knowledge.complete
  var removal = Removal.none
  /// Milliseconds since 1970 by this machine's clock.
  var removedAt: Int64?

  /// What the panes see.
  var effective: ParseObject {
    let base = server ?? ParseObject(className: className, objectId: id)
    return pending.map { ChangeRules.apply($0, to: base) } ?? base
  }
}

extension DocumentRow {
  /// A row that was not here before; nil for one without an objectId.
  init?(_ incoming: ParseObject, _ arrival: Arrival) {
    guard let id = incoming.objectId else { return nil }
    self.init(
      className: incoming.className, id: id, server: incoming,
      knowledge: Knowledge(arrival, incoming))
  }

  static let columns =
    "row, className, id, localId, server, pending, document, removal, removedAt, unknown"

  /// The columns that `CacheTransaction.fill` gives values for, in its order.
  private static let written =
    [
      "className", "id", "localId", "server", "pending", "removal", "removedAt", "sequence",
      "unknown", "document", "odd",
    ] + DocumentColumn.all.map(\.name)

  /// Inserts this many rows, but for those whose ids the class has.
  static func insert(_ count: Int) -> String {
    let row = "(\(written.map { _ in "?" }.joined(separator: ", ")))"
    return """
      INSERT INTO documents (\(written.joined(separator: ", ")))
      VALUES \(Array(repeating: row, count: count).joined(separator: ", "))
      ON CONFLICT (className, id) DO NOTHING
      """
  }

  static let update =
    "UPDATE documents SET \(written.map { $0 + " = ?" }.joined(separator: ", ")) WHERE row = ?"

  init(_ row: Row) throws {
    self.row = row[0]
    className = row[1]
    id = row[2]
    localId = row[3]
    removal = Removal(rawValue: row[7]) ?? .none
    removedAt = row[8]
    knowledge = try Knowledge(text: row[9])
    let className = self.className
    if let text: String = row[5] {
      pending = try Self.pending(text, className: className)
      server = try (row[4] as String?).map {
        try DocumentCodec.object(className: className, text: $0)
      }
    } else {
      server = try DocumentCodec.object(className: className, text: row[6])
    }
  }

  private static func pending(_ text: String, className: String) throws -> [Changes] {
    try (JSON(text: text).array ?? []).map { json in
      var changes: Changes = [:]
      for member in json.object?.members ?? [] {
        guard let operation = Operation(member.value) else {
          throw CacheError.badDocument(className: className)
        }
        changes[member.key] = operation
      }
      return changes
    }
  }

  var pendingText: String? {
    pending.map { sets in
      JSON.array(sets.map { .object(JSONObject(changes: $0)) }).text
    }
  }
}

extension CacheTransaction {
  /// The row with this id, or that had it as its local id.
  func row(_ className: String, _ id: String) throws -> DocumentRow? {
    let select = "SELECT \(DocumentRow.columns) FROM documents WHERE className = ? AND "
    let byId = try db.cachedStatement(sql: select + "id = ?")
    if let row = try Row.fetchOne(byId, arguments: [className, id]) {
      return try DocumentRow(row)
    }
    guard LocalID.isLocal(id) else { return nil }
    let byLocalId = try db.cachedStatement(sql: select + "localId = ?")
    return try Row.fetchOne(byLocalId, arguments: [className, id]).map { try DocumentRow($0) }
  }

  func row(_ number: Int64) throws -> DocumentRow? {
    let statement = try db.cachedStatement(
      sql: "SELECT \(DocumentRow.columns) FROM documents WHERE row = ?")
    return try Row.fetchOne(statement, arguments: [number]).map { try DocumentRow($0) }
  }

  /// Writes the row with this transaction's sequence number.
  func save(_ row: DocumentRow) throws {
    guard let number = row.row else {
      guard try insert(row) else { throw DatabaseError(resultCode: .SQLITE_CONSTRAINT_UNIQUE) }
      return
    }
    let writer = try change()
    writer.begin()
    fill(writer, row)
    writer.add(number)
    try writer.execute()
    touch(row.className)
  }

  /// Writes a new row unless the class has one with its id.
  /// - Returns: Whether it was written.
  func insert(_ row: DocumentRow) throws -> Bool { try insert([row]) == 1 }

  /// Writes new rows in one statement, but for those whose ids the class has.
  /// - Returns: How many were written.
  func insert(_ rows: [DocumentRow]) throws -> Int {
    let writer = try insertion(of: rows.count)
    writer.begin()
    for row in rows { fill(writer, row) }
    try writer.execute()
    let count = db.changesCount
    if count > 0 { for row in rows { touch(row.className) } }
    return count
  }

  private func fill(_ writer: RowWriter, _ row: DocumentRow) {
    let effective = row.effective
    writer.add(row.className)
    writer.add(row.id)
    writer.add(row.localId)
    writer.add(row.pending == nil ? nil : row.server.map(DocumentCodec.text(_:)))
    writer.add(row.pendingText)
    writer.add(Int64(row.removal.rawValue))
    writer.add(row.removedAt)
    writer.add(sequence)
    writer.add(row.knowledge.text)
    writer.add(effective)
  }

  /// Takes the row out altogether: it never was on the server.
  func erase(_ row: DocumentRow) throws {
    var gone = row
    gone.removal = .gone
    // No late page can bring it back, so it need not be remembered.
    gone.removedAt = 0
    gone.pending = nil
    gone.server = gone.server ?? ParseObject(className: row.className, objectId: row.id)
    try save(gone)
    try unpinEverywhere(row.className, row.id)
  }
}
