import Foundation
import Testing

/// Random histories against the sandbox: no edit is lost, none is applied twice, nobody's change is
/// overwritten unseen, and at rest the cache holds what the server holds.
///
/// `QUAD_HISTORIES=10000` runs that many, `QUAD_HISTORY=17` runs one seed alone.
///
/// One after another and giving way after each, as other tests' connections would age meanwhile.
@Suite(.serialized, .timeLimit(.minutes(60)))
struct HistoryTests {
  /// Seeds that failed once, each with another fault of the engine; they always run.
  static let kept = [37, 55, 235, 346, 366, 380, 562, 570, 754]

  @Test func `no edit is lost and none is applied twice`() async throws {
    let environment = ProcessInfo.processInfo.environment
    let folder =
      FileManager.default.temporaryDirectory.path + "/quad-histories-" + UUID().uuidString
    defer {
      // Nothing depends on the folder being gone.
      try? FileManager.default.removeItem(atPath: folder)
    }
    let alone = environment["QUAD_HISTORY"].flatMap { Int($0) }
    let count = environment["QUAD_HISTORIES"].flatMap { Int($0) } ?? 40
    let seeds = alone.map { [$0] } ?? Self.kept + Array(1...count)
    let failures = try await Self.run(seeds, folder)
    for failure in failures { Issue.record("\(failure)") }
    print("\(seeds.count) histories, \(failures.count) failed")
  }

  /// Two at a time, each on a thread of its own.
  private static func run(_ seeds: [Int], _ folder: String) async throws -> [String] {
    var left = seeds[...]
    var failures: [String] = []
    try await withThrowingTaskGroup(of: String?.self) { group in
      func next() {
        guard let seed = left.popFirst() else { return }
        group.addTask(executorPreference: OneThread()) {
          let history = History(seed: seed, folder: folder)
          let problems = try await history.run(steps: 60)
          if seeds.count == 1 || !problems.isEmpty {
            print(await history.trace.joined(separator: "\n"))
          }
          return problems.isEmpty
            ? nil : "seed \(seed): " + problems.joined(separator: "; ")
        }
      }
      next()
      next()
      while let failure = try await group.next() {
        if let failure { failures.append(failure) }
        await Task.yield()
        next()
      }
    }
    return failures
  }
}
