import TestTerminal
import Testing

@testable import TerminalUI

extension CursesScreenTests {
  @Test(arguments: [true, false])
  func `text is handed to the terminal's clipboard`(queued: Bool) throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty, queued: queued)
    defer { screen.close() }
    _ = pty.output()
    #expect(screen.copy(Clip("T-4821")) == .sent)
    #expect(String(decoding: pty.output(), as: UTF8.self) == "\u{1B}]52;c;VC00ODIx\u{07}")
    let long = Clip(SafeLine(String(repeating: "a", count: 80_000)))
    #expect(screen.copy(long) == .tooLong)
    #expect(pty.output(gap: 20).isEmpty)
  }

  @Test(arguments: ["linux", "vt100"])
  func `a terminal without a clipboard gets nothing`(term: String) throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty, term: term)
    defer { screen.close() }
    _ = pty.output()
    #expect(screen.copy(Clip("T-4821")) == .unsupported)
    #expect(pty.output(gap: 20).isEmpty)
  }

  @Test func `once the screen is closed nothing is copied`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty)
    screen.suspend()
    _ = pty.output()
    #expect(screen.copy(Clip("T-4821")) == .busy)
    screen.close()
  }
}
