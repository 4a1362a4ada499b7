package import ParseCore

/// What a person did, as writes to be made durable in one step.
package struct Edit: Sendable, Hashable {
  package enum Write: Sendable, Hashable {
    case create(SchoolClass, fields: JSONObject)
    case update(SchoolClass, id: RecordID, changes: Changes)
    case delete(SchoolClass, id: RecordID)
  }

  /// Says what happened, for the toast and the history: `T-4790 claimed, was with the queue`.
  package let words: String
  package let writes: [Write]
  /// Kept on this machine; nothing of it is sent.
  package let snoozes: [SnoozeChange]

  package init(words: String, writes: [Write], snoozes: [SnoozeChange] = []) {
    self.words = words
    self.writes = writes
    self.snoozes = snoozes
  }
}

/// Why something cannot be done, in words for the status line.
package struct Refusal: Error, Sendable, Hashable {
  package let words: String

  package init(_ words: String) { self.words = words }
}
