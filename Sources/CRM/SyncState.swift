package import ParseCore

/// How fresh the rows are and what waits to be sent, as the header says it.
package struct SyncState: Sendable, Hashable {
  package enum Connection: Sendable, Hashable {
    /// Before the first word from the sync engine.
    case starting
    /// LiveQuery delivers changes.
    case live
    /// No LiveQuery; rows are as of this instant.
    case polling(asOf: ParseDate)
    /// First fill: rows so far of how many; nil while the count is unknown.
    case syncing(done: Int, total: Int?)
    case offline(since: ParseDate)
  }

  package var connection: Connection
  package var queued: Int
  package var refused: Int
  package var conflicts: Int
  package var needsSignIn: Bool
  /// When the rows were last equal to the server's, as far as known.
  package var asOf: ParseDate?
  /// The oldest unsent edit.
  package var queuedSince: ParseDate?

  package init(
    connection: Connection, queued: Int = 0, refused: Int = 0, conflicts: Int = 0,
    needsSignIn: Bool = false, asOf: ParseDate? = nil, queuedSince: ParseDate? = nil
  ) {
    self.connection = connection
    self.queued = queued
    self.refused = refused
    self.conflicts = conflicts
    self.needsSignIn = needsSignIn
    self.asOf = asOf
    self.queuedSince = queuedSince
  }
}

/// One edit that waits, failed or is in conflict, as the Outbox screen lists it.
package struct OutboxRow: Sendable, Hashable {
  package enum State: Sendable, Hashable {
    case waiting
    case sending
    case refused(words: String)
    case conflict(words: String)
  }

  package let id: String
  /// When the edit was made, in words: `14:11`, or the day.
  package let made: String
  package let state: State
  /// `create`, `update` or `delete`.
  package let kind: String
  package let record: String
  package let change: String
  package let tries: Int

  package init(
    id: String, made: String, state: State, kind: String, record: String, change: String,
    tries: Int
  ) {
    self.id = id
    self.made = made
    self.state = state
    self.kind = kind
    self.record = record
    self.change = change
    self.tries = tries
  }
}
