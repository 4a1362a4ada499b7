import ParseClient
import ParseCore

/// A Parse Server as a value: rows with readers, sessions, and LiveQuery sockets.
struct ServerModel {
  struct Row {
    var object: ParseObject
    /// Its ACL lets the reader in; a change of it is a save.
    var isOpen = true
    /// Only readers with the role see it; a change of the role touches no row.
    var needsRole: Bool
  }

  struct Socket {
    var token: String?
    /// Request ids by class.
    var subscriptions: [String: Int] = [:]
  }

  /// What a save does.
  enum Change {
    case set(Int)
    case open(Bool)
    case delete
  }

  static let classNames = ["Deal", "Contact"]

  var isUp = true
  var hasRole = true
  var tokens: Set<String> = ["r:0"]
  var sockets: [Int: Socket] = [:]
  private(set) var rows: [Pointer: Row] = [:]
  /// More than that never comes in one answer, whatever was asked.
  let maximumLimit = 7

  func isVisible(_ row: Row) -> Bool { row.isOpen && (hasRole || !row.needsRole) }

  func visible(_ className: String) -> [ParseObject] {
    rows.values.filter { $0.object.className == className && isVisible($0) }.map(\.object)
  }

  /// The pointers of all rows, in an order that does not change from run to run.
  var pointers: [Pointer] {
    rows.keys.sorted { ($0.className, $0.objectId) < ($1.className, $1.objectId) }
  }
}

extension ServerModel {
  mutating func create(_ className: String, _ id: String, needsRole: Bool, at time: ParseDate)
    -> [(socket: Int, text: String)]
  {
    let object = ParseObject(
      className: className, objectId: id, createdAt: time, updatedAt: time, fields: ["n": 0])
    let row = Row(object: object, needsRole: needsRole)
    rows[Pointer(className: className, objectId: id)] = row
    return events(before: nil, after: row, object)
  }

  mutating func apply(
    _ change: Change, to pointer: Pointer, at time: ParseDate
  ) -> [(socket: Int, text: String)] {
    guard let before = rows[pointer] else { return [] }
    var after: Row? = before
    switch change {
    case .set(let number):
      after?.object.fields["n"] = .integer(number)
      // Now and then a field is unset: absent from then on.
      after?.object.fields["extra"] = number % 3 == 0 ? .string("x\(number)") : nil
    case .open(let isOpen): after?.isOpen = isOpen
    case .delete: after = nil
    }
    // One row is never saved twice in one millisecond: nothing could tell its two states apart.
    let next = (before.object.updatedAt?.milliseconds ?? 0) + 1
    after?.object.updatedAt = max(time, ParseDate(milliseconds: next))
    rows[pointer] = after
    return events(before: before, after: after, before.object)
  }

  /// The frames a save makes, for each socket that may see them.
  private func events(
    before: Row?, after: Row?, _ object: ParseObject
  ) -> [(socket: Int, text: String)] {
    let was = before.map(isVisible) ?? false
    let isSeen = after.map(isVisible) ?? false
    let kind: LiveQueryEvent.Kind
    switch (was, isSeen) {
    case (false, false): return []
    case (false, true): kind = before == nil ? .create : .enter
    case (true, true): kind = .update
    case (true, false): kind = after == nil ? .delete : .leave
    }
    return sockets.keys.sorted().compactMap { number in
      guard let socket = sockets[number], let token = socket.token, tokens.contains(token),
        let requestId = socket.subscriptions[object.className]
      else { return nil }
      let event = LiveQueryEvent(
        kind: kind, requestId: requestId, clientId: "c\(number)",
        object: after?.object ?? object,
        original: kind == .create || kind == .delete ? nil : before?.object)
      return (number, LiveQueryMessage.event(event).json.text)
    }
  }

  /// The answer to a client's frame, if any.
  mutating func hear(_ text: String, on number: Int) throws -> String? {
    guard sockets[number] != nil else { return nil }
    switch try LiveQueryRequest(JSON(text: text)) {
    case .connect(let credentials):
      sockets[number]?.token = credentials.sessionToken
      return LiveQueryMessage.connected(clientId: "c\(number)").json.text
    case .subscribe(let subscription):
      sockets[number]?.subscriptions[subscription.className] = subscription.requestId
      return LiveQueryMessage.subscribed(
        requestId: subscription.requestId, clientId: "c\(number)"
      ).json.text
    case .update, .unsubscribe: return nil
    }
  }
}

extension ServerModel {
  func find(
    _ query: Query, token: String, now: ParseDate
  ) throws -> Result<FindAnswer, ClientError> {
    guard isUp else { return .failure(.noNetwork(.refused)) }
    guard tokens.contains(token) else {
      return .failure(
        .server(ParseError(code: 209, message: "Invalid session token", httpStatus: 400)))
    }
    let predicate = try QueryPredicate(query.filter, className: query.className, now: now)
    let matches = visible(query.className).filter { predicate.matches($0) }
    let limit = min(query.limit ?? 100, maximumLimit)
    let page = try QueryOrdering(query.order).sorted(matches).prefix(limit).map { row in
      guard query.keys != nil else { return row }
      var bare = row
      bare.fields = [:]
      return bare
    }
    let seconds = ParseDate(milliseconds: now.milliseconds / 1000 * 1000)
    return .success(
      FindAnswer(
        rows: Array(page), count: query.count ? matches.count : nil, serverDate: seconds))
  }
}
