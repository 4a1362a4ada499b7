package import CRM
internal import Foundation
internal import JSONCache
internal import ParseCore

/// An edit that can be taken back: what it wrote and what undoes it.
struct UndoEntry {
  let words: String
  let forward: [JSONCache.Edit]
  let inverse: [JSONCache.Edit]
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
    let forward = edit.writes.map(\.cacheEdit)
    var inverse: [JSONCache.Edit] = []
    report { () throws(CacheError) in
      for edit in forward.reversed() {
        if let back = try self.inverse(of: edit) { inverse.append(back) }
      }
    }
    guard write(forward, words: edit.words, canUndo: inverse.count == forward.count) else { return }
    redoStack = []
    if inverse.count == forward.count {
      undoStack.append(UndoEntry(words: edit.words, forward: forward, inverse: inverse))
    }
  }

  package func undo() {
    guard let entry = undoStack.popLast() else {
      deliver(.refused("There is nothing to undo."))
      return
    }
    if let words = changedSince(entry) {
      deliver(.refused(words))
    } else if write(entry.inverse, words: "Taken back: \(entry.words)", canUndo: false) {
      redoStack.append(entry)
    }
  }

  package func redo() {
    guard let entry = redoStack.popLast() else {
      deliver(.refused("There is nothing to redo."))
      return
    }
    if write(entry.forward, words: "Done again: \(entry.words)", canUndo: true) {
      undoStack.append(entry)
    }
  }

  private func write(_ edits: [JSONCache.Edit], words: String, canUndo: Bool) -> Bool {
    do throws(CacheError) {
      _ = try store.perform(edits, group: UUID().uuidString, now: options.now())
      deliver(.done(words: words, canUndo: canUndo))
      return true
    } catch {
      deliver(.refused(error.words))
      return false
    }
  }

  /// The write that puts a row back; nil for a deletion, which cannot be taken back.
  private func inverse(of edit: JSONCache.Edit) throws(CacheError) -> JSONCache.Edit? {
    switch edit.kind {
    case .create: return JSONCache.Edit(edit.className, id: edit.id, .delete)
    case .delete: return nil
    case .update(let changes):
      let before = try store.object(className: edit.className, id: edit.id ?? "")
      var back: Changes = [:]
      for field in changes.keys { back[field] = before?[field].map { .set($0) } ?? .delete }
      return JSONCache.Edit(edit.className, id: edit.id, .update(back))
    }
  }

  /// Why the entry cannot be taken back: somebody changed the same fields since. Nil when it can.
  private func changedSince(_ entry: UndoEntry) -> String? {
    for edit in entry.forward {
      guard case .update(let changes) = edit.kind else { continue }
      var now: ParseObject?
      report { () throws(CacheError) in
        now = try store.object(className: edit.className, id: edit.id ?? "")
      }
      guard let now else { return "Not taken back: the row is gone." }
      for (field, operation) in changes {
        if case .set(let value) = operation, now[field] != value {
          return "Not taken back: \(field) was changed by somebody since."
        }
      }
    }
    return nil
  }
}

extension CRM.Edit.Write {
  /// A create gets its local id here, so that its undo can name the row.
  var cacheEdit: JSONCache.Edit {
    switch self {
    case .create(let kind, let fields):
      JSONCache.Edit(
        kind.rawValue, id: LocalID.prefix + UUID().uuidString.lowercased(),
        .create(
          Dictionary(fields.members.map { ($0.key, Operation.set($0.value)) }) { _, last in last }))
    case .update(let kind, let id, let changes):
      JSONCache.Edit(kind.rawValue, id: id, .update(changes))
    case .delete(let kind, let id): JSONCache.Edit(kind.rawValue, id: id, .delete)
    }
  }
}
