import Foundation
import ParseCore
import Sandbox
import Testing

/// What one recorded exchange came to on the sandbox.
struct Outcome: Sendable, CustomTestStringConvertible {
  let name: String
  /// What was recorded and what came, as text; equal when the sandbox answers alike.
  let recorded: String
  let answered: String

  var testDescription: String { name }
}

/// Sends the recorded requests to a sandbox that holds the rows the recorded server held, in their
/// order, with this run's ids and tokens in place of the recorded ones.
struct Replay {
  private let clock = Clock()
  private let server: SandboxServer
  /// Ids and tokens of this run by the name the fixture gives them.
  private var values: [String: String] = [:]
  private var outcomes: [Outcome] = []
  private var live: LiveLog?

  static func outcomes() throws -> [Outcome] {
    var replay = try Replay()
    for line in try lines("exchanges") { try replay.take(line) }
    return replay.outcomes
  }

  private init() throws {
    let clock = clock
    let chance = Chance()
    var options = SandboxOptions(now: { clock.now }, random: { chance.next() })
    options.beEmpty()
    let seed = try Self.lines("seed")
    server = SandboxServer(options, data: Self.people(seed))
    for user in server.rows("_User") {
      values["_User/" + (user.fields["username"]?.string ?? "")] = user.objectId
    }
    for line in seed {
      for schema in line["schemas"]?.array ?? [] {
        let name = schema["className"]?.string ?? ""
        let method = name.hasPrefix("_") ? "PUT" : "POST"
        _ = send(method, "/schemas/\(name)", schema.text, token: nil, isMaster: true)
      }
      guard let className = line["rows"]?.string else { continue }
      for row in line["b"]?.array ?? [] {
        let body = expanded(row).text
        let reply = send("POST", "/classes/\(className)", body, token: nil, isMaster: true)
        let count = values.keys.count { $0.hasPrefix(className + "/") }
        values["\(className)/\(count)"] = reply.json["objectId"]?.string
      }
    }
  }

  private static func lines(_ name: String) throws -> [JSON] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/Conformance/\(name).jsonl")
    return try Array(Data(contentsOf: file)).split(separator: UInt8(ascii: "\n"))
      .map { try JSON(bytes: Array($0)) }
  }

  private static func people(_ seed: [JSON]) -> SandboxData {
    var data = SandboxData()
    for user in seed.compactMap({ $0["users"]?.array }).joined() {
      let name = user["username"]?.string ?? ""
      let id = "\(name)00000000".prefix(10)
      var fields = user.object ?? [:]
      fields["ACL"] = nil
      var acl: JSONObject = [:]
      for member in user["ACL"]?.object?.members ?? [] {
        acl[member.key.hasPrefix("->") ? String(id) : member.key] = member.value
      }
      fields["ACL"] = .object(acl)
      data.objects.append(
        ParseObject(className: "_User", objectId: String(id), fields: fields))
      data.passwords[String(id)] = "pw-\(name)-2026"
    }
    for role in seed.compactMap({ $0["roles"]?.object?.members }).joined() {
      let users = role.value["users"]?.array?.compactMap(\.string) ?? []
      let name = role.key
      data.roles[name] = SandboxData.Role(
        users: users.map { String("\($0)00000000".prefix(10)) },
        parents: role.value["parents"]?.array?.compactMap(\.string) ?? [])
      data.objects.append(
        ParseObject(
          className: "_Role", objectId: String("\(name)role00".prefix(10)),
          fields: [
            "name": .string(name),
            "ACL": ["*": ["read": true], "role:admin": ["read": true, "write": true]],
          ]))
    }
    return data
  }
}

extension Replay {
  private mutating func take(_ line: JSON) throws {
    clock.advance(seconds: 1)
    if line["open"] != nil {
      live = LiveLog(server)
    } else if let text = line["send"]?.string {
      live?.send(filled(text))
    } else if line["binary"] != nil {
      live?.send("")
    } else if let name = line["close"]?.string {
      let frames = JSON.array(live?.close() ?? [])
      outcomes.append(
        Outcome(name: name, recorded: (line["x"] ?? .null).text, answered: frames.text))
      live = nil
    } else {
      try request(line)
    }
  }

  private mutating func request(_ line: JSON) throws {
    let path = filled(line["p"]?.string ?? "")
    var headers: [String: String] = [:]
    for member in line["h"]?.object?.members ?? [] {
      headers[member.key] = filled(member.value.string ?? "")
    }
    var body = line["b"]?.string.map { Array(filled($0).utf8) }
    if let base64 = line["bx"]?.string { body = Data(base64Encoded: base64).map(Array.init) }
    let method = line["m"]?.string ?? "GET"
    let reply = send(
      method, path, bytes: body, token: line["t"]?.string.map(filled),
      isMaster: line["master"]?.bool == true, headers: headers)
    for member in line["v"]?.object?.members ?? [] {
      let place = member.value.string ?? ""
      values[member.key] =
        place == "#etag" ? reply.response.header("ETag") : reply.json.value(at: place)?.string
    }
    guard let name = line["n"]?.string, let expected = line["x"]?.object else { return }
    var answer: JSONObject = ["s": .integer(reply.status)]
    if expected["c"] != nil { answer["c"] = reply.json["code"] }
    if expected["e"] != nil { answer["e"] = reply.json["error"] }
    if expected["j"] != nil { answer["j"] = method == "HEAD" ? nil : reply.shape }
    outcomes.append(
      Outcome(
        name: name, recorded: JSON.object(expected).sorted.text,
        answered: JSON.object(answer).sorted.text))
  }

  private func send(
    _ method: String, _ path: String, _ body: String, token: String?, isMaster: Bool
  ) -> Reply {
    send(method, path, bytes: Array(body.utf8), token: token, isMaster: isMaster, headers: [:])
  }

  /// A path that begins with `!` is not under the mount; a header without text is left out.
  private func send(
    _ method: String, _ path: String, bytes: [UInt8]?, token: String?, isMaster: Bool,
    headers: [String: String]
  ) -> Reply {
    var all = School.keys
    if bytes == nil { all["content-type"] = nil }
    all["x-parse-session-token"] = token
    if isMaster { all["x-parse-master-key"] = "master" }
    for (name, value) in headers { all[name] = value.isEmpty ? nil : value }
    let target = path.hasPrefix("!") ? String(path.dropFirst()) : "/parse" + path
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    return Reply(
      server.respond(
        to: SandboxRequest(
          method, parts[0], query: parts.count > 1 ? parts[1] : "", headers: all,
          body: bytes ?? [])))
  }

  /// `{{name}}` becomes this run's value, `{{xA*200}}` two hundred A.
  private func filled(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "{{"),
      let end = rest[start.upperBound...].firstRange(of: "}}")
    {
      let name = rest[start.upperBound..<end.lowerBound]
      result += rest[..<start.lowerBound]
      let run = name.dropFirst(2)
      if run.hasPrefix("*"), let count = Int(run.dropFirst()), let letter = name.dropFirst().first {
        result += String(repeating: letter, count: count)
      } else {
        result += values[String(name)] ?? "unknown000"
      }
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  /// A seed row: `->Class/3` is a pointer, `@…` a date; ACL keys may be users.
  private func expanded(_ value: JSON) -> JSON {
    switch value {
    case .string(let text) where text.hasPrefix("->"):
      let name = String(text.dropFirst(2))
      let className = String(name.prefix { $0 != "/" })
      return Pointer(className: className, objectId: values[name] ?? "").json
    case .string(let text) where text.hasPrefix("@"):
      return ["__type": "Date", "iso": .string(String(text.dropFirst()))]
    case .object(let object):
      var expanded: JSONObject = [:]
      for member in object.members {
        let isUser = member.key.hasPrefix("->")
        let key = isUser ? values[String(member.key.dropFirst(2))] ?? "" : member.key
        expanded[key] = self.expanded(member.value)
      }
      return .object(expanded)
    default: return value
    }
  }
}
