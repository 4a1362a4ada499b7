import GRDB
package import ParseCore

extension CacheStore {
  /// Puts what a person decided into a record in conflict or refused: it waits again with other
  /// changes upon other values, under a new request id. Without changes it is gone.
  /// - Parameters:
  ///   - base: The server's values the person saw, null for unset; newer ones are a conflict again.
  ///   - updatedAt: The time of the server's row the person saw.
  /// - Throws: `noSuchRecord` when the record was decided meanwhile.
  package func resolve(
    _ id: Int64, changes: Changes, base: [String: JSON], updatedAt: ParseDate?
  ) throws(CacheError) {
    try write { transaction in
      let record = try transaction.record(id)
      guard record.state == .conflict || record.state == .failed else {
        throw CacheError.noSuchRecord(id)
      }
      if changes.isEmpty {
        try transaction.drop(record)
      } else {
        try transaction.replace(
          record, changes: changes, base: base.filter { changes[$0.key] != nil },
          requestId: makeID(), group: record.group)
        try transaction.run(
          "UPDATE outbox SET baseUpdatedAt = ? WHERE id = ?", [updatedAt?.iso, id])
      }
      if let row = try transaction.row(record.className, record.objectId) {
        try transaction.overlay(row)
      }
    }
  }

  /// Makes the row of a refused edit anew with all its values, in place of what waits for the row
  /// that is gone. What pointed at that one does not point at the new one.
  /// - Throws: `noSuchObject` when nothing is known of the row.
  /// - Returns: The local id of the new row.
  package func remake(_ id: Int64, group: String, now: ParseDate) throws(CacheError) -> String {
    try write { transaction in
      let record = try transaction.record(id)
      guard let old = try transaction.row(record.className, record.objectId) else {
        throw CacheError.noSuchObject(className: record.className, id: record.objectId)
      }
      var changes: Changes = [:]
      for member in old.effective.fields.members where member.key != "ACL" {
        changes[member.key] = .set(Self.bare(member.value))
      }
      for other in try transaction.records(record.className, record.objectId) {
        try transaction.drop(other)
      }
      try transaction.overlay(old)
      let localId = LocalID.prefix + makeID()
      let row = DocumentRow(
        className: record.className, id: localId, localId: localId, pending: [changes])
      _ = try transaction.append(
        .create, row, changes: changes, base: [:], requestId: makeID(), group: group, at: now)
      try transaction.save(row)
      try transaction.note(
        JournalLine(
          at: now, source: JournalRules.ownSource, group: group, className: record.className,
          id: localId, field: "", old: nil, new: .object(row.effective.json)))
      return localId
    }
  }

  /// A row that was expanded in place of its pointer is written as the pointer.
  private static func bare(_ value: JSON) -> JSON { Pointer(value)?.json ?? value }
}
