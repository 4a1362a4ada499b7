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

  /// Send every refused edit again.
  package func retryAll() {
    report { () throws(CacheError) in
      let refused = try store.outbox().filter { $0.state == .failed }
      for record in refused { try store.retry(record.id) }
      let count = refused.count == 1 ? "1 edit is" : "\(refused.count) edits are"
      deliver(.done(words: "\(count) sent again", canUndo: false))
    }
  }

  /// Writes every unsent edit with all its values into the home folder, for its owner's eyes only.
  package func exportOutbox() {
    guard let home = options.environment["HOME"], home.hasPrefix("/") else {
      deliver(.refused(WorkspaceError.noHome.words))
      return
    }
    report { () throws(CacheError) in
      let records = try store.outbox()
      let stamp = options.now().iso.prefix(19).filter { $0 != ":" }
      let name = "quad-outbox-\(stamp).json"
      let isWritten = FileManager.default.createFile(
        atPath: home + "/" + name, contents: Data(JSON.array(records.map(\.exported)).bytes),
        attributes: [.posixPermissions: 0o600])
      let count = records.count == 1 ? "1 edit is" : "\(records.count) edits are"
      deliver(
        isWritten
          ? .done(words: "\(count) in ~/\(name)", canUndo: false)
          : .refused("There is no room or no right to write ~/\(name)"))
    }
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

  /// The row that is much like a new one whose answer was lost is that one: nothing is sent again.
  package func takeAsArrived(outboxID: String) {
    guard let id = Int64(outboxID) else { return }
    report { () throws(CacheError) in
      try store.takeAsArrived(id, now: options.now())
      deliver(.done(words: "It is that row; nothing is sent again", canUndo: false))
    }
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
