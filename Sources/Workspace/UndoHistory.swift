internal import CRM
internal import ParseCore

/// An edit that can be taken back, by the group its writes have in the cache's journal.
struct UndoEntry: Sendable, Hashable {
  let words: String
  let group: String
  /// What takes back what the edit put aside.
  var snoozes: [SnoozeChange] = []
}

/// What can be taken back and done again, newest last. It is kept in the cache beside the edits, so
/// that it survives a restart and all terminals of the account share it.
struct UndoHistory: Sendable, Hashable {
  private(set) var undo: [UndoEntry] = []
  private(set) var redo: [UndoEntry] = []

  /// The key in the cache's saved state.
  static let key = "undo"
  /// More than anybody goes back.
  static let most = 100

  init() {}

  /// A new edit; what was taken back before cannot be done again after it.
  mutating func add(_ entry: UndoEntry) {
    undo = (undo + [entry]).suffix(Self.most)
    redo = []
  }

  /// The newest edit, which is no longer there to be taken back.
  mutating func takeUndo() -> UndoEntry? { undo.popLast() }

  mutating func takeRedo() -> UndoEntry? { redo.popLast() }

  /// An edit was taken back by the writes of this entry.
  mutating func addRedo(_ entry: UndoEntry) { redo.append(entry) }

  /// An edit was done again by the writes of this entry.
  mutating func addUndo(_ entry: UndoEntry) { undo.append(entry) }
}

extension UndoHistory {
  init(_ json: JSON?) {
    func entries(_ name: String) -> [UndoEntry] {
      (json?[name]?.array ?? []).compactMap { entry in
        guard let words = entry["words"]?.string, let group = entry["group"]?.string else {
          return nil
        }
        let snoozes = (entry["snoozes"]?.array ?? []).compactMap(SnoozeChange.init)
        return UndoEntry(words: words, group: group, snoozes: snoozes)
      }
    }
    (undo, redo) = (entries("undo"), entries("redo"))
  }

  var json: JSON {
    func list(_ entries: [UndoEntry]) -> JSON {
      .array(
        entries.map { entry in
          var object: JSONObject = [
            "words": .string(entry.words), "group": .string(entry.group),
          ]
          if !entry.snoozes.isEmpty { object["snoozes"] = .array(entry.snoozes.map(\.json)) }
          return .object(object)
        })
    }
    return ["undo": list(undo), "redo": list(redo)]
  }
}
