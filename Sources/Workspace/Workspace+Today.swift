internal import CRM
internal import Foundation
internal import JSONCache
internal import ParseCore

extension Workspace {
  /// More of today's edits no screen shows.
  private static let mostNewest = 60

  /// The edits made on this machine today. What was done to a row at once is one edit.
  func today() -> CacheFacts.Today {
    var today = CacheFacts.Today()
    report { () throws(CacheError) in
      let midnight = viewpoint.instant(viewpoint.today, secondsIntoDay: 0)
      var waitsSince: [Pointer: ParseDate] = [:]
      for record in try store.outbox() {
        let row = Pointer(className: record.className, objectId: record.objectId)
        waitsSince[row] = min(waitsSince[row] ?? record.madeAt, record.madeAt)
      }
      let edits = Dictionary(grouping: try store.ownJournal(since: midnight)) { line in
        [line.group, line.className, line.id]
      }.values.map { lines in
        let row = Pointer(className: lines[0].className, objectId: lines[0].id)
        return (lines: lines, isWaiting: waitsSince[row].map { $0 <= lines[0].at } ?? false)
      }
      let newest = edits.sorted { $1.lines[0].at < $0.lines[0].at }.prefix(Self.mostNewest)
      today = CacheFacts.Today(
        count: edits.count, waiting: edits.count(where: \.isWaiting),
        newest: newest.map { made($0.lines, isWaiting: $0.isWaiting) })
    }
    return today
  }

  private func made(_ lines: [JournalLine], isWaiting: Bool) -> CacheFacts.Made {
    let changes = lines.map { AccountCache.Change($0, school, viewpoint) }
    return CacheFacts.Made(
      at: lines[0].at, record: changes[0].record,
      change: changes.map(\.words).joined(separator: ", "), isWaiting: isWaiting)
  }

  /// What the disk of a file has left for its owner; nil where the system does not tell.
  static func freeBytes(_ path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
    return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
  }
}
