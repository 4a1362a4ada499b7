import ParseCore
import Synchronization

/// One WebSocket of LiveQuery: assembles messages, answers pings, sends its own every ten seconds
/// and cuts a client that answers none (reference/parse.md §2.4).
struct LiveSocket: Sendable {
  /// Registers the connection; returns its id.
  let open: @Sendable (_ send: @escaping @Sendable (String) -> Void) -> Int
  let receive: @Sendable (Int, String) -> Void
  let close: @Sendable (Int) -> Void
  let pingSeconds: Int

  /// Serves until either side ends it.
  /// - Parameter first: what came behind the request for the upgrade.
  func run(on connection: HTTPConnection, first: ArraySlice<UInt8>) async {
    let (frames, out) = AsyncStream<WebSocketFrame>.makeStream()
    let isAlive = AliveMark()
    let id = open { out.yield(.text($0)) }
    async let writing: Void = write(frames, to: connection)
    // Cancelled by the end of the scope, not before the last frame is out: a client that takes none
    // is cut by it.
    async let _: Void = ping(connection, out: out, isAlive: isAlive)
    await read(connection, first: first, id: id, out: out, isAlive: isAlive)
    close(id)
    out.finish()
    await writing
  }

  private func write(_ frames: AsyncStream<WebSocketFrame>, to connection: HTTPConnection) async {
    do {
      for await frame in frames { try await connection.write(frame.encoded(maskKey: nil)) }
    } catch {
      // The client is gone; the reader is to learn it too.
      connection.cut()
    }
  }

  private func ping(
    _ connection: HTTPConnection, out: AsyncStream<WebSocketFrame>.Continuation, isAlive: AliveMark
  ) async {
    while (try? await Task.sleep(for: .seconds(pingSeconds))) != nil {
      guard isAlive.take() else { return connection.cut() }
      out.yield(.ping())
    }
  }

  private func read(
    _ connection: HTTPConnection, first: ArraySlice<UInt8>, id: Int,
    out: AsyncStream<WebSocketFrame>.Continuation, isAlive: AliveMark
  ) async {
    var decoder = WebSocketDecoder(from: .client)
    decoder.append(first)
    do {
      while true {
        while let event = try decoder.next() {
          isAlive.set()
          switch event {
          case .text(let text): receive(id, text)
          case .binary: receive(id, "")
          case .ping(let payload): out.yield(.pong(payload))
          case .pong: continue
          case .close(let code, let reason):
            out.yield(.close(code: code, reason: reason))
            return
          }
        }
        decoder.append(try await connection.read())
      }
    } catch let error as WebSocketError {
      out.yield(.close(code: error.closeCode))
    } catch {
      // The client is gone, or the server stops: nobody is there to be told.
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
