package import ParseClient
package import ParseCore

/// A burst of events, sorted by what to do. Pure.
package struct LiveBurst: Sendable, Hashable {
  /// Full rows to merge, in the order told.
  package private(set) var rows: [ParseObject] = []
  package private(set) var deleted: [Pointer] = []
  /// Rows to ask about: the payload of a `leave` may hold what the reader may not see any more
  /// (reference/parse.md §2.3).
  package private(set) var left: [Pointer] = []
  /// Rows that were created or came into sight.
  package private(set) var appeared: [Pointer] = []

  package var isEmpty: Bool { rows.isEmpty && deleted.isEmpty && left.isEmpty }

  package init(_ events: [LiveEvent]) {
    for case .event(let kind, let object, _) in events {
      guard let pointer = object.pointer else { continue }
      left.removeAll { $0 == pointer }
      switch kind {
      case .create, .enter:
        rows.append(object)
        if !appeared.contains(pointer) { appeared.append(pointer) }
      case .update: rows.append(object)
      case .leave: left.append(pointer)
      case .delete:
        if !deleted.contains(pointer) { deleted.append(pointer) }
        appeared.removeAll { $0 == pointer }
      }
    }
  }
}
