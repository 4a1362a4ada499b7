package import ParseCore

/// The rows of a class whose changes the server should tell of.
package struct LiveSubscription: Sendable, Hashable {
  package let className: String
  package let filter: JSONObject

  /// - Throws: `badRequest` for a filter with anything but what every server evaluates rightly and
  ///   without harm: equality of texts, numbers and booleans, `$in` of texts, `$exists`. Other
  ///   filters can stop a server at its next save (reference/parse.md §2.5); ask for more rows and
  ///   filter them here.
  package init(className: String, filter: JSONObject = [:]) throws(ClientError) {
    for member in filter.members {
      guard Self.isSafe(field: member.key), Self.isSafe(constraint: member.value) else {
        throw .badRequest(
          "A live filter of \(className) holds what servers cannot be trusted with.")
      }
    }
    self.className = className
    self.filter = filter
  }

  private static func isSafe(field: String) -> Bool {
    !field.isEmpty && !field.hasPrefix("$") && !field.contains(".")
  }

  private static func isSafe(constraint: JSON) -> Bool {
    switch constraint {
    case .string, .number, .bool: true
    case .null, .array: false
    case .object(let object):
      !object.isEmpty
        && object.members.allSatisfy { member in
          switch member.key {
          case "$in": member.value.array?.allSatisfy { $0.string != nil } ?? false
          case "$exists": member.value.bool != nil
          default: false
          }
        }
    }
  }
}

/// What a live connection tells. Events are hints: they can be missing, doubled or out of order.
package enum LiveEvent: Sendable, Hashable {
  case connected
  /// From here on changes are told; read by REST what changed before.
  case subscribed(className: String)
  /// `original` is the row before the change, where the server gives it. Do not store the object of
  /// a `leave`: it may hold what the reader may no longer see (reference/parse.md §2.3).
  case event(kind: Kind, object: ParseObject, original: ParseObject?)
  /// The reader was too slow: events of these classes were dropped. Read them by REST.
  case missed(classNames: Set<String>)
  /// The server does not serve this subscription; it is not asked again on this stream, which ends
  /// when none is left.
  case refused(className: String, ParseError)
  /// The reason is words for a person. A new try follows after the time named.
  case disconnected(reason: String, retryIn: Duration)

  package typealias Kind = LiveQueryEvent.Kind
}
