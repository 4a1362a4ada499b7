import Synchronization

/// The live frames of one terminal on their way.
final class Feed: Sendable {
  private struct State {
    var frames: [String] = []
    /// Taken from the wire and not yet in the cache.
    var heard: [String] = []
  }

  private let state = Mutex(State())

  func append(_ frame: String) { state.withLock { $0.frames.append(frame) } }

  func take() -> [String] {
    state.withLock { state in
      state.heard = state.frames
      state.frames = []
      return state.heard
    }
  }

  /// What was taken is in the cache.
  func settle() { state.withLock { $0.heard = [] } }

  /// Something about the row is not in the cache yet.
  func mentions(_ id: String) -> Bool {
    state.withLock { state in (state.frames + state.heard).contains { $0.contains(id) } }
  }
}

/// How far the clock of the user's machine is off, in seconds.
final class Drift: Sendable {
  private let state = Mutex(0)

  var seconds: Int {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
