package import CRM
internal import Foundation
internal import JSONCache
internal import ParseCore

/// An edit that can be taken back, by the group its writes have in the cache's journal.
struct UndoEntry {
  let words: String
  let group: String
}

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
    guard let entry = write(edit.writes.map(\.cacheEdit), words: edit.words) else { return }
    undoStack.append(entry)
    redoStack = []
    deliver(.done(words: edit.words, canUndo: true))
  }

  /// Takes the last edit back, whether it was sent or not.
  package func undo() {
    guard let entry = undoStack.popLast() else {
      deliver(.refused("There is nothing to undo."))
      return
    }
    guard let back = reverse(entry) else { return }
    redoStack.append(back)
    deliver(.done(words: "Taken back: \(entry.words)", canUndo: false))
  }

  package func redo() {
    guard let entry = redoStack.popLast() else {
      deliver(.refused("There is nothing to redo."))
      return
    }
    guard let again = reverse(entry) else { return }
    undoStack.append(again)
    deliver(.done(words: "Done again: \(entry.words)", canUndo: true))
  }

  /// Writes the opposite of an entry; nil when somebody changed the same fields since.
  private func reverse(_ entry: UndoEntry) -> UndoEntry? {
    do throws(CacheError) {
      return write(try store.inverse(of: entry.group), words: entry.words)
    } catch {
      deliver(.refused("Not taken back: \(error.words)"))
      return nil
    }
  }

  private func write(_ edits: [JSONCache.Edit], words: String) -> UndoEntry? {
    let entry = UndoEntry(words: words, group: UUID().uuidString)
    do throws(CacheError) {
      _ = try store.perform(edits, group: entry.group, now: options.now())
      return entry
    } catch {
      deliver(.refused(error.words))
      return nil
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
