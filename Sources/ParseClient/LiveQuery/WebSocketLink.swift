import ParseCore

/// The client's side of one WebSocket: bytes in, the opening and then events out.
struct WebSocketLink: Sendable {
  enum Output: Sendable, Hashable {
    case opened
    case event(WebSocketEvent)
  }

  private let handshake: WebSocketHandshake
  /// The answer's head while it is not whole; nil once the socket is open.
  private var head: [UInt8]? = []
  private var decoder = WebSocketDecoder()

  /// - Parameter nonce: 16 random bytes, fresh for every socket.
  init?(_ url: ServerURL, nonce: [UInt8]) {
    guard
      let handshake = WebSocketHandshake(
        host: url.authority, path: url.path.isEmpty ? "/" : url.path, nonce: nonce)
    else { return nil }
    self.handshake = handshake
  }

  /// The bytes that ask for the WebSocket.
  var request: [UInt8] { handshake.request }

  /// - Throws: what broke the protocol, as words for a person.
  mutating func receive(_ bytes: [UInt8]) throws(WebSocketFailure) -> [Output] {
    var outputs: [Output] = []
    do {
      if let head {
        guard let rest = try handshake.check(head + bytes) else {
          self.head = head + bytes
          return []
        }
        self.head = nil
        outputs.append(.opened)
        decoder.append(rest)
      } else {
        decoder.append(bytes)
      }
      while let event = try decoder.next() { outputs.append(.event(event)) }
    } catch let error as WebSocketHandshakeError {
      throw WebSocketFailure(error)
    } catch let error as WebSocketError {
      throw WebSocketFailure(error)
    } catch {
      throw WebSocketFailure(words: "The live connection broke its protocol.")
    }
    return outputs
  }
}

struct WebSocketFailure: Error, Sendable, Hashable {
  let words: String
  /// What to tell the server before the socket closes; nil before it is open.
  var closeCode: Int?

  init(words: String) { self.words = words }

  init(_ error: WebSocketError) {
    words = "The live connection broke its protocol."
    closeCode = error.closeCode
  }

  init(_ error: WebSocketHandshakeError) {
    words =
      switch error {
      case .refused(let status): "The server offers no live connection (HTTP \(status))."
      case .notHTTP, .badHeader, .tooLarge:
        "What answers at the live address is no LiveQuery server."
      }
  }
}
