package import JSONCache
package import ParseClient
import ParseCore

/// Keeps the cache and the server the same: fills, deltas, live events, and the outbox.
///
/// The decisions are `PullRound`'s, `LiveInbox`'s and `OutboxMachine`'s; this performs them. Either `run()` does it
/// all until its task is cancelled, or `syncOnce()` does one round.
package actor SyncEngine {
  let store: CacheStore
  let client: ParseClient
  let configuration: SyncConfiguration
  let time: SyncTime
  private let board: StatusBoard

  /// The user asked for no network at all.
  private(set) var isOfflineByWish: Bool
  /// Since when the server cannot be reached; nil while it can.
  private(set) var unreachableSince: ParseDate?
  private var failedTries = 0
  var needsSignIn = false
  var problem: String?
  var progress: [String: SyncStatus.Progress] = [:]
  var live = LiveInbox()
  var forms = ReferenceForms.standard
  private var isFollowing = false
  private var isSyncer = false
  /// The running pause; cancelled when a shorter one is due.
  var alarm: Task<Bool, Never>?
  private var isPulling = false
  private var isPushing = false
  let wakes = Wakes()
  var tags = AnswerTags()
  /// A first fill went on in this round.
  var hasFilled = false
  /// The pinned queries that were refused: how often, and when they are asked again.
  var pinPauses: [String: (tries: Int, until: ParseDate)] = [:]
  var requestsUnderWay = 0
  var requestsWaiting: [CheckedContinuation<Void, Never>] = []

  /// - Parameter isOffline: Start without any network, as `--offline` asks.
  package init(
    store: CacheStore, client: ParseClient, configuration: SyncConfiguration, time: SyncTime,
    isOffline: Bool = false
  ) {
    self.store = store
    self.client = client
    self.configuration = configuration
    self.time = time
    isOfflineByWish = isOffline
    unreachableSince = isOffline ? time.now() : nil
    board = StatusBoard(
      SyncStatus(
        connection: isOffline ? .offline(since: time.now()) : .polling(last: nil)))
  }
}

extension SyncEngine {
  /// The present status, then every change of it; slow listeners get the latest.
  package nonisolated func statuses() -> AsyncStream<SyncStatus> { board.stream() }

  package nonisolated var status: SyncStatus { board.status }

  /// Fetch now what changed, refused classes too.
  package nonisolated func refresh() { wakes.pull.wake(.refresh) }

  /// Send everything that waits now, whatever pause was set.
  package func retryNow() {
    reporting { () throws(CacheError) in try store.retryWaiting() }
    failedTries = 0
    wakes.pull.wake(.poll)
    wakes.push.wake(.poll)
  }

  /// The user signed in again; the outbox goes on. The caller has made sure that it is the same user.
  ///
  /// - Parameter token: The new session's; nil where the client has it already.
  package func signedIn(with token: String? = nil) {
    if let token { client.sessionToken = token }
    needsSignIn = false
    publish()
    wakes.live.wake(.poll)
    wakes.pull.wake(.refresh)
    wakes.push.wake(.poll)
  }

  /// Cuts all network use, or allows it again.
  package func goOffline(_ isOffline: Bool) {
    guard isOffline != isOfflineByWish else { return }
    isOfflineByWish = isOffline
    unreachableSince = isOffline ? time.now() : nil
    failedTries = 0
    if isOffline { live.stop() }
    publish()
    wakes.live.wake(.poll)
    wakes.pull.wake(.poll)
    wakes.push.wake(.poll)
  }

  /// One round: send what may leave, fetch what changed, send again what that made possible. Does
  /// nothing while another process of the account syncs.
  package func syncOnce(refresh: Bool = true) async {
    guard becomeSyncer() else { return }
    await push(probes: true)
    await pull(refresh ? .refresh : .poll)
    await push(probes: false)
    let pinned = reporting { () throws(CacheError) in try store.pinnedQueries() } ?? []
    refreshPins(of: Set(pinned.map(\.query.className)))
  }
}

extension SyncEngine {
  /// True when this process is the one that syncs; what a crashed one left on its way waits again.
  func becomeSyncer() -> Bool {
    if isSyncer { return true }
    isSyncer = reporting { () throws(CacheError) in try store.tryBecomeSyncer() } ?? false
    isFollowing = !isSyncer
    if isSyncer { reporting { () throws(CacheError) in try store.recoverSending() } }
    publish()
    return isSyncer
  }

  func resignSyncer() {
    isSyncer = false
    store.resignSyncer()
  }

  var mayUseNetwork: Bool { !isOfflineByWish && !needsSignIn }

  /// Runs at most one pull at a time; a second caller returns at once.
  func pull(_ reason: Wake) async {
    guard mayUseNetwork, !isPulling else { return }
    isPulling = true
    await pullAll(reason)
    isPulling = false
    publish()
  }

  /// - Parameter probes: Try although the server was not reached last time. Without it that is left
  ///   to the pull, whose pauses grow, so that edits made offline do not knock each time.
  func push(probes: Bool = false) async {
    guard mayUseNetwork, !isPushing, probes || unreachableSince == nil else { return }
    isPushing = true
    await pushAll()
    isPushing = false
    publish()
  }

  func reached() {
    failedTries = 0
    guard unreachableSince != nil, !isOfflineByWish else { return }
    unreachableSince = nil
    publish()
    wakes.push.wake(.poll)
  }

  func lost() {
    failedTries += 1
    if unreachableSince == nil { unreachableSince = time.now() }
    alarm?.cancel()
    publish()
  }

  /// How long to wait before asking the server again.
  var pause: Duration {
    if unreachableSince != nil {
      return .seconds(Backoff.connection.seconds(tries: failedTries, random: time.random()))
    }
    return configuration.pollInterval
  }

  /// Notes the trouble of a request. True when the round must end.
  func note(_ error: ClientError) -> Bool {
    switch error {
    case .noNetwork, .timedOut, .tls, .redirected, .notParse:
      if case .noNetwork = error {} else { problem = error.words }
      lost()
      return true
    case .cancelled: return true
    case .server(let refusal) where refusal.retry == .afterSignIn:
      reached()
      needsSignIn = true
      live.stop()
      wakes.live.wake(.poll)
      publish()
      return true
    case .tooManyRequests, .server, .answerTooLarge, .badConfiguration, .badRequest:
      reached()
      problem = error.words
      return error.retry == .backOff
    }
  }

  /// Runs a step on the cache; its trouble becomes the status's words. Nil when it failed.
  @discardableResult
  func reporting<T>(_ step: () throws(CacheError) -> T) -> T? {
    do throws(CacheError) {
      return try step()
    } catch {
      problem = error.words
      publish()
      return nil
    }
  }

  func publish() {
    var status = SyncStatus(connection: connection)
    status.progress = progress
    status.signInNeeded = needsSignIn
    do throws(CacheError) {
      let counts = try store.outboxCounts()
      status.queued = counts[.waiting, default: 0] + counts[.sending, default: 0]
      status.failed = counts[.failed, default: 0]
      status.conflicts = counts[.conflict, default: 0]
    } catch {
      problem = error.words
    }
    status.problem = problem
    board.update(status)
  }

  private var connection: SyncStatus.Connection {
    if let unreachableSince { return .offline(since: unreachableSince) }
    if isFollowing { return .following }
    if !progress.isEmpty { return .syncing }
    // A cache that cannot be read shows its trouble elsewhere; the time is then unknown.
    let marks = (try? store.syncMarks()) ?? [:]
    let wanted = configuration.classes.filter(\.isLive).map(\.className)
    // The subscriptions may stand before the first fill has begun.
    let isFilled = configuration.classes.allSatisfy { fill in
      switch marks[fill.className]?.state {
      case .complete, .noRight: true
      case .filling, .some(.none), nil: false
      }
    }
    if isFilled, !wanted.isEmpty, live.liveClasses.isSuperset(of: wanted) { return .live }
    return .polling(last: marks.values.compactMap(\.syncedAt).min())
  }
}
