internal import CRM
internal import Foundation
internal import JSONCache
internal import ParseCore

extension CacheFacts.Today {
  /// More of today's edits no screen shows.
  private static let mostNewest = 60

  /// The edits made on this machine today. What was done to a row at once is one edit.
  init(_ store: CacheStore, _ viewpoint: Viewpoint) throws(CacheError) {
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
    var newest: [CacheFacts.Made] = []
    let latest = edits.sorted { $1.lines[0].at < $0.lines[0].at }.prefix(Self.mostNewest)
    for edit in latest {
      let changes = try AccountCache.changes(edit.lines, in: store, viewpoint)
      newest.append(
        CacheFacts.Made(
          at: edit.lines[0].at, record: changes[0].record,
          change: changes.map(\.words).joined(separator: ", "), isWaiting: edit.isWaiting))
    }
    self.init(count: edits.count, waiting: edits.count(where: \.isWaiting), newest: newest)
  }
}

extension Workspace {
  /// What the disk of a file has left for its owner; nil where the system does not tell.
  static func freeBytes(_ path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
    return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
  }
}
