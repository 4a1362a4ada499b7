import FlyingSocks
import Glibc
import Synchronization

/// Takes connections on a port of the loopback.
final class HTTPListener: Sendable {
  let port: UInt16
  private let listening: AsyncSocket
  private let pool: any AsyncSocketPool
  private let open = Mutex<[ObjectIdentifier: HTTPConnection]>([:])

  /// Listens at once; who connects waits until `run`.
  /// - Parameter port: 0 takes any free one.
  init(port: UInt16) async throws {
    let pool = SocketPool.make()
    try await pool.prepare()
    let socket = try Socket(domain: AF_INET)
    do {
      try socket.setValue(true, for: .localAddressReuse)
      // Accepted sockets inherit it. Without it a second piece of an answer waits for the peer's
      // delayed acknowledgement, 44 ms.
      try socket.setValue(
        true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
      try socket.bind(to: sockaddr_in.inet(ip4: "127.0.0.1", port: port))
    } catch {
      try socket.close()
      throw error
    }
    try socket.listen()
    guard case .ip4(_, let port) = try socket.sockname() else {
      throw SocketError.unsupportedAddress
    }
    self.port = port
    self.pool = pool
    listening = try AsyncSocket(socket: socket, pool: pool)
  }

  /// Serves until the task is cancelled; then the port is free again.
  /// - Parameter keepAliveSeconds: how long a connection may wait for its next request.
  func run(
    keepAliveSeconds: Int, _ serve: @escaping @Sendable (HTTPConnection) async -> Void
  ) async throws {
    let listening = listening
    let pool = pool
    defer {
      // A close that fails has closed all the same.
      try? listening.close()
    }
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { try await pool.run() }
      group.addTask { try await self.cutIdle(after: keepAliveSeconds) }
      while true {
        guard let connection = try await self.accept() else { continue }
        group.addTask {
          await serve(connection)
          self.open.withLock { $0[ObjectIdentifier(connection)] = nil }
          connection.close()
        }
      }
    }
  }

  func cutAll(except spared: HTTPConnection? = nil) {
    for connection in open.withLock({ Array($0.values) }) where connection !== spared {
      connection.cut()
    }
  }

  /// Nil when this one failed and the next may not.
  private func accept() async throws -> HTTPConnection? {
    do {
      let connection = HTTPConnection(try await listening.accept())
      open.withLock { $0[ObjectIdentifier(connection)] = connection }
      return connection
    } catch is SocketError {
      // A client that was gone again, or no descriptor free for a moment.
      try await Task.sleep(for: .milliseconds(10))
      return nil
    }
  }

  /// Looks once a second, as Node does.
  private func cutIdle(after seconds: Int) async throws {
    while true {
      try await Task.sleep(for: .seconds(1))
      let moment = ContinuousClock.now - .seconds(seconds)
      for connection in open.withLock({ Array($0.values) }) {
        connection.cutIfIdle(since: moment)
      }
    }
  }
}
