package import CRM
internal import Foundation
internal import JSONCache
internal import ParseClient
package import ParseCore
internal import SyncEngine

/// One signed-in account: answers views from its cache, makes edits durable, keeps in sync.
///
/// The rows live decoded in a `School`; change notices of the cache keep it current and have the
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
  let store: CacheStore
  let engine: SyncEngine
  let deliver: @Sendable (WorkspaceNotice) -> Void

  var school = School()
  /// The cache commit the school stands at.
  private var sequence: Int64 = 0
  private var isLoaded = false
  private var loading: Task<Void, Never>?
  private var watches: [WatchID: ViewRequest] = [:]
  /// The ids each watch showed last, so that rows keep their places.
  private var orders: [WatchID: (request: ViewRequest, ids: [RecordID])] = [:]
  private var isDirty = false
  private var isOutboxDirty = false
  private var isSettling = false
  private var tasks: [Task<Void, Never>] = []
  var undoStack: [UndoEntry] = []
  var redoStack: [UndoEntry] = []
  private var serverCounts: [SchoolClass: Int] = [:]

  /// Opens the cache and prepares the sync; nothing runs before `start`.
  package init(
    profile: Profile, options: Options, deliver: @escaping @Sendable (WorkspaceNotice) -> Void
  ) throws(WorkspaceError) {
    self.profile = profile
    self.options = options
    self.deliver = deliver
    guard let path = Self.cachePath(profile, options.environment) else { throw .noHome }
    do throws(CacheError) {
      store = try CacheStore(path: path, makeID: { UUID().uuidString.lowercased() })
    } catch {
      throw .cache(error)
    }
    do throws(ClientError) {
      let client = try ParseClient(profile.configuration(), sessionToken: profile.sessionToken)
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

  private static func cachePath(_ profile: Profile, _ environment: [String: String]) -> String? {
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
    await load()
    let notices = store.notices()
    tasks.append(Task { for await notice in notices { self.note(notice) } })
    let statuses = engine.statuses()
    tasks.append(Task { for await status in statuses { self.publish(status) } })
    tasks.append(Task { await self.pollOthers() })
    let engine = engine
    tasks.append(Task { await engine.run() })
  }

  /// Ends the sync and closes the file. Edits are on disk already.
  package func close() async {
    for task in tasks { task.cancel() }
    tasks = []
    // Nothing can be done about a file that will not close; its data are committed.
    _ = try? store.close()
  }
}

extension Workspace {
  package var viewpoint: Viewpoint {
    let now = options.now()
    return Viewpoint(
      user: profile.userId, role: profile.role.flatMap { Term<Role>($0).word }, now: now,
      zoneOffset: options.zoneOffset(now), queueUsernames: options.queueUsernames)
  }

  /// Fetches what is missing, for a command that runs once: an account that was never filled would
  /// print nothing. Nothing happens offline or when all rows are here.
  package func fill() async {
    await load()
    guard !options.isOffline, !school.isComplete else { return }
    await engine.syncOnce()
    catchUp()
  }

  /// One answer, for the command line.
  package func answer(_ request: ViewRequest) async -> ViewAnswer {
    await load()
    return school.answer(request, viewpoint, previous: [])
  }

  package func watch(_ id: WatchID, _ request: ViewRequest) {
    watches[id] = request
    if isLoaded { answer(id, request) }
  }

  package func unwatch(_ id: WatchID) {
    watches[id] = nil
    orders[id] = nil
  }

  /// Clocks have moved: ages, pressures and lateness are answered anew.
  package func tick() { answerAll() }

  package func open(_ request: FormRequest) {
    do throws(Refusal) {
      deliver(.form(try school.open(request, viewpoint)))
    } catch {
      deliver(.refused(error.words))
    }
  }

  private func answerAll() {
    for (id, request) in watches { answer(id, request) }
  }

  private func answer(_ id: WatchID, _ request: ViewRequest) {
    let known = orders[id]
    let previous = known?.request == request ? known?.ids ?? [] : []
    let answer = school.answer(request, viewpoint, previous: previous)
    // An order made of part of the rows is no order to keep.
    orders[id] = school.isComplete ? (request, answer.order) : nil
    deliver(.answer(id, answer))
  }
}

extension Workspace {
  /// Reads all classes side by side, then answers what is watched by now.
  private func load() async {
    guard !isLoaded, loading == nil else {
      await loading?.value
      return
    }
    let task = Task { await self.readAll() }
    loading = task
    await task.value
  }

  private func readAll() async {
    let cache = store
    report { () throws(CacheError) in sequence = try cache.sequence() }
    await withTaskGroup(of: (SchoolClass, Result<School, CacheError>).self) { group in
      for kind in SchoolClass.allCases {
        group.addTask { (kind, Self.read(kind, from: cache)) }
      }
      for await (kind, rows) in group {
        switch rows {
        case .success(let rows): school.take(kind, from: rows)
        case .failure(let error): deliver(.refused(error.words))
        }
      }
    }
    report { () throws(CacheError) in try readCompleteness() }
    isLoaded = true
    answerAll()
    publishOutbox()
  }

  private static func read(
    _ kind: SchoolClass, from store: CacheStore
  ) -> Result<School, CacheError> {
    do throws(CacheError) {
      var school = School()
      for document in try store.documents(className: kind.rawValue) {
        school.upsert(
          School.Row(
            id: document.id, object: try document.object(skipping: unreadFields),
            isUnsent: document.hasPending))
      }
      return .success(school)
    } catch {
      return .failure(error)
    }
  }

  /// Rights are the server's to judge; they are a third of a document's bytes.
  private static let unreadFields = ["ACL"]

  private func apply(_ document: CachedDocument, _ kind: SchoolClass) throws(CacheError) {
    if let localId = document.localId, localId != document.id { school.remove(kind, id: localId) }
    if document.isRemoved {
      school.remove(kind, id: document.id)
    } else {
      school.upsert(
        School.Row(
          id: document.id, object: try document.object(skipping: Self.unreadFields),
          isUnsent: document.hasPending))
    }
  }

  private func readCompleteness() throws(CacheError) {
    let marks = try store.syncMarks()
    for kind in SchoolClass.allCases {
      switch marks[kind.rawValue]?.state {
      case .complete, .noRight: school.complete.insert(kind)
      case .filling, .some(.none), nil: school.complete.remove(kind)
      }
    }
  }

  /// Collects changes; a running settle takes them along.
  private func note(_ notice: CacheNotice) {
    isDirty = isDirty || !notice.classNames.isEmpty
    isOutboxDirty = isOutboxDirty || notice.outbox
    guard !isSettling else { return }
    isSettling = true
    Task { await self.settle() }
  }

  /// Brings the school up to the cache and answers once for all changes so far.
  private func settle() async {
    while isDirty || isOutboxDirty {
      // Lets the notices of a burst arrive first.
      await Task.yield()
      let (rows, outbox) = (isDirty, isOutboxDirty)
      (isDirty, isOutboxDirty) = (false, false)
      if rows { catchUp() }
      if outbox { publishOutbox() }
    }
    isSettling = false
  }

  private func catchUp() {
    report { () throws(CacheError) in
      let upTo = try store.sequence()
      for kind in SchoolClass.allCases {
        for document in try store.changes(className: kind.rawValue, since: sequence) {
          try apply(document, kind)
        }
      }
      sequence = upTo
      try readCompleteness()
    }
    answerAll()
  }

  /// Another terminal of the same account writes into the same file.
  private func pollOthers() async {
    while !Task.isCancelled {
      report { () throws(CacheError) in _ = try store.pollOtherProcesses() }
      // Only cancellation ends the wait early, and the loop sees it.
      try? await Task.sleep(for: .milliseconds(500))
    }
  }

  func report(_ step: () throws(CacheError) -> Void) {
    do throws(CacheError) {
      try step()
    } catch {
      deliver(.refused(error.words))
    }
  }
}
