import FlyingSocks
import Foundation
import Glibc
import Synchronization

/// One client's connection.
final class HTTPConnection: Sendable {
  private struct State {
    var isOpen = true
    /// Since when it waits for another request after one that was answered.
    var idleSince: ContinuousClock.Instant?
  }

  private let socket: AsyncSocket
  private let state = Mutex(State())

  init(_ socket: AsyncSocket) { self.socket = socket }

  /// What arrives next; at least a byte.
  func read() async throws -> [UInt8] { try await socket.read(atMost: 4096) }

  func write(_ bytes: [UInt8]) async throws { try await socket.write(Data(bytes)) }

  /// The next request, with the interim answer some clients wait for.
  /// - Throws: `HTTPRefusal`, or the socket's error when the client is gone.
  func next(_ reader: inout HTTPRequestReader, isFirst: Bool) async throws -> HTTPMessage {
    while true {
      switch try reader.next() {
      case .request(let message)?: return message
      case .goOn?: try await write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
      case nil:
        let isIdle = !isFirst && reader.isBetweenRequests
        state.withLock { $0.idleSince = isIdle ? .now : nil }
        let bytes = try await read()
        state.withLock { $0.idleSince = nil }
        reader.append(bytes)
      }
    }
  }

  /// The last words. What the client still sends is read for a while: a socket closed over unread
  /// bytes is reset, and the answer may be lost with it.
  func refuse(with answer: [UInt8]) async throws {
    try await write(answer)
    shutDown(Int32(SHUT_WR))
    state.withLock { $0.idleSince = .now }
    var count = 0
    while count < 1 << 20 { count += try await read().count }
  }

  /// Ends it from outside, in both directions; whoever reads or writes gets an error.
  func cut() { shutDown(Int32(SHUT_RDWR)) }

  /// Cuts it when it has been idle since before.
  func cutIfIdle(since moment: ContinuousClock.Instant) {
    if let idle = state.withLock({ $0.idleSince }), idle < moment { cut() }
  }

  /// Gives the socket back; only when nobody reads or writes any more.
  func close() {
    state.withLock { state in
      guard state.isOpen else { return }
      state.isOpen = false
      // A close that fails has closed all the same, and nobody waits for it.
      try? socket.close()
    }
  }

  private func shutDown(_ direction: Int32) {
    // Under the lock, as the descriptor's number may be another's after close.
    state.withLock { state in
      if state.isOpen { shutdown(socket.socket.file.rawValue, direction) }
    }
  }
}
