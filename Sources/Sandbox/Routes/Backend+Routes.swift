import ParseCore

/// The table of routes (reference/parse.md §1.2).
extension Backend {
  /// Nil where the server has no such route.
  mutating func route(_ call: Call) throws(ParseError) -> Answer? {
    switch call.path.first {
    case "classes"?: return try rows(call, Array(call.path.dropFirst()))
    case "users"?: return try users(call)
    case "roles"?: return try rows(call, ["_Role"] + call.path.dropFirst())
    case "installations"?: return try rows(call, ["_Installation"] + call.path.dropFirst())
    case "sessions"?: return try sessions(call)
    case "login"?, "logout"?, "verifyPassword"?, "requestPasswordReset"?,
      "verificationEmailRequest"?, "loginAs"?:
      return call.path.count == 1 ? try account(call) : nil
    case "functions"?:
      guard call.path.count == 2, call.method == "POST" else { return nil }
      return Answer(["result": try function(call.path[1], call)])
    case "config"?: return call.method == "GET" ? Answer(["params": [:]]) : nil
    case "batch"?: return call.method == "POST" && call.path.count == 1 ? try batch(call) : nil
    case "schemas"?: return try schemaRoute(call)
    case "purge"?: return try purge(call)
    case "serverInfo"?:
      guard call.caller.isMaster else { throw .masterKeyRequired }
      return Answer(Self.serverInfo)
    case "aggregate"?: return try aggregate(call)
    case "jobs"?, "push"?, "hooks"?:
      guard call.caller.isMaster else { throw .masterKeyRequired }
      return nil
    case "events"?: return Answer([:])
    default: return nil
    }
  }

  /// `/classes/<C>[/<id>]` and its aliases.
  private mutating func rows(_ call: Call, _ path: [String]) throws(ParseError) -> Answer? {
    guard let className = path.first, path.count <= 2 else { return nil }
    guard path.count == 2 else {
      switch call.method {
      case "GET", "HEAD":
        let request = try FindRequest(call.body, options)
        return Answer(try find(className, request, as: call.caller))
      case "POST":
        let created = try create(className, call.body, as: call.caller)
        let folder = className == "_User" ? "users" : "classes/\(className)"
        return Answer(
          created.answer, status: 201, location: "\(call.base)/\(folder)/\(created.id)")
      default: return nil
      }
    }
    switch call.method {
    case "GET", "HEAD":
      let request = try FindRequest(get: call.body)
      var row = try get(className, path[1], request, as: call.caller)
      if className == "_User", path[1] == call.caller.userId, let token = call.caller.sessionToken {
        row["sessionToken"] = .string(token)
      }
      return Answer(row)
    case "PUT": return Answer(try update(className, path[1], call.body, as: call.caller))
    case "DELETE":
      try delete(className, path[1], as: call.caller)
      return Answer([:])
    default: return nil
    }
  }

  private mutating func users(_ call: Call) throws(ParseError) -> Answer? {
    if call.path.dropFirst().first == "me", call.path.count == 2, call.method == "GET" {
      guard let token = call.caller.sessionToken, let row = row(call.caller.user) else {
        throw .invalidSession
      }
      var me = stripped(row, for: call.caller)
      me["__type"] = "Object"
      me["className"] = "_User"
      me["sessionToken"] = .string(token)
      return Answer(me)
    }
    return try rows(call, ["_User"] + call.path.dropFirst())
  }

  private mutating func sessions(_ call: Call) throws(ParseError) -> Answer? {
    if call.path.count == 2, call.path[1] == "me" {
      guard let token = call.caller.sessionToken, let row = row("_Session", sessionIds[token])
      else {
        throw .invalidSession
      }
      return call.method == "GET" ? Answer(row.json) : nil
    }
    if call.path.count == 2, call.method == "DELETE" {
      guard let row = try readable("_Session", call.path[1], as: call.caller) else {
        throw .notFoundForDelete
      }
      remove(row)
      return Answer([:])
    }
    return call.method == "GET" ? try rows(call, ["_Session"] + call.path.dropFirst()) : nil
  }

  private mutating func batch(_ call: Call) throws(ParseError) -> Answer {
    guard let requests = call.body["requests"]?.array else {
      throw .refused(107, "requests must be an array")
    }
    var calls: [Call] = []
    for request in requests { calls.append(try part(request, of: call)) }
    let isTransaction = call.body["transaction"]?.bool == true
    let before = isTransaction ? self : nil
    var results: [JSON] = []
    for part in calls {
      do throws(ParseError) {
        guard let answer = try route(part) else {
          throw ParseError.refused(107, "cannot route batch request")
        }
        results.append(["success": answer.json])
      } catch {
        if let before {
          self = before
          throw .internalError
        }
        results.append(["error": error.body])
      }
    }
    return Answer(.array(results))
  }

  private static let routed: Set<String> = [
    "classes", "users", "roles", "sessions", "installations", "functions", "login", "logout",
    "config", "schemas",
  ]

  private func part(_ request: JSON, of call: Call) throws(ParseError) -> Call {
    let path = request["path"]?.string ?? ""
    guard let parts = underMount(path) else {
      throw .refused(107, "cannot route batch path \(path)")
    }
    let method = request["method"]?.string ?? "undefined"
    guard ["GET", "POST", "PUT", "DELETE"].contains(method), let first = parts.first,
      Self.routed.contains(first)
    else { throw .refused(107, "cannot route \(method) /\(parts.joined(separator: "/"))") }
    return Call(
      method: method, path: parts, body: request["body"]?.object ?? [:], caller: call.caller,
      base: call.base)
  }
}
