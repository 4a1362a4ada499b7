package import CRM
internal import JSONCache

extension Workspace {
  /// Tells a record as it is stored here: JSON in Parse's form with unsent edits laid over it.
  package func readStored(_ kind: SchoolClass, _ id: RecordID) {
    report { () throws(CacheError) in
      guard let document = try store.document(className: kind.rawValue, id: id) else {
        deliver(.refused("That \(kind.singular) is not here any more."))
        return
      }
      deliver(
        .stored(
          name: school.label(kind, id) ?? kind.singular,
          json: String(decoding: document.bytes, as: UTF8.self)))
    }
  }
}
