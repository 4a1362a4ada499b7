package import JSONCache
package import ParseClient
package import ParseCore

/// What to do with a record of the outbox: before it leaves, and after an answer or none. Pure.
package enum OutboxMachine {
  /// After a try.
  package enum Outcome: Sendable, Hashable {
    /// It surely did not arrive: no server, or no session.
    case unsent
    /// It may have arrived, or the server asks for patience: wait, then look before sending again.
    case later(seconds: Double)
    /// The server has seen this request id: find out what became of it.
    case readBack
    case failed(code: Int?, words: String)
  }

  /// The 500s that come again and again are parked after this many tries (reference/parse.md §1.7).
  package static let mostTries = 8

  package static func outcome(
    of error: ClientError, tries: Int, random: Double
  ) -> Outcome {
    let pause = Backoff.record.seconds(tries: tries, random: random)
    switch error {
    case .noNetwork(.refused), .noNetwork(.nameNotFound), .noNetwork(.proxy), .tls, .redirected:
      return .unsent
    case .noNetwork, .timedOut, .cancelled: return .later(seconds: pause)
    case .notParse, .answerTooLarge: return .later(seconds: pause)
    case .tooManyRequests(let seconds): return .later(seconds: max(pause, Double(seconds ?? 0)))
    case .badConfiguration, .badRequest: return .failed(code: nil, words: error.words)
    case .server(let refusal):
      switch refusal.retry {
      case .afterSignIn: return .unsent
      case .readBack: return .readBack
      case .backOff where tries < mostTries: return .later(seconds: pause)
      case .backOff, .never, .afterConfirmation:
        return .failed(code: refusal.code, words: error.words(during: .write))
      }
    }
  }

  /// Whether an update that left once is on the server.
  package enum Arrival: Sendable, Hashable {
    case arrived
    case missing
    /// Others changed the same field since: nobody can tell.
    case unclear
  }

  package static func arrival(of record: OutboxRecord, row: ParseObject) -> Arrival {
    if let base = record.baseUpdatedAt, row.updatedAt == base { return .missing }
    var states: Set<Arrival> = []
    for (field, operation) in record.changes {
      let base = record.base[field].flatMap { $0.isNull ? nil : $0 }
      let now = value(of: field, in: row)
      // An operation that does not fit its base cannot have been taken.
      let mine = try? operation.applied(to: base)
      if same(now, mine) {
        states.insert(.arrived)
      } else if same(now, base) {
        states.insert(.missing)
      } else {
        states.insert(.unclear)
      }
    }
    return states.count == 1 ? states.first ?? .arrived : .unclear
  }

  /// The fields where the server's row left its base for another value than the edit's. Atomic
  /// operations go well with any value.
  package static func conflicts(of record: OutboxRecord, row: ParseObject) -> [String] {
    if let base = record.baseUpdatedAt, row.updatedAt == base { return [] }
    return record.changes.compactMap { field, operation -> String? in
      let mine: JSON?
      switch operation {
      case .set(let value): mine = value
      case .delete: mine = nil
      default: return nil
      }
      let now = value(of: field, in: row)
      return same(now, record.base[field]) || same(now, mine) ? nil : field
    }.sorted()
  }

  /// Finds a create that left and whose answer was lost: rows of about that time with the values
  /// sent. Fields a server may rewrite (dates, lists, maps) are not compared.
  package static func lookUp(_ record: OutboxRecord, skewSeconds: Int = 600) -> Query {
    var filter: JSONObject = [:]
    for (field, operation) in record.changes.sorted(by: { $0.key < $1.key }) {
      guard case .set(let value) = operation, field != "ACL" else { continue }
      switch value {
      case .string, .number, .bool: filter[field] = value
      case .object(let object) where object["__type"]?.string == "Pointer": filter[field] = value
      default: break
      }
    }
    let since = (record.firstSentAt ?? record.madeAt).advanced(bySeconds: -skewSeconds)
    filter["createdAt"] = ["$gte": since.json]
    return Query(
      record.className, where: filter, order: [Query.Order("createdAt")], limit: 100)
  }

  private static func value(of field: String, in row: ParseObject) -> JSON? {
    let names = field.split(separator: ".").map(String.init)
    return names.dropFirst().reduce(names.first.flatMap { row[$0] }) { $0?[$1] }
  }

  /// Unset counts as null, expanded pointers as pointers.
  private static func same(_ left: JSON?, _ right: JSON?) -> Bool {
    if let left = Pointer(left), let right = Pointer(right) { return left == right }
    return (left ?? .null) == (right ?? .null)
  }
}
