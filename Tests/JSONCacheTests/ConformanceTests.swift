import Foundation
import ParseCore
import Testing

@testable import JSONCache

/// The shared cases asked of the cache, with their fields renamed to columns, so that SQL narrows
/// and sorts: the answers must be the plain engine's, which are the server's.
struct ConformanceTests {
  /// A column of each kind.
  private static let columns = ["stage", "amount", "expectedCloseDate", "contact"]

  struct Case: Sendable, CustomTestStringConvertible {
    let json: JSON
    var testDescription: String { json["name"]?.string ?? "?" }

    static func all(_ section: String) -> [Case] {
      let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../ParseCoreTests/Fixtures/matcher-cases.json")
      // The tests below count the cases, so a file that cannot be read fails there.
      let bytes = (try? Data(contentsOf: file)).map(Array.init) ?? []
      return ((try? JSON(bytes: bytes))?[section]?.array ?? []).map(Case.init)
    }
  }

  /// Puts a column's name in place of each field's, the next one for the next field.
  private struct Renaming {
    let shift: Int
    private var names: [String: String] = [:]

    init(shift: Int) { self.shift = shift }

    mutating func name(_ name: String) -> String {
      guard let field = name.split(separator: ".").first.map(String.init),
        !field.hasPrefix("$"), !["objectId", "createdAt", "updatedAt", "ACL"].contains(field)
      else { return name }
      let known = names[field] ?? columns[(names.count + shift) % columns.count]
      names[field] = known
      return known + name.dropFirst(field.count)
    }

    mutating func object(_ object: JSONObject) -> JSONObject {
      var members: [JSONObject.Member] = []
      for member in object.members {
        members.append(.init(key: name(member.key), value: branches(member)))
      }
      return JSONObject(members)
    }

    private mutating func branches(_ member: JSONObject.Member) -> JSON {
      guard ["$and", "$or", "$nor"].contains(member.key), let list = member.value.array else {
        return member.value
      }
      var renamed: [JSON] = []
      for item in list { renamed.append(item.object.map { .object(self.object($0)) } ?? item) }
      return .array(renamed)
    }
  }

  @Test func `no case is lost`() {
    #expect(Case.all("matcher").count == 223)
    #expect(Case.all("ordering").count == 31)
    #expect(Case.all("errors").count == 16)
  }

  @Test(arguments: Case.all("matcher"))
  func `the cache matches as the server`(_ example: Case) throws {
    let store = try makeStore()
    let others = (example.json["store"]?.array ?? []).compactMap(\.object).map {
      ParseObject(className: $0["className"]?.string ?? "", json: $0)
    }
    try store.receive(others, .fill)
    let (row, filter) = try (
      #require(example.json["object"]?.object), #require(example.json["where"]?.object)
    )
    guard let expected = example.json["matches"]?.bool else { return }
    for shift in Self.columns.indices {
      var renaming = Renaming(shift: shift)
      let object = ParseObject(className: "Deal", json: renaming.object(row))
      try store.receive([object], .fill)
      var query = Query("Deal", where: renaming.object(filter))
      let all = try store.query(query, now: ConformanceTests.now)
      #expect(all.count == (expected ? 1 : 0), "\(query.filter.text)")
      query.limit = 1
      query.order = [Query.Order(Self.columns[shift])]
      #expect(try store.query(query, now: ConformanceTests.now) == all)
      #expect(try store.count(query, now: ConformanceTests.now) == all.count)
    }
  }

  private static let now = ParseDate(milliseconds: 1_790_000_000_000)

  @Test(arguments: Case.all("ordering"))
  func `the cache sorts as the server, page by page`(_ example: Case) throws {
    let rows = (example.json["objects"]?.array ?? []).compactMap(\.object)
    let expected = (example.json["expected"]?.array ?? []).compactMap(\.string)
    let order = Query.Order.list(try #require(example.json["order"]?.string))
    for shift in Self.columns.indices {
      let store = try makeStore()
      var renaming = Renaming(shift: shift)
      try store.receive(
        rows.map { ParseObject(className: "Deal", json: renaming.object($0)) }, .fill)
      var query = Query("Deal")
      query.order = order.map { Query.Order(renaming.name($0.field), descending: $0.descending) }
      for skip in expected.indices {
        (query.skip, query.limit) = (skip, 2)
        let page = try store.query(query, now: Self.now).compactMap(\.objectId)
        #expect(page == Array(expected[skip...].prefix(2)))
      }
    }
  }

  @Test(arguments: Case.all("errors"))
  func `what the server refuses the cache refuses`(_ example: Case) throws {
    let store = try makeStore()
    // What is no map cannot be asked of the cache at all.
    guard let filter = example.json["where"]?.object else { return }
    #expect(throws: CacheError.self) {
      try store.query(Query("Deal", where: filter), now: Self.now)
    }
  }
}
