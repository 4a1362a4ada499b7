internal import CRM
internal import JSONCache
package import ParseCore
internal import SyncEngine

extension Workspace {
  /// Ask the server for changes now, send what waits, and bring the clocks to this second.
  package func refresh() async {
    await tick()
    engine.refresh()
    await engine.retryNow()
  }

  func publish(_ status: SyncStatus) {
    noteCompleteness()
    var asOf: ParseDate?
    var oldest: ParseDate?
    var next: ParseDate?
    report { () throws(CacheError) in
      asOf = try store.syncMarks().values.compactMap(\.syncedAt).max()
      if status.queued > 0 {
        oldest = try store.outbox().map(\.madeAt).min()
        next = try store.nextTry()
      }
    }
    var state = SyncState(
      connection: connection(status, asOf: asOf), queued: status.queued,
      refused: status.failed, conflicts: status.conflicts, needsSignIn: status.signInNeeded,
      asOf: asOf, queuedSince: oldest)
    state.nextTryAt = next
    state.fills = status.progress.map {
      SyncState.Fill(className: $0.key, done: $0.value.done, total: $0.value.total)
    }.sorted { $0.className < $1.className }
    deliver(.sync(state))
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
