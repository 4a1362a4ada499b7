import Foundation
import JSONCache
import ParseClient
import ParseCore
import SyncEngine

/// The first sync of a class from a server that costs this process nothing: itself, in another
/// process, with answers made beforehand.
enum SyncBenchmark {
  private static func itself(_ arguments: [String], output: Pipe? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    if let output { process.standardOutput = output }
    try process.run()
    return process
  }

  /// Starts the server and gives its port.
  private static func serve(_ count: Int, _ pipe: Pipe) throws -> (server: Process, port: Int)? {
    let server = try itself(["replay", String(count)], output: pipe)
    let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    return Int(line.split(separator: "\n").first ?? "").map { (server, $0) }
  }

  private static func sync(_ store: CacheStore, port: Int) async throws {
    let client = try ParseClient(
      ServerConfiguration(
        url: "http://127.0.0.1:\(port)/parse", applicationId: "bench", installationId: "bench"),
      sessionToken: "r:bench")
    let engine = SyncEngine(
      store: store, client: client,
      configuration: SyncConfiguration(classes: [SyncClass("Deal")]),
      time: SyncTime(
        now: { Deals.start }, sleep: { _ in }, random: { 0.5 }))
    await engine.syncOnce(refresh: false)
  }

  private static func store(_ file: String) throws -> CacheStore {
    try CacheStore(path: file, makeID: { UUID().uuidString.lowercased() })
  }

  static func run(count: Int) async throws {
    guard let (server, port) = try serve(count, Pipe()) else { return }
    defer { kill(server.processIdentifier, SIGKILL) }
    let folder = try Folder()
    let store = try store(folder.file)
    let (wall, cpu) = (Measure.Clock.wall.now, Measure.Clock.cpu.now)
    try await sync(store, port: port)
    let seconds = (Measure.Clock.cpu.now - cpu) / 1000
    let rows = try store.rowCounts()["Deal"] ?? 0
    print("     \(rows) rows in \(Measure.text(Measure.Clock.wall.now - wall)) ms")
    let rate = Double(rows) / seconds
    Measure.report(
      "first sync of \(count) objects", rate, "objects a second of CPU",
      isMet: rows == count && rate >= 20_000, "≥ 20000")
    reportMemory()
    try store.close()
  }

  private static func reportMemory() {
    let memory = Measure.peakMegabytes
    Measure.report("its memory at most", memory, "MB", isMet: memory < 150, "< 150")
  }

  /// A process of its own for a sync that may be killed.
  static func fill(port: Int, file: String) async throws {
    let store = try store(file)
    try await sync(store, port: port)
    reportMemory()
    try store.close()
  }

  /// A first sync that is killed with SIGKILL when half of the rows were asked for, and started anew.
  /// The server tells which pages each of the two asked for.
  static func resume(count: Int) async throws {
    let pipe = Pipe()
    guard let (server, port) = try serve(count, pipe) else { return }
    defer { kill(server.processIdentifier, SIGKILL) }
    let pages = Lines(pipe.fileHandleForReading)
    let folder = try Folder()
    let first = try itself(["fill", String(port), folder.file])
    var asked = 0
    while let page = pages.next().flatMap({ Int($0) }) {
      asked += 1
      if page >= count / 2 { break }
    }
    let memory = try peakMegabytes(of: first.processIdentifier)
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    Measure.report("memory at most before the kill", memory, "MB", isMet: memory < 150, "< 150")
    let left = try store(folder.file)
    let kept = try left.rowCounts()["Deal"] ?? 0
    try left.close()
    print("     killed after \(asked) pages with \(kept) rows on the disk")
    let second = try itself(["fill", String(port), folder.file])
    var starts: [Int] = []
    // An empty page ends a fill: it starts after the last row.
    while let page = pages.next().flatMap({ Int($0) }) {
      starts.append(page)
      if page >= count { break }
    }
    second.waitUntilExit()
    let whole = try store(folder.file)
    let rows = try whole.rowCounts()["Deal"] ?? 0
    try whole.close()
    print("     the second start asked from row \(starts.first ?? 0) on and has \(rows) rows")
    let again = starts.filter { $0 < kept }.count * 1000
    Measure.report(
      "stored rows fetched again", Double(again), "rows", isMet: rows == count && again == 0, "0")
  }

  /// The most memory another process ever had resident, in MB (proc(5), VmHWM in kB).
  private static func peakMegabytes(of process: pid_t) throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return (kilobytes.flatMap { Double($0) } ?? .infinity) / 1024
  }
}

/// Lines as another process writes them.
final class Lines {
  private let handle: FileHandle
  private var buffer = Data()

  init(_ handle: FileHandle) { self.handle = handle }

  /// Waits for the next line; nil when the other process has ended.
  func next() -> String? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        defer { buffer = Data(buffer[(end + 1)...]) }
        return String(decoding: buffer[..<end], as: UTF8.self)
      }
      let more = handle.availableData
      if more.isEmpty { return nil }
      buffer.append(more)
    }
  }
}
