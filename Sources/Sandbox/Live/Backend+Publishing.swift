import ParseCore

/// From saved rows to events.
extension Backend {
  /// Sends what the request changed to everyone who listens and may see it, in the order of change.
  mutating func publishChanges() {
    let changes = changes
    self.changes = []
    guard !live.connections.isEmpty, !live.isMuted else { return }
    for change in changes {
      if let classes = options.liveClasses, !classes.contains(change.className) { continue }
      for id in live.connections.keys.sorted() { publish(change, to: id) }
    }
  }

  private func publish(_ change: RowChange, to id: Int) {
    guard let connection = live.connections[id] else { return }
    var callers: [String: Caller] = [:]
    for subscription in connection.subscriptions
    where subscription.className == change.className {
      let key = subscription.token ?? ""
      let listener = callers[key] ?? listener(subscription.token)
      callers[key] = listener
      guard let event = event(change, subscription, listener) else { continue }
      var frame: JSONObject = [
        "op": .string(event), "clientId": .string(subscription.clientId),
        "requestId": subscription.requestId,
      ]
      if let installation = connection.installationId {
        frame["installationId"] = .string(installation)
      }
      var shown = change.after ?? change.before
      for field in change.nulls where shown?.fields[field] == nil { shown?.fields[field] = .null }
      frame["object"] = shown.map { .object(payload($0, subscription, listener)) }
      if change.after != nil, let before = change.before {
        frame["original"] = .object(payload(before, subscription, listener))
      }
      connection.send(frame.text)
    }
  }

  /// A token that is bad or has ended leaves what the public may see.
  func listener(_ token: String?) -> Caller {
    guard let token else { return Caller() }
    if token.isEmpty { return Caller() }
    do {
      return try caller(token: token)
    } catch {
      return Caller()
    }
  }

  /// Row before and after the save, each held against filter and ACL (reference/parse.md §2.3).
  private func event(
    _ change: RowChange, _ subscription: LiveSubscription, _ listener: Caller
  ) -> String? {
    func sees(_ row: ParseObject?) -> Bool {
      guard let row else { return false }
      return subscription.predicate?.matches(row) == true && listener.mayRead(row)
    }
    let before = sees(change.before)
    let after = sees(change.after)
    switch (before, after) {
    case (false, true): return change.before == nil ? "create" : "enter"
    case (true, false): return change.after == nil ? "delete" : "leave"
    case (true, true): return isWatched(change, subscription) ? "update" : nil
    case (false, false): return nil
    }
  }

  private func isWatched(_ change: RowChange, _ subscription: LiveSubscription) -> Bool {
    guard let watch = subscription.watch else { return true }
    return watch.contains { change.before?[$0] != change.after?[$0] }
  }

  private func payload(
    _ row: ParseObject, _ subscription: LiveSubscription, _ listener: Caller
  ) -> JSONObject {
    var json = stripped(row, for: listener)
    json["className"] = .string(row.className)
    guard let keys = subscription.keys else { return json }
    return json.cut(to: keys + ["className"])
  }
}
