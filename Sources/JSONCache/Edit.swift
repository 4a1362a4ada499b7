package import ParseCore

/// One edit of one row, as the user means it.
package struct Edit: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case create(Changes)
    /// Only the fields that change.
    case update(Changes)
    case delete
    /// Withdraws a delete that has not left; the row is back as it was.
    case restore
  }

  package let className: String
  /// The objectId or local id of the row. For a create a local id chosen by the caller, so that
  /// other edits of the batch can point at it; nil lets the cache choose.
  package let id: String?
  package let kind: Kind

  package init(_ className: String, id: String?, _ kind: Kind) {
    self.className = className
    self.id = id
    self.kind = kind
  }
}

/// What became of an edit.
package struct EditOutcome: Sendable, Hashable {
  /// The row's id now; a local id for a fresh create.
  package let id: String
  /// The outbox record that carries the edit; nil when there was nothing to send: the values were
  /// there already, or the edit took back one that was not sent yet.
  package let record: Int64?
}

/// One change that waits to be sent.
package struct OutboxRecord: Sendable, Hashable {
  package enum Kind: String, Sendable {
    case create, update, delete
  }

  package enum State: String, Sendable {
    case waiting
    /// On its way; after a crash it waits again and `mayHaveArrived`.
    case sending
    /// The server refused it, or the row changed on both sides; the user decides.
    case failed, conflict
  }

  package let id: Int64
  package let madeAt: ParseDate
  package let className: String
  /// The objectId, or the local id while the row's create has not arrived.
  package let objectId: String
  package let kind: Kind
  package let changes: Changes
  /// The touched fields as they were before the edit, null for unset.
  package let base: [String: JSON]
  /// The row's `updatedAt` on the server when the edit was made.
  package let baseUpdatedAt: ParseDate?
  /// The idempotency key of the wire; a new one whenever the content changes.
  package let requestId: String
  package internal(set) var state: State
  /// The server's error code, when it refused.
  package let code: Int?
  /// The server's or this side's words on why it failed; not yet safe to draw.
  package internal(set) var words: String?
  /// How often it left.
  package let tries: Int
  /// How often the server itself had trouble with it.
  package let refusals: Int
  /// An earlier try may have arrived without an answer: look before sending again.
  package let mayHaveArrived: Bool
  package let firstSentAt: ParseDate?
  package let nextTryAt: ParseDate?
  /// The last group of edits that went into it, for undo.
  package let group: String
  /// The record that must be decided before this one can leave; such a record counts as failed, and
  /// goes on by itself once that one does.
  package internal(set) var heldBy: Int64?

  /// Of a create in conflict: the row on the server that it may have become.
  package var mayBe: String? { kind == .create ? base["objectId"]?.string : nil }

  /// Of a create in doubt: the rows that it did not become, as the user says.
  package var strangers: Set<String> {
    kind == .create ? Set((base["strangers"]?.array ?? []).compactMap(\.string)) : []
  }

  /// Local ids that must have become objectIds before this can be sent.
  package var dependsOn: Set<String> {
    var found: Set<String> = []
    for operation in changes.values { Self.collect(operation.json, into: &found) }
    if kind != .create, LocalID.isLocal(objectId) { found.insert(objectId) }
    return found
  }

  private static func collect(_ json: JSON, into found: inout Set<String>) {
    switch json {
    case .array(let values): for value in values { collect(value, into: &found) }
    case .object(let object):
      if let pointer = Pointer(json), LocalID.isLocal(pointer.objectId) {
        found.insert(pointer.objectId)
      }
      for member in object.members { collect(member.value, into: &found) }
    case .null, .bool, .number, .string: break
    }
  }

  /// A delete of which nothing can have reached the server. One that is held (see `heldBy`) counts
  /// as failed and has not left either.
  package var isUnsentDelete: Bool {
    kind == .delete && !mayHaveArrived && (state == .failed || state == .waiting)
  }

  /// A delete leaves after what was done with it, and after what makes other rows point elsewhere:
  /// else the server refuses it, or those rows point at nothing.
  package func isAwaited(by delete: OutboxRecord) -> Bool {
    guard delete.kind == .delete, kind != .delete, id < delete.id, row != delete.row else {
      return false
    }
    return group == delete.group || base.values.contains { Pointer(anyForm: $0) == delete.row }
  }

  /// New edits may still be put into it: nothing of it can have reached the server.
  var takesMore: Bool {
    kind != .delete && !mayHaveArrived && (state == .failed || state == .waiting)
  }
}
