import FlyingFox
import Foundation
import Synchronization

/// One WebSocket of LiveQuery: assembles messages, answers pings, sends its own every ten seconds
/// and cuts a client that answers none (reference/parse.md §2.4).
struct LiveSocket: WSHandler {
  /// Registers the connection; returns its id.
  let open: @Sendable (_ send: @escaping @Sendable (String) -> Void) -> Int
  let receive: @Sendable (Int, String) -> Void
  let close: @Sendable (Int) -> Void
  let pingSeconds: Int

  func makeFrames(
    for client: AsyncThrowingStream<WSFrame, any Error>
  ) async throws -> AsyncStream<WSFrame> {
    let (frames, out) = AsyncStream<WSFrame>.makeStream()
    let id = open { text in
      out.yield(WSFrame(fin: true, opcode: .text, mask: nil, payload: Data(text.utf8)))
    }
    let isAlive = AliveMark()
    let pings = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(pingSeconds))
        guard isAlive.take() else { break }
        out.yield(WSFrame(fin: true, opcode: .ping, mask: nil, payload: Data()))
      }
      out.finish()
    }
    let reader = Task {
      do {
        try await read(client, id: id, out: out, isAlive: isAlive)
      } catch {
        out.yield(.close(code: .protocolError))
      }
      close(id)
      pings.cancel()
      out.finish()
    }
    out.onTermination = { _ in
      close(id)
      reader.cancel()
      pings.cancel()
    }
    return frames
  }

  private func read(
    _ client: AsyncThrowingStream<WSFrame, any Error>, id: Int,
    out: AsyncStream<WSFrame>.Continuation, isAlive: AliveMark
  ) async throws {
    var message = Data()
    for try await frame in client {
      isAlive.set()
      switch frame.opcode {
      case .ping: out.yield(WSFrame(fin: true, opcode: .pong, mask: nil, payload: frame.payload))
      case .pong: continue
      case .close:
        out.yield(WSFrame(fin: true, opcode: .close, mask: nil, payload: frame.payload))
        return
      case .binary: receive(id, "")
      case .text, .continuation:
        if frame.opcode != .continuation { message = Data() }
        message.append(frame.payload)
        guard frame.fin else { continue }
        guard let text = String(validating: message, as: UTF8.self) else {
          out.yield(.close(code: .invalidFramePayload))
          return
        }
        receive(id, text)
      default:
        out.yield(.close(code: .protocolError))
        return
      }
    }
  }
}

/// Whether the peer has been heard since the last look.
private final class AliveMark: Sendable {
  private let heard = Mutex(true)

  func set() { heard.withLock { $0 = true } }

  func take() -> Bool {
    heard.withLock { mark in
      defer { mark = false }
      return mark
    }
  }
}
