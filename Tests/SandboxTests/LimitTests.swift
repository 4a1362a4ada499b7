import ParseCore
import Sandbox
import Testing

/// Limits and aggregates, held against what Parse Server 8.2.2 was recorded to answer.
struct LimitTests {
  private func logIn(_ school: School, _ password: String = "pw-sam", as user: String? = nil)
    -> Reply
  {
    school.send(
      "POST", "/login", ["username": "sam", "password": .string(password)], as: user)
  }

  @Test func `the fourth login in ten seconds waits, the master key does not`() {
    let school = School { $0.rateLimits = [RateLimit(path: "/login", count: 3, seconds: 10)] }
    let end = String(school.clock.now.milliseconds / 1000 + 10)
    for left in ["2", "1", "0"] {
      let reply = logIn(school)
      #expect(reply.status == 200)
      #expect(reply.response.header("X-RateLimit-Limit") == "3")
      #expect(reply.response.header("X-RateLimit-Remaining") == left)
      #expect(reply.response.header("X-RateLimit-Reset") == end)
      #expect(reply.response.header("Retry-After") == nil)
    }
    let fourth = logIn(school)
    #expect(fourth.status == 429)
    #expect(fourth.json == ["code": 100, "error": "Too many requests."])
    #expect(fourth.response.header("X-RateLimit-Remaining") == "0")
    #expect(fourth.response.header("Retry-After") == "10")
    let master = logIn(school, as: "master")
    #expect(master.status == 200 && master.response.header("X-RateLimit-Limit") == nil)
    #expect(school.find("Deal", as: "sam").response.header("X-RateLimit-Limit") == nil)
    school.clock.advance(seconds: 10)
    #expect(logIn(school).status == 200)
  }

  @Test func `three wrong passwords lock an account for a minute`() {
    let school = School { $0.lockout = AccountLockout(threshold: 3, minutes: 1) }
    for _ in 0..<3 {
      let wrong = logIn(school, "wrong")
      #expect(wrong.status == 404)
      #expect(wrong.json == ["code": 101, "error": "Invalid username/password."])
    }
    for password in ["wrong", "pw-sam"] {
      let locked = logIn(school, password)
      #expect(locked.status == 404 && locked.code == 101)
      #expect(
        locked.json["error"]
          == """
          Your account is locked due to multiple failed login attempts. Please try again after 1 \
          minute(s)
          """)
    }
    school.clock.advance(seconds: 61)
    #expect(logIn(school).status == 200)
    #expect(logIn(school, "wrong").json["error"] == "Invalid username/password.")
    #expect(logIn(school).status == 200)
  }

  @Test func `a right password clears the count of the wrong ones`() {
    let school = School { $0.lockout = AccountLockout(threshold: 3, minutes: 1) }
    for password in ["wrong", "wrong", "pw-sam", "wrong", "wrong", "pw-sam"] {
      let reply = logIn(school, password)
      #expect(reply.status == (password == "wrong" ? 404 : 200))
    }
  }

  /// The same kind of body as three packers write it: fixed codes with a repeat, codes of its own,
  /// and stored as it is (made with Python's gzip and zlib).
  @Test(
    arguments: [
      (
        "gzip",
        """
        1f8b0800000000000203ab562ac92cc94955b252502a484cce4e4d51d25150cacb2f492d0609252651172ad5\
        02009e4ef5cf70000000
        """, 80
      ),
      (
        "deflate",
        """
        78da1d8ec96d45310c035b11de3915a41bd9b2366b03f26f417acf4f78e480037e3f2f7bc5793ee119dcf7\
        d0f3014ff5eb7cfd5567037575083546628192e33b2189a3d57a55cb30898d7c72c4ac27566b24dfbb6b88\
        276e632f0be651148db9b70063ce48aebe32d9372f7aa1326f587b632128105fdbcc300c56de4d68e12940\
        f01ea2629cc535a9533af826cb8e2cdbdb8c130e2e299e157249529ac2a6d1c390c5cfbfe6fd4bf7da8759\
        c007ae3b99f6215fb9e31ca7d8bae11a15d032c49db44493a95899320cda497c219a57783c3fbfc79c7f55
        """, 300
      ),
      ("deflate", "7801011200edff7b227469746c65223a227061636b6564227d3bee0645", 0),
    ])
  func `a packed body is unpacked`(encoding: String, hex: String, notes: Int) throws {
    let digits = Array(hex.utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    let school = School()
    func post(_ body: [UInt8]) -> SandboxResponse {
      var headers = School.keys
      headers["content-encoding"] = encoding
      headers["x-parse-master-key"] = "master"
      return school.server.respond(
        to: SandboxRequest("POST", "/parse/classes/Deal", headers: headers, body: body))
    }
    #expect(post(bytes).status == 201)
    let row = try #require(school.server.rows("Deal").last)
    #expect(row["title"] == "packed")
    #expect(row["notes"]?.string?.utf8.count ?? 0 == notes)
    // Whatever is cut off or changed on the way: an answer, never a crash.
    for place in stride(from: 0, to: bytes.count, by: 3) {
      _ = post(Array(bytes[..<place]))
      var bent = bytes
      bent[place] ^= 0x55
      _ = post(bent)
    }
    #expect(post(Array(bytes.prefix(9))).status == 400)
  }

  private func deals(_ database: SandboxOptions.Database = .mongoDB) throws -> School {
    let school = School { $0.database = database }
    for (stage, amount) in [("won", 100), ("lost", 50), ("won", 300.5)] as [(String, JSON)] {
      try school.server.save(
        "Deal", nil, ["title": "t", "stage": .string(stage), "amount": amount])
    }
    return school
  }

  private func aggregate(_ school: School, _ pipeline: JSON, as user: String = "master") -> Reply {
    // The characters of these pipelines that an address cannot hold.
    var text = ""
    for scalar in pipeline.text.unicodeScalars {
      text +=
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        ? String(scalar) : "%" + String(scalar.value, radix: 16)
    }
    return school.send("GET", "/aggregate/Deal?pipeline=\(text)", as: user)
  }

  @Test(
    arguments: [
      (
        [
          ["$match": ["stage": "won"]],
          ["$group": ["_id": "$stage", "total": ["$sum": "$amount"]]],
        ],
        [["objectId": "won", "total": 400.5]]
      ),
      (
        [
          ["$group": ["_id": "$stage", "n": ["$sum": 1]]], ["$sort": ["n": -1]], ["$limit": 1],
        ], [["objectId": "won", "n": 2]]
      ),
      (
        [
          [
            "$group": [
              "_id": nil, "avg": ["$avg": "$amount"], "max": ["$max": "$amount"],
              "min": ["$min": "$amount"],
            ]
          ]
        ], [["objectId": nil, "avg": 150.16666666666666, "max": 300.5, "min": 50]]
      ),
      ([["$match": ["amount": ["$gt": 60]]], ["$count": "n"]], [["n": 2]]),
    ] as [(JSON, JSON)])
  func `the master key may aggregate`(pipeline: JSON, results: JSON) throws {
    #expect(aggregate(try deals(), pipeline).json["results"] == results)
  }

  @Test func `projects, sorts and skips rows, tells distinct values, and refuses the rest`() throws
  {
    let school = try deals()
    let rows = aggregate(
      school,
      [
        ["$match": ["amount": ["$gt": 0]]], ["$sort": ["amount": -1]], ["$skip": 1],
        ["$project": ["amount": 1]],
      ]
    ).results
    #expect(rows.map { $0["amount"] } == [100, 50])
    #expect(rows.allSatisfy { $0["title"] == nil && $0["objectId"]?.string != nil })
    let distinct = school.send("GET", "/aggregate/Deal?distinct=stage", as: "master")
    #expect(distinct.results == ["lead", "won", "lost"])
    #expect(aggregate(school, [["$bogus": 1]]).code == 102)
    #expect(aggregate(school, [["$count": "n"]], as: "ada").status == 403)
  }

  @Test(
    arguments: [
      ("limit=abc", "22P02"), ("skip=abc", "22P02"), ("limit=-1", "2201W"), ("skip=-1", "2201X"),
    ])
  func `on PostgreSQL a page that is no page is the database's fault`(
    query: String, state: String
  ) throws {
    let reply = try deals(.postgreSQL).send("GET", "/classes/Deal?\(query)", as: "sam")
    #expect(reply.status == 500 && reply.json["error"]?["code"]?.string == state)
  }

  @Test func `on PostgreSQL unknown stages are left out and a match takes no operators`() throws {
    let school = try deals(.postgreSQL)
    let all = school.server.count("Deal")
    #expect(aggregate(school, [["$bogus": 1], ["$count": "n"]]).results.count == all)
    let refused = aggregate(school, [["$match": ["amount": ["$gt": 0]]]])
    #expect(refused.code == 102)
    #expect(
      refused.json["error"]
        == #"invalid input syntax for type double precision: "{"$gt":0}""#)
    #expect(aggregate(school, [["$match": ["stage": ["$ne": "won"]]]]).results.isEmpty)
    #expect(aggregate(school, [["$match": ["stage": "won"]]]).results.count == 2)
  }
}
