import ParseCore
import Sandbox
import Synchronization
import Testing

/// A LiveQuery client without a socket: the frames it got so far.
final class Listener: Sendable {
  private let frames = Mutex<[JSON]>([])
  let school: School
  private let connection: Mutex<Int>

  init(_ school: School) {
    self.school = school
    connection = Mutex(0)
    let id = school.server.openLive { [weak self] text in
      guard let frame = try? JSON(text: text) else {
        Issue.record("a frame that is not JSON")
        return
      }
      self?.frames.withLock { $0.append(frame) }
    }
    connection.withLock { $0 = id }
  }

  func send(_ frame: JSON) { sendText(frame.text) }
  func sendText(_ text: String) {
    school.server.receiveLive(connection.withLock { $0 }, text)
  }

  func connect(as user: String?) {
    var frame: JSONObject = ["op": "connect", "applicationId": "campus", "restAPIKey": "rest"]
    if let user, let token = school.server.sessionToken(username: user) {
      frame["sessionToken"] = .string(token)
    }
    send(.object(frame))
  }

  func subscribe(_ id: Int, _ className: String, where filter: JSON = [:], more: JSONObject = [:]) {
    var query: JSONObject = ["className": .string(className), "where": filter]
    for member in more.members { query[member.key] = member.value }
    send(["op": "subscribe", "requestId": .integer(id), "query": .object(query)])
  }

  /// The frames since the last call.
  func take() -> [JSON] {
    frames.withLock { frames in
      defer { frames = [] }
      return frames
    }
  }

  func takeOps() -> [String] { take().compactMap { $0["op"]?.string } }
}

struct LiveTests {
  let school = School()

  @Test func `rows enter, change, leave and go`() throws {
    let listener = Listener(school)
    listener.connect(as: "sam")
    listener.subscribe(7, "Deal", where: ["stage": "won"])
    let hello = listener.take()
    #expect(hello.compactMap { $0["op"]?.string } == ["connected", "subscribed"])
    #expect(hello[1]["requestId"] == 7 && hello[1]["clientId"] == hello[0]["clientId"])

    _ = school.send("PUT", "/classes/Deal/deal1", ["stage": "won"], as: "sam")
    let enter = try #require(listener.take().first)
    #expect(enter["op"] == "enter" && enter["requestId"] == 7)
    #expect(enter["object"]?["className"] == "Deal")
    #expect(enter["object"]?["stage"] == "won" && enter["original"]?["stage"] == "lead")

    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 5], as: "sam")
    #expect(listener.takeOps() == ["update"])
    _ = school.send("PUT", "/classes/Deal/deal1", ["stage": "lost"], as: "sam")
    #expect(listener.takeOps() == ["leave"])
    _ = school.send("POST", "/classes/Deal", ["title": "t", "stage": "won"], as: "sam")
    let create = try #require(listener.take().first)
    #expect(create["op"] == "create" && create["original"] == nil)
    let id = try #require(create["object"]?["objectId"]?.string)
    _ = school.send("DELETE", "/classes/Deal/\(id)", as: "sam")
    let delete = try #require(listener.take().first)
    #expect(delete["op"] == "delete" && delete["original"] == nil)
  }

  @Test func `a row given away leaves the old owner and enters the new one`() {
    let old = Listener(school)
    old.connect(as: "sam")
    old.subscribe(1, "Deal")
    let new = Listener(school)
    new.connect(as: "sven")
    new.subscribe(1, "Deal")
    _ = (old.take(), new.take())
    _ = school.send("PUT", "/classes/Deal/deal1", ["assignedTo": School.user("sven")], as: "ada")
    #expect(old.takeOps() == ["leave"])
    #expect(new.takeOps() == ["enter"])
  }

  @Test(arguments: [
    ("ada", true), ("carla", true), ("ines", true), ("sam", false), ("lena", true), (nil, false),
  ])
  func `events go to those who may read the row`(user: String?, hears: Bool) {
    let listener = Listener(school)
    listener.connect(as: user)
    listener.subscribe(1, "SupportTicket")
    _ = listener.take()
    _ = school.send("PUT", "/classes/SupportTicket/ticket1", ["status": "open"], as: "carla")
    #expect(listener.takeOps() == (hears ? ["update"] : []))
  }

  @Test func `many subscriptions share a socket, each with its id`() {
    let listener = Listener(school)
    listener.connect(as: "ada")
    listener.subscribe(1, "Deal")
    listener.subscribe(2, "Deal", where: ["stage": "lead"])
    listener.subscribe(3, "Activity")
    _ = listener.take()
    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 1], as: "ada")
    #expect(listener.take().map { $0["requestId"] } == [1, 2])
    listener.send(["op": "unsubscribe", "requestId": 1])
    #expect(listener.takeOps() == ["unsubscribed"])
    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 2], as: "ada")
    #expect(listener.take().map { $0["requestId"] } == [2])
  }

  @Test func `keys cut the rows and watch holds back other updates`() {
    let listener = Listener(school)
    listener.connect(as: "sam")
    listener.subscribe(1, "Deal", more: ["keys": ["title"], "watch": ["stage"]])
    _ = listener.take()
    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 1], as: "sam")
    #expect(listener.take().isEmpty)
    _ = school.send("PUT", "/classes/Deal/deal1", ["stage": "won"], as: "sam")
    let frame = listener.take().first
    #expect(
      frame?["object"]?.object?.keys.sorted()
        == ["ACL", "className", "createdAt", "objectId", "title", "updatedAt"])
  }

  @Test func `a session that ended hears no more`() {
    let listener = Listener(school)
    listener.connect(as: "sam")
    listener.subscribe(1, "Deal")
    _ = listener.take()
    school.server.endSessions(userId: School.id("sam"))
    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 1], as: "ada")
    #expect(listener.take().isEmpty)
  }

  @Test(
    arguments: [
      (["op": "frobnicate"], 1, "No enum match for: \"frobnicate\""),
      ([:], 1, "Missing required property: op"),
      (
        ["op": "connect", "applicationId": "campus", "foo": 1], 1,
        "Additional properties not allowed"
      ),
      (["op": "connect"], 1, "Missing required property: applicationId"),
      (
        ["op": "connect", "applicationId": "campus", "sessionToken": nil], 1,
        "Invalid type: null (expected string)"
      ),
      (
        ["op": "connect", "applicationId": "x", "javascriptKey": "wrong"], 4,
        "Key in request is not valid"
      ),
      (
        ["op": "subscribe", "requestId": "1", "query": ["className": "Deal", "where": [:]]], 1,
        "Invalid type: string (expected number)"
      ),
      (
        ["op": "subscribe", "requestId": 1, "query": ["className": "Deal"]], 1,
        "Missing required property: where"
      ),
      (
        ["op": "subscribe", "requestId": 1, "query": ["where": [:]]], 1,
        "Missing required property: className"
      ),
      (
        ["op": "unsubscribe", "requestId": 1], 2,
        "Can not find this client, make sure you connect to server before unsubscribing"
      ),
    ] as [(JSON, Int, String)])
  func `a wrong frame is answered as recorded`(frame: JSON, code: Int, text: String) {
    let listener = Listener(school)
    listener.send(frame)
    #expect(
      listener.take() == [
        [
          "op": "error", "error": .string(text), "code": .integer(code), "reconnect": true,
          "requestId": nil,
        ]
      ])
  }

  @Test func `while muted changes happen without events`() {
    let listener = Listener(school)
    listener.connect(as: "sam")
    listener.subscribe(1, "Deal")
    _ = listener.take()
    #expect(school.server.liveLoad == (1, 1))
    school.server.setLiveMuted(true)
    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 1], as: "sam")
    school.server.setLiveMuted(false)
    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 2], as: "sam")
    #expect(listener.take().map { $0["object"]?["amount"] } == [2])
  }

  @Test func `broken JSON is ignored`() {
    let listener = Listener(school)
    listener.sendText("{\"op\": \"subscr")
    #expect(listener.take().isEmpty)
  }

  @Test func `a class that is not live and a filter that cannot be done stay silent`() {
    let school = School { $0.runsHooks = false }
    let listener = Listener(school)
    listener.connect(as: nil)
    listener.connect(as: "ada")
    listener.subscribe(1, "Company")
    listener.subscribe(2, "Deal", where: ["title": ["$frob": 1]])
    #expect(listener.takeOps() == ["connected", "connected", "subscribed", "subscribed"])
    _ = school.send("PUT", "/classes/Company/company1", ["notes": "x"], as: "ada")
    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 1], as: "ada")
    #expect(listener.take().isEmpty)
  }

  @Test func `the school's Cloud Code lets nobody listen without a session`() throws {
    let listener = Listener(school)
    let connect: JSONObject = ["op": "connect", "applicationId": "campus", "restAPIKey": "rest"]
    for token in [nil, "r:00000000000000000000000000000000"] as [JSON?] {
      var frame = connect
      frame["sessionToken"] = token
      listener.send(.object(frame))
      #expect(
        listener.take() == [
          [
            "op": "error", "error": "Validation failed. Please login to continue.", "code": 142,
            "reconnect": false, "requestId": nil,
          ]
        ])
      listener.subscribe(1, "Deal")
      #expect(listener.take().map { $0["code"] } == [2])
    }
    var master = connect
    master["masterKey"] = "master"
    listener.send(.object(master))
    #expect(listener.takeOps() == ["connected"])
  }

  @Test func `the school's Cloud Code refuses classes nobody is to follow`() {
    let listener = Listener(school)
    listener.connect(as: "ada")
    listener.subscribe(1, "Company")
    listener.subscribe(2, "Deal")
    let answers = listener.take()
    #expect(answers.map { $0["op"] } == ["connected", "error", "subscribed"])
    #expect(answers[1]["code"] == 119 && answers[1]["requestId"] == 1)
    #expect(answers[1]["reconnect"] == false)
  }

  @Test func `a learner hears of his own rows only`() throws {
    let listener = Listener(school)
    listener.connect(as: "lena")
    listener.subscribe(1, "SupportTicket")
    listener.subscribe(2, "Deal")
    _ = listener.take()
    let other = try school.server.save(
      "SupportTicket",
      nil,
      [
        "student": School.pointer("Student", "student2"), "assignedTo": School.user("ines"),
        "subject": "another's",
      ])
    _ = school.send("PUT", "/classes/SupportTicket/\(other)", ["status": "open"], as: "carla")
    _ = school.send("PUT", "/classes/Deal/deal1", ["amount": 1], as: "ada")
    #expect(listener.take().isEmpty)
    _ = school.send("PUT", "/classes/SupportTicket/ticket1", ["status": "open"], as: "carla")
    #expect(listener.takeOps() == ["update"])
  }
}
