package import CRM
internal import JSONCache
internal import ParseCore

extension Workspace {
  /// The pin of the records a person keeps by hand, as `quad pins` names it.
  package static let handPin = "by hand"

  /// Pins a record with what it points to, or lets go of it.
  package func togglePin(_ kind: SchoolClass, _ id: RecordID) {
    let pointer = Pointer(className: kind.rawValue, objectId: id)
    let name = school.label(kind, id) ?? kind.singular
    report { () throws(CacheError) in
      if try store.isPinned(pointer, name: Self.handPin) {
        try store.unpin([pointer], name: Self.handPin)
        deliver(.done(words: "\(name) is not pinned any more", canUndo: false))
      } else {
        try store.pin([pointer], name: Self.handPin, depth: 1, now: options.now())
        deliver(.done(words: "\(name) is pinned on this machine", canUndo: false))
      }
    }
  }
}
