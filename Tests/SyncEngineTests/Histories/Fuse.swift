import GRDB
import Synchronization

/// Kills a process at one of its commits, before it counts or just after: nothing it writes later
/// reaches the file, and nothing it sends reaches the server.
final class Fuse: TransactionObserver, Sendable {
  struct Blown: Error {}

  private struct State: Sendable {
    var isBlown = false
    /// How many commits are still to pass; nil while nothing is planned.
    var commits: Int?
    /// The last of them still counts.
    var takesLast = false
  }

  private let state = Mutex(State())

  var isBlown: Bool { state.withLock { $0.isBlown } }

  func blow() { state.withLock { $0.isBlown = true } }

  func light(commits: Int, takesLast: Bool) {
    state.withLock { state in
      state.commits = commits
      state.takesLast = takesLast
    }
  }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }

  func databaseDidChange(with event: DatabaseEvent) {}

  func databaseWillCommit() throws {
    let isBlown = state.withLock { state in
      if state.commits == 0, !state.takesLast { state.isBlown = true }
      return state.isBlown
    }
    if isBlown { throw Blown() }
  }

  func databaseDidCommit(_ db: Database) {
    state.withLock { state in
      guard let left = state.commits else { return }
      if left == 0 { state.isBlown = true }
      state.commits = max(0, left - 1)
    }
  }

  func databaseDidRollback(_ db: Database) {}
}
