import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// Takes one event; those that come while the last burst is written are written together.
  func hear(_ event: LiveEvent) {
    switch event {
    case .connected: reached()
    case .subscribed(let className):
      liveClasses.insert(className)
      publish()
      wakes.pull.wake(.poll)
    case .event:
      burst.append(event)
      wakes.drain.wake(.poll)
    case .refused(let className, _):
      liveClasses.remove(className)
      publish()
    case .disconnected:
      liveClasses = []
      publish()
    }
  }

  /// Writes the burst in one transaction, then asks about rows whose event cannot be trusted.
  func drain() async {
    let events = burst
    burst = []
    let merged = LiveBurst(events)
    guard !merged.isEmpty else { return }
    let now = time.now()
    reporting { () throws(CacheError) in
      try store.receive(
        merged.rows, gone: merged.deleted, Arrival(.live, requestedAt: nil, receivedAt: now))
    }
    var doubtful = merged.left
    for pointer in merged.appeared {
      let cached = reporting { () throws(CacheError) in
        try store.document(className: pointer.className, id: pointer.objectId)
      }
      // A row that was gone before may be readable again.
      if cached.flatMap(\.self) == nil { doubtful.append(pointer) }
    }
    for pointer in doubtful { await verify(pointer) }
  }

  private func verify(_ pointer: Pointer) async {
    guard mayUseNetwork else { return }
    let asked = time.now()
    do throws(ClientError) {
      let row = try await client.get(pointer.className, objectId: pointer.objectId)
      reporting { () throws(CacheError) in
        try store.receive([row], Arrival(.get, requestedAt: asked, receivedAt: time.now()))
      }
    } catch {
      if case .server(let refusal) = error, refusal.code == 101 || refusal.code == 119 {
        reporting { () throws(CacheError) in
          try store.markGone(
            className: pointer.className, ids: [pointer.objectId], at: asked, source: .live)
        }
      } else {
        // The next id walk finds what this could not.
        _ = note(error)
      }
    }
  }
}
