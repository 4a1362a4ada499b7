import FlyingSocks
import Glibc
import Synchronization

/// A socket pool that sends small answers at once and can cut a connection.
///
/// FlyingFox writes header and body apart; without TCP_NODELAY the second waits for the peer's
/// delayed acknowledgement, 44 ms an answer.
final class QuickPool<Base: AsyncSocketPool>: AsyncSocketPool {
  private let base: Base
  /// Descriptor of each connection by the peer's port.
  private let connections = Mutex<[UInt16: Int32]>([:])

  init(_ base: Base) { self.base = base }

  func prepare() async throws { try await base.prepare() }
  func run() async throws { try await base.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    // A listening socket has no peer; it needs neither the option nor a place in the table.
    if case .ip4(_, let port)? = try? socket.remotePeer() {
      let descriptor = socket.file.rawValue
      let isNew = connections.withLock { $0.updateValue(descriptor, forKey: port) != descriptor }
      if isNew {
        try socket.setValue(
          true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
      }
    }
    try await base.suspendSocket(socket, untilReadyFor: events)
  }

  /// Ends a connection in both directions. Only while its request is being handled: then the
  /// descriptor is open and its own.
  func cut(port: UInt16) {
    let descriptor = connections.withLock { $0.removeValue(forKey: port) }
    if let descriptor { Self.cut(descriptor, port) }
  }

  /// The table also holds connections that ended by themselves, whose descriptors may since belong to
  /// something else in this process; the peer's port tells.
  private static func cut(_ descriptor: Int32, _ port: UInt16) {
    let socket = Socket(file: Socket.FileDescriptor(rawValue: descriptor))
    // No peer: closed, or no socket at all.
    guard case .ip4(_, let peer)? = try? socket.remotePeer(), peer == port else { return }
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Ends every connection, for a stop that does not wait.
  func cutAll() {
    let all = connections.withLock { table in
      defer { table = [:] }
      return table
    }
    for (port, descriptor) in all { Self.cut(descriptor, port) }
  }
}
