import TestTerminal
import Testing

@testable import TerminalUI

extension CursesScreenTests {
  @Test func `keys of every kind are read`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty)
    defer { screen.close() }
    pty.type("jé藤\u{13}\r\t\u{7F}\u{1B}OA\u{1B}[5~\u{1B}[Z\u{1B}OP\u{1B}x")
    var keys: [Key] = []
    _ = pty.output(gap: 20)
    while let key = screen.nextKey() { keys.append(key) }
    #expect(
      keys == [
        .character("j"), .character("é"), .character("藤"), .control("s"), .enter, .tab,
        .backspace, .up, .pageUp, .backTab, .function(1), .alt("x"),
      ])
    pty.type("\u{1B}")
    _ = pty.output(gap: 20)
    #expect(screen.nextKey() == .escape)
    #expect(screen.nextKey() == nil)
  }

  @Test func `unknown sequences never become letters`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty)
    defer { screen.close() }
    pty.type("\u{1B}[97;5:3u\u{1B}[?1;2cq")
    _ = pty.output(gap: 20)
    #expect(screen.nextKey() == .character("q"))
    #expect(screen.nextKey() == nil)
  }

  @Test func `a paste is one key, also with an end mark inside`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let screen = try screen(pty)
    defer { screen.close() }
    pty.type("\u{1B}[200~one\rtwo\u{1B}[201~:quit\r\u{1B}[201~")
    _ = pty.output(gap: 20)
    #expect(screen.nextKey() == .paste("one\ntwo:quit\n"))
    #expect(screen.nextKey() == nil)
  }
}
