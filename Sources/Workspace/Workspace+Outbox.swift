package import CRM
internal import Foundation
internal import JSONCache
internal import ParseCore

extension Workspace {
  /// Send one refused edit again.
  package func retry(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in try store.retry(id) }
  }

  /// Give up one unsent edit; the row goes back to what the server has.
  package func discard(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in try store.discard(id) }
  }

  /// Writes what a person chose for an edit in conflict, upon the values that person saw.
  package func resolve(outboxID: String, _ resolution: Resolution) {
    var words = "That edit is not in the outbox any more."
    var isDone = false
    report { () throws(CacheError) in
      let all = try store.outbox()
      guard let record = all.first(where: { String($0.id) == outboxID }),
        let conflict = try desk.conflict(record, among: all)
      else { return }
      let left = resolution.changes(of: record.changes, conflict)
      try store.resolve(
        record.id, changes: left, base: resolution.seen, updatedAt: resolution.seenAt)
      isDone = true
      words =
        left.isEmpty
        ? "\(conflict.record) stays as it is on the server"
        : "\(conflict.record): your choice is written next"
    }
    deliver(isDone ? .done(words: words, canUndo: false) : .refused(words))
  }

  /// Makes the row of a refused edit anew, where it is gone.
  package func remake(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in
      _ = try store.remake(id, group: UUID().uuidString, now: options.now())
      deliver(.done(words: "Made anew; it gets a new place on the server", canUndo: false))
    }
  }

  func publishOutbox() {
    report { () throws(CacheError) in
      let rows = try desk.rows(try store.outbox())
      deliver(.outbox(rows))
      showsConflicts = rows.contains { $0.conflict != nil }
      let lost = Set(rows.compactMap { $0.conflict?.takenWords })
      for words in lost.subtracting(toldLosses).sorted() { deliver(.refused(words)) }
      toldLosses = lost
    }
  }

  private var desk: OutboxDesk { OutboxDesk(store: store, school: school, viewpoint: viewpoint) }
}
