import Glibc
import TestTerminal
import Testing

@testable import TerminalUI

struct OutputQueueTests {
  private func send(_ text: String, to queue: OutputQueue) {
    let bytes = Array(text.utf8)
    // The pointer and the count belong to the same array.
    _ = unsafe bytes.withUnsafeBytes {
      unsafe write(queue.writeDescriptor, $0.baseAddress, $0.count)
    }
  }

  private func text(_ pty: Pty, gap: Int32 = 60) -> String {
    String(decoding: pty.output(gap: gap), as: UTF8.self)
  }

  @Test func `a frame reaches the terminal whole`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let queue = try OutputQueue(terminal: pty.slave)
    defer { queue.close() }
    queue.frame(cells: 80 * 24) {
      send("first line,", to: queue)
      #expect(text(pty) == "")
      send("last line", to: queue)
    }
    #expect(queue.drain(milliseconds: 5000))
    #expect(text(pty) == "first line,last line")
  }

  @Test func `a frame the pipe may not hold goes on as it comes`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let queue = try OutputQueue(terminal: pty.slave)
    defer { queue.close() }
    queue.frame(cells: 1_000_000) {
      send("first line", to: queue)
      #expect(text(pty, gap: 5000) == "first line")
    }
  }
}
