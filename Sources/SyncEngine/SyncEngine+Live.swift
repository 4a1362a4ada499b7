import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// Takes one event; those that come while the last burst is written are written together.
  func hear(_ event: LiveEvent) {
    for effect in live.hear(event) {
      switch effect {
      case .reached: reached()
      case .publish: publish()
      case .pull: wakes.pull.wake(.poll)
      case .drain: wakes.drain.wake(.poll)
      }
    }
  }

  /// Writes the burst in one transaction, then asks about rows whose event cannot be trusted. One
  /// drain at a time: an event that comes while it asks is judged after the answer.
  func drain() async {
    let burst = live.take()
    guard !burst.isEmpty else { return }
    forms.learn(burst.rows)
    let doubtful = reporting { () throws(CacheError) in
      try store.absorb(burst, now: time.now())
    }
    for check in RowCheck.checks(doubtful ?? []) { await verify(check) }
  }

  private func verify(_ check: RowCheck) async {
    guard mayUseNetwork else { return live.missed([check.className]) }
    var next: RowCheck? = check
    do throws(ClientError) {
      while let check = next {
        let asked = time.now()
        let answer = try await withCurrentToken { () throws(ClientError) in
          try await client.find(check.query)
        }
        for write in check.writes(answer, asked: asked, now: time.now(), source: .live) {
          reporting { () throws(CacheError) in try store.perform(write) }
        }
        next = check.rest(answer)
      }
    } catch {
      live.missed([check.className])
      _ = note(error)
    }
  }
}
