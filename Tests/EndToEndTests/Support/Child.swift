import Dispatch
import Foundation
import Synchronization
import Testing

/// A program of its own session; killed when the test lets go of it.
@MainActor
final class Child {
  /// Where a standard descriptor of the child leads.
  enum Stream {
    case read(String)
    case write(String)
    /// The child's controlling terminal.
    case terminal(String)
  }

  nonisolated let pid: pid_t
  private nonisolated let reaper: Reaper
  private var end: Int32?

  init(
    _ program: String, _ arguments: [String], environment: [String: String], streams: [Stream]
  ) throws {
    pid = try Child.spawn([program] + arguments, environment, streams)
    reaper = Reaper(pid: pid)
  }

  /// Spawns with all signals at their defaults; the test's own do not reach the child.
  private static func spawn(
    _ words: [String], _ environment: [String: String], _ streams: [Stream]
  ) throws -> pid_t {
    // Each call below fills or reads a local of this function, or copies a text.
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for (number, stream) in streams.enumerated() {
      let (path, flags) =
        switch stream {
        case .read(let path): (path, O_RDONLY)
        case .write(let path): (path, O_WRONLY | O_CREAT | O_TRUNC)
        case .terminal(let path): (path, O_RDWR)
        }
      unsafe posix_spawn_file_actions_addopen(&actions, Int32(number), path, flags, 0o600)
    }
    // A listening socket of this process must not live on in the child; Glibc's module has no
    // posix_spawn_file_actions_addclosefrom_np. To close what is not open is no error there.
    for number in Int32(3)..<1024 {
      unsafe posix_spawn_file_actions_addclose(&actions, number)
    }
    var all = sigset_t()
    var none = sigset_t()
    unsafe sigfillset(&all)
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    // POSIX_SPAWN_SETSID of <spawn.h>, which Glibc's module leaves out.
    let newSession: Int32 = 0x80
    let flags = newSession | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    let settings = environment.map { "\($0.key)=\($0.value)" }
    // The copies live until they are freed below; each list ends with nil.
    let arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    let variables = unsafe settings.map { unsafe strdup($0) } + [nil]
    defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
    var pid: pid_t = 0
    let failure = unsafe posix_spawnp(&pid, words[0], &actions, &attributes, arguments, variables)
    try #require(failure == 0, "\(words[0]) does not start: \(failure)")
    return pid
  }

  func send(_ signal: Int32) { _ = Glibc.kill(pid, signal) }

  /// SIGKILL after so many microseconds, by a timer, so that it falls into whatever the child does
  /// then and not between two looks of the test. Nobody waits for the timer: the end is seen.
  func kill(after microseconds: UInt32) {
    let reaper = reaper
    DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(Int(microseconds))) {
      reaper.kill()
    }
  }

  /// The exit code, or 128 and the signal as a shell says it; nil while it runs.
  var exitCode: Int32? {
    if let end { return end }
    var status: Int32 = 0
    // The call writes one number.
    // Under the lock, so that nobody sends a signal to the number of a process that is no more.
    let isOver = reaper.isDone.withLock { isDone in
      isDone = unsafe waitpid(pid, &status, WNOHANG) == pid
      return isDone
    }
    guard isOver else { return nil }
    end = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    return end
  }

  /// The processes it has started and not lost yet.
  var children: [pid_t] {
    let list = FileManager.default.contents(atPath: "/proc/\(pid)/task/\(pid)/children")
    return String(decoding: list ?? Data(), as: UTF8.self).split(separator: " ").compactMap {
      pid_t($0)
    }
  }

  func waitForExit(seconds: Double = 20) throws -> Int32 {
    var code: Int32 = -1
    try wait(for: "process \(pid) does not end", seconds: seconds) {
      guard let exitCode else { return false }
      code = exitCode
      return true
    }
    return code
  }
}
