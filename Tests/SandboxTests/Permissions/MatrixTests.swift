import ParseCore
import Sandbox
import Testing

/// Signs in as each role and tries every cell of reference/domain.md §4.1, by REST and LiveQuery.
struct MatrixTests {
  @Test(arguments: Matrix.cells)
  func `every right holds and nothing more`(cell: Cell) {
    let school = Matrix.school()
    let path = "/classes/\(cell.className)/\(cell.id)"
    switch cell.action {
    case .read:
      let one = school.send("GET", path, as: cell.user)
      #expect((one.status == 200) == cell.isAllowed, "\(one.json.text)")
      if one.status != 200 { #expect(one.code == 101) }
      let found = school.find(
        cell.className, ["where": ["objectId": .string(cell.id)]], as: cell.user)
      #expect(found.results.count == (cell.isAllowed ? 1 : 0))
      if cell.user != nil { #expect(found.status == 200, "hidden rows are no error") }
    case .update:
      let body = JSON.object(Matrix.change[cell.className] ?? [:])
      let reply = school.send("PUT", path, body, as: cell.user)
      #expect((reply.status == 200) == cell.isAllowed, "\(reply.json.text)")
      if reply.status != 200 { #expect([101, 119, 206].contains(reply.code)) }
    case .delete:
      let reply = school.send(
        "DELETE", path, as: cell.user, headers: ["x-parse-cloud-context": "{\"cascade\":true}"])
      #expect((reply.status == 200) == cell.isAllowed, "\(reply.json.text)")
      if reply.status != 200 { #expect([101, 119, 206].contains(reply.code)) }
      #expect((school.server.row(cell.className, cell.id) == nil) == cell.isAllowed)
    }
  }

  @Test(arguments: CreateCell.all)
  func `only who may make a row makes it`(cell: CreateCell) {
    let school = Matrix.school()
    let before = school.server.count(cell.className)
    let reply = school.send(
      "POST", "/classes/\(cell.className)", .object(cell.body), as: cell.user)
    #expect((reply.status == 201) == cell.isAllowed, "\(reply.json.text)")
    if reply.status != 201 { #expect([101, 119].contains(reply.code)) }
    #expect(school.server.count(cell.className) == before + (cell.isAllowed ? 1 : 0))
  }

  /// Changes and deletes by others reach exactly those who may read the row; all classes send
  /// events here.
  @Test(arguments: Matrix.readCells)
  func `events reach those who may read, and nobody else`(cell: Cell) throws {
    let school = Matrix.school { $0.liveClasses = nil }
    let listener = Listener(school)
    listener.connect(as: cell.user)
    listener.subscribe(1, cell.className, where: ["objectId": .string(cell.id)])
    // Who has no session does not even get to listen.
    #expect(
      listener.takeOps()
        == (cell.user == nil ? ["error", "error"] : ["connected", "subscribed"]))
    try school.server.save(cell.className, cell.id, Matrix.change[cell.className] ?? [:])
    #expect(listener.takeOps() == (cell.isAllowed ? ["update"] : []))
    let reply = school.send(
      "DELETE", "/classes/\(cell.className)/\(cell.id)", as: "master",
      headers: ["x-parse-cloud-context": "{\"cascade\":true}"])
    #expect(reply.status == 200)
    // The session of an account that is deleted ends with it.
    let isSelf = cell.user.map { School.id($0) == cell.id } ?? false
    #expect(listener.takeOps() == (cell.isAllowed && !isSelf ? ["delete"] : []))
  }

  @Test(arguments: CreateCell.all.filter { $0.user == "ada" })
  func `a new row is told to those who may read it`(cell: CreateCell) throws {
    let school = Matrix.school { $0.liveClasses = nil }
    let listeners = Matrix.people.map { user in
      let listener = Listener(school)
      listener.connect(as: user)
      listener.subscribe(1, cell.className)
      _ = listener.take()
      return (user: user, listener: listener)
    }
    let reply = school.send("POST", "/classes/\(cell.className)", .object(cell.body), as: "ada")
    let id = try #require(reply.json["objectId"]?.string)
    for (user, listener) in listeners {
      let mayRead = school.send("GET", "/classes/\(cell.className)/\(id)", as: user).status == 200
      #expect(listener.takeOps().contains("create") == mayRead, "\(user ?? "nobody")")
    }
  }
}

/// What keeps a client from a subscription itself.
struct SubscriptionRightTests {
  private static func denied(_ code: Int, _ text: String) -> JSON {
    [
      "op": "error", "error": .string(text), "code": .integer(code), "reconnect": false,
      "requestId": 1,
    ]
  }

  @Test func `sessions want a user`() {
    let listener = Listener(School { $0.runsHooks = false })
    listener.connect(as: nil)
    listener.subscribe(1, "_Session")
    #expect(listener.take().last == Self.denied(209, "Invalid session token"))
  }

  /// Before 8.6.16 only a row's ACL counted; the recorded servers let everybody subscribe.
  @Test func `class permissions keep nobody out, or only where the server checks them`() {
    let lax = Listener(School { $0.runsHooks = false })
    lax.connect(as: nil)
    lax.subscribe(1, "Deal")
    #expect(lax.takeOps() == ["connected", "subscribed"])
    let strict = Listener(
      School {
        $0.runsHooks = false
        $0.checksLiveClasses = true
      })
    strict.connect(as: nil)
    strict.subscribe(1, "Deal")
    #expect(
      strict.take().last == Self.denied(101, "Permission denied, user needs to be authenticated."))
    let member = Listener(School { $0.checksLiveClasses = true })
    member.connect(as: "sam")
    member.subscribe(1, "Deal")
    #expect(member.takeOps() == ["connected", "subscribed"])
  }
}
