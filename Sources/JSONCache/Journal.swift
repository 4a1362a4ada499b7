import GRDB
package import ParseCore

/// One observed change of one field. A create has no field and no old value, a delete no field and
/// no new one; the other side is then the whole document.
package struct JournalLine: Sendable, Hashable {
  package let at: ParseDate
  /// `own` for edits made here, else how the row came: `delta`, `get` or `live`.
  package let source: String
  /// The group of edits it belongs to, for undo; nil for changes made elsewhere.
  package let group: String?
  package let className: String
  package let id: String
  package let field: String
  /// Nil when the field was unset.
  package let old: JSON?
  package let new: JSON?
}

enum JournalRules {
  static let ownSource = "own"

  /// The fields whose changes by others are worth keeping: what time in stage, pushes of the close
  /// date and hand-overs are computed from.
  static let observed = [
    "stage", "status", "priority", "progressPercent", "currentCompletionRate",
    "expectedCloseDate", "completedAt", "assignedTo", "accountOwner", "amount", "active",
  ]
}

extension CacheTransaction {
  func note(_ line: JournalLine) throws {
    try run(
      """
      INSERT INTO journal (at, source, groupId, className, objectId, field, old, new)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        line.at.milliseconds, line.source, line.group, line.className, line.id, line.field,
        line.old?.text, line.new?.text,
      ])
  }

  /// Writes what changed between two states the server gave.
  func observe(
    _ before: ParseObject?, _ after: ParseObject?, source: String, at time: ParseDate
  ) throws {
    guard let before, let after, let id = after.objectId else { return }
    for field in JournalRules.observed where !ChangeRules.same(before[field], after[field]) {
      try note(
        JournalLine(
          at: time, source: source, group: nil, className: after.className, id: id, field: field,
          old: before[field], new: after[field]))
    }
  }
}

extension CacheStore {
  /// The journal of one object, oldest first.
  package func journal(className: String, id: String) throws(CacheError) -> [JournalLine] {
    try journal("className = ? AND objectId = ?", [className, id])
  }

  /// What one group of own edits changed, oldest first.
  package func journal(group: String) throws(CacheError) -> [JournalLine] {
    try journal("groupId = ?", [group])
  }

  /// The journal since a time, oldest first.
  package func journal(since time: ParseDate) throws(CacheError) -> [JournalLine] {
    try journal("at >= ?", [time.milliseconds])
  }

  /// What was changed on this machine since a time, oldest first.
  package func ownJournal(since time: ParseDate) throws(CacheError) -> [JournalLine] {
    try journal("at >= ? AND groupId IS NOT NULL", [time.milliseconds])
  }

  /// Forgets lines older than `time`.
  package func pruneJournal(before time: ParseDate) throws(CacheError) {
    try write { try $0.run("DELETE FROM journal WHERE at < ?", [time.milliseconds]) }
  }

  private func journal(
    _ condition: String, _ arguments: StatementArguments
  ) throws(CacheError) -> [JournalLine] {
    try read { db in try CacheStore.lines(db, condition, arguments) }
  }

  static func lines(
    _ db: Database, _ condition: String, _ arguments: StatementArguments
  ) throws -> [JournalLine] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT at, source, groupId, className, objectId, field, old, new FROM journal
        WHERE \(condition) ORDER BY id
        """, arguments: arguments
    ).map { row in
      JournalLine(
        at: ParseDate(milliseconds: row[0]), source: row[1], group: row[2], className: row[3],
        id: row[4], field: row[5], old: try (row[6] as String?).map { try JSON(text: $0) },
        new: try (row[7] as String?).map { try JSON(text: $0) })
    }
  }
}
