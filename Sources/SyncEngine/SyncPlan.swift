package import JSONCache
package import ParseCore

/// What to ask the server next for one class. Pure.
package enum SyncPlan {
  package enum Step: Sendable, Hashable {
    case nothing
    /// Learn the newest `updatedAt` and the count, then begin the fill.
    case begin
    /// The next page of the first fill.
    case fill(Query)
    /// What changed since the last time.
    case delta(Query)
  }

  /// - Parameter retriesRefused: Ask again for a class that was refused before.
  package static func step(
    _ mark: SyncMark, _ configuration: SyncConfiguration, retriesRefused: Bool = false
  ) -> Step {
    switch mark.state {
    case .none: .begin
    case .filling: .fill(fill(mark, configuration))
    case .complete: .delta(delta(mark, configuration))
    case .noRight: retriesRefused ? .begin : .nothing
    }
  }

  /// The newest row and the number of rows. Rows changed while the fill runs are newer than this
  /// row, so the first delta starts from it.
  package static func begin(_ className: String) -> Query {
    Query(
      className, order: [Query.Order("updatedAt", descending: true)], limit: 1, count: true)
  }

  private static func fill(_ mark: SyncMark, _ configuration: SyncConfiguration) -> Query {
    var filter: JSONObject = [:]
    if let cursor = mark.cursor { filter["objectId"] = ["$gt": .string(cursor)] }
    return Query(
      mark.className, where: filter, order: [Query.Order("objectId")],
      limit: configuration.pageSize)
  }

  /// The mark after a page of the fill. Only an empty page is the end: a server may clamp the limit
  /// silently (reference/parse.md §1.3).
  package static func afterFill(_ mark: SyncMark, page: [ParseObject], now: ParseDate) -> SyncMark {
    var next = mark
    if let last = page.last?.objectId {
      next.cursor = last
    } else {
      next.state = .complete
      next.cursor = nil
      next.syncedAt = now
    }
    return next
  }

  private static func delta(_ mark: SyncMark, _ configuration: SyncConfiguration) -> Query {
    delta(mark.className, since: mark.lastUpdatedAt, configuration)
  }

  /// What changed since a time, and a little before it.
  /// - Parameter filter: Of all rows, those to look at.
  package static func delta(
    _ className: String, since time: ParseDate?, within filter: JSONObject = [:],
    _ configuration: SyncConfiguration
  ) -> Query {
    let since = time?.advanced(bySeconds: -configuration.overlapSeconds)
    let bound: JSONObject = since.map { ["updatedAt": ["$gte": $0.json]] } ?? [:]
    return changes(className, both(filter, bound), configuration)
  }

  /// The page after this one; nil when the page was the last, which the count of matches tells.
  package static func nextDelta(
    after page: [ParseObject], count: Int?, _ query: Query, within filter: JSONObject = [:],
    _ configuration: SyncConfiguration
  ) -> Query? {
    guard let last = page.last, let id = last.objectId, let time = last.updatedAt,
      page.count < count ?? .max
    else { return nil }
    // A range in place of equality: PostgreSQL refuses dates in $eq (reference/parse.md §3.8).
    let same: JSON = [
      "updatedAt": ["$gte": time.json, "$lte": time.json], "objectId": ["$gt": .string(id)],
    ]
    let after: JSONObject = ["$or": [["updatedAt": ["$gt": time.json]], same]]
    return changes(query.className, both(filter, after), configuration)
  }

  private static func both(_ left: JSONObject, _ right: JSONObject) -> JSONObject {
    if left.isEmpty { return right }
    return right.isEmpty ? left : ["$and": [.object(left), .object(right)]]
  }

  private static func changes(
    _ className: String, _ filter: JSONObject, _ configuration: SyncConfiguration
  ) -> Query {
    Query(
      className, where: filter, order: [Query.Order("updatedAt"), Query.Order("objectId")],
      limit: configuration.pageSize, count: true)
  }

  package static func afterDelta(
    _ mark: SyncMark, page: [ParseObject], isLast: Bool, now: ParseDate
  ) -> SyncMark {
    var next = mark
    let newest = page.compactMap(\.updatedAt).max()
    next.lastUpdatedAt = [mark.lastUpdatedAt, newest].compactMap(\.self).max()
    if isLast { next.syncedAt = now }
    return next
  }

  package static func isWalkDue(
    _ mark: SyncMark, _ configuration: SyncConfiguration, now: ParseDate
  ) -> Bool {
    guard mark.state == .complete else { return false }
    guard let walked = mark.walkedAt else { return true }
    return walked.advanced(bySeconds: configuration.walkSeconds) <= now
  }

  /// One page of ids.
  package static func walk(
    _ className: String, after cursor: String?, _ configuration: SyncConfiguration
  ) -> Query {
    Query(
      className, where: cursor.map { ["objectId": ["$gt": .string($0)]] } ?? [:],
      order: [Query.Order("objectId")], limit: configuration.pageSize, keys: ["objectId"])
  }

  /// How many rows the class has for this reader.
  package static func count(_ className: String) -> Query {
    Query(className, limit: 0, count: true)
  }

  /// Whether ids are compared although the counts agree. A change of a role can hide a row and show
  /// another, and leaves neither a trace in a delta nor a difference of counts.
  package static func comparesIds(
    _ mark: SyncMark, _ configuration: SyncConfiguration, now: ParseDate
  ) -> Bool {
    guard let walked = mark.walkedAt else { return false }
    let milliseconds = Int64(configuration.idWalkSeconds) * 1000
    return walked.milliseconds / milliseconds != now.milliseconds / milliseconds
  }
}
