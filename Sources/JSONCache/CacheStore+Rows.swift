import GRDB
package import ParseCore

extension CacheStore {
  /// Takes rows from the server in one transaction. Waiting edits stay on top of them; a row older
  /// than the cached one changes nothing. Rows without an objectId are passed over.
  /// - Returns: How many rows changed.
  @discardableResult
  package func receive(_ rows: [ParseObject], _ arrival: Arrival) throws(CacheError) -> Int {
    try write { try $0.receive(rows, arrival) }
  }

  /// A burst of events in one transaction: changed rows first, then deletions.
  package func receive(
    _ rows: [ParseObject], gone: [Pointer], _ arrival: Arrival
  ) throws(CacheError) {
    try write { transaction in
      for row in rows { _ = try transaction.receive(row, arrival) }
      for pointer in gone {
        try transaction.markGone(
          pointer.className, pointer.objectId, at: arrival.receivedAt, source: arrival.source)
      }
    }
  }

  /// Marks rows as gone from the server, with the time, so that a late page cannot bring them back.
  /// Edits that wait for such a row stay in the outbox.
  package func markGone(
    className: String, ids: [String], at time: ParseDate, source: Arrival.Source
  ) throws(CacheError) {
    try write { transaction in
      for id in ids { try transaction.markGone(className, id, at: time, source: source) }
    }
  }

  /// Differs before and after any row went, or came back.
  package func removals() throws(CacheError) -> String {
    try read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT count(*) || ' ' || coalesce(sum(removedAt), 0) FROM documents
          WHERE removedAt IS NOT NULL
          """) ?? ""
    }
  }

  /// Forgets deleted rows of which the deletion is older than `time`, and those that never were on
  /// the server. Pins let go of them.
  package func purgeGone(before time: ParseDate) throws(CacheError) {
    try write { transaction in
      let gone = try Row.fetchAll(
        transaction.db,
        sql: """
          SELECT row, className, id FROM documents WHERE removal = 2
          AND removedAt < ? AND NOT EXISTS (
          SELECT 1 FROM outbox WHERE outbox.className = documents.className
          AND outbox.objectId = documents.id)
          """, arguments: [time.milliseconds])
      for row in gone {
        try transaction.unpinEverywhere(row[1] as String, row[2] as String)
        try transaction.run("DELETE FROM documents WHERE row = ?", [row[0] as Int64])
      }
    }
  }
}

extension CacheTransaction {
  func markGone(
    _ className: String, _ id: String, at time: ParseDate, source: Arrival.Source
  ) throws {
    guard var row = try row(className, id), row.removal != .gone else { return }
    row.removal = .gone
    row.removedAt = time.milliseconds
    try save(row)
    try note(
      JournalLine(
        at: time, source: source.rawValue, group: nil, className: className, id: row.id,
        field: "", old: .object(row.effective.json), new: nil))
  }

  /// How many new rows one statement writes: it opens the table and its twelve indexes once for all
  /// of them.
  private static let rowsAtOnce = 100

  /// - Returns: How many cached rows changed.
  func receive(_ incoming: [ParseObject], _ arrival: Arrival) throws -> Int {
    var changed = 0
    var rest = incoming[...]
    // Most rows of a fill are new: writing tells, without a look first.
    if arrival.source == .fill, try unsureCreates().isEmpty {
      while rest.count >= Self.rowsAtOnce {
        let some = rest.prefix(Self.rowsAtOnce)
        rest = rest.dropFirst(Self.rowsAtOnce)
        changed += try insert(some, arrival)
      }
    }
    for row in rest where try receive(row, arrival) { changed += 1 }
    return changed
  }

  /// Rows of a fill, in one statement when all are new.
  private func insert(_ incoming: ArraySlice<ParseObject>, _ arrival: Arrival) throws -> Int {
    let rows = incoming.compactMap { DocumentRow($0, arrival) }
    guard rows.count == incoming.count else {
      return try incoming.count { try receive($0, arrival) }
    }
    let written = try insert(rows)
    if written == rows.count { return written }
    // Those that were written just now change nothing more.
    return try written + incoming.count { try receive($0, arrival) }
  }

  /// True when the cached row changed.
  func receive(_ incoming: ParseObject, _ arrival: Arrival) throws -> Bool {
    guard let new = DocumentRow(incoming, arrival) else { return false }
    if arrival.source == .fill, try unsureCreates().isEmpty, try insert(new) { return true }
    guard var row = try row(incoming.className, new.id) else {
      if try !adopt(incoming) { try save(new) }
      return true
    }
    let before = row.server
    guard row.receive(incoming, arrival) else { return false }
    try save(row)
    if arrival.source != .fill {
      try observe(
        before, row.server, source: arrival.source.rawValue, at: arrival.receivedAt)
    }
    return true
  }
}

extension CacheStore {
  /// All present rows of a class, undecoded, in no order. O(rows).
  package func documents(className: String) throws(CacheError) -> [CachedDocument] {
    try documents(where: "className = ? AND removal = 0", [className])
  }

  /// The rows of a class written after the commit `sequence`, removed ones among them.
  package func changes(
    className: String, since sequence: Int64
  ) throws(CacheError) -> [CachedDocument] {
    try documents(where: "sequence > ? AND className = ? ORDER BY sequence", [sequence, className])
  }

  /// One present row by its objectId, or by the local id it has or had.
  package func document(className: String, id: String) throws(CacheError) -> CachedDocument? {
    let found = try documents(where: "className = ? AND id = ? AND removal = 0", [className, id])
    if let found = found.first { return found }
    guard LocalID.isLocal(id) else { return nil }
    return try documents(where: "className = ? AND localId = ? AND removal = 0", [className, id])
      .first
  }

  package func object(className: String, id: String) throws(CacheError) -> ParseObject? {
    try document(className: className, id: id)?.object()
  }

  /// What the server last said of a row, without waiting edits. Nil when it does not have the row.
  package func serverObject(className: String, id: String) throws(CacheError) -> ParseObject? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: "SELECT \(DocumentRow.columns) FROM documents WHERE className = ? AND id = ?",
        arguments: [className, id]
      ).map { try DocumentRow($0) }?.server
    }
  }

  /// The rows the server has, by id, each with its `updatedAt`; what an id walk compares with. Rows
  /// without a time have the earliest. O(rows).
  package func serverVersions(className: String) throws(CacheError) -> [String: ParseDate] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT id, updatedAt FROM documents
          WHERE className = ? AND removal < 2 AND (pending IS NULL OR server IS NOT NULL)
          """)
      let rows = try Row.fetchCursor(statement, arguments: [className])
      var versions: [String: ParseDate] = [:]
      while let row = try rows.next() {
        versions[row[0]] =
          (row[1] as String?).flatMap(ParseDate.init(iso:)) ?? ParseDate(milliseconds: .min)
      }
      return versions
    }
  }

  /// The present rows of a class, by class. Costs one index scan.
  package func rowCounts() throws(CacheError) -> [String: Int] {
    try readUnmapped { db in
      func counts(_ rows: String) throws -> [String: Int] {
        let counts = try Row.fetchAll(
          db, sql: "SELECT className, count(*) \(rows) GROUP BY className")
        return Dictionary(counts.map { ($0[0], $0[1]) }) { _, last in last }
      }
      let all = try counts("FROM documents")
      let removed = try counts(Self.removedRows)
      return all.merging(removed, uniquingKeysWith: -).filter { $0.value > 0 }
    }
  }

  /// The rows that are gone and those with an unsent delete, found by their indexes: to ask every
  /// row costs three seconds of a million.
  private static let removedRows = """
    FROM (
      SELECT row, className FROM documents WHERE removedAt IS NOT NULL AND removal <> 0
      UNION
      SELECT documents.row, documents.className FROM outbox
      JOIN documents ON documents.className = outbox.className AND documents.id = objectId
      WHERE removal <> 0
    )
    """

  func documents(
    where condition: String, _ arguments: StatementArguments
  ) throws(CacheError) -> [CachedDocument] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "\(CachedDocument.selection) WHERE \(condition)")
      var found: [CachedDocument] = []
      let rows = try Row.fetchCursor(statement, arguments: arguments)
      while let row = try rows.next() { found.append(try CachedDocument(row)) }
      return found
    }
  }
}

extension CachedDocument {
  /// What a document is made of.
  static let selection = """
    SELECT className, id, localId, document, pending IS NOT NULL, removal, sequence, unknown
    FROM documents
    """

  init(_ row: Row) throws {
    self.init(
      className: row[0], id: row[1], localId: row[2], bytes: try row.bytes(at: 3),
      hasPending: row[4] || row[5] == 1, isRemoved: row[5] != 0, sequence: row[6],
      knowledge: try Knowledge(text: row[7]))
  }
}
