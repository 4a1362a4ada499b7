internal import JSONCache
internal import ParseCore

/// What the screens showed, kept in the account's own cache so that the next start has something to show
/// before the rows are read.
extension Workspace {
  private static let prefix = "picture "
  /// Most pictures that are kept: the ten screens in a dozen windows, some kilobytes each. One more,
  /// and only the newest stay.
  private static let limit = 120

  /// The pictures kept under names that begin so. Those that cannot be read are as good as none.
  package nonisolated func keptPictures(_ group: String) -> [String: String] {
    let states = (try? store.savedStates(prefix: Self.prefix + group)) ?? [:]
    return Dictionary(
      uniqueKeysWithValues: states.compactMap { name, state in
        state.string.map { (String(name.dropFirst(Self.prefix.count)), $0) }
      })
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
