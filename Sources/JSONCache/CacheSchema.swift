import GRDB

/// The tables of the cache and their versions. A migration that was released is never edited.
enum CacheSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 documents, outbox, journal, pins, marks") { db in
      try makeDocuments(db)
      try makeOutbox(db)
      try makeRest(db)
    }
    migrator.registerMigration("2 odd rows, subsets, pinned targets", migrate: Self.widen)
    migrator.registerMigration("3 fewer indexes", migrate: Self.dropUnusedIndexes)
    migrator.registerMigration("4 plain columns", migrate: Self.storeColumns)
    migrator.registerMigration("5 pinned queries are asked", migrate: Self.markPinnedQueries)
    return migrator
  }

  /// `id` is the objectId, or the local id until the server has given one; `localId` stays, so that
  /// who remembers it still finds the row. `pending` is NULL when no create or update waits; then
  /// `document` is the server's state and `server` is NULL. Else `server` is the server's state
  /// (NULL for a row the server does not have) and `document` has `pending` laid over it.
  private static func makeDocuments(_ db: Database) throws {
    let columns = DocumentColumn.all.map { ",\n" + $0.definition }.joined()
    try db.execute(
      sql: """
        CREATE TABLE documents (
          row INTEGER PRIMARY KEY,
          className TEXT NOT NULL,
          id TEXT NOT NULL,
          localId TEXT,
          server TEXT,
          pending TEXT,
          document TEXT NOT NULL,
          removal INTEGER NOT NULL DEFAULT 0,
          removedAt INTEGER,
          sequence INTEGER NOT NULL\(columns),
          UNIQUE (className, id)
        )
        """)
    try makeIndexes(db)
  }

  /// All indexes of the documents but that of the odd ones.
  static func makeIndexes(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE INDEX documents_sequence ON documents(sequence);
        CREATE INDEX documents_localId ON documents(localId) WHERE localId IS NOT NULL;
        CREATE INDEX documents_pending ON documents(className) WHERE pending IS NOT NULL;
        CREATE INDEX documents_removed ON documents(removedAt) WHERE removedAt IS NOT NULL;
        """)
    for index in DocumentColumn.indexes {
      try db.execute(
        sql: """
          CREATE INDEX documents_\(index.className)_\(index.fields.joined(separator: "_"))
          ON documents(\(index.fields.joined(separator: ", ")))
          WHERE className = '\(index.className)'
          """)
    }
    try tellPlanner(db)
  }

  /// Without figures the planner takes the class for as selective as a stage. These say what is so
  /// in any large cache: a tenth of the rows are of a class, a fiftieth of those share a value
  /// (sqlite.org/fileformat2.html#stat1tab).
  private static func tellPlanner(_ db: Database) throws {
    try db.execute(
      sql: """
        ANALYZE sqlite_schema;
        INSERT INTO sqlite_stat1 VALUES
        ('documents', 'sqlite_autoindex_documents_1', '1000000 100000 1')
        """)
    for index in DocumentColumn.indexes {
      let shares = index.fields.indices.map { " \(2000 / ($0 * 10 + 1))" }.joined()
      try db.execute(
        sql: "INSERT INTO sqlite_stat1 VALUES ('documents', ?, ?)",
        arguments: [
          "documents_\(index.className)_\(index.fields.joined(separator: "_"))",
          "100000" + shares,
        ])
    }
    try db.execute(sql: "ANALYZE sqlite_schema")
  }

  private static func makeOutbox(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE outbox (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          madeAt INTEGER NOT NULL,
          className TEXT NOT NULL,
          objectId TEXT NOT NULL,
          kind TEXT NOT NULL,
          changes TEXT NOT NULL,
          base TEXT NOT NULL,
          baseUpdatedAt TEXT,
          requestId TEXT NOT NULL,
          state TEXT NOT NULL,
          code INTEGER,
          words TEXT,
          tries INTEGER NOT NULL DEFAULT 0,
          refusals INTEGER NOT NULL DEFAULT 0,
          unsure INTEGER NOT NULL DEFAULT 0,
          firstSentAt INTEGER,
          nextTryAt INTEGER,
          groupId TEXT NOT NULL
        );
        CREATE INDEX outbox_object ON outbox(className, objectId);
        CREATE TABLE journal (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          at INTEGER NOT NULL,
          source TEXT NOT NULL,
          groupId TEXT,
          className TEXT NOT NULL,
          objectId TEXT NOT NULL,
          field TEXT NOT NULL,
          old TEXT,
          new TEXT
        );
        CREATE INDEX journal_object ON journal(className, objectId);
        CREATE INDEX journal_group ON journal(groupId) WHERE groupId IS NOT NULL;
        CREATE INDEX journal_at ON journal(at);
        """)
  }

  private static func makeRest(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE pins (
          name TEXT NOT NULL,
          className TEXT NOT NULL,
          objectId TEXT NOT NULL,
          pinnedAt INTEGER NOT NULL,
          PRIMARY KEY (name, className, objectId)
        ) WITHOUT ROWID;
        CREATE INDEX pins_object ON pins(className, objectId);
        CREATE TABLE pin_queries (
          name TEXT PRIMARY KEY,
          className TEXT NOT NULL,
          query TEXT NOT NULL,
          pinnedAt INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE sync_marks (
          className TEXT PRIMARY KEY,
          state TEXT NOT NULL,
          cursor TEXT,
          lastUpdatedAt TEXT,
          syncedAt INTEGER,
          walkedAt INTEGER,
          serverCount INTEGER
        ) WITHOUT ROWID;
        CREATE TABLE saved_state (
          key TEXT PRIMARY KEY,
          value TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE clock (
          one INTEGER PRIMARY KEY CHECK (one = 1),
          sequence INTEGER NOT NULL
        );
        INSERT INTO clock VALUES (1, 0);
        """)
  }
}
