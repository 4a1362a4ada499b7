import Foundation
import ParseCore
import Sandbox
import Synchronization
import Testing

/// A sandbox whose file outlives it.
struct StorageTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("quad-sandbox-" + UUID().uuidString)
  private var path: String { folder.appendingPathComponent("school.sqlite").path }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The server on the file, as a new process would find it.
  private func open(
    _ change: (inout SandboxOptions) -> Void = { _ in }
  ) throws -> School {
    let file = try SandboxFile(path: path)
    return try School(change, chance: file.isNew ? 0 : 1 << 32) {
      options, data throws(SandboxFile.Failure) in
      try SandboxServer(options, file: file) { data }
    }
  }

  @Test func `what was answered is there after a restart`() async throws {
    let first = try open()
    let made = first.send("POST", "/classes/Deal", ["title": "kept", "amount": 1.5], as: "sam")
    let id = try #require(made.json["objectId"]?.string)
    _ = first.send("PUT", "/classes/Deal/deal1", ["stage": "won"], as: "sam")
    _ = first.send("DELETE", "/classes/Activity/activity1", as: "sven")
    let token = try #require(first.server.sessionToken(username: "ines"))
    _ = first.send(
      "POST", "/users", ["username": "new", "password": "secret", "email": "n@example.org"])
    _ = first.send("PUT", "/users/\(School.id("sven"))", ["role": "admin"], as: "ada")
    let classes = ["Deal", "Activity", "Student", "_User", "_Role", "SupportTicket"]
    let before = classes.map { Self.byId(first.server.rows($0)) }
    try await first.server.close()

    let second = try open()
    #expect(classes.map { Self.byId(second.server.rows($0)) } == before)
    #expect(second.server.rows("Deal").map(\.objectId) == first.server.rows("Deal").map(\.objectId))
    #expect(second.server.row("Deal", id)?["amount"] == 1.5)
    #expect(second.server.row("Deal", "deal1")?["stage"] == "won")
    #expect(second.server.row("Activity", "activity1") == nil)
    let me = second.send("GET", "/users/me", headers: ["x-parse-session-token": token])
    #expect(me.json["username"] == "ines")
    let login: JSON = ["username": "new", "password": "secret"]
    #expect(second.send("POST", "/login", login).status == 200)
    // sven's membership moved to the admins: he may delete what only they may.
    #expect(second.send("DELETE", "/classes/SupportTicket/ticket1", as: "sven").status == 200)
    try await second.server.close()
  }

  @Test func `files stay, and those deleted stay away`() async throws {
    let first = try open()
    var names: [String] = []
    for name in ["a.bin", "b.bin"] {
      let reply = first.send("POST", "/files/\(name)", [1, 2, 3], as: "sam")
      names.append(try #require(reply.json["name"]?.string))
    }
    #expect(first.send("DELETE", "/files/\(names[1])", as: "master").status == 200)
    try await first.server.close()

    let second = try open()
    let read = names.map { second.send("GET", "/files/campus/\($0)") }
    #expect(read.map(\.status) == [200, 404])
    #expect(read[0].json == [1, 2, 3])
    #expect(read[0].response.header("Content-Type") == "application/json")
    try await second.server.close()
  }

  private static func byId(_ rows: [ParseObject]) -> [String: JSONObject] {
    Dictionary(
      rows.map { row in
        let fields = row.json.members.sorted { $0.key < $1.key }
        return (row.objectId ?? "", JSONObject(fields))
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `classes and permissions changed by the master key stay`() async throws {
    let first = try open { $0.hasBundledSchema = false }
    let body: JSON = [
      "className": "Car", "fields": ["wheels": ["type": "Number", "required": true]],
      "classLevelPermissions": ["find": ["role:admin": true], "create": ["*": true]],
    ]
    #expect(first.send("POST", "/schemas/Car", body, as: "master").status == 200)
    _ = first.send("POST", "/classes/Car", ["wheels": 4], as: "master")
    _ = first.send("POST", "/schemas/Gone", ["className": "Gone"], as: "master")
    _ = first.send("DELETE", "/schemas/Gone", as: "master")
    let schema = first.send("GET", "/schemas/Car", as: "master").json
    try await first.server.close()

    let second = try open { $0.hasBundledSchema = true }
    #expect(second.send("GET", "/schemas/Car", as: "master").json == schema)
    #expect(second.send("GET", "/schemas/Gone", as: "master").code == 103)
    #expect(second.send("GET", "/schemas/QuizAttempt", as: "master").code == 103)
    #expect(second.find("Car", as: "sam").code == 119)
    #expect(second.server.count("Car") == 1)
    try await second.server.close()
  }

  @Test func `a request id that was used up stays so`() async throws {
    let first = try open()
    let headers = ["x-parse-request-id": "once"]
    let body: JSON = ["title": "t"]
    #expect(first.send("POST", "/classes/Deal", body, as: "sam", headers: headers).status == 201)
    try await first.server.close()
    let second = try open()
    #expect(second.send("POST", "/classes/Deal", body, as: "sam", headers: headers).code == 159)
    #expect(second.server.count("Deal") == 2)
    try await second.server.close()
  }

  @Test func `a file keeps whether hooks run`() async throws {
    let first = try open { $0.runsHooks = false }
    try await first.server.close()
    let second = try open { $0.runsHooks = true }
    _ = second.send("PUT", "/classes/Deal/deal1", ["stage": "Closed Won"], as: "sam")
    #expect(second.server.row("Deal", "deal1")?["stage"] == "Closed Won")
    try await second.server.close()
  }

  @Test func `a file keeps whose rules its queries follow`() async throws {
    let first = try open { $0.database = .postgreSQL }
    try await first.server.close()
    let second = try open()
    // A column that is not there: a fault on PostgreSQL, no rows on MongoDB.
    let found = second.send("GET", "/classes/Deal?where=%7B%22nope%22%3A5%7D", as: "sam")
    #expect(found.status == 500)
    try await second.server.close()
  }

  @Test func `a file in use, one of others and one others can read are refused`() async throws {
    let first = try open()
    #expect(throws: SandboxFile.Failure.inUse) { try SandboxFile(path: path) }
    try await first.server.close()
    let text = folder.appendingPathComponent("notes.txt").path
    try String(repeating: "notes ", count: 40).write(
      toFile: text, atomically: true, encoding: .utf8)
    #expect(throws: SandboxFile.Failure.foreign) { try SandboxFile(path: text) }
    let missing = folder.appendingPathComponent("a.txt/b").path
    try "".write(
      toFile: folder.appendingPathComponent("a.txt").path, atomically: true, encoding: .utf8)
    #expect(throws: SandboxFile.Failure.cannotOpen) { try SandboxFile(path: missing) }
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: SandboxFile.Failure.readableByOthers) { try SandboxFile(path: path) }
  }

  @Test func `a change that cannot be saved is undone and says so`() async throws {
    let reports = Counter()
    let school = try open { $0.report = { _ in reports.add() } }
    let rows = school.server.rows("Deal")
    let token = try #require(school.server.sessionToken(username: "sam"))
    let headers = ["x-parse-session-token": token, "x-parse-request-id": "again"]
    let listener = Listener(school)
    listener.connect(as: "sam")
    listener.subscribe(1, "Deal")
    _ = listener.take()
    // A file that was closed takes no more.
    try await school.server.close()
    let create = school.send("POST", "/classes/Deal", ["title": "lost"], headers: headers)
    #expect(create.status == 500)
    let change = school.send("PUT", "/classes/Deal/deal1", ["amount": 7], headers: headers)
    #expect(change.status == 500)
    #expect(school.server.rows("Deal") == rows)
    #expect(listener.take().isEmpty)
    #expect(reports.value == 2)
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }
  func add() { count.withLock { $0 += 1 } }
}
