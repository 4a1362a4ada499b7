import TestRandom
import Foundation
import Testing

@testable import ParseCore

/// Whatever filter comes, it is refused with a code or answers as logic says it must.
struct WhereFuzzTests {
  private static let now = ParseDate(milliseconds: 1_763_683_200_000)

  private static let cases: [JSON] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../ParseCoreTests/Fixtures/matcher-cases.json")
    guard let data = try? Data(contentsOf: file), let json = try? JSON(bytes: Array(data)) else {
      return []
    }
    return (json["matcher"]?.array ?? []) + (json["errors"]?.array ?? [])
  }()

  @Test func `filters`() async throws {
    let filters = Self.cases.compactMap { $0["where"] }
    let rows = Self.cases.compactMap { $0["object"]?.object }.map {
      ParseObject(className: "T", json: $0)
    }
    try #require(rows.count > 100)
    let fuzzer = Fuzzer(name: "where", corpus: filters.map(\.bytes))
    try await fuzzer.run(seed: 4) { input, random in
      // Half the inputs are whole filters, crossed as trees: most bytes mutated are no JSON.
      let read = try? JSON(bytes: input)
      let filter =
        random.next(2) == 0
        ? read ?? .null : Self.crossed(read ?? random.pick(filters), filters, &random)
      return Self.check(filter, (0..<6).map { _ in random.pick(rows) })
    }
  }

  private static func check(_ filter: JSON, _ rows: [ParseObject]) -> FuzzVerdict {
    let predicate: QueryPredicate
    do throws(ParseError) {
      predicate = try QueryPredicate(json: filter, now: now)
    } catch {
      let codes = [1, 102, 105, 107]
      guard let code = error.code, codes.contains(code) else {
        return .broken("code \(String(describing: error.code)) for \(filter)")
      }
      return .fine("\(error.message.prefix(24))")
    }
    var ways = ""
    for row in rows {
      let holds = predicate.matches(row)
      ways += holds ? "1" : "0"
      for (name, same) in [("$or", true), ("$and", true), ("$nor", false)] {
        // What may not stand inside a list of filters, as $nearSphere, is refused there.
        guard let wrapped = try? QueryPredicate([name: [filter]], now: now) else { continue }
        // Without other rows, what asks for them and its negation hold for none.
        if predicate.condition.needsRows { continue }
        if (wrapped.matches(row) == holds) != same {
          return .broken("\(name) of \(filter) for \(row.json)")
        }
      }
    }
    return .fine("\(shape(filter)) \(ways)")
  }

  private static func shape(_ json: JSON) -> String {
    switch json {
    case .object(let object):
      object.members.map { ($0.key.hasPrefix("$") ? $0.key : "f") + shape($0.value) }.joined()
    case .array(let items): items.first.map(shape) ?? ""
    default: ""
    }
  }

  /// A filter with one of its parts from another.
  private static func crossed(_ json: JSON, _ donors: [JSON], _ random: inout SplitMix) -> JSON {
    switch json {
    case .object(var object) where !object.isEmpty:
      let member = random.pick(object.members)
      switch random.next(5) {
      case 0: return part(of: random.pick(donors), &random)
      case 1: object[member.key] = part(of: random.pick(donors), &random)
      case 2:
        if let other = random.pick(donors).object?.members.first { object[other.key] = other.value }
      default: object[member.key] = crossed(member.value, donors, &random)
      }
      return .object(object)
    case .array(var items) where !items.isEmpty:
      let index = random.next(items.count)
      items[index] = crossed(items[index], donors, &random)
      return .array(items)
    default: return part(of: random.pick(donors), &random)
    }
  }

  private static func part(of json: JSON, _ random: inout SplitMix) -> JSON {
    if random.next(3) == 0 { return json }
    switch json {
    case .object(let object) where !object.isEmpty:
      return part(of: random.pick(object.members).value, &random)
    case .array(let items) where !items.isEmpty: return part(of: random.pick(items), &random)
    default: return json
    }
  }
}
