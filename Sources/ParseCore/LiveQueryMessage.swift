/// What the server says on a LiveQuery socket (reference/parse.md §2.2).
package enum LiveQueryMessage: Sendable, Hashable {
  case connected(clientId: String, installationId: String? = nil)
  /// Also the answer to an update. Proves nothing: a class that is not enabled is subscribed too
  /// and stays silent.
  case subscribed(requestId: Int, clientId: String)
  case unsubscribed(requestId: Int, clientId: String)
  case event(LiveQueryEvent)
  case error(LiveQueryFault)
  /// Known to clients; no server sends it.
  case redirect(url: String)
}

/// A row came into, changed within or left a subscription.
package struct LiveQueryEvent: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case create, enter, update, leave, delete
  }

  package let kind: Kind
  package let requestId: Int
  package let clientId: String
  /// The row after the save; of a `leave` it may hold what the reader may no longer see, so that
  /// one is not to be stored.
  package let object: ParseObject
  /// The row before the save, where the server gives it.
  package let original: ParseObject?

  package init(
    kind: Kind, requestId: Int, clientId: String, object: ParseObject,
    original: ParseObject? = nil
  ) {
    self.kind = kind
    self.requestId = requestId
    self.clientId = clientId
    self.object = object
    self.original = original
  }
}

package struct LiveQueryFault: Sendable, Hashable {
  package let error: ParseError
  /// The server's word; true even where a new connection cannot help (keys refused, bad schema).
  package let reconnect: Bool
  /// Nil on faults of the whole connection, and on most others too.
  package let requestId: Int?

  package init(error: ParseError, reconnect: Bool, requestId: Int? = nil) {
    self.error = error
    self.reconnect = reconnect
    self.requestId = requestId
  }
}

extension LiveQueryMessage {
  package init(text: String) throws(JSONError) {
    let json = try JSON(text: text)
    guard let message = LiveQueryMessage(json) else {
      throw JSONError(reason: .unexpectedByte, offset: 0)
    }
    self = message
  }

  /// Nil for an op this client does not know, or one that misses what it needs.
  package init?(_ json: JSON) {
    guard let op = json["op"]?.string else { return nil }
    let clientId = json["clientId"]?.string ?? ""
    let requestId = json["requestId"]?.int
    switch op {
    case "connected":
      self = .connected(clientId: clientId, installationId: json["installationId"]?.string)
    case "subscribed":
      guard let requestId else { return nil }
      self = .subscribed(requestId: requestId, clientId: clientId)
    case "unsubscribed":
      guard let requestId else { return nil }
      self = .unsubscribed(requestId: requestId, clientId: clientId)
    case "error":
      let error = ParseError(code: json["code"]?.int, message: json["error"]?.string ?? "")
      self = .error(
        LiveQueryFault(
          error: error, reconnect: json["reconnect"]?.bool ?? true, requestId: requestId))
    case "redirect":
      guard let url = json["url"]?.string else { return nil }
      self = .redirect(url: url)
    default:
      guard let kind = LiveQueryEvent.Kind(rawValue: op), let requestId,
        let object = ParseObject(event: json["object"])
      else { return nil }
      self = .event(
        LiveQueryEvent(
          kind: kind, requestId: requestId, clientId: clientId, object: object,
          original: ParseObject(event: json["original"])))
    }
  }

  package var json: JSON {
    switch self {
    case .connected(let clientId, let installationId):
      var object: JSONObject = ["op": "connected", "clientId": .string(clientId)]
      object["installationId"] = installationId.map(JSON.string)
      return .object(object)
    case .subscribed(let requestId, let clientId):
      return Self.answer("subscribed", requestId, clientId)
    case .unsubscribed(let requestId, let clientId):
      return Self.answer("unsubscribed", requestId, clientId)
    case .event(let event): return event.json
    case .error(let fault):
      return [
        "op": "error", "error": .string(fault.error.message),
        "code": fault.error.code.map(JSON.integer) ?? .null, "reconnect": .bool(fault.reconnect),
        "requestId": fault.requestId.map(JSON.integer) ?? .null,
      ]
    case .redirect(let url): return ["op": "redirect", "url": .string(url)]
    }
  }

  private static func answer(_ op: String, _ requestId: Int, _ clientId: String) -> JSON {
    ["op": .string(op), "clientId": .string(clientId), "requestId": .integer(requestId)]
  }
}

extension LiveQueryEvent {
  fileprivate var json: JSON {
    var message: JSONObject = [
      "op": .string(kind.rawValue), "clientId": .string(clientId),
      "requestId": .integer(requestId), "object": .object(object.eventJSON),
    ]
    message["original"] = original.map { .object($0.eventJSON) }
    return .object(message)
  }
}

extension ParseObject {
  /// Rows of events name their class inside.
  fileprivate init?(event json: JSON?) {
    guard let object = json?.object, let className = object["className"]?.string else {
      return nil
    }
    self.init(className: className, json: object)
  }

  fileprivate var eventJSON: JSONObject {
    var object = json
    object["className"] = .string(className)
    return object
  }
}
