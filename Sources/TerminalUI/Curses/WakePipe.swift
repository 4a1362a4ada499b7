import Glibc
import Synchronization

/// Wakes a loop that waits in poll(2), from any thread.
package final class WakePipe: Sendable {
  /// Readable while it is set; for `poll`.
  package let readDescriptor: Int32
  private let writeDescriptor: Int32
  /// A byte is in the pipe: one at most, so that it can never be full.
  private let isSet = Mutex(false)

  package init() throws(TerminalError) {
    var ends: [Int32] = [-1, -1]
    // The call fills exactly the two elements of the array.
    guard unsafe pipe(&ends) == 0 else { throw .system(errno: errno) }
    (readDescriptor, writeDescriptor) = (ends[0], ends[1])
    for end in ends {
      guard fcntl(end, F_SETFL, O_NONBLOCK) == 0, fcntl(end, F_SETFD, FD_CLOEXEC) == 0 else {
        throw .system(errno: errno)
      }
    }
  }

  deinit {
    close(readDescriptor)
    close(writeDescriptor)
  }

  /// Wakes the loop, now or when it waits next.
  package func set() {
    isSet.withLock { isSet in
      guard !isSet else { return }
      isSet = true
      var byte: UInt8 = 1
      // One byte from a local of one byte.
      _ = unsafe write(writeDescriptor, &byte, 1)
    }
  }

  /// Lets the loop wait again.
  package func clear() {
    isSet.withLock { isSet in
      guard isSet else { return }
      isSet = false
      var byte: UInt8 = 0
      // One byte into a local of one byte.
      _ = unsafe read(readDescriptor, &byte, 1)
    }
  }
}
