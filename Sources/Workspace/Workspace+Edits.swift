package import CRM
internal import Foundation
internal import JSONCache
internal import ParseCore

extension Workspace {
  /// Checks the intent against the rows as they are now and makes its edit durable.
  package func perform(_ intent: Intent) {
    do throws(Refusal) {
      perform(try intent.edit(Editor(school: school, viewpoint: viewpoint)))
    } catch {
      deliver(.refused(error.words))
    }
  }

  /// Makes an edit durable; the screen follows by the cache's change notice.
  package func perform(_ edit: CRM.Edit) {
    let entry = UndoEntry(
      words: edit.words, group: UUID().uuidString, snoozes: takingBack(edit.snoozes))
    var history = undoHistory()
    history.add(entry)
    guard write(edit.writes.map(\.cacheEdit), edit.snoozes, entry.group, history) else { return }
    deliver(.done(words: edit.words, canUndo: true))
  }

  /// Takes the last edit back, whether it was sent or not.
  package func undo() {
    var history = undoHistory()
    guard let entry = history.takeUndo() else {
      deliver(.refused("There is nothing to undo."))
      return
    }
    let back = UndoEntry(
      words: entry.words, group: UUID().uuidString, snoozes: takingBack(entry.snoozes))
    var after = history
    after.addRedo(back)
    guard reverse(entry, by: back, after, orElse: history) else { return }
    deliver(.done(words: "Taken back: \(entry.words)", canUndo: false))
  }

  package func redo() {
    var history = undoHistory()
    guard let entry = history.takeRedo() else {
      deliver(.refused("There is nothing to redo."))
      return
    }
    let again = UndoEntry(
      words: entry.words, group: UUID().uuidString, snoozes: takingBack(entry.snoozes))
    var after = history
    after.addUndo(again)
    guard reverse(entry, by: again, after, orElse: history) else { return }
    deliver(.done(words: "Done again: \(entry.words)", canUndo: true))
  }

  /// Writes the opposite of an entry. False when somebody changed the same fields since; the entry
  /// is then forgotten, so that the one before it can be taken back.
  private func reverse(
    _ entry: UndoEntry, by opposite: UndoEntry, _ after: UndoHistory, orElse rest: UndoHistory
  ) -> Bool {
    do throws(CacheError) {
      let edits = try store.inverse(of: entry.group)
      // The journal forgets what is long ago.
      if edits.isEmpty, entry.snoozes.isEmpty { throw .badEdit("it is too long ago") }
      return write(edits, entry.snoozes, opposite.group, after)
    } catch {
      report { () throws(CacheError) in try store.setSavedState(UndoHistory.key, rest.json) }
      var reason = error.words
      if case .badEdit(let words) = error { reason = words }
      deliver(.refused("Not taken back: \(entry.words); \(reason)"))
      return false
    }
  }

  private func undoHistory() -> UndoHistory {
    var history = UndoHistory()
    report { () throws(CacheError) in
      history = UndoHistory(try store.savedState(UndoHistory.key))
    }
    return history
  }

  private func write(
    _ edits: [JSONCache.Edit], _ snoozes: [SnoozeChange], _ group: String, _ history: UndoHistory
  ) -> Bool {
    do throws(CacheError) {
      var state = [UndoHistory.key: history.json]
      if !snoozes.isEmpty { state[Self.snoozesKey] = try snoozesState(after: snoozes) }
      _ = try store.perform(edits, group: group, now: options.now(), saving: state)
      show(snoozes)
      return true
    } catch {
      deliver(.refused(error.words))
      return false
    }
  }
}

extension CRM.Edit.Write {
  var cacheEdit: JSONCache.Edit {
    switch self {
    case .create(let kind, let fields):
      JSONCache.Edit(
        kind.rawValue, id: nil,
        .create(
          Dictionary(fields.members.map { ($0.key, Operation.set($0.value)) }) { _, last in last }))
    case .update(let kind, let id, let changes):
      JSONCache.Edit(kind.rawValue, id: id, .update(changes))
    case .delete(let kind, let id): JSONCache.Edit(kind.rawValue, id: id, .delete)
    }
  }
}
