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

extension CacheNotice {
  /// One notice in place of this and a later one.
  func merged(with later: CacheNotice) -> CacheNotice {
    CacheNotice(
      classNames: classNames.union(later.classNames), sequence: max(sequence, later.sequence),
      outbox: outbox || later.outbox)
  }
}

/// Hands notices to every listener. One that is slower than the commits gets what it has not taken
/// yet as a single notice, so none holds more than one, however many commits there were.
final class NoticeBoard: Sendable {
  private final class Listener: Sendable {
    private let pending = Mutex<CacheNotice?>(nil)
    let wake: AsyncStream<Void>.Continuation

    init(_ wake: AsyncStream<Void>.Continuation) { self.wake = wake }

    func hear(_ notice: CacheNotice) {
      pending.withLock { $0 = $0?.merged(with: notice) ?? notice }
      wake.yield()
    }

    func take() -> CacheNotice? {
      pending.withLock { pending in
        defer { pending = nil }
        return pending
      }
    }
  }

  private struct State: Sendable {
    var next = 0
    var listeners: [Int: Listener] = [:]
  }

  private let state = Mutex(State())

  func stream() -> AsyncStream<CacheNotice> {
    let (wakes, wake) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let listener = Listener(wake)
    let number = state.withLock { state in
      state.next += 1
      state.listeners[state.next] = listener
      return state.next
    }
    wake.onTermination = { [weak self] _ in self?.forget(number) }
    return AsyncStream {
      for await _ in wakes {
        if let notice = listener.take() { return notice }
      }
      return nil
    }
  }

  func send(_ notice: CacheNotice) {
    let listeners = state.withLock { Array($0.listeners.values) }
    for listener in listeners { listener.hear(notice) }
  }

  func finish() {
    let listeners = state.withLock { state in
      defer { state.listeners = [:] }
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.wake.finish() }
  }

  private func forget(_ number: Int) {
    _ = state.withLock { $0.listeners.removeValue(forKey: number) }
  }
}
