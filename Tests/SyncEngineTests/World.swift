import Foundation
import TestRandom
import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Synchronization

@testable import SyncEngine

/// A clock that tests move, and sleepers that wait for it.
final class Clock: Sendable {
  private struct State: Sendable {
    var now = ParseDate(milliseconds: 1_790_000_000_000)
    var next = 0
    var sleepers: [Int: (due: ParseDate, continuation: CheckedContinuation<Void, any Error>)] = [:]
  }

  private let state = Mutex(State())

  var now: ParseDate { state.withLock { $0.now } }

  func advance(seconds: Int) {
    let due = state.withLock { state in
      state.now = state.now.advanced(bySeconds: seconds)
      let due = state.sleepers.filter { $0.value.due <= state.now }
      for number in due.keys { state.sleepers[number] = nil }
      return due.values.map(\.continuation)
    }
    for continuation in due { continuation.resume() }
  }

  var time: SyncTime {
    SyncTime(
      now: { [self] in now }, sleep: { [self] in try await wait($0) }, random: { 0.5 })
  }

  private func wait(_ duration: Duration) async throws {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = Task.isCancelled
        state.withLock { state in
          if isCancelled { return }
          let due = ParseDate(seconds: state.now.seconds + duration / .seconds(1))
          state.sleepers[number] = (due, continuation)
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }
}

/// A server on loopback with a few rows, and one signed-in admin's cache and engine.
final class World: Sendable {
  let clock = Clock()
  let server: SandboxServer
  let url: String
  let store: CacheStore
  let client: ParseClient
  let engine: SyncEngine

  init(
    deals: Int = 3, classes: [SyncClass] = [SyncClass("Deal")], isOffline: Bool = false,
    _ change: (inout SandboxOptions) -> Void = { _ in }
  ) async throws {
    let clock = clock
    let bits = Mutex(SplitMix(7))
    var options = SandboxOptions(now: { clock.now }, random: { bits.withLock { $0.next() } })
    // Beside all other tests a request may come late.
    options.keepAliveSeconds = 600
    options.pingSeconds = 3600
    change(&options)
    server = SandboxServer(options, data: Self.data(deals: deals))
    url = try await server.start()
    client = try Self.client(url, server)
    store = try Self.store(nil)
    engine = SyncEngine(
      store: store, client: client, configuration: Self.configuration(classes),
      time: clock.time, isOffline: isOffline)
  }

  static func client(_ url: String, _ server: SandboxServer) throws -> ParseClient {
    try ParseClient(
      ServerConfiguration(
        url: url, applicationId: server.options.applicationId, restKey: server.options.restKey,
        installationId: "here", connectTimeout: .seconds(120), totalTimeout: .seconds(120)),
      sessionToken: server.sessionToken(username: "ada"))
  }

  /// Request ids must differ between the runs of one cache file.
  static func store(_ path: String?, run: Int = 0) throws -> CacheStore {
    let ids = Mutex(0)
    return try CacheStore(
      path: path,
      makeID: {
        ids.withLock { number in
          number += 1
          return "id\(run)-\(number)"
        }
      })
  }

  static func configuration(_ classes: [SyncClass]) -> SyncConfiguration {
    var configuration = SyncConfiguration(classes: classes)
    configuration.pageSize = 2
    return configuration
  }

  private static func data(deals: Int) -> SandboxData {
    let owner = Pointer(className: "_User", objectId: "userada").json
    var data = SandboxData()
    data.objects = [
      ParseObject(
        className: "_User", objectId: "userada",
        fields: ["username": "ada", "email": "ada@campus.example", "role": "admin"])
    ]
    data.roles["admin"] = SandboxData.Role(users: ["userada"])
    for number in 0..<deals {
      data.objects.append(
        ParseObject(
          className: "Deal", objectId: "deal\(number)",
          fields: [
            "title": .string("Deal \(number)"), "stage": "lead", "amount": .integer(number),
            "assignedTo": owner,
          ]))
    }
    return data
  }

  /// As an edit of its own, not as a part of the one before.
  func perform(_ edit: Edit) throws -> EditOutcome? {
    try store.perform([edit], group: UUID().uuidString, now: clock.now).first
  }

  func update(_ id: String, _ changes: Changes) throws {
    _ = try perform(Edit("Deal", id: id, .update(changes)))
  }

  /// Cache and server hold the same deals, field for field.
  func differences(_ store: CacheStore? = nil) throws -> [String] {
    let store = store ?? self.store
    var truth: [String: ParseObject] = [:]
    for row in server.rows("Deal") { truth[row.objectId ?? ""] = row }
    var found: [String] = []
    let cached = try store.documents(className: "Deal").map { try $0.object() }
    for row in cached {
      let id = row.objectId ?? ""
      let other = truth.removeValue(forKey: id)
      if row != other { found.append(id) }
    }
    return found + truth.keys
  }

  /// Waits until the status is as wanted.
  func until(_ isWanted: (SyncStatus) -> Bool) async {
    for await status in engine.statuses() where isWanted(status) { return }
  }
}
