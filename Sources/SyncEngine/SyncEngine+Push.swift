import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// Sends until nothing may leave: ordered within a row, several rows at once.
  func pushAll() async {
    while mayUseNetwork, !Task.isCancelled {
      let now = time.now()
      guard
        let records = reporting({ () throws(CacheError) in
          try store.beginSending(limit: configuration.parallelSends, now: now)
        }), !records.isEmpty
      else { return }
      publish()
      let before = unreachableSince
      await withTaskGroup(of: Void.self) { group in
        for record in records {
          group.addTask { await self.send(record) }
        }
      }
      // What did not leave is due at once, so going on would spin until the server is back.
      if unreachableSince != nil || (before == nil && needsSignIn) { return }
    }
  }

  /// One record to its end: taken, refused, in conflict, or waiting again.
  private func send(_ record: OutboxRecord) async {
    do throws(ClientError) {
      switch record.kind {
      case .create: try await create(record)
      case .update: try await update(record)
      case .delete: try await delete(record)
      }
      reached()
    } catch {
      await settle(record, error)
    }
  }

  private func settle(_ record: OutboxRecord, _ error: ClientError) async {
    let outcome = OutboxMachine.outcome(
      of: error, tries: record.tries, refusals: record.refusals, random: time.random())
    switch outcome {
    case .unsent, .later: _ = note(error)
    case .readBack, .failed: reached()
    }
    switch outcome {
    case .failed(111?, _) where forms.refused(record.className, record.changes):
      // A refused request used up its id (reference/parse.md §1.9); to retry makes a new one.
      fail(record, code: 111, words: "")
      reporting { () throws(CacheError) in try store.retry(record.id) }
    case .unsent: reporting { () throws(CacheError) in try store.unsend(record.id) }
    case .later(let seconds):
      postpone(record, seconds, error, mayHaveArrived: error.mayHaveArrived)
      alarm?.cancel()
    case .failed(let code, let words):
      // A row that cannot be looked at any more does not tell whether an earlier try arrived.
      let isBlind = code == 101 && record.mayHaveArrived
      reporting { () throws(CacheError) in
        try store.fail(
          record.id, code: code, words: words, mayHaveArrived: error.mayHaveArrived || isBlind)
      }
    case .readBack: await readBack(record)
    }
    publish()
  }

  private func fail(_ record: OutboxRecord, code: Int?, words: String) {
    reporting { () throws(CacheError) in try store.fail(record.id, code: code, words: words) }
  }

  private func postpone(
    _ record: OutboxRecord, _ seconds: Double, _ error: ClientError, mayHaveArrived: Bool
  ) {
    let due = ParseDate(seconds: time.now().seconds + seconds)
    var refused = false
    if case .server = error { refused = true }
    reporting { () throws(CacheError) in
      try store.postpone(
        record.id, until: due, mayHaveArrived: mayHaveArrived, refused: refused)
    }
  }

  private func acknowledge(_ record: OutboxRecord, _ answer: JSONObject, isRow: Bool = false) {
    var answer = answer
    for (name, value) in forms.rewritten(record.className, record.changes)
    where answer[name] == nil {
      answer[name] = value
    }
    reporting { () throws(CacheError) in
      try store.acknowledge(record.id, answer: answer, isRow: isRow, now: time.now())
    }
  }
}

extension SyncEngine {
  private func create(_ record: OutboxRecord) async throws(ClientError) {
    if record.mayHaveArrived {
      switch try await lostCreate(record) {
      case .found(let row): return acknowledge(record, row.json, isRow: true)
      case .unclear(let row): return ask(record, mayBe: row)
      case .missing: break
      }
    }
    let changes = encoded(record)
    let answer = try await withCurrentToken { () throws(ClientError) in
      try await client.create(record.className, changes, requestId: record.requestId)
    }
    forms.taken(record.className, record.changes)
    acknowledge(record, answer.json)
  }

  /// The row of a create whose answer was lost. Rows this cache made before are not it, nor are those
  /// of its other creates that were lost.
  private func lostCreate(
    _ record: OutboxRecord
  ) async throws(ClientError) -> OutboxMachine.LostCreate {
    for query in OutboxMachine.lookUps(record, without: forms.names(record.className)) {
      let found = try await withCurrentToken { () throws(ClientError) in
        try await client.find(query)
      }.rows
      let lost = OutboxMachine.lostCreate(record, among: unknown(found, to: record))
      if lost != .missing { return lost }
    }
    return .missing
  }

  private func unknown(_ rows: [ParseObject], to record: OutboxRecord) -> [ParseObject] {
    let others = reporting { () throws(CacheError) in
      try store.outbox().filter { other in
        other.kind == .create && other.className == record.className && other.mayHaveArrived
      }
    }
    return rows.filter { row in
      guard let id = row.objectId else { return false }
      let isOther = (others ?? []).contains { $0.isLikely(row) } && !record.isLikely(row)
      if isOther { return false }
      let cached = reporting { () throws(CacheError) in
        try store.document(className: record.className, id: id)
      }
      return cached.flatMap(\.self)?.localId == nil
    }
  }

  private func ask(_ record: OutboxRecord, mayBe row: ParseObject) {
    reporting { () throws(CacheError) in
      // The user compares the two, so both are here.
      try store.receive([row], Arrival(.get, requestedAt: time.now(), receivedAt: time.now()))
      try store.markConflict(
        record.id,
        words: "The answer was lost, and a \(record.className) much like it is on the server now.",
        mayBe: row)
    }
  }

  /// Reads the row first unless live events keep it fresh, so that nobody's change is overwritten
  /// unseen; Parse has no optimistic lock (reference/parse.md §1.5). Who takes a row for a user always
  /// looks: a rival's claim may be on its way.
  private func update(_ record: OutboxRecord) async throws(ClientError) {
    let known = reporting { () throws(CacheError) in
      try store.serverObject(className: record.className, id: record.objectId)
    }.flatMap(\.self)
    let isFresh =
      live.isFresh(record.className) && !record.mayHaveArrived
      && !OutboxMachine.handsOver(record)
    let row: ParseObject
    if let known, isFresh { row = known } else { row = try await read(record) }
    let arrival = record.mayHaveArrived ? OutboxMachine.arrival(of: record, row: row) : .missing
    if arrival == .arrived {
      acknowledge(record, row.json, isRow: true)
      return
    }
    let fields = OutboxMachine.conflicts(of: record, row: row)
    guard fields.isEmpty else {
      conflict(record, fields, mayHaveArrived: arrival == .unclear)
      return
    }
    let base = OutboxMachine.base(of: record, row: row)
    let isNoted: Void? = reporting { () throws(CacheError) in
      try store.leave(record.id, base: base, updatedAt: row.updatedAt, now: time.now())
    }
    // What cannot be noted does not leave: nobody could tell later whether it arrived.
    guard isNoted != nil else { return }
    let changes = encoded(record)
    let answer = try await withCurrentToken { () throws(ClientError) in
      try await client.update(
        record.className, objectId: record.objectId, changes, requestId: record.requestId)
    }
    forms.taken(record.className, record.changes)
    acknowledge(record, answer.json)
  }

  private func read(_ record: OutboxRecord) async throws(ClientError) -> ParseObject {
    let asked = time.now()
    let row: ParseObject
    do throws(ClientError) {
      row = try await withCurrentToken { () throws(ClientError) in
        try await client.get(record.className, objectId: record.objectId)
      }
    } catch {
      if case .server(let refusal) = error, refusal.code == 101 {
        reporting { () throws(CacheError) in
          try store.markGone(
            className: record.className, ids: [record.objectId], at: asked, source: .get)
        }
      }
      throw error
    }
    reporting { () throws(CacheError) in
      try store.receive([row], Arrival(.get, requestedAt: asked, receivedAt: time.now()))
    }
    return row
  }

  private func conflict(_ record: OutboxRecord, _ fields: [String], mayHaveArrived: Bool) {
    let names = fields.joined(separator: ", ")
    let words =
      mayHaveArrived
      ? "The answer was lost, and others changed the same since. Your change may be there: \(names)"
      : "Changed by someone else meanwhile: \(names)"
    reporting { () throws(CacheError) in
      try store.markConflict(record.id, words: words, mayHaveArrived: mayHaveArrived)
    }
  }

  /// "Not found" can mean "not allowed" (reference/parse.md §1.5), so a read tells which.
  private func delete(_ record: OutboxRecord) async throws(ClientError) {
    do throws(ClientError) {
      try await withCurrentToken { () throws(ClientError) in
        try await client.delete(record.className, objectId: record.objectId)
      }
    } catch {
      guard case .server(let refusal) = error, refusal.code == 101 else { throw error }
      guard try await isGone(record.className, record.objectId) else { throw error }
    }
    acknowledge(record, [:])
  }

  func isGone(_ className: String, _ id: String) async throws(ClientError) -> Bool {
    do throws(ClientError) {
      _ = try await withCurrentToken { () throws(ClientError) in
        try await client.get(className, objectId: id)
      }
      return false
    } catch {
      if case .server(let refusal) = error, refusal.code == 101 { return true }
      throw error
    }
  }

  /// The request id was used before: by a try that arrived, or by one that was refused.
  private func readBack(_ sent: OutboxRecord) async {
    // As it left, with the values it left upon.
    let noted = reporting { () throws(CacheError) in
      try store.outbox().first { $0.id == sent.id }
    }
    guard let record = noted.flatMap(\.self) else { return }
    do throws(ClientError) {
      switch record.kind {
      case .create:
        switch try await lostCreate(record) {
        case .found(let row): return acknowledge(record, row.json, isRow: true)
        case .unclear(let row): return ask(record, mayBe: row)
        case .missing: break
        }
      case .update:
        let row = try await read(record)
        switch OutboxMachine.arrival(of: record, row: row) {
        case .arrived: return acknowledge(record, row.json, isRow: true)
        case .unclear:
          return conflict(record, record.changes.keys.sorted(), mayHaveArrived: true)
        case .missing: break
        }
      case .delete: return acknowledge(record, [:])
      }
      fail(
        record, code: 159,
        words: "The server saw this before, but it is not there. Retry to send it anew.")
    } catch {
      // Whatever the look ran into, the write may have arrived.
      let pause = Backoff.record.seconds(tries: record.tries, random: time.random())
      postpone(record, pause, error, mayHaveArrived: true)
    }
  }
}

extension SaveAnswer {
  /// The body as the server wrote it.
  fileprivate var json: JSONObject {
    ParseObject(
      className: "", objectId: objectId, createdAt: createdAt, updatedAt: updatedAt, fields: fields
    ).json
  }
}
