internal import CRM
internal import JSONCache
package import ParseCore
internal import SyncEngine

extension Workspace {
  /// Ask the server for changes now, and send what waits.
  package func refresh() async {
    engine.refresh()
    await engine.retryNow()
  }

  /// Send one refused edit again.
  package func retry(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in try store.retry(id) }
  }

  /// Give up one unsent edit; the row goes back to what the server has.
  package func discard(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in try store.discard(id) }
  }

  func publish(_ status: SyncStatus) {
    noteCompleteness()
    var asOf: ParseDate?
    var oldest: ParseDate?
    report { () throws(CacheError) in
      asOf = try store.syncMarks().values.compactMap(\.syncedAt).max()
      if status.queued > 0 { oldest = try store.outbox().map(\.madeAt).min() }
    }
    deliver(
      .sync(
        SyncState(
          connection: connection(status, asOf: asOf), queued: status.queued,
          refused: status.failed, conflicts: status.conflicts, needsSignIn: status.signInNeeded,
          asOf: asOf, queuedSince: oldest)))
  }

  private func connection(_ status: SyncStatus, asOf: ParseDate?) -> SyncState.Connection {
    switch status.connection {
    case .live: .live
    case .offline(let since): .offline(since: options.isOffline ? asOf ?? since : since)
    case .syncing:
      .syncing(
        done: status.progress.values.reduce(0) { $0 + $1.done },
        total: status.progress.values.contains { $0.total == nil }
          ? nil : status.progress.values.reduce(0) { $0 + ($1.total ?? 0) })
    case .polling(let last): last.map { .polling(asOf: $0) } ?? .starting
    case .following: .polling(asOf: options.now())
    }
  }

  func publishOutbox() {
    report { () throws(CacheError) in
      deliver(.outbox(try store.outbox().map(row)))
    }
  }

  private func row(_ record: OutboxRecord) -> OutboxRow {
    let kind = SchoolClass(rawValue: record.className)
    let name = kind.flatMap { school.label($0, record.objectId) }
    return OutboxRow(
      id: String(record.id), made: Wording.moment(record.madeAt, viewpoint), state: state(record),
      kind: record.kind.rawValue, record: name ?? kind?.singular ?? record.className,
      change: change(record), tries: record.tries)
  }

  private func state(_ record: OutboxRecord) -> OutboxRow.State {
    switch record.state {
    case .waiting: .waiting
    case .sending: .sending
    case .failed: .refused(words: record.words ?? "The server refused it.")
    case .conflict:
      .conflict(words: theirs(record) ?? record.words ?? "It was changed on both sides.")
    }
  }

  /// What others wrote into the fields of an update in conflict, when, and what the user had seen.
  /// Parse does not say who it was. Nil when the server's row is not here.
  private func theirs(_ record: OutboxRecord) -> String? {
    var row: ParseObject?
    report { () throws(CacheError) in
      row = try store.serverObject(className: record.className, id: record.objectId)
    }
    guard record.kind == .update, let row, let changed = row.updatedAt else { return nil }
    let fields = OutboxMachine.conflicts(of: record, row: row).map { field in
      let (now, seen) = (words(row[field] ?? .null), words(record.base[field] ?? .null))
      guard let now, let seen else { return "\(field) was changed" }
      return "\(field) is \(now) now, you saw \(seen)"
    }
    if fields.isEmpty { return nil }
    return "Changed by someone else, last \(Wording.moment(changed, viewpoint)): "
      + fields.joined(separator: "; ")
  }

  /// `stage proposal ▸ negotiation`, or the fields of a new row.
  private func change(_ record: OutboxRecord) -> String {
    record.changes.sorted { $0.key < $1.key }.compactMap { field, operation in
      guard case .set(let value) = operation, let new = words(value) else {
        return record.kind == .create ? nil : field
      }
      guard record.kind == .update, let old = record.base[field].flatMap(words) else {
        return "\(field) \(new)"
      }
      return "\(field) \(old) ▸ \(new)"
    }.joined(separator: ", ")
  }

  private func words(_ value: JSON) -> String? {
    switch value {
    case .string(let text): text
    case .number(let number): number.text
    case .bool(let value): value ? "yes" : "no"
    case .null: "∅"
    case .object, .array: nil
    }
  }
}

extension Profile {
  /// Changes of the password or the server's answer to a new sign-in.
  package func signedIn(with token: String, at time: ParseDate) -> Profile {
    var profile = self
    profile.sessionToken = token
    profile.lastUsed = time
    return profile
  }
}
