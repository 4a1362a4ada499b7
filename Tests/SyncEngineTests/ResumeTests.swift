import Foundation
import JSONCache
import ParseClient
import ParseCore
import Sandbox
import Synchronization
import Testing

@testable import SyncEngine

/// The pages of a first fill that the server was asked for: the id each starts after, in order.
private final class AskedPages: Sendable {
  private let cursors = Mutex<[String]>([])

  var all: [String] { cursors.withLock { $0 } }

  /// Notes the request when it asks for a page, and gives how many pages were asked for then.
  func note(_ request: SandboxRequest) -> Int? {
    guard let query = try? JSON(bytes: Array(request.body)), query["order"]?.string == "objectId",
      query["keys"] == nil
    else { return nil }
    return cursors.withLock { cursors in
      cursors.append(query["where"]?["objectId"]?["$gt"]?.string ?? "")
      return cursors.count
    }
  }
}

@Suite(.timeLimit(.minutes(4)))
struct ResumeTests {
  private static let deals = 1000
  /// As the other process has it.
  private static let pageSize = 100

  /// A process that fills a cache, kept waiting by the server at its sixth page, and killed there.
  private func kill(_ file: String, _ world: World) async throws -> AskedPages {
    let pages = AskedPages()
    let (reached, arrival) = AsyncStream.makeStream(of: Void.self)
    world.server.inject(.silence(seconds: 60)) { request in
      guard pages.note(request) == 6 else { return false }
      arrival.yield()
      return true
    }
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "CacheWriter")
    process.arguments = ["fill", file]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let options = world.server.options
    let lines = [
      world.url, options.applicationId, options.restKey,
      try #require(world.server.sessionToken(username: "ada")),
    ]
    try input.fileHandleForWriting.write(
      contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
    for await _ in reached { break }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)
    return pages
  }

  @Test func `a killed first fill goes on after the last page it stored`() async throws {
    let world = try await World(deals: Self.deals)
    let folder = NSTemporaryDirectory() + "quad-resume-" + UUID().uuidString
    // Nothing depends on the folder being gone.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let killed = try await kill(folder + "/cache.sqlite", world)

    let store = try World.store(folder + "/cache.sqlite", run: 1)
    #expect(try store.integrityProblems().isEmpty)
    let mark = try #require(try store.syncMarks()["Deal"])
    let kept = try store.rowCounts()["Deal"]
    #expect(mark.state == .filling && mark.cursor == killed.all.last && killed.all.count == 6)
    #expect(kept == 5 * Self.pageSize)

    let resumed = AskedPages()
    world.server.inject(.dropBefore) { request in
      _ = resumed.note(request)
      return false
    }
    var configuration = World.configuration([SyncClass("Deal")])
    configuration.pageSize = Self.pageSize
    let engine = SyncEngine(
      store: store, client: try World.client(world.url, world.server),
      configuration: configuration, time: world.clock.time)
    await engine.syncOnce(refresh: false)
    #expect(resumed.all.first == mark.cursor)
    // The rows that were left, and the empty page that ends a fill.
    #expect(resumed.all.count == Self.deals / Self.pageSize - 5 + 1)
    #expect(Set(resumed.all).intersection(killed.all.dropLast()).isEmpty)
    #expect(try world.differences(store) == [])
    #expect(try store.syncMarks()["Deal"]?.state == .complete)
    try store.close()
  }
}
