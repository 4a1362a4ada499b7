import Synchronization

/// Why a loop wakes.
enum Wake: Sendable, Hashable {
  case poll
  /// All classes, refused ones too, and the ids.
  case refresh
}

/// A bell: rings that come while nobody listens count as one, the strongest.
final class Bell: Sendable {
  let rings: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation
  private let strongest = Mutex(Wake.poll)

  init() {
    (rings, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  func wake(_ reason: Wake) {
    if reason == .refresh { strongest.withLock { $0 = .refresh } }
    continuation.yield()
  }

  /// The reason of the rings heard; the next ones start anew.
  func take() -> Wake {
    strongest.withLock { strongest in
      defer { strongest = .poll }
      return strongest
    }
  }
}

struct Wakes: Sendable {
  let pull = Bell()
  let push = Bell()
  let live = Bell()
  let drain = Bell()
}
