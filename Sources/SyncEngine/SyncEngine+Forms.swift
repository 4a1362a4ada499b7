import JSONCache
import ParseClient
import ParseCore

extension SyncEngine {
  /// What is sent of a record: references in the server's form.
  func encoded(_ record: OutboxRecord) -> Changes {
    if !forms.isKnown(record.className) { learnFromCache(record.className) }
    return forms.encoded(record.className, record.changes)
  }

  /// A few of the server's rows, without waiting edits, are enough: most hold a value.
  private func learnFromCache(_ className: String) {
    reporting { () throws(CacheError) in
      for id in try store.serverVersions(className: className).keys.sorted().prefix(20) {
        if let row = try store.serverObject(className: className, id: id) { forms.learn([row]) }
      }
    }
  }
}
