import ParseCore

/// One thing a client listens to.
struct LiveSubscription: Sendable {
  let clientId: String
  let requestId: JSON
  let className: String
  /// Nil when the filter could not be read: such a subscription stays silent, as on the server.
  let predicate: QueryPredicate?
  let keys: [String]?
  let watch: [String]?
  let token: String?
}

/// One open socket.
struct LiveConnection: Sendable {
  let send: @Sendable (String) -> Void
  var clientId: String?
  var installationId: String?
  var token: String?
  var subscriptions: [LiveSubscription] = []
}

struct LiveState: Sendable {
  var connections: [Int: LiveConnection] = [:]
  var nextId = 0
  /// While true events are lost, as on a server that restarts between two saves.
  var isMuted = false
}
