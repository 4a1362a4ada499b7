import FlyingSocks
import Glibc

/// A socket pool that sends small answers at once.
///
/// FlyingFox writes header and body apart; without TCP_NODELAY the second waits for the peer's
/// delayed acknowledgement, 44 ms an answer. Accepted sockets inherit the option from the listening
/// one, which is suspended first.
struct QuickPool<Base: AsyncSocketPool>: AsyncSocketPool {
  let base: Base

  init(_ base: Base) { self.base = base }

  func prepare() async throws { try await base.prepare() }
  func run() async throws { try await base.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    try socket.setValue(
      true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    try await base.suspendSocket(socket, untilReadyFor: events)
  }
}

/// Ends connections from outside of FlyingFox, which hands out no socket.
enum ConnectionCutter {
  /// Shuts down this process's side of the server's connections, in both directions.
  ///
  /// Looks at the first 4 096 descriptors, about a millisecond; only faults and `stop` pay it.
  /// - Parameters:
  ///   - serverPort: the local port that makes a socket one of the server's own.
  ///   - peer: the peer's port of the one to cut; nil cuts all.
  ///   - spared: the peer's port of one that stays.
  static func cut(serverPort: UInt16, peer: UInt16? = nil, except spared: UInt16? = nil) {
    for descriptor in Int32(3)..<4096 {
      let socket = Socket(file: Socket.FileDescriptor(rawValue: descriptor))
      // What has no local or no remote address is closed, no socket, or the listening one.
      guard case .ip4(_, serverPort)? = try? socket.sockname(),
        case .ip4(_, let port)? = try? socket.remotePeer(), peer == nil || peer == port,
        port != spared
      else { continue }
      shutdown(descriptor, Int32(SHUT_RDWR))
    }
  }
}
