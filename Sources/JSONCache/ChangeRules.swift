import ParseCore

/// How edits lie over the server's state and over each other.
enum ChangeRules {
  /// The row with the changes laid over it.
  static func apply(_ changes: Changes, to object: ParseObject) -> ParseObject {
    object.applying(changes)
  }

  /// Two edits of one object as one: the earlier and then the later.
  static func merge(_ later: Changes, onto earlier: Changes) -> Changes {
    var merged = earlier
    for (field, operation) in later {
      merged[field] = earlier[field].map { operation.merged(onto: $0) } ?? operation
    }
    return merged
  }
}
