internal import Glibc
internal import QuadApp
internal import Synchronization

/// Messages from every thread to the main loop, and a pipe whose read end wakes its poll.
final class Mailbox: Sendable {
  private struct State {
    var messages: [Message] = []
    /// A byte is in the pipe that the loop has not read.
    var isSignalled = false
  }

  private let state = Mutex(State())
  let readDescriptor: Int32
  private let writeDescriptor: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    // pipe(2) writes the two descriptors into the array it is given.
    guard unsafe pipe(&ends) == 0 else { throw SystemError("pipe") }
    readDescriptor = ends[0]
    writeDescriptor = ends[1]
    for end in ends {
      guard fcntl(end, F_SETFL, O_NONBLOCK) == 0, fcntl(end, F_SETFD, FD_CLOEXEC) == 0 else {
        throw SystemError("fcntl")
      }
    }
  }

  deinit {
    close(readDescriptor)
    close(writeDescriptor)
  }

  /// Any thread.
  func post(_ message: Message) {
    let mustWake = state.withLock { state in
      state.messages.append(message)
      defer { state.isSignalled = true }
      return !state.isSignalled
    }
    guard mustWake else { return }
    var byte: UInt8 = 1
    // One byte from a local; a full pipe is impossible with at most one byte in it.
    _ = unsafe write(writeDescriptor, &byte, 1)
  }

  /// All messages so far, oldest first.
  func drain() -> [Message] {
    state.withLock { state in
      if state.isSignalled {
        var byte: UInt8 = 0
        // One byte into a local.
        _ = unsafe read(readDescriptor, &byte, 1)
        state.isSignalled = false
      }
      defer { state.messages = [] }
      return state.messages
    }
  }
}

/// A system call that failed, by name and errno.
struct SystemError: Error, CustomStringConvertible {
  let call: String
  let number: Int32

  init(_ call: String) {
    self.call = call
    number = errno
  }

  // strerror's text is static or per thread and copied at once.
  var description: String { "\(call) failed: \(unsafe String(cString: strerror(number)))" }
}
