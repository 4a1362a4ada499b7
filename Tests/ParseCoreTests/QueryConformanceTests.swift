import ParseCore
import Testing

/// The shared cases: what REST find on Parse Server with MongoDB answers.
struct QueryConformanceTests {
  static let file = "matcher-cases.json"
  static let now = ParseDate(milliseconds: 1_790_000_000_000)

  struct Case: Sendable, CustomTestStringConvertible {
    let json: JSON
    var name: String { json["name"]?.string ?? "?" }
    var testDescription: String { name }

    static func all(_ section: String) -> [Case] {
      Fixture.cases(file, section).map(Case.init(json:))
    }
  }

  @Test func `no case is lost`() {
    #expect(Case.all("matcher").count == 223)
    #expect(Case.all("errors").count == 16)
    #expect(Case.all("ordering").count == 31)
  }

  @Test(arguments: Case.all("matcher"))
  func `the matcher answers as the server`(_ example: Case) throws {
    let object = ParseObject(
      className: "T", json: try #require(example.json["object"]?.object))
    let store = (example.json["store"]?.array ?? []).compactMap(\.object).map {
      ParseObject(className: $0["className"]?.string ?? "", json: $0)
    }
    let rows = MemoryRows(objects: store)
    let predicate = try QueryPredicate(
      json: try #require(example.json["where"]), className: "T", now: Self.now)
    guard let expected = example.json["matches"]?.bool else { return }
    #expect(predicate.matches(object, rows: rows) == expected)
    #expect(predicate.resolved(rows: rows).matches(object) == expected)
    #expect(predicate.filter([object], rows: rows).count == (expected ? 1 : 0))
  }

  @Test(arguments: Case.all("errors"))
  func `what the server refuses is refused with its code`(_ example: Case) throws {
    let filter = try #require(example.json["where"])
    let error = #expect(throws: ParseError.self) {
      try QueryPredicate(json: filter, now: Self.now)
    }
    #expect(error?.code == example.json["error"]?.int)
  }

  @Test(arguments: Case.all("ordering"))
  func `rows come in the server's order`(_ example: Case) throws {
    let objects = (example.json["objects"]?.array ?? []).compactMap(\.object).map {
      ParseObject(className: "T", json: $0)
    }
    let expected = (example.json["expected"]?.array ?? []).compactMap(\.string)
    let ordering = try QueryOrdering(
      Query.Order.list(try #require(example.json["order"]?.string)))
    for input in [objects, objects.reversed()] {
      #expect(ordering.sorted(input).compactMap(\.objectId) == expected)
      let plain = input.sorted(by: ordering.areInIncreasingOrder)
      #expect(plain.compactMap(\.objectId) == expected)
    }
  }
}
