import TestRandom
import ParseCore
import Testing

struct OperationTests {
  static let anna = Pointer(className: "_User", objectId: "a")
  static let bert = Pointer(className: "_User", objectId: "b")
  static let expanded: JSON = [
    "__type": "Object", "className": "_User", "objectId": "a", "name": "Anna",
  ]

  struct Applied: Sendable {
    let operation: Operation
    let before: JSON?
    let after: JSON?
  }

  @Test(arguments: [
    Applied(operation: .set("x"), before: 1, after: "x"),
    Applied(operation: .set(nil), before: 1, after: JSON.null),
    Applied(operation: .delete, before: 1, after: nil),
    Applied(operation: .increment(JSONNumber(2)), before: nil, after: 2),
    Applied(operation: .increment(JSONNumber(2)), before: 5, after: 7),
    Applied(operation: .increment(JSONNumber(0.5)), before: 1, after: 1.5),
    Applied(operation: .add([1]), before: nil, after: [1]),
    Applied(operation: .add([1, 2]), before: [1], after: [1, 1, 2]),
    Applied(operation: .addUnique([1, 2, 2]), before: [1], after: [1, 2]),
    Applied(operation: .addUnique([anna.json]), before: [expanded], after: [expanded]),
    Applied(operation: .remove([1]), before: [1, 2, 1], after: [2]),
    Applied(operation: .remove([anna.json]), before: [expanded, 3], after: [3]),
    Applied(operation: .remove([1]), before: nil, after: []),
    Applied(
      operation: .addRelation([anna]), before: nil,
      after: ["__type": "Relation", "className": "_User"]),
  ])
  func `an operation gives the value the server would store`(_ example: Applied) throws {
    #expect(try example.operation.applied(to: example.before) == example.after)
  }

  @Test(arguments: [
    (Operation.increment(JSONNumber(1)), JSON.string("x")), (.add([1]), 1), (.remove([1]), "x"),
    (.addUnique([1]), .object(["a": 1])), (.addRelation([OperationTests.anna]), 5),
  ])
  func `an operation on another type is refused`(_ operation: Operation, _ value: JSON) {
    let error = #expect(throws: ParseError.self) { try operation.applied(to: value) }
    #expect(error?.code == 111)
  }

  @Test func `a sum beyond 64 bits does not crash`() throws {
    let most = JSON.number(.integer(.max))
    let sum = try Operation.increment(JSONNumber(1)).applied(to: most)
    #expect(sum?.double == 9_223_372_036_854_775_808)
  }

  struct Merged: Sendable {
    let earlier: Operation?
    let later: Operation
    let both: Operation?
  }

  @Test(arguments: [
    Merged(earlier: nil, later: .add([1]), both: .add([1])),
    Merged(earlier: .set(1), later: .set(2), both: .set(2)),
    Merged(earlier: .add([1]), later: .delete, both: .delete),
    Merged(earlier: .set(1), later: .increment(JSONNumber(2)), both: .set(3)),
    Merged(earlier: .set([1]), later: .addUnique([1, 2]), both: .set([1, 2])),
    Merged(earlier: .set("x"), later: .increment(JSONNumber(2)), both: nil),
    Merged(earlier: .delete, later: .increment(JSONNumber(2)), both: .set(2)),
    Merged(earlier: .delete, later: .addUnique([1, 1]), both: .set([1])),
    Merged(earlier: .delete, later: .remove([1]), both: .delete),
    Merged(
      earlier: .increment(JSONNumber(1)), later: .increment(JSONNumber(2)),
      both: .increment(JSONNumber(3))),
    Merged(earlier: .add([1]), later: .add([1]), both: .add([1, 1])),
    Merged(earlier: .addUnique([1]), later: .addUnique([1, 2]), both: .addUnique([1, 2])),
    Merged(earlier: .remove([1]), later: .remove([2, 1]), both: .remove([1, 2])),
    Merged(earlier: .add([1]), later: .remove([1]), both: nil),
    Merged(
      earlier: .addRelation([anna]), later: .addRelation([bert]),
      both: .addRelation([anna, bert])),
    Merged(
      earlier: .addRelation([anna]), later: .removeRelation([anna]),
      both: .removeRelation([anna])),
    Merged(
      earlier: .removeRelation([anna]), later: .addRelation([anna, bert]),
      both: .addRelation([anna, bert])),
    Merged(earlier: .removeRelation([bert]), later: .addRelation([anna]), both: nil),
  ])
  func `two operations become one where one can do it`(_ example: Merged) {
    #expect(example.later.merged(onto: example.earlier) == example.both)
  }

  @Test func `a merged operation does what both do in turn`() throws {
    var random = SplitMix(6)
    let operations: [Operation] = [
      .set(1), .set([1, 2]), .set("x"), .delete, .increment(JSONNumber(3)), .add([2]),
      .addUnique([2, 3]), .remove([1]),
    ]
    let values: [JSON?] = [nil, 4, [1, 2], []]
    var merges = 0
    for _ in 0..<1000 {
      let (first, second) = (random.pick(operations), random.pick(operations))
      let value = random.pick(values)
      guard let both = second.merged(onto: first),
        let inTurn = try? second.applied(to: first.applied(to: value))
      else { continue }
      merges += 1
      if case .remove = second, first == .delete { continue }
      #expect(try both.applied(to: value) == inTurn)
    }
    #expect(merges > 100)
  }

  @Test func `changes reach into maps and leave the rest`() throws {
    let object = ParseObject(
      className: "Deal", objectId: "d", fields: ["title": "a", "o": ["k": 1, "m": 2], "x": 1])
    let changed = try object.applying([
      "title": .set("b"), "o.k": .increment(JSONNumber(4)), "o.m": .delete, "p.q.r": .set(true),
      "x": .delete, "no.such": .delete,
    ])
    #expect(changed.fields == ["title": "b", "o": ["k": 5], "p": ["q": ["r": true]]])
    #expect(changed.objectId == "d")
  }

  @Test(arguments: [
    ("objectId", 105), ("createdAt", 105), ("updatedAt", 105), ("title.k", 111),
    ("owner.name", 111),
  ])
  func `a change that the server refuses is refused`(_ field: String, _ code: Int) {
    let object = ParseObject(
      className: "Deal", fields: ["title": "a", "owner": OperationTests.anna.json])
    let error = #expect(throws: ParseError.self) { try object.applying([field: .set(1)]) }
    #expect(error?.code == code)
  }

  @Test(arguments: [
    Operation.set(["a": 1]), .delete, .increment(JSONNumber(1.5)), .add([1]), .addUnique(["x"]),
    .remove([nil]), .addRelation([OperationTests.anna]), .removeRelation([OperationTests.bert]),
  ])
  func `the wire form reads back`(_ operation: Operation) {
    #expect(Operation(operation.json) == operation)
  }
}
