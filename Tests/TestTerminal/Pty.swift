import CNcurses
import Glibc

/// A pseudo terminal of a test: the program has one end, the test is the terminal at the other.
package final class Pty: Sendable {
  package struct Failure: Error {
    let errno: Int32
  }

  package let master: Int32
  package let slave: Int32
  /// The device, for a program that makes it its controlling terminal.
  package let path: String

  package init(columns: Int, rows: Int) throws(Failure) {
    // Glibc's module has no posix_openpt; these are the calls it is made of (man 4 pts).
    master = openDevice("/dev/ptmx")
    guard master >= 0 else { throw Failure(errno: errno) }
    var locked: Int32 = 0
    var number: UInt32 = 0
    // Each call reads or writes one number.
    _ = unsafe ioctl(master, UInt(0x4004_5431), &locked)
    _ = unsafe ioctl(master, UInt(0x8004_5430), &number)
    path = "/dev/pts/\(number)"
    slave = openDevice(path)
    guard slave >= 0 else { throw Failure(errno: errno) }
    resize(columns: columns, rows: rows)
  }

  deinit {
    close(master)
    close(slave)
  }

  package func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    // The call reads one winsize.
    _ = unsafe ioctl(slave, UInt(TIOCSWINSZ), &size)
  }

  /// All bytes until none have come for `gap` milliseconds.
  package func output(gap: Int32 = 60) -> [UInt8] {
    var all: [UInt8] = []
    while let piece = piece(gap: gap) { all += piece }
    return all
  }

  /// All bytes that were written before this call, as the terminal gets them: the text of a mark
  /// goes the same way, and nothing is behind it.
  package func outputSoFar() -> [UInt8] {
    // The kernel holds a few kilobytes; a mark that has no room would wait for this reader.
    var all = output(gap: 1)
    write(Pty.mark, to: slave)
    while !all.ends(with: Pty.mark), let piece = piece(gap: 60_000) { all += piece }
    return all.dropLast(Pty.mark.count)
  }

  /// An application's own message (ECMA-48 §8.3.2), which no program of ours sends.
  private static let mark = Array("\u{1B}_mark\u{1B}\\".utf8)

  /// What has come, waiting so many milliseconds for it; nil when nothing has.
  package func piece(gap: Int32) -> ArraySlice<UInt8>? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    // Each call gets a local and its true length.
    guard unsafe poll(&waiting, 1, gap) == 1, waiting.revents & Int16(POLLIN) != 0 else {
      return nil
    }
    let count = unsafe read(master, &buffer, buffer.count)
    return count > 0 ? buffer[..<count] : nil
  }

  package func type(_ text: String) { write(Array(text.utf8), to: master) }

  private func write(_ bytes: [UInt8], to end: Int32) {
    // The pointer and the count belong to the same array.
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(end, $0.baseAddress, $0.count) }
  }

  /// The flags that tell raw from cooked.
  package var modes: [UInt32] {
    var modes = termios()
    // The call fills one termios.
    _ = unsafe tcgetattr(slave, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }
}

/// Opens a device for reading and writing, without making it the terminal of this process, nor
/// leaving it to a child, in which a closed terminal would live on.
package func openDevice(_ path: String) -> Int32 {
  // The call reads the path only.
  unsafe open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
}

extension [UInt8] {
  fileprivate func ends(with bytes: [UInt8]) -> Bool { suffix(bytes.count) == bytes[...] }
}
