import GRDB

/// The columns as versions 1 to 3 had them, which SQLite took from the document, and the step to
/// those that are written beside it.
extension DocumentColumn {
  /// The column's value, from the document's text.
  private var generated: String {
    let type = "coalesce(json_type(document,'$.\(field)'),'null')"
    let value = "json_extract(document,'$.\(field)')"
    let cases: String
    switch kind {
    case .text, .instant: cases = "WHEN 'text' THEN \(value)"
    case .number: cases = "WHEN 'integer' THEN \(value) WHEN 'real' THEN \(value)"
    case .date:
      let iso = "json_extract(document,'$.\(field).iso')"
      cases = """
        WHEN 'object' THEN CASE WHEN \(iso) LIKE '____-__-__T__:__:__.___Z' THEN \(iso) \
        ELSE \(Self.other) END
        """
    case .pointer:
      let single = "json_array_length(document,'$.\(field)')=1"
      cases = """
        WHEN 'object' THEN coalesce(json_extract(document,'$.\(field).objectId'),\(Self.other)) \
        WHEN 'array' THEN CASE WHEN \(single) THEN \
        coalesce(json_extract(document,'$.\(field)[0].objectId'),\(Self.other)) \
        ELSE \(Self.other) END
        """
    }
    return "CASE \(type) WHEN 'null' THEN NULL \(cases) ELSE \(Self.other) END"
  }

  var definition: String { "\(name) GENERATED ALWAYS AS (\(generated)) STORED" }

  /// Holds where the column does not tell where the value stands in the engine's order: a value of
  /// another type, a date that is none, a number beyond 2^53, which SQLite and doubles compare
  /// differently.
  fileprivate var oddity: String {
    switch kind {
    case .text, .pointer: "\(name) = \(Self.other)"
    case .number: "\(name) > 9007199254740992 OR \(name) < -9007199254740992"
    // Written by `ParseDate`, whose text sorts up to the year 9999.
    case .instant: "length(\(name)) <> 24"
    // The modifier makes SQLite calculate, so that 31 February comes out as another day.
    case .date: "strftime('%Y-%m-%dT%H:%M:%fZ', \(name), '+0 days') IS NOT \(name)"
    }
  }

  /// Rows of which a column is odd. A partial index is used only where its condition stands word for
  /// word in the query (sqlite.org/partialindex.html).
  static let anyOddity = all.map(\.oddity).joined(separator: " OR ")
}

extension CacheSchema {
  /// Makes the table anew with plain columns. `odd` is 1 where a column holds `other`, else NULL. The
  /// document comes last, so that who reads the columns does not pass it.
  static func storeColumns(_ db: Database) throws {
    let kept = """
      row, className, id, localId, server, pending, removal, removedAt, sequence, unknown
      """
    let names = DocumentColumn.all.map(\.name).joined(separator: ", ")
    let values = DocumentColumn.all.map {
      "CASE WHEN \($0.oddity) THEN \(DocumentColumn.other) ELSE \($0.name) END"
    }
    try db.execute(
      sql: """
        CREATE TABLE documents_4 (
          row INTEGER PRIMARY KEY,
          className TEXT NOT NULL,
          id TEXT NOT NULL,
          localId TEXT,
          server TEXT,
          pending TEXT,
          removal INTEGER NOT NULL DEFAULT 0,
          removedAt INTEGER,
          sequence INTEGER NOT NULL,
          unknown TEXT,
          odd INTEGER,
          \(names),
          document TEXT NOT NULL,
          UNIQUE (className, id)
        );
        INSERT INTO documents_4 (\(kept), odd, \(names), document)
        SELECT \(kept), CASE WHEN \(DocumentColumn.anyOddity) THEN 1 END,
        \(values.joined(separator: ",\n")), document FROM documents;
        DROP TABLE documents;
        ALTER TABLE documents_4 RENAME TO documents;
        CREATE INDEX documents_odd ON documents(className) WHERE odd IS NOT NULL;
        """)
    try makeIndexes(db)
  }
}
