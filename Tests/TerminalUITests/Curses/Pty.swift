import CNcurses
import Glibc
import Testing

/// Opens a device for reading and writing, without making it the terminal of this process.
func openDevice(_ path: String) -> Int32 {
  // The call reads the path only.
  unsafe open(path, O_RDWR | O_NOCTTY)
}

/// A pseudo terminal of a test: the program has one end, the test is the terminal at the other.
final class Pty {
  let master: Int32
  let slave: Int32

  init(columns: Int, rows: Int) throws {
    // Glibc's module has no posix_openpt; these are the calls it is made of (man 4 pts).
    master = openDevice("/dev/ptmx")
    try #require(master >= 0)
    var locked: Int32 = 0
    var number: UInt32 = 0
    // Each call reads or writes one number.
    _ = unsafe ioctl(master, UInt(0x4004_5431), &locked)
    _ = unsafe ioctl(master, UInt(0x8004_5430), &number)
    slave = openDevice("/dev/pts/\(number)")
    try #require(slave >= 0)
    resize(columns: columns, rows: rows)
  }

  deinit {
    close(master)
    close(slave)
  }

  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    // The call reads one winsize.
    _ = unsafe ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// All bytes until none have come for `gap` milliseconds.
  func output(gap: Int32 = 60) -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    // Each call gets a local and its true length.
    while unsafe poll(&waiting, 1, gap) == 1 {
      let count = unsafe read(master, &buffer, buffer.count)
      if count <= 0 { break }
      all += buffer[..<count]
    }
    return all
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    // The pointer and the count belong to the same array.
    _ = unsafe bytes.withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
  }

  /// The flags that tell raw from cooked.
  var modes: [UInt32] {
    var modes = termios()
    // The call fills one termios.
    _ = unsafe tcgetattr(slave, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }
}
