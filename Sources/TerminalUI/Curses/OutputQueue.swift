import CNcurses
import Foundation
import Glibc
import Synchronization

/// A pipe and a thread between ncurses and the terminal, so that a stalled link never blocks a key.
///
/// ncurses writes with blocking `write`. Once the screen is set up its descriptor points into the
/// pipe; a thread carries the bytes on. A frame is only begun while the pipe is empty, so one frame
/// at most is behind and those between are never made (reference/terminal.md §5.3).
final class OutputQueue: Sendable {
  /// Where ncurses writes to.
  let writeDescriptor: Int32
  private let readDescriptor: Int32
  private let terminal: Int32
  /// Held while a frame is written into the pipe.
  private let framing = Mutex(())
  private let isBusy = Atomic<Bool>(false)
  private let isBroken = Atomic<Bool>(false)
  /// A frame was left out since bytes are on their way.
  private let isAwaited = Atomic<Bool>(false)
  private let arrival: WakePipe
  /// What the bytes go through on their way; nil passes them as they are.
  private let filter = Mutex<RenditionFilter?>(nil)

  /// Bytes the pipe holds; more than the largest frame.
  private static let capacity: Int32 = 1 << 20
  /// Most bytes ncurses writes for a cell: colour and attributes, and a letter with two marks.
  private static let bytesOfCell = 48
  /// The pipe is as large as was asked for.
  private let isRoomy: Bool
  /// Linux's F_SETPIPE_SZ, which Glibc's module leaves out.
  private static let setPipeSize: Int32 = 1031

  init(terminal: Int32) throws(TerminalError) {
    arrival = try WakePipe()
    var ends: [Int32] = [0, 0]
    // The call fills exactly the two elements of the array.
    guard unsafe pipe(&ends) == 0 else { throw .system(errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let room = fcntl(ends[1], OutputQueue.setPipeSize, OutputQueue.capacity)
    isRoomy = room >= OutputQueue.capacity
    readDescriptor = ends[0]
    writeDescriptor = ends[1]
    self.terminal = terminal
    let thread = Thread { [self] in carry() }
    thread.name = "terminal output"
    thread.start()
  }

  /// Begins anew with a terminal of which nothing is known. Nothing may be on its way.
  func begin(_ filter: RenditionFilter?) {
    self.filter.withLock { $0 = filter }
  }

  /// Writes one frame, which goes on as a whole: ncurses writes each line apart, and a terminal that
  /// is slow to show one would show the frame line by line. One that the pipe may not hold goes on
  /// as it comes.
  func frame(cells: Int, _ body: () -> Void) {
    guard isRoomy, cells * OutputQueue.bytesOfCell < Int(OutputQueue.capacity) else {
      return body()
    }
    framing.withLock { _ in body() }
  }

  /// Whether all bytes have reached the terminal.
  var isEmpty: Bool {
    var waiting: Int32 = 0
    // The call writes one number. It is asked before `isBusy`, which is raised before a read.
    guard unsafe cncurses_pending(readDescriptor, &waiting) == 0, waiting == 0 else {
      return isBroken.load(ordering: .acquiring)
    }
    return !isBusy.load(ordering: .sequentiallyConsistent)
  }

  /// Readable once the bytes have reached the terminal that `isReady` found on their way; for `poll`.
  var readyDescriptor: Int32 { arrival.readDescriptor }

  /// Whether a frame may begin; if not, `readyDescriptor` tells when one may.
  func isReady() -> Bool {
    arrival.clear()
    // Raised before the queue is asked, as the thread asks for it after the queue is empty: one of
    // the two sees the other.
    isAwaited.store(true, ordering: .sequentiallyConsistent)
    guard isEmpty else { return false }
    isAwaited.store(false, ordering: .sequentiallyConsistent)
    return true
  }

  /// Whether the terminal took no more bytes because it is gone.
  var isHungUp: Bool { isBroken.load(ordering: .acquiring) }

  /// Waits until all bytes have reached the terminal, or the time is over; true when they have.
  func drain(milliseconds: Int) -> Bool {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while !isEmpty {
      if ContinuousClock.now > end { return false }
      // Waits one millisecond; no descriptor is passed.
      _ = poll(nil, 0, 1)
    }
    return true
  }

  /// Ends the thread once the other copies of the write end are closed too.
  func close() {
    Glibc.close(writeDescriptor)
  }

  private func carry() {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    var waiting = pollfd(fd: readDescriptor, events: Int16(POLLIN), revents: 0)
    // Each call gets a local and its true length.
    while true {
      // After a signal nothing waits: to read then would block as busy, and no frame would begin.
      if unsafe poll(&waiting, 1, -1) < 0 {
        if errno == EINTR { continue }
        break
      }
      framing.withLock { _ in }
      isBusy.store(true, ordering: .sequentiallyConsistent)
      let count = unsafe read(readDescriptor, &buffer, buffer.count)
      if count == 0 || count < 0 && errno != EINTR { break }
      if count > 0, !carry(buffer[..<count]) { isBroken.store(true, ordering: .releasing) }
      isBusy.store(false, ordering: .sequentiallyConsistent)
      if isEmpty, isAwaited.exchange(false, ordering: .sequentiallyConsistent) { arrival.set() }
    }
    Glibc.close(readDescriptor)
  }

  private func carry(_ bytes: ArraySlice<UInt8>) -> Bool {
    send(filter.withLock { $0?.filter(bytes)[...] } ?? bytes)
  }

  /// Writes all bytes; false when the terminal is gone. Later bytes are then read and dropped.
  private func send(_ bytes: ArraySlice<UInt8>) -> Bool {
    if isHungUp { return false }
    var rest = bytes
    while !rest.isEmpty {
      // The pointer and the count belong to the same slice.
      let written = unsafe rest.withUnsafeBytes { unsafe write(terminal, $0.baseAddress, $0.count) }
      if written < 0, errno != EINTR { return false }
      rest = rest.dropFirst(max(0, written))
    }
    return true
  }
}
