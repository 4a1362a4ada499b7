/// What a client says on a LiveQuery socket (reference/parse.md §2.1).
package enum LiveQueryRequest: Sendable, Hashable {
  case connect(LiveQueryCredentials)
  case subscribe(LiveQuerySubscription)
  /// Replaces the query of a running subscription.
  case update(LiveQuerySubscription)
  case unsubscribe(requestId: Int)
}

/// The keys of `connect`. Any one that the server knows admits the client.
package struct LiveQueryCredentials: Sendable, Hashable {
  package var applicationId: String
  package var restAPIKey: String?
  package var javascriptKey: String?
  package var clientKey: String?
  package var sessionToken: String?
  package var installationId: String?

  package init(
    applicationId: String, restAPIKey: String? = nil, javascriptKey: String? = nil,
    clientKey: String? = nil, sessionToken: String? = nil, installationId: String? = nil
  ) {
    self.applicationId = applicationId
    self.restAPIKey = restAPIKey
    self.javascriptKey = javascriptKey
    self.clientKey = clientKey
    self.sessionToken = sessionToken
    self.installationId = installationId
  }
}

package struct LiveQuerySubscription: Sendable, Hashable {
  /// Chosen by the client; used once on a socket.
  package var requestId: Int
  package var className: String
  package var filter: JSONObject
  /// Fields to send. Nil works with every server: 4 and 5 refuse `keys`, 7 and later `fields`.
  package var keys: [String]?
  /// Fields whose change makes an event.
  package var watch: [String]?
  package var sessionToken: String?

  package init(
    requestId: Int, className: String, where filter: JSONObject = [:], keys: [String]? = nil,
    watch: [String]? = nil, sessionToken: String? = nil
  ) {
    self.requestId = requestId
    self.className = className
    self.filter = filter
    self.keys = keys
    self.watch = watch
    self.sessionToken = sessionToken
  }
}

extension LiveQueryRequest {
  package var json: JSON {
    switch self {
    case .connect(let credentials): credentials.json
    case .subscribe(let subscription): subscription.json(op: "subscribe")
    case .update(let subscription): subscription.json(op: "update")
    case .unsubscribe(let requestId): ["op": "unsubscribe", "requestId": .integer(requestId)]
    }
  }

  /// Reads what a client sent.
  /// - Throws: code 1 with the server's words for a message that does not fit its schema.
  package init(_ json: JSON) throws(ParseError) {
    guard let object = json.object, let op = object["op"] else { throw Self.missing("op") }
    let reader = LiveQueryFields(object: object)
    switch op.string {
    case "connect"?: self = .connect(try LiveQueryCredentials(reader))
    case "subscribe"?: self = .subscribe(try LiveQuerySubscription(reader))
    case "update"?: self = .update(try LiveQuerySubscription(reader))
    case "unsubscribe"?:
      try reader.allow(["op", "requestId"])
      self = .unsubscribe(requestId: try reader.requestId())
    default: throw ParseError(code: 1, message: "No enum match for: \(op.text)")
    }
  }

  fileprivate static func missing(_ name: String) -> ParseError {
    ParseError(code: 1, message: "Missing required property: \(name)")
  }
}

extension LiveQueryCredentials {
  fileprivate var json: JSON {
    var object: JSONObject = ["op": "connect", "applicationId": .string(applicationId)]
    object["restAPIKey"] = restAPIKey.map(JSON.string)
    object["javascriptKey"] = javascriptKey.map(JSON.string)
    object["clientKey"] = clientKey.map(JSON.string)
    object["sessionToken"] = sessionToken.map(JSON.string)
    object["installationId"] = installationId.map(JSON.string)
    return .object(object)
  }

  fileprivate init(_ reader: LiveQueryFields) throws(ParseError) {
    try reader.allow([
      "op", "applicationId", "restAPIKey", "javascriptKey", "clientKey", "windowsKey",
      "masterKey", "sessionToken", "installationId",
    ])
    guard let applicationId = try reader.text("applicationId") else {
      throw LiveQueryRequest.missing("applicationId")
    }
    self.init(
      applicationId: applicationId, restAPIKey: try reader.text("restAPIKey"),
      javascriptKey: try reader.text("javascriptKey"), clientKey: try reader.text("clientKey"),
      sessionToken: try reader.text("sessionToken"),
      installationId: try reader.text("installationId"))
  }
}

extension LiveQuerySubscription {
  fileprivate func json(op: String) -> JSON {
    var query: JSONObject = ["className": .string(className), "where": .object(filter)]
    query["keys"] = keys.map { .array($0.map(JSON.string)) }
    query["watch"] = watch.map { .array($0.map(JSON.string)) }
    var object: JSONObject = [
      "op": .string(op), "requestId": .integer(requestId), "query": .object(query),
    ]
    object["sessionToken"] = sessionToken.map(JSON.string)
    return .object(object)
  }

  fileprivate init(_ reader: LiveQueryFields) throws(ParseError) {
    try reader.allow(["op", "requestId", "query", "sessionToken"])
    let requestId = try reader.requestId()
    guard let value = reader.object["query"] else { throw LiveQueryRequest.missing("query") }
    let query = LiveQueryFields(object: try LiveQueryFields.object(value))
    guard let className = try query.text("className") else {
      throw LiveQueryRequest.missing("className")
    }
    guard let filter = query.object["where"] else { throw LiveQueryRequest.missing("where") }
    try query.allow(["className", "where", "keys", "watch"])
    self.init(
      requestId: requestId, className: className, where: try LiveQueryFields.object(filter),
      keys: try query.names("keys"), watch: try query.names("watch"),
      sessionToken: try reader.text("sessionToken"))
  }
}

/// The server's schema checks, with its words.
private struct LiveQueryFields {
  let object: JSONObject

  func allow(_ names: Set<String>) throws(ParseError) {
    guard names.isSuperset(of: object.keys) else {
      throw ParseError(code: 1, message: "Additional properties not allowed")
    }
  }

  func text(_ name: String) throws(ParseError) -> String? {
    guard let value = object[name] else { return nil }
    guard let text = value.string else { throw Self.wrong(value, "string") }
    return text
  }

  func requestId() throws(ParseError) -> Int {
    guard let value = object["requestId"] else { throw LiveQueryRequest.missing("requestId") }
    guard let requestId = value.int else { throw Self.wrong(value, "number") }
    return requestId
  }

  func names(_ name: String) throws(ParseError) -> [String]? {
    guard let value = object[name] else { return nil }
    guard let list = value.array else { throw Self.wrong(value, "array") }
    guard !list.isEmpty else {
      throw ParseError(code: 1, message: "Array is too short (0), minimum 1")
    }
    var names: [String] = []
    for item in list {
      guard let text = item.string else { throw Self.wrong(item, "string") }
      names.append(text)
    }
    return names
  }

  static func object(_ value: JSON) throws(ParseError) -> JSONObject {
    guard let object = value.object else { throw wrong(value, "object") }
    return object
  }

  private static func wrong(_ value: JSON, _ expected: String) -> ParseError {
    ParseError(code: 1, message: "Invalid type: \(value.typeName) (expected \(expected))")
  }
}
