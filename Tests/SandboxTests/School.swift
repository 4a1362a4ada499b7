import TestRandom
import ParseCore
import Sandbox
import Synchronization
import Testing

/// A small school with one account a role, and the requests the tests send to it. Time stands still
/// until a test moves it; chance is a counter.
final class School: Sendable {
  let clock = Clock()
  let server: SandboxServer

  static let users = ["ada", "carla", "ines", "sam", "sven", "lena", "triage"]
  static let roleOf = [
    "ada": "admin", "carla": "coordinator", "ines": "instructor", "sam": "sales", "sven": "sales",
    "lena": "learner", "triage": "coordinator",
  ]

  convenience init(_ change: (inout SandboxOptions) -> Void = { _ in }) {
    self.init(change, chance: 0) { SandboxServer($0, data: $1) }
  }

  /// - Parameters:
  ///   - chance: where the counter starts; two servers of one file must not make the same ids.
  ///   - makeServer: gets the options and the school's data.
  init<Failure: Error>(
    _ change: (inout SandboxOptions) -> Void, chance: UInt64,
    makeServer: (SandboxOptions, SandboxData) throws(Failure) -> SandboxServer
  ) throws(Failure) {
    let clock = clock
    let chance = Chance(from: chance)
    var options = SandboxOptions(now: { clock.now }, random: { chance.next() })
    // Beside all other tests a test may come to its next request late.
    options.keepAliveSeconds = 600
    change(&options)
    server = try makeServer(options, Self.data)
  }

  static func id(_ username: String) -> String { "user" + username }
  static func user(_ username: String) -> JSON {
    Pointer(className: "_User", objectId: id(username)).json
  }
  static func pointer(_ className: String, _ id: String) -> JSON {
    Pointer(className: className, objectId: id).json
  }

  private static var data: SandboxData {
    var data = SandboxData()
    for name in users {
      data.objects.append(
        ParseObject(
          className: "_User", objectId: id(name),
          fields: [
            "username": .string(name), "email": .string("\(name)@campus.example"),
            "role": .string(roleOf[name] ?? ""),
          ]))
      data.passwords[id(name)] = "pw-\(name)"
    }
    for role in ["admin", "coordinator", "instructor", "sales", "learner"] {
      data.roles[role] = SandboxData.Role(
        users: users.filter { roleOf[$0] == role }.map(id),
        parents: ["coordinator", "instructor", "sales"].contains(role) ? ["admin"] : [])
    }
    data.objects += [
      row("Course", "course1", ["instructor": user("ines"), "status": "active"]),
      row("Course", "course2", ["instructor": user("carla"), "status": "draft"]),
      row(
        "Student", "student1",
        ["accountOwner": user("carla"), "email": "lena@campus.example", "fullName": "Lena F"]),
      row("Student", "student2", ["accountOwner": user("ines"), "email": "x@campus.example"]),
      row(
        "Enrollment", "enrol1",
        ["student": pointer("Student", "student1"), "course": pointer("Course", "course1")]),
      row(
        "SupportTicket", "ticket1",
        ["student": pointer("Student", "student1"), "assignedTo": user("ines")]),
      row("Company", "company1", ["name": "Alpha", "createdBy": user("sam")]),
      row("Contact", "contact1", ["name": "Bo", "createdBy": user("sam")]),
      row("Deal", "deal1", ["title": "One", "stage": "lead", "assignedTo": user("sam")]),
      row(
        "Activity", "activity1",
        ["createdBy": user("sven"), "relatedTo": pointer("Deal", "deal1"), "type": "call"]),
    ]
    return data
  }

  private static func row(
    _ className: String, _ id: String, _ fields: JSONObject
  ) -> ParseObject {
    ParseObject(className: className, objectId: id, fields: fields)
  }
}

/// Random bits, the same in every run.
final class Chance: Sendable {
  private let random: Mutex<SplitMix>

  init(from start: UInt64 = 0) { random = Mutex(SplitMix(start)) }

  func next() -> UInt64 { random.withLock { $0.next() } }
}

final class Clock: Sendable {
  private let instant = Mutex(ParseDate(milliseconds: 1_790_000_000_000))

  var now: ParseDate { instant.withLock { $0 } }
  func advance(seconds: Int) { instant.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}

struct Reply: Sendable {
  let status: Int
  let response: SandboxResponse
  let json: JSON

  init(_ response: SandboxResponse) {
    self.response = response
    status = response.status
    // Pages and empty bodies are no JSON; tests of those look at the response itself.
    json = (try? JSON(bytes: response.body)) ?? .null
  }

  var code: Int? { json["code"]?.int }
  var results: [JSON] { json["results"]?.array ?? [] }
}

extension School {
  static let keys = [
    "x-parse-application-id": "campus", "x-parse-rest-api-key": "rest",
    "content-type": "application/json", "host": "127.0.0.1:1337",
  ]

  /// Sends a request as a user (by name), as the master key, or as nobody.
  func send(
    _ method: String, _ path: String, _ body: JSON? = nil, as user: String? = nil,
    headers: [String: String] = [:]
  ) -> Reply {
    var all = Self.keys.merging(headers) { $1 }
    if user == "master" {
      all["x-parse-master-key"] = "master"
    } else if let user {
      all["x-parse-session-token"] = server.sessionToken(username: user)
    }
    let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
    return Reply(
      server.respond(
        to: SandboxRequest(
          method, "/parse" + parts[0], query: parts.count > 1 ? parts[1] : "", headers: all,
          body: body?.bytes ?? [])))
  }

  /// A find by POST and `_method`, which needs no escaping.
  func find(
    _ className: String, _ parameters: JSONObject = [:], as user: String?
  ) -> Reply {
    var body = parameters
    body["_method"] = "GET"
    return send("POST", "/classes/\(className)", .object(body), as: user)
  }
}
