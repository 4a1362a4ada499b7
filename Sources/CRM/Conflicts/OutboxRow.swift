/// One edit that waits, failed or is in conflict, as the Outbox screen lists it.
package struct OutboxRow: Sendable, Hashable {
  package enum State: Sendable, Hashable {
    case waiting
    case sending
    case refused(words: String)
    case conflict(words: String)
    /// It waits for another edit, which needs a decision.
    case held(words: String)
  }

  /// Why the server refused, where that leaves a choice of its own.
  package enum Reason: Sendable, Hashable {
    /// The row is gone, or no longer open to the user.
    case gone
    case noRight
    /// Whether a new row arrived is not known, and the server has one much like it: what that one
    /// says, as `change` does.
    case twin(String)
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
  /// When it is sent again, in words, after it did not get through.
  package var nextTry: String?
  package var reason: Reason?
  /// Field by field, when it can be chosen so.
  package var conflict: Conflict?
  /// The row that is changed, for its form.
  package var target: Target?
  /// Edits that wait for this one and would go with it, in words.
  package var dependants: [String]
  /// When the server's row was read that the edit was made on, in words.
  package var base: String?

  package struct Target: Sendable, Hashable {
    package let kind: SchoolClass
    package let id: RecordID

    package init(_ kind: SchoolClass, _ id: RecordID) {
      self.kind = kind
      self.id = id
    }
  }

  package init(
    id: String, made: String, state: State, kind: String, record: String, change: String,
    tries: Int, reason: Reason? = nil, conflict: Conflict? = nil, target: Target? = nil,
    dependants: [String] = [], base: String? = nil
  ) {
    self.id = id
    self.made = made
    self.state = state
    self.kind = kind
    self.record = record
    self.change = change
    self.tries = tries
    self.reason = reason
    self.conflict = conflict
    self.target = target
    self.dependants = dependants
    self.base = base
  }
}

extension OutboxRow {
  package var isRefused: Bool { if case .refused = state { true } else { false } }
}
