import CCurl

/// A connect-only handle: first it connects, then bytes go both ways.
struct SocketTransfer {
  enum Move { case idle, more, ended }

  /// Bytes read from one socket before the others and the requests get their turn.
  private static let bytesPerTurn = 262_144
  private static let bytesPerRead = 16_384

  let id: UInt64
  let handle: EasyHandle
  let events: AsyncStream<SocketEvent>.Continuation
  private var descriptor: Int32?
  private var outgoing: [UInt8] = []
  private var sent = 0

  init(id: UInt64, handle: EasyHandle, events: AsyncStream<SocketEvent>.Continuation) {
    self.id = id
    self.handle = handle
    self.events = events
  }

  /// What to wait for; nil while libcurl itself still connects.
  var polled: PolledSocket? {
    descriptor.map { PolledSocket(descriptor: $0, wantsToSend: sent < outgoing.count) }
  }

  mutating func connected() {
    descriptor = handle.socket
    events.yield(.connected)
  }

  mutating func queue(_ bytes: [UInt8]) {
    outgoing.append(contentsOf: bytes)
  }

  /// Sends and reads as much as goes without waiting.
  mutating func move() throws(TransferFailure) -> Move {
    guard descriptor != nil else { return .idle }
    try flush()
    var read = 0
    while read < Self.bytesPerTurn {
      guard let bytes = try handle.receive(limit: Self.bytesPerRead) else { return .idle }
      if bytes.isEmpty { return .ended }
      read += bytes.count
      events.yield(.received(bytes))
    }
    return .more
  }

  /// Sends what goes at once before the socket closes: a goodbye that nobody waits for.
  mutating func sendLast() {
    guard descriptor != nil else { return }
    do {
      try flush()
    } catch {
      // The socket closes anyway.
    }
  }

  private mutating func flush() throws(TransferFailure) {
    while sent < outgoing.count {
      let count = try handle.send(outgoing[sent...])
      if count == 0 { break }
      sent += count
    }
    if sent == outgoing.count {
      outgoing = []
      sent = 0
    }
  }
}
