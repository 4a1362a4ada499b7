package import JSONCache
import ParseCore

extension OutboxMachine {
  /// Whether the edit gives the row to a user: a claim, or handing it on.
  package static func handsOver(_ record: OutboxRecord) -> Bool {
    record.changes.values.contains { operation in
      guard case .set(let value) = operation else { return false }
      return (value.array ?? [value]).contains { Pointer($0)?.className == "_User" }
    }
  }
}
