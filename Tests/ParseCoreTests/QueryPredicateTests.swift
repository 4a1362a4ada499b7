import TestRandom
import ParseCore
import Testing

/// What the shared cases do not hold.
struct QueryPredicateTests {
  static let now = ParseDate(milliseconds: 1_790_000_000_000)
  static let rome: JSON = ["__type": "GeoPoint", "latitude": 41.9, "longitude": 12.5]
  static let milan: JSON = ["__type": "GeoPoint", "latitude": 45.46, "longitude": 9.19]

  static func matches(_ fields: JSONObject, _ filter: JSONObject) throws -> Bool {
    let object = ParseObject(className: "T", objectId: "x", fields: fields)
    return try QueryPredicate(filter, now: now).matches(object)
  }

  struct Example: Sendable {
    let fields: JSONObject
    let filter: JSONObject
    let expected: Bool
  }

  @Test(arguments: [
    Example(fields: ["a": "é"], filter: ["a": "e\u{301}"], expected: false),
    Example(fields: ["a": "é"], filter: ["a": ["$gt": "z"]], expected: true),
    Example(fields: ["a": nil], filter: ["a": ["$gte": nil]], expected: true),
    Example(fields: ["a": [1, nil]], filter: ["a": nil], expected: true),
    Example(fields: ["a": [1, 20]], filter: ["a": ["$gt": 15, "$lt": 5]], expected: true),
    Example(fields: ["a": [[1]]], filter: ["a": 1], expected: false),
    Example(fields: ["a": true], filter: ["a": ["$gte": 0]], expected: false),
    Example(fields: ["a": "x"], filter: ["a": ["$in": [["x", "y"]]]], expected: true),
    Example(fields: ["a": "x"], filter: ["a": ["$all": ["x"]]], expected: true),
    Example(fields: [:], filter: ["a": ["$containedBy": [1]]], expected: true),
    Example(fields: ["a": [1, 4]], filter: ["a": ["$containedBy": [1, 2]]], expected: false),
    Example(fields: ["a": [["k": 1], [:]]], filter: ["a.k": nil], expected: true),
    Example(fields: ["a": [1, 2]], filter: ["a.k": nil], expected: false),
    Example(fields: ["a": [5, 6]], filter: ["a.1": 6], expected: true),
    Example(fields: ["o": ["k": ["a": 1]]], filter: ["o.k": ["a": 1]], expected: true),
    Example(
      fields: ["o": ["__type": "Pointer", "className": "P", "objectId": "p1"]],
      filter: ["o": ["$in": ["p1"]]], expected: true),
    Example(
      fields: ["o": ["__type": "Pointer", "className": "P", "objectId": "p1"]],
      filter: ["o": ["$ne": "p1"]], expected: false),
    Example(
      fields: ["f": ["__type": "File", "name": "a.txt", "url": "http://x/a.txt"]],
      filter: ["f": ["__type": "File", "name": "a.txt"]], expected: true),
    Example(fields: ["a": 1], filter: ["a": ["$exists": 0]], expected: false),
    Example(fields: ["a": [:]], filter: ["a": [:]], expected: true),
    Example(fields: ["a": ["k": 1]], filter: ["a": [:]], expected: false),
    Example(
      fields: ["o": [["__type": "Pointer", "className": "P", "objectId": "p1"]]],
      filter: ["o": ["$in": ["p1"]]], expected: false),
  ])
  func `values meet constraints as on the server`(_ example: Example) throws {
    #expect(try Self.matches(example.fields, example.filter) == example.expected)
  }

  @Test(arguments: [
    ("Hello\n", "^hello$", "i", true), ("Hello\n", "Hello$", "", true), ("a\rb", "a.b", "", true),
    ("a\u{2028}b", "a.b", "", true), ("a.b", "\\Qa.\\Eb", "", true),
    ("axb", "\\Qa.\\Eb", "", false),
    ("a\\Eb", "^\\Qa\\E\\\\E\\Qb\\E", "", true), ("ab", "a b # note", "x", true),
    ("ÉCOLE", "école", "i", true), ("abc", "^$", "", false), ("", "^$", "", true),
    ("x\\Qy", "\\\\Q", "", true), ("price", "^\\Qpri", "", true), ("b", "a|b", "u", true),
  ])
  func `patterns match as the server's engine does`(
    _ text: String, _ pattern: String, _ options: String, _ expected: Bool
  ) throws {
    var regex: JSONObject = ["$regex": .string(pattern)]
    if !options.isEmpty { regex["$options"] = .string(options) }
    #expect(
      try Self.matches(["a": .string(text)], ["a": .object(regex)]) == expected)
  }

  @Test func `a pattern that would run for years is given up`() throws {
    let text = String(repeating: "a", count: 60) + "!"
    #expect(try !Self.matches(["a": .string(text)], ["a": ["$regex": "^(a+)+$"]]))
    #expect(try !Self.matches(["a": .string(text)], ["a": ["$regex": "(a|aa)+$"]]))
  }

  @Test(arguments: [
    ("now", 0), ("in 1 day", 86_400), ("2 hrs 30 mins ago", -9000), ("IN 2 WKS", 1_209_600),
    ("1 yr ago", -31_536_000), ("in 1 minute 5 seconds", 65),
  ])
  func `a relative time counts from now`(_ text: String, _ seconds: Int) throws {
    let at = Self.now.advanced(bySeconds: seconds)
    for (shift, expected) in [(-1, true), (1, false)] {
      let field = at.advanced(bySeconds: shift).json
      let filter: JSONObject = ["d": ["$lt": ["$relativeTime": .string(text)]]]
      #expect(try Self.matches(["d": field], filter) == expected)
    }
  }

  @Test(arguments: [
    ("coffee shop", true), ("CAFE", true), ("shop -closed", true), ("tea", false), ("caf", false),
    ("\"shop café\"", true), ("\"café shop\"", false), ("shop -open", false), ("-open", false),
  ])
  func `text search finds whole words`(_ term: String, _ expected: Bool) throws {
    let filter: JSONObject = ["a": ["$text": ["$search": ["$term": .string(term)]]]]
    #expect(try Self.matches(["a": "Open: the Shop, Café"], filter) == expected)
  }

  @Test(arguments: [
    ("$maxDistanceInKilometers", 500, true), ("$maxDistanceInKilometers", 400, false),
    ("$maxDistanceInMiles", 300, true), ("$maxDistanceInMiles", 250, false),
    ("$maxDistance", 0.08, true), ("$maxDistanceInRadians", 0.07, false),
  ])
  func `distance is on the sphere`(_ name: String, _ most: Double, _ expected: Bool) throws {
    var near: JSONObject = ["$nearSphere": Self.rome]
    near[name] = .number(JSONNumber(most))
    #expect(try Self.matches(["g": Self.milan], ["g": .object(near)]) == expected)
  }

  @Test func `places come by distance before other keys`() throws {
    let predicate = try QueryPredicate(["g": ["$nearSphere": Self.rome]], now: Self.now)
    let objects = [
      ParseObject(className: "T", objectId: "a", fields: ["g": Self.milan]),
      ParseObject(className: "T", objectId: "b", fields: ["g": Self.rome]),
    ]
    let ordering = try QueryOrdering([Query.Order("objectId")], near: predicate)
    #expect(ordering.sorted(objects).map(\.objectId) == ["b", "a"])
    #expect(objects.sorted(by: ordering.areInIncreasingOrder).map(\.objectId) == ["b", "a"])
  }

  @Test func `a stored polygon holds a point`() throws {
    let square: JSON = [
      "__type": "Polygon", "coordinates": [[0, 10], [0, 20], [5, 20], [5, 10]],
    ]
    for (latitude, longitude, expected) in [(2, 15, true), (15, 2, false), (0, 10, true)] {
      let point: JSON = [
        "__type": "GeoPoint", "latitude": .integer(latitude), "longitude": .integer(longitude),
      ]
      #expect(
        try Self.matches(["p": square], ["p": ["$geoIntersects": ["$point": point]]]) == expected)
    }
  }

  @Test(arguments: [
    (#"{"a":{"$in":1}}"#, 107), (#"{"a":{"$containedBy":1}}"#, 107), (#"{"a":{"$regex":1}}"#, 107),
    (#"{"a":{"$regex":"("}}"#, 1), (#"{"a":{"k":1}}"#, 107), (#"{"a":{"$gt":{"k":1}}}"#, 107),
    (#"{"a":{"$gt":1,"k":1}}"#, 107), (#"{"$or":[1]}"#, 102), (#"{"$or":[{"_x":1}]}"#, 105),
    (#"{"$and":1}"#, 1), (#"{"$nor":1}"#, 102), (#"{"$foo":1}"#, 105), (#"{"a":{"$foo":1}}"#, 107),
    (#"{"a":{"$lt":{"$relativeTime":"2 months ago"}}}"#, 107),
    (#"{"a":{"$lt":{"$relativeTime":"in 999999999 yrs"}}}"#, 107), (#"{"":1}"#, 105),
    (#"{"a":{"$notInQuery":{"where":{}}}}"#, 102), (#"{"a":{"$select":{"key":"k"}}}"#, 102),
    (#"{"a":{"$all":["x",{"$regex":"^\\Qy\\E"}]}}"#, 107),
    (#"{"a":{"$text":{"$search":"x"}}}"#, 107),
    (#"{"g":{"$within":{"$box":[]}}}"#, 107), (#"{"g":{"$geoWithin":{"$polygon":[1,2]}}}"#, 107),
    (#"{"g":{"$geoWithin":{"$centerSphere":[[0,0],-1]}}}"#, 107), (#"{"$relatedTo":1}"#, 102),
    (#"{"d":{"__type":"Date","iso":"soon"}}"#, 107), (#"{"a":{"$options":"i"}}"#, 1),
    (#"{"a":{"$inQuery":{"className":"P","where":{"_x":1}}}}"#, 105), ("1", 107), ("[]", 107),
  ])
  func `what cannot be asked is refused`(_ filter: String, _ code: Int) throws {
    let json = try JSON(text: filter)
    let error = #expect(throws: ParseError.self) { try QueryPredicate(json: json, now: Self.now) }
    #expect(error?.code == code)
  }

  @Test func `objects of another class never match`() throws {
    let predicate = try QueryPredicate([:], className: "Deal", now: Self.now)
    #expect(predicate.matches(ParseObject(className: "Deal")))
    #expect(!predicate.matches(ParseObject(className: "Contact")))
  }

  @Test func `an operator that is not known is named`() {
    let error = #expect(throws: ParseError.self) {
      try QueryPredicate(["a": ["$elemMatch": ["b": 1]]], now: Self.now)
    }
    #expect(error?.message.contains("$elemMatch") == true)
  }

  @Test func `subqueries look through subqueries, and each class is named`() throws {
    let predicate = try QueryPredicate(
      [
        "deal": [
          "$inQuery": [
            "className": "Deal",
            "where": [
              "company": ["$inQuery": ["className": "Company", "where": ["city": "Rome"]]]
            ],
          ]
        ]
      ], now: Self.now)
    #expect(predicate.subqueryClassNames == ["Deal", "Company"])
    #expect(predicate.needsRows)
    let company = Pointer(className: "Company", objectId: "c")
    let deal = Pointer(className: "Deal", objectId: "d")
    let rows = MemoryRows(objects: [
      ParseObject(className: "Company", objectId: "c", fields: ["city": "Rome"]),
      ParseObject(className: "Deal", objectId: "d", fields: ["company": company.json]),
    ])
    let call = ParseObject(className: "Activity", objectId: "a", fields: ["deal": deal.json])
    #expect(predicate.matches(call, rows: rows))
    #expect(!predicate.resolved(rows: rows).needsRows)
    #expect(predicate.resolved(rows: rows).matches(call))
    #expect(!predicate.matches(call))
  }

  @Test func `without rows neither a subquery nor its negation holds`() throws {
    let subquery: JSON = ["o": ["$inQuery": ["className": "P", "where": [:]]]]
    let object = ParseObject(className: "T", objectId: "x")
    for filter: JSONObject in [
      ["$nor": [subquery]], ["o": ["$notInQuery": ["className": "P", "where": [:]]]],
    ] {
      #expect(try !QueryPredicate(filter, now: Self.now).matches(object))
      #expect(try QueryPredicate(filter, now: Self.now).matches(object, rows: MemoryRows()))
    }
  }

  @Test func `members of a relation are found from both sides`() throws {
    let role = Pointer(className: "_Role", objectId: "r")
    let anna = Pointer(className: "_User", objectId: "a")
    let rows = MemoryRows(relations: [role: ["users": ["a", "b"]]])
    let members = try QueryPredicate(
      ["$relatedTo": ["object": role.json, "key": "users"]], now: Self.now)
    let users = ["a", "b", "c"].map { ParseObject(className: "_User", objectId: $0) }
    #expect(members.filter(users, rows: rows).map(\.objectId) == ["a", "b"])
    let owners = try QueryPredicate(["users": anna.json], now: Self.now)
    let stub: JSON = ["__type": "Relation", "className": "_User"]
    let roles = ["r", "s"].map {
      ParseObject(className: "_Role", objectId: $0, fields: ["users": stub])
    }
    #expect(owners.filter(roles, rows: rows).map(\.objectId) == ["r"])
  }

  @Test func `any filter is compiled or refused and then answers`() throws {
    var random = SplitMix(8)
    let names = ["a", "o.k", "$or", "$and", "$nor", "objectId", "createdAt", "$relatedTo", "_x"]
    let operators = [
      "$eq", "$ne", "$lt", "$gte", "$in", "$nin", "$all", "$containedBy", "$exists", "$regex",
      "$options", "$text", "$inQuery", "$select", "$nearSphere", "$within", "$geoWithin", "k",
    ]
    var compiled = 0
    for _ in 0..<3000 {
      var filter = JSONObject()
      for _ in 0..<Int.random(in: 0..<3, using: &random) {
        var value = random.json(depth: 3)
        if Bool.random(using: &random) {
          var constraint = JSONObject()
          for _ in 0..<Int.random(in: 1..<3, using: &random) {
            constraint[random.pick(operators)] = random.json(depth: 2)
          }
          value = .object(constraint)
        }
        filter[random.pick(names)] = value
      }
      guard let predicate = try? QueryPredicate(filter, now: Self.now) else { continue }
      compiled += 1
      let object = ParseObject(
        className: "T", objectId: "x", fields: ["a": random.json(depth: 3), "o": ["k": 1]])
      let answer = predicate.matches(object, rows: MemoryRows())
      #expect(predicate.resolved(rows: MemoryRows()).matches(object, rows: MemoryRows()) == answer)
    }
    #expect(compiled > 300)
  }

  @Test func `ten thousand objects pass one predicate`() throws {
    let owner = Pointer(className: "_User", objectId: "u3")
    let objects = (0..<10_000).map { index in
      ParseObject(
        className: "Deal", objectId: "d\(index)", createdAt: Self.now,
        fields: [
          "title": .string("Deal \(index)"), "amount": .integer(index),
          "stage": .string(index.isMultiple(of: 2) ? "lead" : "won"),
          "owner": Pointer(className: "_User", objectId: "u\(index % 5)").json,
          "close": Self.now.advanced(bySeconds: index).json,
        ])
    }
    let predicate = try QueryPredicate(
      [
        "stage": ["$in": ["lead", "qualified"]], "amount": ["$gte": 100], "owner": owner.json,
        "title": ["$regex": "^\\QDeal \\E"], "close": ["$gt": Self.now.json],
      ], now: Self.now)
    let found = predicate.filter(objects)
    #expect(found.count == 990)
    let sorted = try QueryOrdering(Query.Order.list("-amount")).sorted(found)
    #expect(sorted.first?["amount"]?.int == 9998)
  }
}
