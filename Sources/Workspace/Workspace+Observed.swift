internal import CRM
internal import JSONCache
internal import ParseCore

extension Workspace {
  private static let lookedAtKey = "lookedAt"
  /// Of which numbers are computed.
  private static let stages = ObservedField(SchoolClass.deal.rawValue, "stage")
  private static let progress = ObservedField(SchoolClass.enrollment.rawValue, "progressPercent")

  /// Reads what was seen to change: stages as long as the journal remembers, progress since the last
  /// look. Later calls read what came since.
  func readObserved() throws(CacheError) {
    var history = live.observed
    if journalRead == nil {
      history.lookedAt = try store.savedState(Self.lookedAtKey)?.string.flatMap(
        ParseDate.init(iso:))
    }
    let from = journalRead ?? 0
    let start = ParseDate(milliseconds: 0)
    let (moves, last) = try store.journal(of: [Self.stages], after: from, since: start)
    var lines = moves
    if let lookedAt = history.lookedAt, last > from {
      lines += try store.journal(of: [Self.progress], after: from, since: lookedAt).lines
      lines.sort { $0.at < $1.at }
    }
    journalRead = last
    guard !lines.isEmpty || from == 0 else { return }
    history.append(
      lines.compactMap { line in
        ObservedChange(
          at: line.at, className: line.className, id: line.id, field: line.field, old: line.old,
          new: line.new)
      })
    live.observed = history
  }

  /// The next session tells what is new from now on.
  func noteLook() {
    let now = options.now()
    report { () throws(CacheError) in
      try store.setSavedState(Self.lookedAtKey, .string(now.iso))
    }
  }
}
