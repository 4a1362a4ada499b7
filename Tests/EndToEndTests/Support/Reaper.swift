import Glibc
import Synchronization

/// Ends a process with the value that started it.
final class Reaper: Sendable {
  let pid: pid_t
  let isDone = Mutex(false)

  init(pid: pid_t) { self.pid = pid }

  deinit {
    guard isDone.withLock({ !$0 }) else { return }
    kill(pid, SIGKILL)
    // A killed process ends at once; its status is of no interest.
    waitpid(pid, nil, 0)
  }
}
