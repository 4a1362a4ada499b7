package import JSONCache
package import ParseClient
package import ParseCore

/// One round of asking the server, as a value: answers go in, the next query and what to write come
/// out. First pages of new classes come before all else, so that every screen has rows; then each
/// class goes on with its fill, its delta, and the comparison that finds deletions.
package struct PullRound: Sendable {
  private enum Job: Sendable {
    case begin(SyncClass)
    case goOn(SyncClass)

    var item: SyncClass {
      switch self {
      case .begin(let item), .goOn(let item): item
      }
    }
  }

  /// What the query under way asks.
  private enum Stage: Sendable {
    case newest
    case firstPage(Query)
    case fill(Query)
    case delta(Query)
    case count
    case walk(after: String?)
    case rows([RowCheck])
  }

  /// The cache's rows and the server's, being compared.
  private struct Comparison: Sendable {
    let known: [String: ParseDate]
    let asked: ParseDate
    var present: [String: ParseDate] = [:]
    var count: Int?
  }

  private let configuration: SyncConfiguration
  /// The classes whose counts are compared although it is not time yet.
  private let compared: Set<String>
  private var marks: [String: SyncMark]
  private var jobs: [Job]
  private var stage: Stage?
  private var comparison: Comparison?
  private var asked = ParseDate(milliseconds: 0)
  /// The classes whose rows were compared to the end.
  package private(set) var done: Set<String> = []

  /// - Parameters:
  ///   - isRefresh: Ask refused classes again, and compare all.
  ///   - gaps: Classes whose events may have been missed.
  package init(
    _ configuration: SyncConfiguration, marks: [String: SyncMark], isRefresh: Bool,
    gaps: Set<String> = []
  ) {
    self.configuration = configuration
    self.marks = marks
    compared = isRefresh ? Set(configuration.classes.map(\.className)) : gaps
    let new = configuration.classes.filter { item in
      let mark = marks[item.className] ?? SyncMark(className: item.className)
      return SyncPlan.step(mark, configuration, retriesRefused: isRefresh) == .begin
    }
    jobs = new.map(Job.begin) + configuration.classes.map(Job.goOn)
  }

  /// The query under way asks what changed, again and again.
  package var asksDelta: Bool {
    if case .delta = stage { true } else { false }
  }

  /// The class asked about; nil when nothing is left.
  package var className: String? { jobs.first?.item.className }

  package func mark(_ className: String) -> SyncMark {
    marks[className] ?? SyncMark(className: className)
  }
}

extension PullRound {
  /// The next query; nil when the round is over. Asks the same again until an answer is taken.
  /// - Parameter versions: The cache's rows of a class; nil when it cannot be read.
  package mutating func next(
    now: ParseDate, versions: (String) -> [String: ParseDate]?
  ) -> Query? {
    asked = now
    while let job = jobs.first {
      let stage = self.stage ?? first(of: job)
      self.stage = stage
      if let stage, let query = query(stage, job.item.className, versions) { return query }
      finish()
    }
    return nil
  }

  private func first(of job: Job) -> Stage? {
    if case .begin = job { return .newest }
    switch SyncPlan.step(mark(job.item.className), configuration) {
    case .begin, .nothing: return nil
    case .fill(let query): return .fill(query)
    case .delta(let query): return .delta(query)
    }
  }

  private mutating func query(
    _ stage: Stage, _ className: String, _ versions: (String) -> [String: ParseDate]?
  ) -> Query? {
    switch stage {
    case .newest: return SyncPlan.begin(className)
    case .firstPage(let query), .fill(let query), .delta(let query): return query
    case .count:
      // Known before asked: a row that comes meanwhile is not judged.
      guard let known = versions(className) else { return nil }
      comparison = Comparison(known: known, asked: asked)
      return SyncPlan.count(className)
    case .walk(let cursor): return SyncPlan.walk(className, after: cursor, configuration)
    case .rows(let checks): return checks.first?.query
    }
  }

  private mutating func finish() {
    stage = nil
    comparison = nil
    if !jobs.isEmpty { jobs.removeFirst() }
  }

  /// The server refused the class, or hides it: it is left alone until a refresh.
  package mutating func refused() -> [CacheWrite] {
    guard let className else { return [] }
    let mark = SyncMark(className: className, state: .noRight)
    marks[className] = mark
    finish()
    return [.mark(mark)]
  }

  /// Goes on with the next class; this one waits for the next round.
  package mutating func skip() { finish() }
}

extension PullRound {
  /// Takes the answer to the last query.
  package mutating func take(_ answer: FindAnswer, now: ParseDate) -> [CacheWrite] {
    guard let item = jobs.first?.item, let stage else { return [] }
    switch stage {
    case .newest: return begin(item, answer)
    case .firstPage(let query): return takeFirstPage(item, query, answer, now)
    case .fill: return takeFill(item.className, answer, now)
    case .delta(let query): return takeDelta(item.className, query, answer, now)
    case .count: return takeCount(item.className, answer, now)
    case .walk: return takeWalk(item.className, answer, now)
    case .rows(let checks): return takeRows(item.className, checks, answer, now)
    }
  }

  private mutating func begin(_ item: SyncClass, _ answer: FindAnswer) -> [CacheWrite] {
    let mark = SyncMark(
      className: item.className, state: .filling,
      lastUpdatedAt: answer.rows.first?.updatedAt ?? answer.serverDate,
      serverCount: answer.count)
    marks[item.className] = mark
    if let query = item.firstPage, answer.count != 0 {
      stage = .firstPage(query)
      return []
    }
    finish()
    return [.mark(mark)]
  }

  private mutating func takeFirstPage(
    _ item: SyncClass, _ query: Query, _ answer: FindAnswer, _ now: ParseDate
  ) -> [CacheWrite] {
    let page = IncludedRows(answer.rows)
    let arrival = Arrival(
      .fill, requestedAt: asked, receivedAt: now, included: Set(query.include))
    finish()
    return [
      .rows(page.rows, arrival),
      .rows(page.targets, Arrival(.fill, requestedAt: asked, receivedAt: now)),
      .mark(mark(item.className)),
    ]
  }

  private mutating func takeFill(
    _ className: String, _ answer: FindAnswer, _ now: ParseDate
  ) -> [CacheWrite] {
    let next = SyncPlan.afterFill(mark(className), page: answer.rows, now: now)
    marks[className] = next
    stage = nil
    return [
      .rows(answer.rows, Arrival(.fill, requestedAt: asked, receivedAt: now), mark: next)
    ]
  }

  private mutating func takeDelta(
    _ className: String, _ query: Query, _ answer: FindAnswer, _ now: ParseDate
  ) -> [CacheWrite] {
    let more = SyncPlan.nextDelta(
      after: answer.rows, count: answer.count, query, configuration)
    let next = SyncPlan.afterDelta(
      mark(className), page: answer.rows, isLast: more == nil, now: now)
    marks[className] = next
    if let more {
      stage = .delta(more)
    } else if compared.contains(className) || SyncPlan.isWalkDue(next, configuration, now: now) {
      stage = .count
    } else {
      finish()
    }
    return [
      .rows(answer.rows, Arrival(.delta, requestedAt: asked, receivedAt: now), mark: next)
    ]
  }
}

extension PullRound {
  /// Deletions leave no trace in a delta. When the counts agree there is usually nothing to look
  /// for; else every id is compared.
  private mutating func takeCount(
    _ className: String, _ answer: FindAnswer, _ now: ParseDate
  ) -> [CacheWrite] {
    comparison?.count = answer.count
    let isSame = answer.count == comparison?.known.count
    if isSame, !SyncPlan.comparesIds(mark(className), configuration, now: now) {
      return walked(className, now)
    }
    stage = .walk(after: nil)
    return []
  }

  /// Every answer holds `updatedAt` whatever keys were asked for, so a row that changed unseen while
  /// it was hidden is found too.
  private mutating func takeWalk(
    _ className: String, _ answer: FindAnswer, _ now: ParseDate
  ) -> [CacheWrite] {
    for row in answer.rows {
      if let id = row.objectId { comparison?.present[id] = row.updatedAt ?? .distantPast }
    }
    if let last = answer.rows.last?.objectId {
      stage = .walk(after: last)
      return []
    }
    guard let comparison else { return [] }
    let gone = comparison.known.keys.filter { comparison.present[$0] == nil }.sorted()
    let stale = comparison.present.filter { id, time in
      comparison.known[id].map { $0 < time } ?? true
    }
    let checks = RowCheck.checks(className, stale.keys.sorted())
    stage = .rows(checks)
    var writes: [CacheWrite] = []
    if !gone.isEmpty {
      writes.append(.gone(className: className, ids: gone, at: comparison.asked, source: .delta))
    }
    return checks.isEmpty ? writes + walked(className, now) : writes
  }

  private mutating func takeRows(
    _ className: String, _ checks: [RowCheck], _ answer: FindAnswer, _ now: ParseDate
  ) -> [CacheWrite] {
    guard let check = checks.first else { return [] }
    let writes = check.writes(answer, asked: asked, now: now, source: .delta)
    let left = [check.rest(answer)].compactMap(\.self) + checks.dropFirst()
    stage = .rows(left)
    return left.isEmpty ? writes + walked(className, now) : writes
  }

  private mutating func walked(_ className: String, _ now: ParseDate) -> [CacheWrite] {
    var mark = mark(className)
    mark.walkedAt = now
    mark.serverCount = comparison?.count
    marks[className] = mark
    done.insert(className)
    finish()
    return [.mark(mark)]
  }
}

extension ParseDate {
  fileprivate static let distantPast = ParseDate(milliseconds: .min)
}
