package import CRM

/// The rows a change was made to, with the screen they were marked on.
struct Acted: Sendable {
  let screen: ScreenID
  let ids: [RecordID]
}

/// A screen that can have its marks set from without.
package protocol Remarkable: Screen {
  var markedIDs: [RecordID] { get }
  mutating func mark(_ ids: [RecordID])
}

extension App {
  /// Takes the marks off, but remembers them: the server may not take every change.
  mutating func unmark() {
    if cards.isEmpty, let ids = (top as? any Remarkable)?.markedIDs, !ids.isEmpty {
      acted = Acted(screen: current, ids: ids)
    }
    top.unmark()
  }

  /// Says what became of a batch. While its news still stands, what failed is marked again, unless
  /// other rows have been marked since.
  mutating func receive(_ result: BatchResult) {
    show(Toast(.notice, result.words, next: Toast.Next(screen: .outbox, word: "decide")))
    guard let acted, var screen = screens[acted.screen] as? any Remarkable, screen.markedIDs.isEmpty
    else { return }
    screen.mark(acted.ids.filter { result.rows.contains($0) })
    screens[acted.screen] = screen
    self.acted = nil
  }
}

extension ListScreen {
  package var markedIDs: [RecordID] { model.marks.sorted() }
  package mutating func mark(_ ids: [RecordID]) { model.mark(ids) }
}

extension PipelineScreen {
  package var markedIDs: [RecordID] { list.markedIDs }
  package mutating func mark(_ ids: [RecordID]) {
    list.mark(ids)
    countHiddenMarks()
  }
}
