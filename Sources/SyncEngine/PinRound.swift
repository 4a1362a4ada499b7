package import JSONCache
package import ParseClient
package import ParseCore

/// Keeps one pinned query as the server answers it, as a value: answers go in, the next query and
/// what to write come out. For queries over classes that are not here as a whole; those over the
/// others are answered by the cache itself.
package struct PinRound: Sendable {
  private enum Stage: Sendable {
    /// What changed within the query since the last time.
    case delta(Query)
    /// All of a query with a limit, of which a part has no delta.
    case whole
    case count
    case compare(Basis)
    /// Rows that only the cache finds, and those that rows point to.
    case rows([RowCheck])
    case done
  }

  /// What the server said that the query finds.
  private enum Basis: Sendable {
    case ids(Set<String>)
    case count(Int?)
  }

  /// What the query finds in the cache, and what its rows point to that is not there.
  package typealias Contents = (rows: Set<String>, missing: [Pointer])

  private let configuration: SyncConfiguration
  private let isWalkDue: Bool
  private var stage: Stage
  private var asked = ParseDate(milliseconds: 0)
  package private(set) var pin: PinnedQuery

  /// - Parameter isRefresh: Compare the rows although it is not time yet.
  package init(
    _ pin: PinnedQuery, _ configuration: SyncConfiguration, isRefresh: Bool, now: ParseDate
  ) {
    self.pin = pin
    self.configuration = configuration
    let due = pin.walkedAt?.advanced(bySeconds: configuration.walkSeconds)
    isWalkDue = isRefresh || due.map { $0 <= now } ?? true
    let isPart = pin.query.limit != nil || pin.query.skip > 0
    stage =
      isPart
      ? .whole
      : .delta(
        SyncPlan.delta(
          pin.query.className, since: pin.lastUpdatedAt, within: pin.query.filter, configuration))
  }

  /// The pins the server is to be asked about.
  package static func due(
    _ pins: [PinnedQuery], _ configuration: SyncConfiguration, marks: [String: SyncMark]
  ) -> [PinnedQuery] {
    let kept = configuration.classes.map(\.className).filter { marks[$0]?.state == .complete }
    return pins.filter { !kept.contains($0.query.className) }
  }

  /// Whether the query under way is asked again and again, so that an answer like the last one need
  /// not come.
  package var isRepeated: Bool {
    switch stage {
    case .delta, .whole: true
    case .count, .compare, .rows, .done: false
    }
  }

  /// The next query; nil when the round is over. Asks the same again until an answer is taken.
  /// - Parameter contents: What the cache has; nil when it cannot be read.
  package mutating func next(now: ParseDate, contents: () -> Contents?) -> Query? {
    asked = now
    if case .compare(let basis) = stage { compare(basis, contents()) }
    switch stage {
    case .delta(let query): return query
    case .whole: return pin.query
    case .count: return Query(pin.query.className, where: pin.query.filter, limit: 0, count: true)
    case .rows(let checks): return checks.first?.query
    case .compare, .done: return nil
    }
  }

  /// Takes the answer to the last query.
  /// - Parameter answer: Nil when it is the same as the one before.
  package mutating func take(_ answer: FindAnswer?, now: ParseDate) -> [CacheWrite] {
    switch stage {
    case .delta(let query):
      pin.askedAt = now
      let rows = answer?.rows ?? []
      pin.lastUpdatedAt = ([pin.lastUpdatedAt] + rows.map(\.updatedAt)).compactMap(\.self).max()
      let more = SyncPlan.nextDelta(
        after: rows, count: answer?.count, query, within: pin.query.filter, configuration)
      stage = more.map(Stage.delta) ?? (isWalkDue ? .count : .done)
      return [.rows(rows, Arrival(.delta, requestedAt: asked, receivedAt: now))]
    case .whole:
      pin.askedAt = now
      let rows = answer?.rows ?? []
      stage = answer == nil ? .done : .compare(.ids(Set(rows.compactMap(\.objectId))))
      return [.rows(rows, Arrival(.delta, requestedAt: asked, receivedAt: now))]
    case .count:
      stage = .compare(.count(answer?.count))
      return []
    case .rows(let checks):
      guard let check = checks.first, let answer else { return [] }
      let left = [check.rest(answer)].compactMap(\.self) + checks.dropFirst()
      stage = left.isEmpty ? .done : .rows(left)
      return check.writes(answer, asked: asked, now: now, source: .delta)
    case .compare, .done: return []
    }
  }

  /// A row that leaves the query leaves no trace in its delta: when the cache finds others than the
  /// server does, they are asked about one by one.
  private mutating func compare(_ basis: Basis, _ contents: Contents?) {
    guard let contents else { return stage = .done }
    pin.walkedAt = asked
    let known = contents.rows.filter { !LocalID.isLocal($0) }
    let doubtful: Set<String> =
      switch basis {
      case .ids(let ids): known.subtracting(ids)
      case .count(let count): count == known.count ? [] : known
      }
    let className = pin.query.className
    let checks =
      RowCheck.checks(className, doubtful.sorted())
      + (isWalkDue ? RowCheck.checks(contents.missing) : [])
    stage = checks.isEmpty ? .done : .rows(checks)
  }
}
