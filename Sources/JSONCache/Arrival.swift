package import ParseCore

/// How rows came from the server, which says how far they can be trusted.
package struct Arrival: Sendable, Hashable {
  package enum Source: String, Sendable {
    /// The first fill of a class: nothing is written to the journal.
    case fill
    case delta
    case get
    /// A LiveQuery event. Events of one row may come out of order.
    case live
  }

  package let source: Source
  /// When the request left, by this machine's clock. A row deleted before that may come back (its
  /// readers changed); one deleted later must not, as the page is older than the deletion. Nil for
  /// events, which never bring a deleted row back.
  package let requestedAt: ParseDate?
  package let receivedAt: ParseDate
  /// Pointer fields the request included. The server drops what the reader may not see, so a field
  /// missing here keeps its cached value (reference/parse.md §1.3).
  package let included: Set<String>
  /// The fields that were asked for; nil for all.
  package let keys: Set<String>?

  package init(
    _ source: Source, requestedAt: ParseDate?, receivedAt: ParseDate, included: Set<String> = [],
    keys: Set<String>? = nil
  ) {
    self.source = source
    self.requestedAt = requestedAt
    self.receivedAt = receivedAt
    self.included = included
    self.keys = keys
  }
}

extension DocumentRow {
  /// Takes a row of the server beneath the waiting edits, by the rule of reference/parse.md §2.7.
  /// False when nothing changes.
  mutating func receive(_ incoming: ParseObject, _ arrival: Arrival) -> Bool {
    let returns = removal == .gone
    if returns {
      guard let asked = arrival.requestedAt, asked.milliseconds > (removedAt ?? .max) else {
        return false
      }
    }
    var next = incoming
    var known = Knowledge(arrival, incoming)
    if let server {
      let old = server.updatedAt?.milliseconds ?? .min
      let new = next.updatedAt?.milliseconds ?? .max
      if new < old { return false }
      let keepsMissing = new == old && arrival.source == .live
      for member in server.fields.members where next.fields[member.key] == nil {
        if keepsMissing || !known.tells(member.key) { next.fields[member.key] = member.value }
      }
      if keepsMissing { known = knowledge } else if new == old { known = known.joined(knowledge) }
      if next == server, known == knowledge, !returns { return false }
    }
    server = next
    knowledge = known
    if returns {
      removal = .none
      removedAt = nil
    }
    return true
  }
}
