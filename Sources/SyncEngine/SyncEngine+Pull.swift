import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// One round of asking; the decisions are `PullRound`'s.
  func pullAll(_ reason: Wake) async {
    guard let marks = reporting({ () throws(CacheError) in try store.syncMarks() }) else { return }
    problem = nil
    let gaps = live.beginRound()
    var round = PullRound(
      configuration, marks: marks, isRefresh: reason == .refresh, gaps: Set(gaps.keys))
    // What is pinned is fetched before what is filled.
    guard await askPinned(marks, isRefresh: reason == .refresh) else { return }
    let isWhole = await perform(&round)
    live.endRound(gaps, compared: round.done)
    if isWhole { reached() }
    if hasFilled {
      hasFilled = false
      reporting { () throws(CacheError) in try store.copyLogBack() }
    }
  }

  /// False when the round was cut short.
  private func perform(_ round: inout PullRound) async -> Bool {
    while mayUseNetwork, !Task.isCancelled {
      let query = round.next(now: time.now()) { className in
        reporting { () throws(CacheError) in try store.serverVersions(className: className) }
      }
      guard let query else { return true }
      do throws(ClientError) {
        let key = round.asksDelta ? query.className : nil
        let news = try await find(query, repeatedAs: key)
        reached()
        // The same as before is nothing new.
        let answer = news ?? FindAnswer(rows: [])
        forms.learn(answer.rows)
        // Without room for a page the round cannot go on; the words say why.
        guard write(round.take(answer, now: time.now())) else { return false }
        if let news { noteStored(news, to: query, repeatedAs: key) }
        show(round.mark(query.className), after: answer.rows.count)
      } catch {
        if case .server(let refusal) = error, refusal.code == 119 || refusal.code == 101 {
          progress[query.className] = nil
          _ = write(round.refused())
        } else if note(error) {
          return false
        } else {
          round.skip()
        }
      }
    }
    return false
  }

  func write(_ writes: [CacheWrite]) -> Bool {
    for write in writes {
      let allowed = live.allowed(write)
      let stored: Void? = reporting { () throws(CacheError) in try store.perform(allowed) }
      if stored == nil { return false }
    }
    return true
  }

  /// Tells how far a first fill is, `rows` later than it was told last.
  private func show(_ mark: SyncMark, after rows: Int) {
    var filling: SyncStatus.Progress?
    if mark.state == .filling {
      hasFilled = true
      let done = progress[mark.className].map { $0.done + rows } ?? rowsHere(mark)
      filling = SyncStatus.Progress(done: done, total: mark.serverCount)
    }
    guard progress[mark.className] != filling else { return }
    progress[mark.className] = filling
    publish()
  }

  /// For a fill that goes on after a restart. Counting reads the whole table, so it is done once and
  /// not for each page.
  private func rowsHere(_ mark: SyncMark) -> Int {
    guard mark.cursor != nil else { return 0 }
    return reporting { () throws(CacheError) in try store.rowCounts() }?[mark.className] ?? 0
  }
}
