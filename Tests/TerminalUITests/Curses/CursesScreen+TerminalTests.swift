import Glibc
import TestTerminal
import Testing

@testable import TerminalUI

/// Terminals that are known, unknown or none at all.
extension CursesScreenTests {
  @Test(arguments: [
    ("xterm-unheard-of", "xterm-256color"), ("unheard-of", "vt100"), ("vt100", "vt100"),
  ])
  func `an unknown terminal has a substitute`(term: String, name: String) throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try self.screen(pty, term: term)
    #expect(screen.terminalName == name)
    var canvas = Canvas(columns: 80, rows: 24)
    canvas.put("works", row: 1, column: 1, style: .bad)
    #expect(text(show(screen, pty, canvas)).contains("works"))
    screen.close()
  }

  @Test(arguments: ["dumb", ""])
  func `a terminal that cannot place text is an error`(term: String) throws {
    let pty = try Pty(columns: 80, rows: 24)
    let before = pty.modes
    #expect(throws: TerminalError.unusable(terminal: term)) { try screen(pty, term: term) }
    #expect(pty.modes == before)
  }

  @Test func `a pipe is no terminal`() {
    #expect(throws: TerminalError.notATerminal) {
      let null = openDevice("/dev/null")
      defer { close(null) }
      _ = try CursesScreen(options: .init(input: null, output: null, environment: [:]))
    }
  }

  @Test func `the guard hands signals to the loop and restores once`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let before = pty.modes
    let warden = try TerminalGuard(terminal: pty.slave)
    let screen = try screen(pty, guard: warden)
    for (number, signal) in [(SIGWINCH, TerminalSignal.resize), (SIGTERM, .terminate)] {
      kill(getpid(), number)
      var waiting = pollfd(fd: warden.signalDescriptor, events: Int16(POLLIN), revents: 0)
      // One descriptor is passed and one counted.
      #expect(unsafe poll(&waiting, 1, 60_000) == 1)
      #expect(warden.nextSignal() == signal)
      #expect(warden.nextSignal() == nil)
    }
    warden.acknowledge()
    #expect(alarm(0) == 0)
    _ = pty.output()
    #expect(pty.modes != before)
    warden.restore()
    #expect(pty.modes == before)
    let left = text(pty.output())
    #expect(left.contains("\u{1B}[?1049l") && left.contains("\u{1B}[?25h"))
    warden.restore()
    #expect(pty.output(gap: 20).isEmpty)
    screen.close()
    warden.close()
  }
}
