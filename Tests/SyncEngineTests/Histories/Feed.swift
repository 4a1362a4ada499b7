import Synchronization

/// The live frames of one terminal on their way.
final class Feed: Sendable {
  private let frames = Mutex<[String]>([])

  func append(_ frame: String) { frames.withLock { $0.append(frame) } }

  func take() -> [String] {
    frames.withLock { frames in
      defer { frames = [] }
      return frames
    }
  }

  /// Something about the row has not been heard yet.
  func mentions(_ id: String) -> Bool { frames.withLock { $0.contains { $0.contains(id) } } }
}

/// How far the clock of the user's machine is off, in seconds.
final class Drift: Sendable {
  private let state = Mutex(0)

  var seconds: Int {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
