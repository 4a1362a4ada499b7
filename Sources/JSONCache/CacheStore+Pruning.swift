import GRDB

extension CacheStore {
  /// Takes out the rows that no pin holds and no waiting edit needs, has their classes filled anew,
  /// and gives the room back. Only while no other process syncs.
  /// - Returns: How many rows went.
  package func prune() throws(CacheError) -> Int {
    guard try tryBecomeSyncer() else { throw .locked }
    defer { resignSyncer() }
    let count = try write { transaction in
      try transaction.run(
        """
        DELETE FROM documents WHERE pending IS NULL AND removal = 0
        AND NOT EXISTS (SELECT 1 FROM pins
          WHERE pins.className = documents.className AND pins.objectId = documents.id)
        AND NOT EXISTS (SELECT 1 FROM pin_targets
          WHERE pin_targets.className = documents.className AND pin_targets.objectId = documents.id)
        AND NOT EXISTS (SELECT 1 FROM outbox
          WHERE outbox.className = documents.className AND outbox.objectId = documents.id)
        """, [])
      let count = transaction.db.changesCount
      if count > 0 { try transaction.run("DELETE FROM sync_marks WHERE state <> 'noRight'", []) }
      return count
    }
    guard path != nil, count > 0 else { return count }
    do {
      try writer.vacuum()
      try copyLogBack(cuts: true)
    } catch {
      throw CacheError(error, path: path ?? "")
    }
    return count
  }
}
