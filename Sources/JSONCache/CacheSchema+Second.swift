import GRDB

extension CacheSchema {
  /// `byQuery` marks rows that a pin's query brought, which its next answer may take away; `depth` is
  /// how many pointers the pin follows. `pin_targets` holds what a pinned row points to, row by row,
  /// so that unpinning one row takes exactly its share. `unknown` is NULL when a field a row lacks is
  /// an unset one (`Knowledge`).
  static func widen(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE INDEX documents_odd ON documents(className) WHERE \(DocumentColumn.anyOddity);
        ALTER TABLE documents ADD COLUMN unknown TEXT;
        ALTER TABLE pins ADD COLUMN byQuery INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE pin_queries ADD COLUMN depth INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE pin_targets (
          name TEXT NOT NULL,
          rootClass TEXT NOT NULL,
          rootId TEXT NOT NULL,
          className TEXT NOT NULL,
          objectId TEXT NOT NULL,
          PRIMARY KEY (name, rootClass, rootId, className, objectId)
        ) WITHOUT ROWID;
        CREATE INDEX pin_targets_object ON pin_targets(className, objectId);
        CREATE INDEX pin_targets_root ON pin_targets(rootClass, rootId);
        """)
  }

  /// How far the server was asked for a pinned query: see `PinnedQuery`.
  static func markPinnedQueries(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE pin_queries ADD COLUMN lastUpdatedAt TEXT;
        ALTER TABLE pin_queries ADD COLUMN askedAt INTEGER;
        ALTER TABLE pin_queries ADD COLUMN walkedAt INTEGER;
        """)
  }

  /// Indexes of files made before the list was cut to what queries sort by.
  static func dropUnusedIndexes(_ db: Database) throws {
    let kept = Set(
      DocumentColumn.indexes.map { "documents_\($0.className)_\($0.fields.joined(separator: "_"))" }
    )
    let names = try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%WHERE className = %'
        """)
    for name in names where !kept.contains(name) {
      try db.execute(sql: "DROP INDEX \(name)")
    }
  }
}
