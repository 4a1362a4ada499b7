/// One frame of RFC 6455.
package struct WebSocketFrame: Sendable, Hashable {
  package enum Opcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    var isControl: Bool { rawValue >= 8 }
  }

  package let isFinal: Bool
  package let opcode: Opcode
  package let payload: [UInt8]

  package init(isFinal: Bool = true, opcode: Opcode, payload: [UInt8]) {
    self.isFinal = isFinal
    self.opcode = opcode
    self.payload = payload
  }

  package static func text(_ text: String) -> WebSocketFrame {
    WebSocketFrame(opcode: .text, payload: Array(text.utf8))
  }

  /// - Parameter payload: at most 125 bytes count; the rest is cut.
  package static func ping(_ payload: [UInt8] = []) -> WebSocketFrame {
    WebSocketFrame(opcode: .ping, payload: Array(payload.prefix(125)))
  }

  package static func pong(_ payload: [UInt8]) -> WebSocketFrame {
    WebSocketFrame(opcode: .pong, payload: Array(payload.prefix(125)))
  }

  /// - Parameter code: 1000 for a normal end; nil sends no code, which is also how to answer a
  ///   close that had none.
  package static func close(code: Int?, reason: String = "") -> WebSocketFrame {
    guard let code, let short = UInt16(exactly: code) else {
      return WebSocketFrame(opcode: .close, payload: [])
    }
    var cut = reason
    while cut.utf8.count > 123 { cut.removeLast() }
    return WebSocketFrame(
      opcode: .close, payload: [UInt8(short >> 8), UInt8(short & 0xFF)] + Array(cut.utf8))
  }

  /// The frame's bytes, masked as every frame of a client must be and none of a server's may be
  /// (RFC 6455 §5.1).
  /// - Parameter maskKey: fresh random bits for each frame of a client; nil for a server's.
  package func encoded(maskKey: UInt32?) -> [UInt8] {
    let mask: UInt8 = maskKey == nil ? 0 : 0x80
    var bytes: [UInt8] = []
    bytes.reserveCapacity(payload.count + 14)
    bytes.append((isFinal ? 0x80 : 0) | opcode.rawValue)
    switch payload.count {
    case ...125: bytes.append(mask | UInt8(payload.count))
    case ...0xFFFF:
      bytes.append(mask | 126)
      bytes += [UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    default:
      bytes.append(mask | 127)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: payload.count >> shift))
      }
    }
    guard let maskKey else { return bytes + payload }
    let key = (0..<4).map { UInt8(truncatingIfNeeded: maskKey >> (24 - 8 * UInt32($0))) }
    bytes += key
    for (index, byte) in payload.enumerated() { bytes.append(byte ^ key[index & 3]) }
    return bytes
  }
}
