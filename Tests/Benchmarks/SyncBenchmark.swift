import Foundation
import JSONCache
import ParseClient
import ParseCore
import SyncEngine

/// The first sync of a class from a server that costs this process nothing: itself, in another
/// process, with answers made beforehand.
enum SyncBenchmark {
  static func run(count: Int) async throws {
    let pipe = Pipe()
    let server = Process()
    server.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    server.arguments = ["replay", String(count)]
    server.standardOutput = pipe
    try server.run()
    defer { kill(server.processIdentifier, SIGKILL) }
    let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.split(separator: "\n").first ?? "") else { return }
    let folder = try Folder()
    let store = try CacheStore(path: folder.file, makeID: { UUID().uuidString.lowercased() })
    let client = try ParseClient(
      ServerConfiguration(
        url: "http://127.0.0.1:\(port)/parse", applicationId: "bench", installationId: "bench"),
      sessionToken: "r:bench")
    let engine = SyncEngine(
      store: store, client: client,
      configuration: SyncConfiguration(classes: [SyncClass("Deal")]),
      time: SyncTime(
        now: { Deals.start }, sleep: { _ in }, random: { 0.5 }))
    let (wall, cpu) = (Measure.Clock.wall.now, Measure.Clock.cpu.now)
    await engine.syncOnce(refresh: false)
    let seconds = (Measure.Clock.cpu.now - cpu) / 1000
    let rows = try store.rowCounts()["Deal"] ?? 0
    print("     \(rows) rows in \(Measure.text(Measure.Clock.wall.now - wall)) ms")
    let rate = Double(rows) / seconds
    Measure.report(
      "first sync of \(count) objects", rate, "objects a second of CPU",
      isMet: rows == count && rate >= 20_000, "≥ 20000")
    let memory = Measure.peakMegabytes
    Measure.report("its memory at most", memory, "MB", isMet: memory < 150, "< 150")
    try store.close()
  }
}
