import ParseClient
import ParseCore
import Sandbox

@testable import SyncEngine

/// Live events: late, twice, out of order, cut off with the connection.
extension History {
  /// Only the process that syncs listens.
  func openLive(_ terminal: Terminal) {
    let status = terminal.engine.status
    guard isLive, !isOffline, !terminal.fuse.isBlown, connections[terminal.number] == nil,
      !status.signInNeeded, status.connection != .following
    else { return }
    let feed = terminal.feed
    let connection = server.openLive { feed.append($0) }
    connections[terminal.number] = connection
    let hello = LiveQueryRequest.connect(
      LiveQueryCredentials(
        applicationId: "campus", restAPIKey: "rest", sessionToken: terminal.client.sessionToken))
    let wanted = Self.classNames.enumerated().map { index, name in
      LiveQueryRequest.subscribe(LiveQuerySubscription(requestId: index, className: name))
    }
    for request in [hello] + wanted { server.receiveLive(connection, request.json.text) }
  }

  /// - Parameter isTold: The process lives and notices.
  func closeLive(_ terminal: Terminal, isTold: Bool) async {
    guard let connection = connections.removeValue(forKey: terminal.number) else { return }
    server.closeLive(connection)
    _ = terminal.feed.take()
    terminal.feed.settle()
    if isTold { await terminal.engine.hear(.disconnected(reason: "cut", retryIn: .seconds(1))) }
  }

  /// Brings what was said so far; while it does, new events wait.
  func deliver(_ terminal: Terminal) async {
    guard !isDelivering, connections[terminal.number] != nil else { return }
    isDelivering = true
    defer { isDelivering = false }
    var frames = terminal.feed.take()
    if frames.count > 1, chance(0.2) { frames.swapAt(0, frames.count - 1) }
    if let again = frames.randomElement(using: &random), chance(0.2) { frames.append(again) }
    for frame in frames {
      guard let event = Self.event(frame) else { continue }
      note("    live \(frame)")
      await terminal.engine.hear(event)
    }
    await terminal.engine.drain()
    terminal.feed.settle()
  }

  private static func event(_ frame: String) -> LiveEvent? {
    switch try? LiveQueryMessage(text: frame) {
    case .connected: .connected
    case .subscribed(let requestId, _): .subscribed(className: classNames[requestId])
    case .event(let event):
      .event(kind: event.kind, object: event.object, original: event.original)
    case .unsubscribed, .error, .redirect, nil: nil
    }
  }
}
