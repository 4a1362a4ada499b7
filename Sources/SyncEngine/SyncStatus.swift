package import ParseCore
import Synchronization

/// What the freshness line shows.
package struct SyncStatus: Sendable, Hashable {
  package enum Connection: Sendable, Hashable {
    /// The server cannot be reached, or the user wants it so.
    case offline(since: ParseDate)
    /// A first fill is under way; see `progress`.
    case syncing
    /// No live connection; changes come by asking, last at the time given.
    case polling(last: ParseDate?)
    case live
    /// Another process of this account syncs; its commits show here.
    case following
  }

  package struct Progress: Sendable, Hashable {
    package var done: Int
    /// Nil while the server has not said.
    package var total: Int?

    package init(done: Int, total: Int?) {
      self.done = done
      self.total = total
    }
  }

  package var connection: Connection
  /// The classes whose first fill is not done.
  package var progress: [String: Progress] = [:]
  /// Records that wait or are on their way.
  package var queued = 0
  package var failed = 0
  package var conflicts = 0
  /// The session ended (209). Nothing is sent or fetched until `signedIn()`.
  package var signInNeeded = false
  /// Words on the last trouble that is no plain loss of the network; not yet safe to draw.
  package var problem: String?

  package init(connection: Connection) { self.connection = connection }
}

/// Holds the status and tells it to every listener, who may miss all but the latest.
final class StatusBoard: Sendable {
  private struct State: Sendable {
    var status: SyncStatus
    var next = 0
    var listeners: [Int: AsyncStream<SyncStatus>.Continuation] = [:]
  }

  private let state: Mutex<State>

  init(_ status: SyncStatus) { state = Mutex(State(status: status)) }

  var status: SyncStatus { state.withLock { $0.status } }

  func update(_ status: SyncStatus) {
    let listeners = state.withLock { state in
      guard state.status != status else { return [AsyncStream<SyncStatus>.Continuation]() }
      state.status = status
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.yield(status) }
  }

  /// Starts with the present status.
  func stream() -> AsyncStream<SyncStatus> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: SyncStatus.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.next += 1
      state.listeners[state.next] = continuation
      continuation.yield(state.status)
      return state.next
    }
    continuation.onTermination = { [weak self] _ in
      _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
    }
    return stream
  }
}
