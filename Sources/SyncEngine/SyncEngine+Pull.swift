import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// First pages of all classes, so that every screen has rows; then fills, deltas and id walks.
  func pullAll(_ reason: Wake) async {
    guard let marks = reporting({ () throws(CacheError) in try store.syncMarks() }) else { return }
    problem = nil
    do throws(ClientError) {
      for item in configuration.classes {
        let mark = marks[item.className] ?? SyncMark(className: item.className)
        if case .begin = SyncPlan.step(mark, configuration, retriesRefused: reason == .refresh) {
          try await tolerating(item) { () throws(ClientError) in try await begin(item) }
        }
      }
      for item in configuration.classes {
        try await tolerating(item) { () throws(ClientError) in
          try await continueSync(item, walks: reason == .refresh)
        }
      }
      reached()
    } catch {
      // Noted where it was met; it only ends the round.
      return
    }
  }

  /// Goes on with the next class when the server refuses this one; throws what ends the round.
  private func tolerating(
    _ item: SyncClass, _ step: () async throws(ClientError) -> Void
  ) async throws(ClientError) {
    guard mayUseNetwork else { throw .cancelled }
    do throws(ClientError) {
      try await step()
    } catch {
      if case .server(let refusal) = error, refusal.code == 119 || refusal.code == 101 {
        progress[item.className] = nil
        reporting { () throws(CacheError) in
          try store.setSyncMark(SyncMark(className: item.className, state: .noRight))
        }
        return
      }
      if note(error) { throw error }
    }
  }

  private func begin(_ item: SyncClass) async throws(ClientError) {
    let answer = try await client.find(SyncPlan.begin(item.className))
    reached()
    let mark = SyncMark(
      className: item.className, state: .filling,
      lastUpdatedAt: answer.rows.first?.updatedAt ?? answer.serverDate,
      serverCount: answer.count)
    if let query = item.firstPage, answer.count != 0 {
      let asked = time.now()
      let page = IncludedRows(try await client.find(query).rows)
      let arrival = Arrival(
        .fill, requestedAt: asked, receivedAt: time.now(), included: Set(query.include))
      reporting { () throws(CacheError) in
        try store.receive(page.rows, arrival)
        try store.receive(
          page.targets, Arrival(.fill, requestedAt: asked, receivedAt: time.now()))
      }
    }
    reporting { () throws(CacheError) in try store.setSyncMark(mark) }
    progress[item.className] = SyncStatus.Progress(done: 0, total: answer.count)
    publish()
  }

  private func continueSync(_ item: SyncClass, walks: Bool) async throws(ClientError) {
    while mayUseNetwork, !Task.isCancelled, let mark = mark(item.className) {
      switch SyncPlan.step(mark, configuration) {
      case .begin, .nothing: return
      case .fill(let query): try await fill(mark, query)
      case .delta(let query):
        progress[item.className] = nil
        try await delta(mark, query)
        try await walkIfDue(item.className, forced: walks)
        return
      }
    }
  }

  private func mark(_ className: String) -> SyncMark? {
    reporting { () throws(CacheError) in
      try store.syncMarks()[className] ?? SyncMark(className: className)
    }
  }

  private func fill(_ mark: SyncMark, _ query: Query) async throws(ClientError) {
    let asked = time.now()
    let rows = try await client.find(query).rows
    reached()
    let next = SyncPlan.afterFill(mark, page: rows, now: time.now())
    let stored = reporting { () throws(CacheError) in
      try store.receive(
        rows, Arrival(.fill, requestedAt: asked, receivedAt: time.now()), mark: next)
    }
    // Without room for the page the fill cannot go on; the words say why.
    guard stored != nil else { throw .cancelled }
    let done = progress[mark.className].map { $0.done + rows.count } ?? rowsHere(mark.className)
    progress[mark.className] =
      next.state == .complete
      ? nil : SyncStatus.Progress(done: done, total: mark.serverCount)
    publish()
  }

  /// For a fill that goes on after a restart. Counting reads the whole table, so it is done once and
  /// not for each page.
  private func rowsHere(_ className: String) -> Int {
    reporting { () throws(CacheError) in try store.rowCounts() }?[className] ?? 0
  }

  private func delta(_ mark: SyncMark, _ first: Query) async throws(ClientError) {
    var mark = mark
    var query: Query? = first
    while let asking = query, mayUseNetwork, !Task.isCancelled {
      let asked = time.now()
      let answer = try await client.find(asking)
      reached()
      query = SyncPlan.nextDelta(
        after: answer.rows, count: answer.count, asking, configuration)
      mark = SyncPlan.afterDelta(
        mark, page: answer.rows, isLast: query == nil, now: time.now())
      let next = mark
      let stored = reporting { () throws(CacheError) in
        try store.receive(
          answer.rows, Arrival(.delta, requestedAt: asked, receivedAt: time.now()), mark: next)
      }
      guard stored != nil else { throw .cancelled }
    }
  }
}

extension SyncEngine {
  /// Deletions leave no trace in a delta. When the counts agree there is nothing to look for; else
  /// every id is compared. Rows that came after the walk began are not judged.
  private func walkIfDue(_ className: String, forced: Bool) async throws(ClientError) {
    guard let mark = mark(className), mark.state == .complete,
      forced || SyncPlan.isWalkDue(mark, configuration, now: time.now()),
      let known = reporting({ () throws(CacheError) in try store.serverIds(className: className) })
    else { return }
    let asked = time.now()
    let count = try await client.count(Query(className))
    if count != known.count {
      let present = try await ids(className)
      let gone = known.filter { !present.contains($0) }
      reporting { () throws(CacheError) in
        try store.markGone(className: className, ids: gone, at: asked, source: .delta)
      }
      try await fetch(className, present.subtracting(known).sorted())
    }
    var walked = mark
    walked.walkedAt = time.now()
    walked.serverCount = count
    let next = walked
    reporting { () throws(CacheError) in try store.setSyncMark(next) }
  }

  private func ids(_ className: String) async throws(ClientError) -> Set<String> {
    var found: Set<String> = []
    var cursor: String?
    while true {
      let page = try await client.find(SyncPlan.walk(className, after: cursor, configuration)).rows
      guard let last = page.last?.objectId else { return found }
      found.formUnion(page.compactMap(\.objectId))
      cursor = last
    }
  }

  /// Rows by id, a hundred a request (reference/parse.md §1.3).
  func fetch(_ className: String, _ ids: [String]) async throws(ClientError) {
    for start in stride(from: 0, to: ids.count, by: 100) {
      let some = ids[start..<min(start + 100, ids.count)].map(JSON.string)
      let asked = time.now()
      let rows = try await client.find(
        Query(className, where: ["objectId": ["$in": .array(some)]], limit: 100)
      ).rows
      reporting { () throws(CacheError) in
        try store.receive(rows, Arrival(.get, requestedAt: asked, receivedAt: time.now()))
      }
    }
  }
}
