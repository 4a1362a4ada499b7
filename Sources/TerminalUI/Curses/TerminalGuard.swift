import CNcurses
import Glibc

/// A signal as the loop sees it.
package enum TerminalSignal: Sendable, Hashable {
  case terminate, hangup, interrupt, quit
  /// The person or a shell wants the program to stop for now.
  case suspend
  /// The program runs again after a stop.
  case resume
  /// The terminal has another size.
  case resize
}

/// Gives the terminal back whatever happens (reference/terminal.md §3.1).
///
/// Crashes restore it in the handler by a constant string and re-raise. Requests to end come as
/// values over a pipe; when the loop does not answer within 2 seconds, an alarm restores the
/// terminal and ends the process by the same signal. One guard exists at a time; it has to be made
/// before the screen, because ncurses only takes signals that nobody has.
@MainActor
package final class TerminalGuard {
  /// Readable when a signal waits; for `poll`.
  package let signalDescriptor: Int32
  private let writeDescriptor: Int32
  private static let requests = [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH, SIGALRM, SIGPIPE,
    SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT,
  ]

  /// Saves the terminal's modes and takes the signals.
  ///
  /// - Parameter terminal: A descriptor of the terminal that stays open as long as the guard.
  package init(terminal: Int32) throws(TerminalError) {
    var ends: [Int32] = [0, 0]
    // The call fills exactly the two elements of the array.
    guard unsafe pipe(&ends) == 0 else { throw .system(errno: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    guard cncurses_guard_install(terminal, ends[1]) == 0 else {
      Glibc.close(ends[0])
      Glibc.close(ends[1])
      throw .notATerminal
    }
    signalDescriptor = ends[0]
    writeDescriptor = ends[1]
  }

  /// From here on an unplanned end restores the terminal. The screen calls this.
  package func arm() {
    cncurses_guard_arm(1)
  }

  /// The screen has given the terminal back itself.
  package func disarm() {
    cncurses_guard_arm(0)
  }

  /// Restores the terminal if it is armed; a second call does nothing.
  package func restore() {
    cncurses_guard_restore()
  }

  /// The next signal that waits, nil when none does.
  package func nextSignal() -> TerminalSignal? {
    var byte: UInt8 = 0
    // One byte is read into a local of one byte.
    while unsafe read(signalDescriptor, &byte, 1) == 1 {
      switch Int32(byte) {
      case SIGTERM: return .terminate
      case SIGHUP: return .hangup
      case SIGINT: return .interrupt
      case SIGQUIT: return .quit
      case SIGTSTP: return .suspend
      case SIGCONT: return .resume
      case SIGWINCH: return .resize
      default: continue
      }
    }
    return nil
  }

  /// Tells the watchdog that the loop has seen the request to end and lives.
  package func acknowledge() {
    alarm(0)
  }

  /// Stops the process as the shell expects and comes back when it is continued.
  ///
  /// The screen must be suspended first.
  package func stop() {
    cncurses_guard_release(SIGTSTP)
    var stop = sigset_t()
    var before = sigset_t()
    // Under an async main this is a thread of Dispatch, which blocks the signal and would never
    // stop. All sets are locals of this call.
    unsafe sigemptyset(&stop)
    unsafe sigaddset(&stop, SIGTSTP)
    unsafe pthread_sigmask(SIG_UNBLOCK, &stop, &before)
    raise(SIGTSTP)
    // As above.
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    cncurses_guard_take(SIGTSTP)
  }

  /// Puts the handlers back that were there before.
  package func close() {
    alarm(0)
    for number in TerminalGuard.requests { cncurses_guard_release(number) }
    cncurses_guard_arm(0)
    Glibc.close(signalDescriptor)
    Glibc.close(writeDescriptor)
  }
}
