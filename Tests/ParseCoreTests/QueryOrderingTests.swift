import TestRandom
import ParseCore
import Testing

struct QueryOrderingTests {
  @Test func `types come in the database's order`() throws {
    let pointer = Pointer(className: "P", objectId: "p").json
    let date = ParseDate(milliseconds: 0).json
    let values: [JSON?] = [[], nil, 5, "Z", pointer, "a", ["k": 1], false, true, date]
    let objects = values.enumerated().map { index, value in
      var fields = JSONObject()
      fields["v"] = value
      return ParseObject(className: "T", objectId: "\(index)", fields: fields)
    }
    let up = try QueryOrdering(Query.Order.list("v"))
    let expected = ["0", "1", "2", "4", "3", "5", "6", "7", "8", "9"]
    #expect(up.sorted(objects.reversed()).compactMap(\.objectId) == expected)
    let down = try QueryOrdering(Query.Order.list("-v"))
    #expect(down.sorted(objects).compactMap(\.objectId) == expected.reversed())
  }

  @Test(arguments: ["_x", "a b", "9a", "length", "$foo", "é"])
  func `a name that no field has is refused`(_ name: String) {
    let error = #expect(throws: ParseError.self) { try QueryOrdering([Query.Order(name)]) }
    #expect(error?.code == 105)
  }

  @Test func `the two ways to sort agree and are total`() throws {
    var random = SplitMix(9)
    let objects = (0..<60).map { index in
      ParseObject(
        className: "T", objectId: "\(index)",
        fields: ["v": random.json(depth: 2), "w": .integer(Int.random(in: 0..<3, using: &random))])
    }
    for order in ["v", "-v", "w,-v", "-w,v"] {
      let ordering = try QueryOrdering(Query.Order.list(order))
      let sorted = ordering.sorted(objects)
      #expect(sorted == ordering.sorted(objects.reversed()))
      #expect(sorted == objects.sorted(by: ordering.areInIncreasingOrder))
      for (index, left) in sorted.enumerated() {
        for right in sorted[(index + 1)...] {
          #expect(ordering.areInIncreasingOrder(left, right))
          #expect(!ordering.areInIncreasingOrder(right, left))
        }
      }
    }
  }

  @Test func `rows that wait to be sent can stand on top`() throws {
    let sent = ParseObject(
      className: "T", objectId: "a", createdAt: ParseDate(milliseconds: 0), fields: ["n": 1])
    let waiting = ParseObject(className: "T", fields: ["n": 2])
    let order = Query.Order.list("n")
    #expect(try QueryOrdering(order).sorted([waiting, sent]) == [sent, waiting])
    #expect(
      try QueryOrdering(order, unsavedFirst: true).sorted([sent, waiting]) == [waiting, sent])
  }

  @Test func `a name given twice counts once with its last direction`() {
    #expect(Query.Order.list(" a , -b,a,,-a").map(\.text) == ["-a", "-b"])
  }
}
