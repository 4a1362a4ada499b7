package import CRM
package import TerminalUI

/// The cursor, the scroll and the marks of a list, kept by record and not by row number.
package struct ListModel: Sendable, Hashable {
  package var request: ListRequest
  package private(set) var state = ListState()
  package private(set) var cursorID: RecordID?
  package private(set) var marks = RecordIDSet()
  /// How many marked rows the view or the filter hides now.
  package private(set) var hiddenMarks = 0
  private var ids: RecordIDs = []
  /// Nobody has moved the cursor and rows are still arriving: it stays on the first one.
  private var keepsTop = true

  package init(request: ListRequest = ListRequest()) { self.request = request }

  package var count: Int { ids.count }
  package var cursor: Int { state.cursor }

  /// Takes a fresh answer: the cursor stays on its record, or on its row number when that is gone,
  /// and the record stays on its line of the screen.
  ///
  /// - Parameter isComplete: All rows of the list are here. Before that a cursor nobody has moved
  ///   keeps the first line.
  package mutating func follow(_ fresh: RecordIDs, height: Int, isComplete: Bool = true) {
    if keepsTop {
      state = ListState()
      keepsTop = !isComplete
    } else if let cursorID, let index = place(of: cursorID, in: fresh) {
      if !ids.isEmpty { state.shift(by: index - state.cursor) }
      state.cursor = index
    }
    ids = fresh
    hiddenMarks = marks.isEmpty ? 0 : marks.subtracting(fresh).count
    settle(height)
  }

  /// Most rows stay where they are from one answer to the next.
  private func place(of id: RecordID, in ids: RecordIDs) -> Int? {
    ids.indices.contains(cursor) && ids[cursor] == id ? cursor : ids.firstIndex(of: id)
  }

  /// - Parameters:
  ///   - height: How many rows the list shows at once.
  ///   - turnsPages: Bytes are dear and other rows stand beside the list.
  package mutating func move(_ motion: Motion, height: Int, turnsPages: Bool = false) {
    keepsTop = false
    let before = state
    switch motion {
    case .down: state.cursor += 1
    case .up: state.cursor -= 1
    case .pageDown: state.cursor += max(1, height - 1)
    case .pageUp: state.cursor -= max(1, height - 1)
    case .halfDown: state.cursor += max(1, height / 2)
    case .halfUp: state.cursor -= max(1, height / 2)
    case .top: state.cursor = 0
    case .bottom: state.cursor = count - 1
    case .left, .right: return
    }
    settle(height)
    if !motion.isStep {
      state.whole = nil
    } else if turnsPages, state.top != before.top {
      state.turnPage(from: before, count: count, height: height)
    } else {
      state.narrow(from: before, height: height)
    }
  }

  /// Brings the cursor into sight after a change of size, and shows all rows whole.
  package mutating func refit(height: Int) {
    state.whole = nil
    settle(height)
  }

  /// Puts the cursor on a record of the list; elsewhere nothing changes.
  package mutating func select(_ id: RecordID, height: Int) {
    guard let index = ids.firstIndex(of: id) else { return }
    keepsTop = false
    state.cursor = index
    settle(height)
  }

  /// Another view, filter or order: the cursor starts at the top.
  package mutating func restart() {
    keepsTop = true
    state = ListState()
    cursorID = nil
  }

  package mutating func toggleMark(height: Int) {
    guard let cursorID else { return }
    toggleMark(of: cursorID)
    move(.down, height: height)
  }

  /// Marks a record or takes its mark off, wherever the cursor is.
  package mutating func toggleMark(of id: RecordID) {
    let isHidden = id != cursorID && !ids.contains(id)
    if !marks.remove(id) {
      marks.insert(id)
      if isHidden { hiddenMarks += 1 }
    } else if isHidden {
      hiddenMarks -= 1
    }
  }

  package mutating func mark(_ more: [RecordID]) {
    for id in more where !marks.contains(id) { toggleMark(of: id) }
  }

  package mutating func markAll() { marks.formUnion(ids) }

  package mutating func unmarkAll() {
    marks = RecordIDSet()
    hiddenMarks = 0
  }

  /// The marked rows, or the one under the cursor.
  package var targets: [RecordID] {
    guard marks.isEmpty else {
      let hidden = hiddenMarks > 0 ? marks.subtracting(ids).sorted() : []
      return marks.among(ids) + hidden
    }
    return [cursorID].compactMap(\.self)
  }

  /// `7 marked, 2 hidden by the filter`.
  package var markWords: SafeLine {
    let hidden = hiddenMarks > 0 ? ", \(hiddenMarks) hidden by the filter" : ""
    return SafeLine("\(Wording.count(marks.count)) marked\(hidden)")
  }

  private mutating func settle(_ height: Int) {
    state.scroll(count: count, height: height)
    cursorID = ids.indices.contains(state.cursor) ? ids[state.cursor] : nil
  }
}
