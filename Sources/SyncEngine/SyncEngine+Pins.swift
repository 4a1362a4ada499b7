import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// Asks the server for the pinned queries over classes that are not here as a whole; the decisions
  /// are `PinRound`'s. One that is refused waits longer each time.
  /// - Returns: False when nothing more is to be asked now.
  func askPinned(_ marks: [String: SyncMark], isRefresh: Bool) async -> Bool {
    let all = reporting { () throws(CacheError) in try store.pinnedQueries() } ?? []
    for pin in PinRound.due(all, configuration, marks: marks) {
      if !isRefresh, let pause = pinPauses[pin.name], pause.until > time.now() { continue }
      do throws(ClientError) {
        guard try await ask(pin, isRefresh: isRefresh) else { return false }
        pinPauses[pin.name] = nil
      } catch {
        if error.retry != .never, note(error) { return false }
        let tries = (pinPauses[pin.name]?.tries ?? 0) + 1
        let seconds = Backoff.record.seconds(tries: tries, random: time.random())
        pinPauses[pin.name] = (tries, ParseDate(seconds: time.now().seconds + seconds))
      }
      refreshPins(of: [pin.query.className])
    }
    return true
  }

  private func ask(_ pin: PinnedQuery, isRefresh: Bool) async throws(ClientError) -> Bool {
    var round = PinRound(pin, configuration, isRefresh: isRefresh, now: time.now())
    while mayUseNetwork, !Task.isCancelled {
      let now = time.now()
      let query = round.next(now: now) {
        reporting { () throws(CacheError) in try store.contents(of: pin, now: now) }
      }
      guard let query else { return true }
      let key = round.isRepeated ? "pin \(pin.name)" : nil
      let answer = try await find(query, repeatedAs: key)
      reached()
      guard write(round.take(answer, now: time.now())) else { return false }
      if let answer { noteStored(answer, to: query, repeatedAs: key) }
      reporting { () throws(CacheError) in try store.setPinMark(round.pin) }
    }
    return false
  }

  /// Keeps pins as their queries find the rows here, whoever changed them.
  func watchPins() async {
    for await notice in store.notices() where !notice.classNames.isEmpty {
      refreshPins(of: notice.classNames)
    }
  }

  func refreshPins(of classNames: Set<String>) {
    reporting { () throws(CacheError) in
      try store.refreshPins(of: classNames, now: time.now())
    }
  }
}
