import Synchronization

/// Word that a commit changed the cache.
package struct CacheNotice: Sendable, Hashable {
  /// Classes with changed rows; read them with `changes(className:since:)`.
  package var classNames: Set<String>
  /// The number of the commit.
  package var sequence: Int64
  /// The outbox changed: a record came, went or has another state.
  package var outbox: Bool

  package init(classNames: Set<String>, sequence: Int64, outbox: Bool) {
    self.classNames = classNames
    self.sequence = sequence
    self.outbox = outbox
  }
}

/// Hands every notice to every listener, in the order given.
final class NoticeBoard: Sendable {
  private struct State: Sendable {
    var next = 0
    var listeners: [Int: AsyncStream<CacheNotice>.Continuation] = [:]
  }

  private let state = Mutex(State())

  func stream() -> AsyncStream<CacheNotice> {
    let (stream, continuation) = AsyncStream.makeStream(of: CacheNotice.self)
    let number = state.withLock { state in
      state.next += 1
      state.listeners[state.next] = continuation
      return state.next
    }
    continuation.onTermination = { [weak self] _ in self?.forget(number) }
    return stream
  }

  func send(_ notice: CacheNotice) {
    let listeners = state.withLock { Array($0.listeners.values) }
    for listener in listeners { listener.yield(notice) }
  }

  func finish() {
    let listeners = state.withLock { state in
      defer { state.listeners = [:] }
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.finish() }
  }

  private func forget(_ number: Int) {
    _ = state.withLock { $0.listeners.removeValue(forKey: number) }
  }
}
