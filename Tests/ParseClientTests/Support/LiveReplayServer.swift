import FlyingFox
import FlyingSocks
import Foundation
import ParseCore
import Synchronization

/// A LiveQuery server that plays recorded frames: it waits for each frame the client is to send,
/// then says what the real server said.
struct LiveReplayServer: Sendable {
  enum Step: Sendable {
    /// Waits for a text of the client.
    case hear
    case say(String)
    /// Pings with this payload and waits for its pong.
    case ping([UInt8])
    /// Closes the socket with this code.
    case close(UInt16)
    /// Drops the connection without a close frame.
    case drop
  }

  let url: String
  /// The texts of the clients, over all sockets.
  let heard: AsyncStream<String>
  private let running: Task<Void, any Error>

  /// - Parameter sockets: one script for each socket, in order.
  init(_ sockets: [[Step]]) async throws {
    let (heard, continuation) = AsyncStream.makeStream(of: String.self)
    self.heard = heard
    let server = HTTPServer(
      address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
    await server.appendRoute(
      "GET /parse",
      to: WebSocketHTTPHandler(handler: LiveReplayHandler(sockets, heard: continuation)))
    running = Task { try await server.run() }
    try await server.waitUntilListening()
    guard case .ip4(_, let port) = await server.listeningAddress else {
      throw POSIXError(.EADDRNOTAVAIL)
    }
    url = "http://127.0.0.1:\(port)/parse"
  }

  func stop() { running.cancel() }

  /// The script of a recorded session up to what this client does not say.
  static func script(_ fixture: Fixture) -> [Step] {
    var steps: [Step] = []
    for frame in fixture.json["frames"]?.array ?? [] {
      guard let text = frame["frame"]?.string else { continue }
      switch frame["dir"]?.string {
      case "C>S" where text.contains(#""unsubscribe""#): return steps
      case "C>S": steps.append(.hear)
      case "S>C": steps.append(.say(text))
      default: break
      }
    }
    return steps
  }
}

/// Plays one script a socket.
private final class LiveReplayHandler: WSHandler {
  private let scripts: Mutex<[[LiveReplayServer.Step]]>
  private let heard: AsyncStream<String>.Continuation

  init(_ scripts: [[LiveReplayServer.Step]], heard: AsyncStream<String>.Continuation) {
    self.scripts = Mutex(scripts)
    self.heard = heard
  }

  func makeFrames(
    for client: AsyncThrowingStream<WSFrame, any Error>
  ) async throws -> AsyncStream<WSFrame> {
    let steps = scripts.withLock { $0.isEmpty ? [] : $0.removeFirst() }
    let (frames, out) = AsyncStream.makeStream(of: WSFrame.self)
    Task { [heard] in
      defer { out.finish() }
      var incoming = client.makeAsyncIterator()
      for step in steps {
        switch step {
        case .hear:
          guard let frame = try await incoming.next() else { return }
          heard.yield(String(decoding: frame.payload, as: UTF8.self))
        case .say(let text): out.yield(Self.frame(.text, Array(text.utf8)))
        case .ping(let payload):
          out.yield(Self.frame(.ping, payload))
          guard let frame = try await incoming.next() else { return }
          if frame.opcode == .pong { heard.yield("pong \(Array(frame.payload))") }
        case .close(let code):
          out.yield(Self.frame(.close, [UInt8(code >> 8), UInt8(code & 0xFF)]))
        case .drop: return
        }
      }
      // The client's last word: a close frame, or the end of the connection.
      while let frame = try await incoming.next() {
        if frame.opcode == .close { heard.yield("close \(Array(frame.payload))") }
      }
      heard.yield("end")
    }
    return frames
  }

  private static func frame(_ opcode: WSFrame.Opcode, _ payload: [UInt8]) -> WSFrame {
    WSFrame(fin: true, opcode: opcode, mask: nil, payload: Data(payload))
  }
}
