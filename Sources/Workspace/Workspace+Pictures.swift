internal import JSONCache
internal import ParseCore

/// What the screens showed, kept in the account's own cache so that the next start has something to show
/// before the rows are read.
extension Workspace {
  private static let prefix = "picture "
  /// Most pictures that are kept: the ten screens in three windows. Each is about as large as its
  /// screen. One more, and only the newest stay.
  private static let limit = 30

  /// The picture kept under a name. One that cannot be read is as good as none.
  package nonisolated func keptPicture(_ name: String) -> String? {
    (try? store.savedState(Self.prefix + name))?.string
  }

  /// Keeps pictures in place of those of the same names.
  package func keep(pictures: [String: String]) {
    report { () throws(CacheError) in
      let others = try store.savedStates(prefix: Self.prefix).keys.filter {
        pictures[String($0.dropFirst(Self.prefix.count))] == nil
      }
      if others.count + pictures.count > Self.limit {
        for other in others { try store.setSavedState(other, nil) }
      }
      for (name, picture) in pictures {
        try store.setSavedState(Self.prefix + name, .string(picture))
      }
    }
  }
}
