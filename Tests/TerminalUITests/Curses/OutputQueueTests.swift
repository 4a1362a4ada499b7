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

  private func text(_ pty: Pty) -> String {
    String(decoding: pty.output(), as: UTF8.self)
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
    #expect(queue.drain(milliseconds: 60_000))
    #expect(text(pty) == "first line,last line")
  }

  @Test func `a frame the pipe may not hold goes on as it comes`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let queue = try OutputQueue(terminal: pty.slave)
    defer { queue.close() }
    queue.frame(cells: 1_000_000) {
      send("first line", to: queue)
      var bytes: [UInt8] = []
      while bytes.count < 10, let piece = pty.piece(gap: 60_000) { bytes += piece }
      #expect(String(decoding: bytes, as: UTF8.self) == "first line")
    }
  }

  @Test func `what waits for the link is told when it has taken all`() throws {
    let pty = try Pty(columns: 80, rows: 24)
    let queue = try OutputQueue(terminal: pty.slave)
    defer { queue.close() }
    #expect(queue.isReady())
    #expect(!queue.tells(within: 0))
    for round in 0..<20 {
      // More than a terminal takes that nobody reads.
      queue.frame(cells: 80 * 24) {
        send(String(repeating: "x", count: 30_000), to: queue)
      }
      #expect(!queue.isReady(), "\(round)")
      #expect(!queue.tells(within: 5), "\(round)")
      var taken = 0
      while taken < 30_000 { taken += pty.output(gap: 5).count }
      #expect(queue.tells(within: 60_000), "\(round)")
      #expect(queue.isReady(), "\(round)")
      #expect(!queue.tells(within: 0), "\(round)")
    }
  }
}

extension OutputQueue {
  fileprivate func tells(within milliseconds: Int32) -> Bool {
    var ready = pollfd(fd: readyDescriptor, events: Int16(POLLIN), revents: 0)
    // One entry, and it lives through the call.
    return unsafe poll(&ready, 1, milliseconds) == 1
  }
}
