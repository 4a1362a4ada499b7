package import CRM
internal import Foundation
internal import JSONCache
internal import ParseCore

extension Workspace {
  /// Send one refused edit again.
  package func retry(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in try store.retry(id) }
  }

  /// Send every refused edit again.
  package func retryAll() {
    report { () throws(CacheError) in
      let refused = try store.outbox().filter { $0.state == .failed }
      for record in refused { try store.retry(record.id) }
      let count = refused.count == 1 ? "1 edit is" : "\(refused.count) edits are"
      deliver(.done(words: "\(count) sent again", canUndo: false))
    }
  }

  /// Writes every unsent edit with all its values into the home folder, for its owner's eyes only.
  package func exportOutbox() {
    guard let home = options.environment["HOME"], home.hasPrefix("/") else {
      deliver(.refused(WorkspaceError.noHome.words))
      return
    }
    report { () throws(CacheError) in
      let records = try store.outbox()
      let stamp = options.now().iso.prefix(19).filter { $0 != ":" }
      let name = "quad-outbox-\(stamp).json"
      let isWritten = FileManager.default.createFile(
        atPath: home + "/" + name, contents: Data(JSON.array(records.map(\.exported)).bytes),
        attributes: [.posixPermissions: 0o600])
      let count = records.count == 1 ? "1 edit is" : "\(records.count) edits are"
      deliver(
        isWritten
          ? .done(words: "\(count) in ~/\(name)", canUndo: false)
          : .refused("There is no room or no right to write ~/\(name)"))
    }
  }

  /// Give up one unsent edit; the row goes back to what the server has.
  package func discard(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in
      let record = try store.outbox().first { $0.id == id }
      try store.discard(id)
      if let record { givenUp.insert(Self.place(record.group, record.objectId)) }
    }
  }

  /// Writes what a person chose for an edit in conflict, upon the values that person saw.
  package func resolve(outboxID: String, _ resolution: Resolution) {
    var words = "That edit is not in the outbox any more."
    var isDone = false
    report { () throws(CacheError) in
      let all = try store.outbox()
      guard let record = all.first(where: { String($0.id) == outboxID }),
        let conflict = try desk.conflict(record, among: all)
      else { return }
      let left = resolution.changes(of: record.changes, conflict)
      try store.resolve(
        record.id, changes: left, base: resolution.seen, updatedAt: resolution.seenAt)
      isDone = true
      words =
        left.isEmpty
        ? "\(conflict.record) stays as it is on the server"
        : "\(conflict.record): your choice is written next"
    }
    deliver(isDone ? .done(words: words, canUndo: false) : .refused(words))
  }

  /// The row that is much like a new one whose answer was lost is that one: nothing is sent again.
  package func takeAsArrived(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in
      try store.takeAsArrived(id, now: options.now())
      deliver(.done(words: "It is that row; nothing is sent again", canUndo: false))
    }
  }

  /// Makes the row of a refused edit anew, where it is gone.
  package func remake(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in
      _ = try store.remake(id, group: UUID().uuidString, now: options.now())
      deliver(.done(words: "Made anew; it gets a new place on the server", canUndo: false))
    }
  }

  func publishOutbox() {
    report { () throws(CacheError) in
      let records = try store.outbox()
      let rows = try desk.rows(records)
      deliver(.outbox(rows))
      try tellRefusals(records, rows)
      showsConflicts = rows.contains { $0.conflict != nil }
      let lost = Set(rows.compactMap { $0.conflict?.takenWords })
      for words in lost.subtracting(toldLosses).sorted() { deliver(.refused(words)) }
      toldLosses = lost
    }
  }

  private var desk: OutboxDesk { OutboxDesk(store: store, school: school, viewpoint: viewpoint) }

  private static func place(_ group: String, _ id: String) -> String { "\(group)/\(id)" }

  /// Says of each batch with new refusals what became of it. Those found at the start are no news.
  private func tellRefusals(_ records: [OutboxRecord], _ rows: [OutboxRow]) throws(CacheError) {
    // While the rest of a batch is on its way there is no result yet.
    let open = Set(records.filter(\.isOnItsWay).map(\.group))
    let refused = zip(records, rows).filter { $0.1.isRefused }
    let told = toldRefusals
    toldRefusals = Set(
      refused.lazy.filter { told?.contains($0.0.id) ?? true || !open.contains($0.0.group) }
        .map(\.0.id))
    guard let told else { return }
    let fresh = refused.filter { !told.contains($0.0.id) }
    for group in Set(fresh.map(\.0.group)).subtracting(open).sorted() {
      let failed = fresh.filter { $0.0.group == group }
      deliver(.failed(try result(of: group, failed, records)))
    }
  }

  private func result(
    of group: String, _ failed: [(OutboxRecord, OutboxRow)], _ records: [OutboxRecord]
  ) throws(CacheError) -> BatchResult {
    let made = Set(try store.journal(group: group).map(\.id))
    let kept = Set(records.map(\.objectId))
    let done = made.count {
      !kept.contains($0) && !givenUp.contains(Self.place(group, $0))
    }
    let waiting = records.count {
      $0.group == group && ($0.state == .waiting || $0.state == .sending)
    }
    var ids = Set(failed.map(\.0.objectId))
    for (record, _) in failed {
      let row = try store.serverObject(className: record.className, id: record.objectId)
      ids.formUnion(row?.fields.members.compactMap { Pointer($0.value)?.objectId } ?? [])
    }
    return BatchResult(done: done, waiting: waiting, failed: failed.map(\.1), rows: ids)
  }
}

extension OutboxRecord {
  /// It leaves at once, or is being answered.
  fileprivate var isOnItsWay: Bool {
    state == .sending || (state == .waiting && nextTryAt == nil && heldBy == nil)
  }
}
