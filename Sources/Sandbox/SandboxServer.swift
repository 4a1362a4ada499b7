package import ParseCore
import Synchronization

/// A Parse-compatible server on 127.0.0.1: REST and LiveQuery on one port and path, in memory or in
/// a file.
package final class SandboxServer: Sendable {
  package let options: SandboxOptions
  let backend: Mutex<Backend>
  let file: SandboxFile?
  let faults = Mutex(FaultPlan())
  let running = Mutex<Running?>(nil)
  let clock: SkewedClock

  struct Running {
    let listener: HTTPListener
    let task: Task<Void, any Error>
  }

  package enum Failure: Error, Hashable {
    /// The port is taken, or the machine has no loopback.
    case cannotListen
    case alreadyStarted
  }

  package init(_ options: SandboxOptions, data: SandboxData = SandboxData()) {
    (self.options, clock) = SkewedClock.built(into: options)
    file = nil
    backend = Mutex(Backend(options: self.options, data: data))
  }

  /// A server that keeps everything in a file: what a new one starts with is `data`, an old one has
  /// its own.
  package init(
    _ options: SandboxOptions, file: SandboxFile, data: () -> SandboxData
  ) throws(SandboxFile.Failure) {
    (self.options, clock) = SkewedClock.built(into: options)
    self.file = file
    if file.isNew {
      let new = Backend(options: self.options, data: data())
      try file.save(put: new.documents)
      backend = Mutex(new)
    } else {
      backend = Mutex(try file.backend(self.options))
    }
  }

  /// Listens, and returns the server's URL with its mount path, e.g.
  /// `http://127.0.0.1:41873/parse`.
  package func start() async throws(Failure) -> String {
    guard running.withLock({ $0 == nil }) else { throw .alreadyStarted }
    let listener: HTTPListener
    do {
      listener = try await HTTPListener(port: options.port)
    } catch {
      throw .cannotListen
    }
    let serve: @Sendable (HTTPConnection) async -> Void = { [weak self] in await self?.serve($0) }
    let task = Task { [keepAliveSeconds = options.keepAliveSeconds] in
      try await listener.run(keepAliveSeconds: keepAliveSeconds, serve)
    }
    running.withLock { $0 = Running(listener: listener, task: task) }
    return "http://127.0.0.1:\(listener.port)\(options.mountPath)"
  }

  /// Stops listening and cuts every connection. What is stored stays, so `start` begins again with
  /// it.
  package func stop() async {
    let state = running.withLock { state in
      defer { state = nil }
      return state
    }
    guard let state else { return }
    state.listener.cutAll()
    state.task.cancel()
    // How it ended says nothing: it was cancelled.
    _ = await state.task.result
  }

  /// Answers a request without a socket; faults do not apply.
  package func respond(to request: SandboxRequest) -> SandboxResponse {
    do throws(ParseError) {
      return try change { $0.respond(to: request) }
    } catch {
      return SandboxResponse(error)
    }
  }
}

/// Live queries without a socket.
extension SandboxServer {
  /// - Parameter send: gets the server's frames in order, on the thread of whoever caused them. It
  ///   must not call the server.
  /// - Returns: The connection, for `receiveLive` and `closeLive`.
  package func openLive(_ send: @escaping @Sendable (String) -> Void) -> Int {
    backend.withLock { $0.openLive(send) }
  }

  package func receiveLive(_ connection: Int, _ text: String) {
    backend.withLock { $0.receiveLive(connection, text) }
  }

  package func closeLive(_ connection: Int) {
    backend.withLock { $0.closeLive(connection) }
  }
}

/// What tests look at and change behind the server's back.
extension SandboxServer {
  package func count(_ className: String) -> Int {
    backend.withLock { $0.tables[className]?.count ?? 0 }
  }

  package func row(_ className: String, _ id: String) -> ParseObject? {
    backend.withLock { $0.row(className, id) }
  }

  /// All rows of a class in the order they were made.
  package func rows(_ className: String) -> [ParseObject] {
    backend.withLock { $0.tables[className].map { Array($0.rows) } ?? [] }
  }

  /// Saves a row as the master key would, hooks and live events included: an edit by somebody else.
  @discardableResult
  package func save(
    _ className: String, _ id: String? = nil, _ fields: JSONObject
  ) throws(ParseError) -> String {
    try change { backend throws(ParseError) in
      if let id {
        _ = try backend.update(className, id, fields, as: .master)
        return id
      }
      return try backend.create(className, fields, as: .master).id
    }
  }

  package func delete(_ className: String, _ id: String) throws(ParseError) {
    try change { backend throws(ParseError) in
      try backend.delete(className, id, as: .master)
    }
  }

  /// Everything stored, in the form a server starts with; sessions are left out.
  package func snapshot() -> SandboxData { backend.withLock { $0.snapshot() } }

  /// A session of a user without his password.
  package func sessionToken(username: String) -> String? {
    // Without a place to save it there is no session; `options.report` says why.
    try? change { backend in
      let user = backend.tables["_User"]?.rows.first { $0.fields["username"]?.string == username }
      return user?.objectId.map {
        backend.openSession(userId: $0, action: "login", installationId: nil)
      }
    }
  }

  /// Ends all sessions of a user, as an admin or a password change does.
  package func endSessions(userId: String) {
    // What cannot be saved is undone, and `options.report` says why.
    try? change { $0.endSessions(of: userId) }
  }
}
