package import JSONCache
package import ParseClient
package import ParseCore

/// What an answer of the server changes in the cache.
package enum CacheWrite: Sendable, Hashable {
  /// Rows, and the mark that says how far they bring their class, in one transaction.
  case rows([ParseObject], Arrival, mark: SyncMark? = nil)
  case mark(SyncMark)
  /// Rows the server does not have, or no longer shows, since the time given.
  case gone(className: String, ids: [String], at: ParseDate, source: Arrival.Source)
}

extension CacheStore {
  package func perform(_ write: CacheWrite) throws(CacheError) {
    switch write {
    case .rows(let rows, let arrival, let mark?): try receive(rows, arrival, mark: mark)
    case .rows(let rows, let arrival, nil): try receive(rows, arrival)
    case .mark(let mark): try setSyncMark(mark)
    case .gone(let className, let ids, let time, let source):
      try markGone(className: className, ids: ids, at: time, source: source)
    }
  }

  /// Writes a burst in one transaction.
  /// - Returns: The rows whose event cannot be trusted, to be asked about.
  package func absorb(_ burst: LiveBurst, now: ParseDate) throws(CacheError) -> [Pointer] {
    try receive(
      burst.rows, gone: burst.deleted, Arrival(.live, requestedAt: nil, receivedAt: now))
    var doubtful = burst.left
    // A row that was gone before may be readable again.
    for pointer in burst.appeared
    where try document(className: pointer.className, id: pointer.objectId) == nil {
      doubtful.append(pointer)
    }
    return doubtful
  }
}

/// Asks whether rows are there and how they stand.
package struct RowCheck: Sendable, Hashable {
  package let className: String
  package let ids: [String]

  /// At most a hundred ids go into one request (reference/parse.md §1.3).
  package static func checks(_ className: String, _ ids: [String]) -> [RowCheck] {
    stride(from: 0, to: ids.count, by: 100).map { start in
      RowCheck(className: className, ids: Array(ids[start..<min(start + 100, ids.count)]))
    }
  }

  package static func checks(_ pointers: [Pointer]) -> [RowCheck] {
    Dictionary(grouping: pointers, by: \.className).sorted { $0.key < $1.key }
      .flatMap { checks($0.key, Set($0.value.map(\.objectId)).sorted()) }
  }

  package var query: Query {
    Query(
      className, where: ["objectId": ["$in": .array(ids.map(JSON.string))]], limit: ids.count,
      count: true)
  }

  /// A row that does not come is gone, or hidden: the server makes no difference. While an answer
  /// is clamped (`maxLimit`) the missing rows are not judged; see `rest`.
  /// - Parameter asked: When the request left.
  package func writes(
    _ answer: FindAnswer, asked: ParseDate, now: ParseDate, source: Arrival.Source
  ) -> [CacheWrite] {
    let rows = CacheWrite.rows(
      answer.rows, Arrival(.get, requestedAt: asked, receivedAt: now))
    let missing = missing(answer)
    guard !missing.isEmpty, rest(answer) == nil else { return [rows] }
    return [rows, .gone(className: className, ids: missing, at: asked, source: source)]
  }

  /// What is still to ask about after an answer that was clamped; nil when all is known.
  package func rest(_ answer: FindAnswer) -> RowCheck? {
    guard let count = answer.count, !answer.rows.isEmpty, count > answer.rows.count else {
      return nil
    }
    return RowCheck(className: className, ids: missing(answer))
  }

  private func missing(_ answer: FindAnswer) -> [String] {
    let found = Set(answer.rows.compactMap(\.objectId))
    return ids.filter { !found.contains($0) }
  }
}
