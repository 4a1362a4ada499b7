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

  /// The 500s that come again and again are parked after this many (reference/parse.md §1.7).
  package static let mostRefusals = 8

  /// - Parameter refusals: How often the server had trouble with it before.
  package static func outcome(
    of error: ClientError, tries: Int, refusals: Int, random: Double
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
      case .backOff where refusals + 1 < mostRefusals: return .later(seconds: pause)
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

  /// Where something adds to a value, that tells: a save is taken as a whole. Plain values tell
  /// together only, as others may have set one alike and another otherwise.
  package static func arrival(of record: OutboxRecord, row: ParseObject) -> Arrival {
    func arrivals(_ changes: Changes) -> Set<Arrival> {
      Set(
        changes.map { field, operation in
          arrival(of: operation, base: record.base[field], now: value(of: field, in: row))
        })
    }
    let atomic = record.changes.filter { !$0.value.isSafeToRepeat }
    guard atomic.isEmpty else {
      let known = arrivals(atomic).subtracting([.unclear])
      return known.count == 1 ? known.first ?? .unclear : .unclear
    }
    let plain = arrivals(record.changes)
    return plain.contains(.missing) ? .missing : plain == [.arrived] ? .arrived : .unclear
  }

  private static func arrival(
    of operation: ParseCore.Operation, base: JSON?, now: JSON?
  ) -> Arrival {
    let base = base.flatMap { $0.isNull ? nil : $0 }
    // An operation that does not fit its base cannot have been taken.
    let mine = try? operation.applied(to: base)
    return same(now, mine) ? .arrived : same(now, base) ? .missing : .unclear
  }

  /// The fields where the server's row left its base for another value than the edit's. Atomic
  /// operations go well with any value, unless nobody can tell whether it holds them already.
  package static func conflicts(of record: OutboxRecord, row: ParseObject) -> [String] {
    let isDoubtful = record.mayHaveArrived && arrival(of: record, row: row) == .unclear
    return record.changes.compactMap { field, operation -> String? in
      let mine: JSON?
      switch operation {
      case .set(let value): mine = value
      case .delete: mine = nil
      default: return isDoubtful && !operation.isSafeToRepeat ? field : nil
      }
      let now = value(of: field, in: row)
      return same(now, record.base[field]) || same(now, mine) ? nil : field
    }.sorted()
  }

  /// The touched fields as the server has them now, null for unset.
  package static func base(of record: OutboxRecord, row: ParseObject) -> [String: JSON] {
    Dictionary(
      record.changes.keys.map { ($0, value(of: $0, in: row) ?? .null) }
    ) { _, last in last }
  }

  static func value(of field: String, in row: ParseObject) -> JSON? {
    let names = field.split(separator: ".").map(String.init)
    return names.dropFirst().reduce(names.first.flatMap { row[$0] }) { $0?[$1] }
  }

  /// Unset counts as null; references are compared whatever their form.
  static func same(_ left: JSON?, _ right: JSON?) -> Bool {
    if let left = Pointer(anyForm: left), let right = Pointer(anyForm: right) {
      return left == right
    }
    return (left ?? .null) == (right ?? .null)
  }
}

extension ParseCore.Operation {
  /// Doing it twice gives what doing it once gives.
  var isSafeToRepeat: Bool {
    switch self {
    case .increment, .add: false
    default: true
    }
  }
}
