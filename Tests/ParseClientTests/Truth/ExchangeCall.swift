import ParseCore

@testable import ParseClient

extension Exchange {
  /// Makes the recorded call by the client's own function for it, and says what came of it in the
  /// terms of `expected`.
  func made(by client: ParseClient) async throws(ClientError) -> JSONObject {
    switch call {
    case "find": Self.summary(try await client.find(query))
    case "get":
      Self.row(
        try await client.get(
          className, objectId: objectId,
          include: text("include").split(separator: ",").map(String.init)))
    case "create":
      Self.summary(
        try await client.create(className, Self.changes(body), requestId: requestId))
    case "update":
      Self.summary(
        try await client.update(
          className, objectId: objectId, Self.changes(body), requestId: requestId))
    case "delete":
      try await done { () throws(ClientError) in
        try await client.delete(className, objectId: objectId)
      }
    case "batch":
      [
        "items": .array(
          try await client.batch(batch, isTransaction: body["transaction"]?.bool ?? false)
            .map(Self.item))
      ]
    case "function":
      [
        "result": try await client.call(text("function"), body, requestId: requestId)
      ]
    case "config": ["parameters": .object(try await client.config())]
    case "health": ["health": .string(try await client.health())]
    default: try await madeForAccount(by: client)
    }
  }

  private func madeForAccount(by client: ParseClient) async throws(ClientError) -> JSONObject {
    switch call {
    case "logIn":
      Self.summary(
        try await client.logIn(username: text("username"), password: text("password")))
    case "signUp":
      Self.summary(
        try await client.signUp(
          username: text("username"), password: text("password"), email: json["email"]?.string),
        besides: ["username", "email"])
    case "me": Self.summary(try await client.me())
    case "currentSession": Self.summary(try await client.currentSession())
    case "verifyPassword":
      Self.row(
        try await client.verifyPassword(username: text("username"), password: text("password")))
    case "logOut": try await done { () throws(ClientError) in try await client.logOut() }
    case "passwordReset":
      try await done { () throws(ClientError) in
        try await client.requestPasswordReset(email: text("email"))
      }
    case "emailVerification":
      try await done { () throws(ClientError) in
        try await client.requestEmailVerification(email: text("email"))
      }
    default: try await madeRaw(by: client)
    }
  }

  /// Calls that a staff client has no use for, and requests no client of ours would send: the answer
  /// is read all the same. Verbs that the client does not have go as a GET.
  private func madeRaw(by client: ParseClient) async throws(ClientError) -> JSONObject {
    let mount = "/parse"
    let target = text("target")
    var call = ParseClient.Call(
      method: HTTPRequest.Method(rawValue: text("method")) ?? .get,
      path: target.hasPrefix(mount) ? String(target.dropFirst(mount.count)) : target,
      body: nil, isIdempotent: true)
    call.etag = json["etag"]?.string
    guard let reply = try await client.performIfChanged(call) else { return ["same": true] }
    switch reply.json {
    case _ where expected["value"] != nil: return ["value": reply.json]
    case .array(let items): return ["list": .integer(items.count)]
    case .object(let object):
      return ["keys": .array(object.members.map(\.key).sorted().map(JSON.string))]
    default: return [:]
    }
  }

  private func done(
    _ call: () async throws(ClientError) -> Void
  ) async throws(ClientError) -> JSONObject {
    try await call()
    return ["done": true]
  }
}

extension Exchange {
  private static func summary(_ answer: FindAnswer) -> JSONObject {
    var summary: JSONObject = [
      "rows": .array(answer.rows.map { $0.objectId.map(JSON.string) ?? .null }),
      "fields": .integer(answer.rows.reduce(0) { $0 + $1.fields.members.count }),
    ]
    if let count = answer.count { summary["count"] = .integer(count) }
    return summary
  }

  private static func row(_ row: ParseObject) -> JSONObject {
    [
      "row": row.objectId.map(JSON.string) ?? .null,
      "fields": .integer(row.fields.members.count),
      "createdAt": row.createdAt.map { .string($0.iso) } ?? .null,
    ]
  }

  private static func summary(_ answer: SaveAnswer) -> JSONObject {
    var summary: JSONObject = [
      "saved": .string(answer.objectId),
      "fields": .array(answer.fields.members.map(\.key).sorted().map(JSON.string)),
    ]
    if let createdAt = answer.createdAt { summary["createdAt"] = .string(createdAt.iso) }
    if let updatedAt = answer.updatedAt { summary["updatedAt"] = .string(updatedAt.iso) }
    return summary
  }

  /// - Parameter besides: fields that the client fills in itself.
  private static func summary(_ session: Session, besides own: Set<String> = []) -> JSONObject {
    [
      "user": session.user.objectId.map(JSON.string) ?? .null,
      "token": .string(session.sessionToken),
      "fields": .integer(session.user.fields.members.filter { !own.contains($0.key) }.count),
    ]
  }

  private static func summary(_ session: SessionRow) -> JSONObject {
    var summary: JSONObject = [
      "session": session.objectId.map(JSON.string) ?? .null,
      "expiresAt": session.expiresAt.map { .string($0.iso) } ?? .null,
    ]
    if let id = session.installationId { summary["installationId"] = .string(id) }
    return summary
  }

  private static func item(_ result: Result<JSONObject, ParseError>) -> JSON {
    switch result {
    case .success: "ok"
    case .failure(let error): error.code.map { .integer($0) } ?? .null
    }
  }

  /// What an error is, apart from its words.
  static func summary(_ error: ClientError) -> JSONObject {
    var summary: JSONObject = [
      "retry": .string(error.retry.rawValue), "arrived": .bool(error.mayHaveArrived),
    ]
    switch error {
    case .server(let refusal):
      summary["code"] = refusal.code.map { .integer($0) } ?? .null
      summary["status"] = refusal.httpStatus.map { .integer($0) } ?? .null
    case .tooManyRequests(let seconds):
      summary["tooMany"] = seconds.map { .integer($0) } ?? .null
    case .notParse(let status): summary["notParse"] = .integer(status)
    case .noNetwork(.connectionLost): summary["lost"] = true
    default: summary["other"] = .string("\(error)")
    }
    return summary
  }
}
