import Glibc
import Synchronization

/// Ends a process with the value that started it.
final class Reaper: Sendable {
  let pid: pid_t
  let isDone = Mutex(false)

  init(pid: pid_t) { self.pid = pid }

  /// Ends the process unless its end was seen.
  func kill() {
    isDone.withLock { isDone in
      if !isDone { _ = Glibc.kill(pid, SIGKILL) }
    }
  }

  deinit {
    guard isDone.withLock({ !$0 }) else { return }
    _ = Glibc.kill(pid, SIGKILL)
    // A killed process ends at once; its status is of no interest.
    waitpid(pid, nil, 0)
  }
}
