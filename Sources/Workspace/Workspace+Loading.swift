internal import CRM
internal import Foundation
internal import JSONCache
internal import SyncEngine

extension Workspace {
  /// All classes have been read.
  var isLoaded: Bool { commits.count == SchoolClass.allCases.count }

  /// Reads all classes side by side, those first that are watched, and answers what can be answered.
  func load() async {
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
    var (complete, start): (Set<SchoolClass>, Int64) = ([], 0)
    report { () throws(CacheError) in
      complete = try completeClasses()
      start = try cache.sequence()
      try readObserved()
    }
    readSnoozes()
    await withTaskGroup(of: (SchoolClass, Result<School, CacheError>).self) { group in
      var unread = SchoolClass.allCases
      func readNext() {
        guard let kind = takeNext(&unread) else { return }
        group.addTask { (kind, Self.read(kind, from: cache)) }
      }
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { readNext() }
      for await (kind, rows) in group {
        readNext()
        switch rows {
        case .success(let rows): live.take(kind, from: rows)
        case .failure(let error): deliver(.refused(error.words))
        }
        commits[kind] = start
        live.complete = complete.intersection(commits.keys)
        // Before the last answers, so that the picture that shows their rows is whole.
        if isLoaded { publish(engine.status) }
        answerAll(madeOf: isLoaded ? Set(SchoolClass.allCases) : [kind])
      }
    }
    publishOutbox()
    store.releaseReaders()
    FreeMemory.giveBack()
  }

  /// Makes the screens ready that were not looked at yet, a step at a time between all else.
  func prepareScreens() {
    guard school.isComplete, !isPreparing else { return }
    isPreparing = true
    tasks.append(
      Task(priority: .background) {
        repeat { await waitForCalm() } while !Task.isCancelled && !isClosed && prepareNext()
        isPreparing = false
        if live.isPrepared, !isClosed { deliver(.ready) }
        FreeMemory.giveBack()
      })
  }

  /// Every screen can be answered in milliseconds.
  package var isPrepared: Bool { live.isPrepared }

  private func prepareNext() -> Bool { live.prepare(beside: Set(watches.values)) }

  /// The small classes that most answers need, by which time the screen has said what it watches;
  /// then that, and the rest. Of each the largest class first: the others are read beside it.
  private func takeNext(_ unread: inout [SchoolClass]) -> SchoolClass? {
    let order = [.attempt, .activity] + unread
    let next =
      [.user, .course].first(where: unread.contains)
      ?? order.first { unread.contains($0) && wanted.contains($0) }
      ?? order.first(where: unread.contains)
    unread.removeAll { $0 == next }
    return next
  }

  private static func read(
    _ kind: SchoolClass, from store: CacheStore
  ) -> Result<School, CacheError> {
    do throws(CacheError) {
      var school = School()
      let pool = TextPool()
      try store.forEachDocument(className: kind.rawValue) { (document) throws(CacheError) in
        school.upsert(kind, try fields(document, pool))
      }
      return .success(school)
    } catch {
      return .failure(error)
    }
  }

  static func fields(
    _ document: CachedDocument, _ pool: TextPool? = nil
  ) throws(CacheError) -> RecordFields {
    RecordFields(
      id: document.id, document: try document.members(), isUnsent: document.hasPending,
      pool: pool)
  }

  private func apply(_ document: CachedDocument, _ kind: SchoolClass) throws(CacheError) {
    if let localId = document.localId, localId != document.id {
      live.remove(kind, id: localId)
      moveSnooze(kind, from: localId, to: document.id)
    }
    if document.isRemoved {
      live.remove(kind, id: document.id)
    } else {
      live.upsert(kind, try Self.fields(document))
    }
  }

  /// The classes whose rows are all in the cache, or not to be had. Read before the rows: what is
  /// complete by then is complete when they are read.
  private func completeClasses() throws(CacheError) -> Set<SchoolClass> {
    let marks = try store.syncMarks()
    return Set(
      SchoolClass.allCases.filter { kind in
        switch marks[kind.rawValue]?.state {
        case .complete, .noRight: true
        case .filling, .some(.none), nil: false
        }
      })
  }

  /// A first fill can end with an empty page, which changes no row.
  func noteCompleteness() {
    guard isLoaded else { return }
    report { () throws(CacheError) in
      if try completeClasses() != school.complete { catchUp() }
    }
  }

  /// Collects changes; a running settle takes them along.
  func note(_ notice: CacheNotice) {
    isDirty = isDirty || !notice.classNames.isEmpty
    isOutboxDirty = isOutboxDirty || notice.outbox
    guard !isSettling else { return }
    isSettling = true
    Task { await self.settle() }
  }

  /// Brings the school up to the cache and answers once for all changes so far.
  private func settle() async {
    while !isClosed, isDirty || isOutboxDirty {
      // Lets the notices of a burst arrive first.
      await Task.yield()
      if isClosed { break }
      let (rows, outbox) = (isDirty, isOutboxDirty)
      (isDirty, isOutboxDirty) = (false, false)
      if rows { catchUp() }
      // What others change of a row in conflict is part of what can be chosen.
      if outbox || (rows && showsConflicts) { publishOutbox() }
    }
    isSettling = false
  }

  /// Of the classes that have been read; the others are read with their changes.
  func catchUp() {
    var changed: Set<SchoolClass> = []
    report { () throws(CacheError) in
      let complete = try completeClasses().intersection(commits.keys)
      let upTo = try store.sequence()
      for (kind, commit) in commits {
        for document in try store.changes(className: kind.rawValue, since: commit) {
          changed.insert(kind)
          try apply(document, kind)
        }
        commits[kind] = upTo
      }
      try readObserved()
      // Whether rows are all here is part of every answer, and decides whether orders are kept.
      if complete != school.complete { changed = Set(SchoolClass.allCases) }
      live.complete = complete
    }
    answerAll(madeOf: changed)
    if changed.count == SchoolClass.allCases.count { prepareScreens() }
  }

  /// Another terminal of the same account writes into the same file.
  func pollOthers() async {
    while !Task.isCancelled {
      report { () throws(CacheError) in
        if try store.pollOtherProcesses() != nil { readSnoozes() }
      }
      // Only cancellation ends the wait early, and the loop sees it.
      try? await Task.sleep(for: .milliseconds(500))
    }
  }
}
