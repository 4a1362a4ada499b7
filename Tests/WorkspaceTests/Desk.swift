import CRM
import Foundation
import ParseCore
import Sandbox
import Testing

@testable import Workspace

/// A small school on loopback, and folders for the accounts that work on it.
final class Desk: Sendable {
  let server: SandboxServer
  let url: String
  let home: String

  /// - Parameter runsHooks: Without them a row keeps the ACL a test gives it.
  init(runsHooks: Bool = true) async throws {
    let now = Desk.now()
    var options = SandboxOptions(now: { Desk.now() })
    options.runsHooks = runsHooks
    server = SandboxServer(options, data: DemoData.make(scale: .tiny, seed: 7, now: now))
    url = try await server.start()
    home = NSTemporaryDirectory() + "quad-workspace-" + UUID().uuidString
  }

  deinit {
    // Nothing depends on the folder being gone.
    try? FileManager.default.removeItem(atPath: home)
  }

  /// The server's clock and the client's are the machine's, as they are in use.
  static func now() -> ParseDate { ParseDate(seconds: Date().timeIntervalSince1970) }

  func logIn(_ username: String = "admin") async throws -> Profile {
    try await SignIn.logIn(
      SignIn.Server(url: url, applicationId: "campus", restKey: "rest"), username: username,
      password: DemoData.password, environment: [:], now: Desk.now())
  }

  /// - Parameter folder: accounts of one folder share their cache file.
  func options(
    offline: Bool = false, folder: String = "a", home own: String? = nil
  ) -> Workspace.Options {
    var environment = ["XDG_CACHE_HOME": home + "/" + folder]
    environment["HOME"] = own
    return Workspace.Options(
      environment: environment, isOffline: offline, now: { Desk.now() }, zoneOffset: { _ in 0 })
  }
}

/// A workspace with what it delivers, in order.
struct Seat {
  let workspace: Workspace
  private var notices: AsyncStream<WorkspaceNotice>.Iterator
  /// The latest state told, also while something else was waited for.
  private var lastSync: SyncState?

  init(
    _ desk: Desk, _ profile: Profile, offline: Bool = false, folder: String = "a",
    home: String? = nil
  ) throws {
    let (stream, continuation) = AsyncStream.makeStream(of: WorkspaceNotice.self)
    workspace = try Workspace(
      profile: profile, options: desk.options(offline: offline, folder: folder, home: home)
    ) { continuation.yield($0) }
    notices = stream.makeAsyncIterator()
  }

  /// Waits for a notice that has what is asked for; those before it are dropped.
  mutating func until<Value>(_ pick: (WorkspaceNotice) -> Value?) async throws -> Value {
    while let notice = await notices.next() {
      if case .sync(let state) = notice { lastSync = state }
      if let value = pick(notice) { return value }
    }
    throw CancellationError()
  }

  /// Waits for the tickets to be as asked.
  mutating func tickets(_ fits: ([TicketRow]) -> Bool) async throws -> [TicketRow] {
    try await until { notice in
      guard case .answer(_, _, .tickets(let answer)) = notice, fits(answer.list.rows) else {
        return nil
      }
      return answer.list.rows
    }
  }

  mutating func sync(_ fits: (SyncState) -> Bool) async throws {
    if let lastSync, fits(lastSync) { return }
    _ = try await until { notice -> SyncState? in
      guard case .sync(let state) = notice, fits(state) else { return nil }
      return state
    }
  }

  /// The words of the next edit that is durable.
  mutating func done() async throws -> String {
    try await until { notice in
      guard case .done(let words, _) = notice else { return nil }
      return words
    }
  }

  mutating func refused() async throws -> String {
    try await until { notice in
      guard case .refused(let words) = notice else { return nil }
      return words
    }
  }

  /// Starts, shows all tickets, and waits until they are as many as the server's and it is known whose
  /// each is, which takes the users too.
  mutating func openTickets(_ count: Int) async throws -> [TicketRow] {
    await workspace.watch(WatchID(1), .tickets(ListRequest(view: "all")))
    await workspace.start()
    return try await tickets { rows in
      rows.count == count && !rows.contains { $0.assignee == .awaited }
    }
  }
}
