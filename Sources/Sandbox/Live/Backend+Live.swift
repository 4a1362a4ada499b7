import ParseCore

/// The LiveQuery side of the server (reference/parse.md §2): frames in, frames out.
extension Backend {
  mutating func openLive(_ send: @escaping @Sendable (String) -> Void) -> Int {
    live.nextId += 1
    live.connections[live.nextId] = LiveConnection(send: send)
    return live.nextId
  }

  mutating func closeLive(_ id: Int) { live.connections[id] = nil }

  /// Takes one text frame. Text that is not JSON is ignored without an answer; no text at all,
  /// which a binary frame counts as, is a frame without `op`.
  mutating func receiveLive(_ id: Int, _ text: String) {
    guard let connection = live.connections[id] else { return }
    // Broken JSON is ignored by the real server too (reference/parse.md §2.2).
    let json = text.isEmpty ? JSON.object([:]) : try? JSON(text: text)
    guard let frame = json?.object else { return }
    do {
      switch try LiveMessage.check(frame) {
      case "connect": connect(id, frame)
      case "unsubscribe": unsubscribe(id, frame)
      case let operation: subscribe(id, frame, isUpdate: operation == "update")
      }
    } catch {
      connection.send(Self.errorFrame(1, error.text))
    }
  }

  private static func errorFrame(
    _ code: Int, _ text: String, reconnect: Bool = true, requestId: JSON = nil
  ) -> String {
    let frame: JSON = [
      "op": "error", "error": .string(text), "code": .integer(code), "reconnect": .bool(reconnect),
      "requestId": requestId,
    ]
    return frame.text
  }

  /// - Throws: what keeps the listener from a class at all: sessions want a user, and class
  ///   permissions count where the server checks them.
  private func checkSubscription(_ className: String, _ token: String?) throws(ParseError) {
    let listener = listener(token)
    if className == "_Session", listener.userId == nil { throw .invalidSession }
    guard options.checksLiveClasses, let permissions = schemas[className]?.permissions else {
      return
    }
    if try permissions.grant("find", to: listener, on: className) == .none {
      throw .denied("find", on: className)
    }
  }

  private mutating func connect(_ id: Int, _ frame: JSONObject) {
    let given = ["restAPIKey", "javascriptKey", "clientKey", "windowsKey"]
      .compactMap { frame[$0]?.string }
    let isMaster = frame["masterKey"]?.string == options.masterKey
    let isKnown = given.isEmpty || given.contains(options.restKey)
    guard isMaster || isKnown || !options.checksLiveKeys else {
      live.connections[id]?.send(Self.errorFrame(4, "Key in request is not valid"))
      return
    }
    let token = frame["sessionToken"]?.string
    do throws(ParseError) {
      try runBeforeConnect(token, isMaster: isMaster)
    } catch {
      live.connections[id]?.send(Self.errorFrame(error.code ?? 1, error.message, reconnect: false))
      return
    }
    let clientId = uuid()
    live.connections[id]?.clientId = clientId
    live.connections[id]?.installationId = frame["installationId"]?.string
    live.connections[id]?.token = token
    send(id, "connected", clientId)
  }

  private mutating func subscribe(_ id: Int, _ frame: JSONObject, isUpdate: Bool) {
    guard let connection = live.connections[id], let clientId = connection.clientId,
      let requestId = frame["requestId"]
    else {
      live.connections[id]?.send(
        Self.errorFrame(
          2, "Can not find this client, make sure you connect to server before subscribing"))
      return
    }
    if isUpdate {
      if !connection.subscriptions.contains(where: { $0.requestId == requestId }) {
        connection.send(Self.errorFrame(2, unknown(clientId, requestId)))
      }
      live.connections[id]?.subscriptions.removeAll { $0.requestId == requestId }
    }
    let query = frame["query"]?.object ?? [:]
    let className = query["className"]?.string ?? ""
    let token = frame["sessionToken"]?.string ?? connection.token
    do throws(ParseError) {
      try runBeforeSubscribe(className)
      try checkSubscription(className, token)
    } catch {
      connection.send(
        Self.errorFrame(
          error.code ?? 1, error.message, reconnect: false, requestId: requestId))
      return
    }
    // A filter the engine refuses is accepted and stays silent (reference/parse.md §2.2).
    let predicate = try? QueryPredicate(
      query["where"]?.object ?? [:], className: className, now: options.now())
    live.connections[id]?.subscriptions.append(
      LiveSubscription(
        clientId: clientId, requestId: requestId, className: className, predicate: predicate,
        keys: query["keys"]?.array?.compactMap(\.string),
        watch: query["watch"]?.array?.compactMap(\.string),
        token: token))
    send(id, "subscribed", clientId, requestId)
  }

  private mutating func unsubscribe(_ id: Int, _ frame: JSONObject) {
    guard let connection = live.connections[id], let clientId = connection.clientId,
      let requestId = frame["requestId"]
    else {
      live.connections[id]?.send(
        Self.errorFrame(
          2, "Can not find this client, make sure you connect to server before unsubscribing"))
      return
    }
    guard connection.subscriptions.contains(where: { $0.requestId == requestId }) else {
      connection.send(Self.errorFrame(2, unknown(clientId, requestId)))
      return
    }
    live.connections[id]?.subscriptions.removeAll { $0.requestId == requestId }
    send(id, "unsubscribed", clientId, requestId)
  }

  private func unknown(_ clientId: String, _ requestId: JSON) -> String {
    "Cannot find subscription with clientId \(clientId) subscriptionId \(requestId.text). "
      + "Make sure you subscribe to live query server before unsubscribing."
  }

  private func send(_ id: Int, _ operation: String, _ clientId: String, _ requestId: JSON? = nil) {
    guard let connection = live.connections[id] else { return }
    var frame: JSONObject = ["op": .string(operation), "clientId": .string(clientId)]
    if let requestId { frame["requestId"] = requestId }
    if let installation = connection.installationId {
      frame["installationId"] = .string(installation)
    }
    connection.send(frame.text)
  }

  private func uuid() -> String {
    let hex = text(32, from: Self.hexDigits)
    var parts: [Substring] = []
    var rest = hex[...]
    for count in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return parts.joined(separator: "-")
  }
}
