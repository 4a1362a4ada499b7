/// What a drawer says after a key.
package enum Outcome<Value: Sendable>: Sendable {
  /// The drawer took the key and stays open.
  case open
  /// The key means nothing here; the app may look at it.
  case unhandled
  /// Closed without effect.
  case cancelled
  case chosen(Value)
}

extension Outcome: Equatable where Value: Equatable {}
