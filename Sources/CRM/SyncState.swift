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

  /// How far the first fill of one class is.
  package struct Fill: Sendable, Hashable {
    /// As the server names it.
    package let className: String
    package let done: Int
    /// Nil while the server has not said.
    package let total: Int?

    package init(className: String, done: Int, total: Int?) {
      self.className = className
      self.done = done
      self.total = total
    }
  }

  package var connection: Connection
  /// The classes whose first fill is not done, in the order of their names.
  package var fills: [Fill] = []
  /// When an edit that did not get through is sent again; nil when none waits for a time.
  package var nextTryAt: ParseDate?
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
