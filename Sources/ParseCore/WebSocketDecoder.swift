/// What the other side's frames say, messages put together from their fragments.
package enum WebSocketEvent: Sendable, Hashable {
  case text(String)
  case binary([UInt8])
  /// To be answered with a pong of the same payload.
  case ping([UInt8])
  case pong([UInt8])
  /// To be answered with a close; nothing follows. The code is nil when none was given.
  case close(code: Int?, reason: String)
}

/// Why the other side's bytes break the protocol.
package struct WebSocketError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Reason: String, Sendable, CaseIterable {
    case reservedBits = "reserved bits are set"
    case unknownOpcode = "unknown kind of frame"
    case masked = "a server's frame is masked"
    case notMasked = "a client's frame is not masked"
    case badControlFrame = "a control frame is too long or in parts"
    case badLength = "length is not in its shortest form"
    case unexpectedContinuation = "a part without a beginning"
    case unfinishedMessage = "a new message inside another"
    case badClose = "close code is not allowed"
    case notUTF8 = "text is not UTF-8"
    case tooLarge = "message is too large"
  }

  package let reason: Reason

  package init(reason: Reason) { self.reason = reason }

  package var description: String { "WebSocket: \(reason.rawValue)" }

  /// The code to close with (RFC 6455 §7.4.1).
  package var closeCode: Int {
    switch reason {
    case .notUTF8: 1007
    case .tooLarge: 1009
    default: 1002
    }
  }
}

/// Reads the other side's bytes as they come, in pieces of any size.
///
/// Append what arrived, then take events with `next` until nil. After an error or a close nothing
/// more comes: an error is thrown again, a close ends in nil.
package struct WebSocketDecoder: Sendable {
  private enum State: Sendable {
    case open
    case closed
    case failed(WebSocketError)
  }

  /// Who sends the bytes: a client masks its frames, a server does not (RFC 6455 §5.1).
  package enum Peer: Sendable {
    case client, server
  }

  private let peer: Peer
  private let maximumBytes: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var message: (isText: Bool, bytes: [UInt8])?
  private var state = State.open

  /// - Parameter maximumBytes: of one message, all fragments together.
  package init(from peer: Peer = .server, maximumBytes: Int = 32 << 20) {
    self.peer = peer
    self.maximumBytes = maximumBytes
  }

  package mutating func append(_ bytes: some Sequence<UInt8>) {
    guard case .open = state else { return }
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next event whose bytes are all here; nil when more bytes are needed.
  package mutating func next() throws(WebSocketError) -> WebSocketEvent? {
    switch state {
    case .closed: return nil
    case .failed(let error): throw error
    case .open: break
    }
    do {
      while let frame = try nextFrame() {
        guard let event = try event(of: frame) else { continue }
        if case .close = event { state = .closed }
        return event
      }
      return nil
    } catch {
      state = .failed(error)
      throw error
    }
  }

  private func byte(_ offset: Int) -> UInt8? {
    start + offset < buffer.count ? buffer[start + offset] : nil
  }

  private mutating func nextFrame() throws(WebSocketError) -> WebSocketFrame? {
    guard let first = byte(0) else { return nil }
    guard first & 0x70 == 0 else { throw WebSocketError(reason: .reservedBits) }
    guard let opcode = WebSocketFrame.Opcode(rawValue: first & 0x0F) else {
      throw WebSocketError(reason: .unknownOpcode)
    }
    let isFinal = first & 0x80 != 0
    guard let second = byte(1) else { return nil }
    guard (second & 0x80 != 0) == (peer == .client) else {
      throw WebSocketError(reason: peer == .client ? .notMasked : .masked)
    }
    let short = second & 0x7F
    if opcode.isControl, !isFinal || short > 125 {
      throw WebSocketError(reason: .badControlFrame)
    }
    guard let (length, header) = try length(short) else { return nil }
    let held = opcode.isControl ? 0 : message?.bytes.count ?? 0
    guard length <= max(maximumBytes - held, opcode.isControl ? 125 : 0) else {
      throw WebSocketError(reason: .tooLarge)
    }
    guard let payload = payload(at: start + header, length) else { return nil }
    start += header + (peer == .client ? 4 : 0) + length
    return WebSocketFrame(isFinal: isFinal, opcode: opcode, payload: payload)
  }

  /// Without its mask; nil while it is not whole.
  private func payload(at offset: Int, _ length: Int) -> [UInt8]? {
    guard peer == .client else {
      guard buffer.count - offset >= length else { return nil }
      return Array(buffer[offset..<offset + length])
    }
    guard buffer.count - offset - 4 >= length else { return nil }
    let key = Array(buffer[offset..<offset + 4])
    var payload = Array(buffer[offset + 4..<offset + 4 + length])
    for index in payload.indices { payload[index] ^= key[index & 3] }
    return payload
  }

  /// The payload's length and the header's.
  private func length(_ short: UInt8) throws(WebSocketError) -> (Int, Int)? {
    let extra = short == 126 ? 2 : short == 127 ? 8 : 0
    guard extra > 0 else { return (Int(short), 2) }
    guard byte(1 + extra) != nil else { return nil }
    var length: UInt64 = 0
    for offset in 2..<2 + extra { length = length << 8 | UInt64(byte(offset) ?? 0) }
    guard length > (extra == 2 ? 125 : 0xFFFF), let length = Int(exactly: length) else {
      throw WebSocketError(reason: .badLength)
    }
    return (length, 2 + extra)
  }

  private mutating func event(of frame: WebSocketFrame) throws(WebSocketError) -> WebSocketEvent? {
    switch frame.opcode {
    case .ping: return .ping(frame.payload)
    case .pong: return .pong(frame.payload)
    case .close: return try Self.close(frame.payload)
    case .text, .binary:
      guard message == nil else { throw WebSocketError(reason: .unfinishedMessage) }
      message = (frame.opcode == .text, frame.payload)
    case .continuation:
      guard message != nil else { throw WebSocketError(reason: .unexpectedContinuation) }
      message?.bytes += frame.payload
    }
    guard frame.isFinal, let (isText, bytes) = message else { return nil }
    message = nil
    return isText ? .text(try Self.text(bytes)) : .binary(bytes)
  }

  private static func text(_ bytes: [UInt8]) throws(WebSocketError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw WebSocketError(reason: .notUTF8)
    }
    return text
  }

  private static func close(_ payload: [UInt8]) throws(WebSocketError) -> WebSocketEvent {
    if payload.isEmpty { return .close(code: nil, reason: "") }
    guard payload.count >= 2 else { throw WebSocketError(reason: .badClose) }
    let code = Int(payload[0]) << 8 | Int(payload[1])
    // RFC 6455 §7.4 and its registry: what may be on the wire.
    guard [1000...1003, 1007...1014, 3000...4999].contains(where: { $0.contains(code) }) else {
      throw WebSocketError(reason: .badClose)
    }
    return .close(code: code, reason: try text(Array(payload.dropFirst(2))))
  }
}
