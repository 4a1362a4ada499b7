package import CRM
internal import Foundation
internal import JSONCache
internal import ParseClient
package import ParseCore
internal import SyncEngine

/// One signed-in account: answers views from its cache, makes edits durable, keeps in sync.
///
/// The rows live decoded in a `LiveSchool`; change notices of the cache keep it current and have the
/// open views answered anew, once for a burst.
package actor Workspace {
  package struct Options: Sendable {
    package var environment: [String: String]
    /// Use no network at all.
    package var isOffline: Bool
    package var now: @Sendable () -> ParseDate
    /// Seconds east of UTC at an instant.
    package var zoneOffset: @Sendable (ParseDate) -> Int
    package var queueUsernames: Set<String>
    /// When the promises to learners run; nil for around the clock.
    package var officeHours: OfficeHours?
    /// How long the journal remembers what changed; a year and a month to look back from.
    package var journalDays = 400

    package init(
      environment: [String: String], isOffline: Bool = false,
      now: @escaping @Sendable () -> ParseDate,
      zoneOffset: @escaping @Sendable (ParseDate) -> Int,
      queueUsernames: Set<String> = ["triage"]
    ) {
      self.environment = environment
      self.isOffline = isOffline
      self.now = now
      self.zoneOffset = zoneOffset
      self.queueUsernames = queueUsernames
    }
  }

  let profile: Profile
  let options: Options
  private let zone: ZoneOffsets
  let store: CacheStore
  let engine: SyncEngine
  let deliver: @Sendable (WorkspaceNotice) -> Void

  let live = LiveSchool()
  /// The cache commit each class that has been read stands at.
  var commits: [SchoolClass: Int64] = [:]
  /// The journal's line that was read last; nil before the first.
  var journalRead: Int64?
  var loading: Task<Void, Never>?
  /// What answers are seen from: its `now` stands still between the minutes, so that answers change
  /// with the rows alone and all screens mean one day by today.
  var minute: Viewpoint?
  private(set) var watches: [WatchID: ViewRequest] = [:]
  /// The ids each watch showed last, so that rows keep their places.
  private var orders: [WatchID: (request: ViewRequest, ids: RecordIDs)] = [:]
  var isDirty = false
  var isOutboxDirty = false
  var isSettling = false
  var isPreparing = false
  /// Lost claims that were told, so that each is told once.
  var toldLosses: Set<String> = []
  var showsConflicts = false
  /// Refused edits that were told, so that each is told once; nil before the first look.
  var toldRefusals: Set<Int64>?
  /// Edits that were given up here, as `group/row`: they are not done.
  var givenUp: Set<String> = []
  /// What screens showed last by the names of their pins, and what of it is pinned.
  var shown: [String: Shown] = [:]
  var pinnedShown: [String: Shown] = [:]
  /// The last work on the cache beside the answers.
  var besides: Task<Void, Never>?
  /// What the last minute brings.
  var minutes: Task<Void, Never>?
  /// When something was last asked for.
  var lastAsked = ContinuousClock.now
  var tasks: [Task<Void, Never>] = []
  var isClosed = false

  /// Opens the cache and prepares the sync; nothing runs before `start`.
  package init(
    profile: Profile, options: Options, deliver: @escaping @Sendable (WorkspaceNotice) -> Void
  ) throws(WorkspaceError) {
    self.profile = profile
    self.options = options
    zone = ZoneOffsets(around: options.now(), offset: options.zoneOffset)
    self.deliver = deliver
    guard let path = Self.cachePath(profile, options.environment) else { throw .noHome }
    do throws(CacheError) {
      store = try CacheStore(path: path, makeID: { UUID().uuidString.lowercased() })
    } catch {
      throw .cache(error)
    }
    do throws(ClientError) {
      let client = try ParseClient(
        profile.configuration(options.environment), sessionToken: profile.sessionToken)
      engine = SyncEngine(
        store: store, client: client, configuration: SyncConfiguration(),
        time: SyncTime(
          now: options.now, sleep: { try await Task.sleep(for: $0) },
          random: { Double.random(in: 0..<1) }),
        isOffline: options.isOffline)
    } catch {
      throw .client(error)
    }
  }

  /// How long deleted rows are remembered, so that a page asked for before cannot bring them back:
  /// 30 days, far above any request's life and any wrong clock worth having.
  private static let secondsOfMemory = 30 * 86_400

  static func cachePath(_ profile: Profile, _ environment: [String: String]) -> String? {
    let account = AccountKey(
      serverURL: profile.serverURL, applicationId: profile.applicationId, user: profile.username)
    return CachePath.file(environment: environment, account: account)
  }

  /// Removes the account's cache file, unsent edits included.
  package static func forget(
    _ profile: Profile, environment: [String: String]
  ) throws(WorkspaceError) {
    guard let path = cachePath(profile, environment) else { throw .noHome }
    for file in ["", "-wal", "-shm"].map({ path + $0 })
    where FileManager.default.fileExists(atPath: file) {
      do {
        try FileManager.default.removeItem(atPath: file)
      } catch {
        throw .cache(.cannotOpen(path: file))
      }
    }
  }

  /// Reads the cache, answers what is watched, then starts to sync.
  package func start() async {
    // Edits may come while rows of other classes are still being read.
    let notices = store.notices()
    tasks.append(Task { for await notice in notices { self.note(notice) } })
    await load()
    pruneJournal()
    prepareScreens()
    let statuses = engine.statuses()
    tasks.append(Task { for await status in statuses { self.publish(status) } })
    tasks.append(Task { await self.pollOthers() })
    let (store, horizon) = (store, options.now().advanced(bySeconds: -Self.secondsOfMemory))
    tasks.append(
      // Rows that stay a while longer do no harm; the next start tries again.
      Task.detached { _ = try? store.purgeGone(before: horizon) })
    let engine = engine
    tasks.append(Task { await engine.run() })
  }

  /// Ends the sync and closes the file. Edits are on disk already.
  package func close() async {
    pinShown()
    isClosed = true
    noteLook()
    for task in tasks { task.cancel() }
    minutes?.cancel()
    // SQLite crashes on a file that is closed under a reader, so all of them end first.
    for task in tasks { await task.value }
    tasks = []
    await minutes?.value
    await besides?.value
    pruneJournal()
    // Nothing can be done about a file that will not close; its data are committed.
    _ = try? store.close()
  }
}

extension Workspace {
  package nonisolated var viewpoint: Viewpoint {
    var viewpoint = Viewpoint(
      user: profile.userId, role: profile.role.flatMap { Term<Role>($0).word },
      now: options.now(), zone: zone, queueUsernames: options.queueUsernames)
    viewpoint.officeHours = options.officeHours
    return viewpoint
  }

  /// Fetches what is missing, for a command that runs once: an account that was never filled would
  /// print nothing. Nothing happens offline or when all rows are here.
  package func fill() async {
    await load()
    guard !options.isOffline, !school.isComplete else { return }
    await engine.syncOnce()
    catchUp()
  }

  /// One answer to what is not watched.
  package func answer(_ request: ViewRequest) async -> ViewAnswer {
    await load()
    let previous: RecordIDs = if case .quad = request { live.paneOrder } else { [] }
    return live.answer(request, minuteViewpoint(), previous: previous)
  }

  package func watch(_ id: WatchID, _ request: ViewRequest) {
    lastAsked = .now
    watches[id] = request
    guard canAnswer(request) else { return }
    guard request == .quad(), let before = live.quadBefore(minuteViewpoint()) else {
      return answer(id, request)
    }
    deliver(.answer(id, request, .quad(before)))
    Task { if !isClosed, watches[id] == request { answer(id, request) } }
  }

  package func unwatch(_ id: WatchID) {
    watches[id] = nil
    orders[id] = nil
  }

  package func open(_ request: FormRequest) {
    do throws(Refusal) {
      deliver(.form(try school.open(request, viewpoint)))
    } catch {
      deliver(.refused(error.words))
    }
  }

  var school: School { live.school }

  /// The classes of what is watched.
  var wanted: Set<SchoolClass> { watches.values.reduce(into: []) { $0.formUnion($1.classes) } }

  func answerAll() { answerAll(madeOf: Set(SchoolClass.allCases)) }

  /// Answers the watches that changes of these classes can show in.
  func answerAll(madeOf changed: Set<SchoolClass>) {
    for (id, request) in watches
    where !request.classes.isDisjoint(with: changed) && canAnswer(request) {
      answer(id, request)
    }
  }

  /// Whether all it is made of has been read.
  func canAnswer(_ request: ViewRequest) -> Bool {
    request.classes.allSatisfy { commits[$0] != nil }
  }

  func answer(_ id: WatchID, _ request: ViewRequest) {
    let known = orders[id]
    let previous = known?.request == request ? known?.ids ?? [] : []
    let answer = live.answer(request, minuteViewpoint(), previous: previous)
    // An order made of part of the rows is no order to keep.
    if school.isComplete {
      let order = answer.order
      orders[id] = (request, order)
      noteShown(request, order)
    } else {
      orders[id] = nil
    }
    deliver(.answer(id, request, answer))
  }
}

extension Workspace {
  private func pruneJournal() {
    let oldest = options.now().advanced(bySeconds: -options.journalDays * 86_400)
    report { () throws(CacheError) in try store.pruneJournal(before: oldest) }
  }

  func report(_ step: () throws(CacheError) -> Void) {
    do throws(CacheError) {
      try step()
    } catch {
      deliver(.refused(error.words))
    }
  }
}
