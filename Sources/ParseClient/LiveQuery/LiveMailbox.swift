import Synchronization

/// Hands live events from the connection to its one reader, through a bounded backlog.
final class LiveMailbox: Sendable {
  private struct State: Sendable {
    var backlog: LiveBacklog
    var isFinished = false
  }

  private enum Next: Sendable {
    case event(LiveEvent)
    case wait
    case end
  }

  private let state: Mutex<State>
  private let rings: AsyncStream<Void>
  private let bell: AsyncStream<Void>.Continuation

  init(_ backlog: LiveBacklog = LiveBacklog()) {
    state = Mutex(State(backlog: backlog))
    (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  func post(_ event: LiveEvent) {
    state.withLock { $0.backlog.append(event) }
    bell.yield()
  }

  /// Ends the stream after what waits.
  func finish() {
    state.withLock { $0.isFinished = true }
    bell.yield()
  }

  /// For one reader.
  /// - Parameter end: Runs when the reader's task is cancelled or the stream is let go.
  func events(end: @escaping @Sendable () -> Void) -> AsyncStream<LiveEvent> {
    let reader = Reader(end)
    return AsyncStream { [self] in
      await withTaskCancellationHandler {
        await next()
      } onCancel: {
        reader.end()
      }
    }
  }

  private func next() async -> LiveEvent? {
    while !Task.isCancelled {
      let next = state.withLock { state -> Next in
        if let event = state.backlog.popFirst() { return .event(event) }
        return state.isFinished ? .end : .wait
      }
      switch next {
      case .event(let event): return event
      case .end: return nil
      case .wait: for await _ in rings { break }
      }
    }
    return nil
  }

  /// Lives as long as the stream.
  private final class Reader: Sendable {
    let end: @Sendable () -> Void

    init(_ end: @escaping @Sendable () -> Void) { self.end = end }

    deinit { end() }
  }
}
