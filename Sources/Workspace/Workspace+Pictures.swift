internal import JSONCache
internal import ParseCore

/// What a screen showed, kept in the account's own cache so that the next start has something to show
/// before the rows are read.
extension Workspace {
  private static let prefix = "picture "
  /// Most pictures that are kept; each is about as large as its screen. One more and all go.
  private static let limit = 12

  /// The picture kept under a name. One that cannot be read is as good as none.
  package nonisolated func keptPicture(_ name: String) -> String? {
    (try? store.savedState(Self.prefix + name))?.string
  }

  /// Keeps a picture in place of the one of that name.
  package func keep(picture: String, _ name: String) {
    report { () throws(CacheError) in
      let key = Self.prefix + name
      let others = try store.savedStates(prefix: Self.prefix).keys.filter { $0 != key }
      if others.count >= Self.limit {
        for other in others { try store.setSavedState(other, nil) }
      }
      try store.setSavedState(key, .string(picture))
    }
  }
}
