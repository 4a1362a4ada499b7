import Foundation
import Testing

/// Random histories against the sandbox: no edit is lost, none is applied twice, nobody's change is
/// overwritten unseen, and at rest the cache holds what the server holds.
///
/// `QUAD_HISTORIES=10000` runs that many, `QUAD_HISTORIES=5001-10000` a part of them, and
/// `QUAD_HISTORY=17` runs one seed alone.
///
/// One after another and giving way after each, as other tests' connections would age meanwhile.
@Suite(.serialized, .timeLimit(.minutes(60)))
struct HistoryTests {
  /// Seeds that failed once, for a fault of the engine or of the model; they always run.
  static let kept = [
    37, 55, 117, 235, 346, 366, 380, 562, 570, 754, 1314, 1512, 3996, 4199, 4312, 5255, 5357, 5519,
    8100, 8420,
  ]

  private static let environment = ProcessInfo.processInfo.environment

  @Test func `no edit is lost and none is applied twice`() async throws {
    let alone = Self.environment["QUAD_HISTORY"].flatMap { Int($0) }
    let asked = Self.environment["QUAD_HISTORIES"] ?? "40"
    let ends = asked.split(separator: "-").compactMap { Int($0) }
    let (first, last) = (ends.count > 1 ? ends[0] : 1, try #require(ends.last))
    // Each once: two runs of a seed would share a file.
    let seeds = alone.map { [$0] } ?? Set(Self.kept).union(first...last).sorted()
    let failures = try await Self.inFolder { try await Self.run(seeds, $0) }
    for failure in failures { Issue.record("\(failure)") }
    print("\(seeds.count) histories, \(failures.count) failed")
  }

  /// Else a failing seed would not reproduce its failure.
  @Test(arguments: [3, 37, 55])
  func `a seed takes the same course each time`(seed: Int) async throws {
    let traces = try await Self.inFolder { folder in
      try await withThrowingTaskGroup(of: [String].self) { group in
        for run in 0..<2 {
          group.addTask(executorPreference: OneThread()) {
            let history = History(seed: seed, folder: "\(folder)/\(run)")
            _ = try await history.run(steps: 60)
            return await history.trace
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    let (first, second) = (traces[0], traces[1])
    let parting = zip(first, second).enumerated().first { $1.0 != $1.1 }
    #expect(parting?.element.0 == parting?.element.1, "line \(parting?.offset ?? 0)")
    #expect(first.count == second.count)
  }

  private static func inFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder =
      FileManager.default.temporaryDirectory.path + "/quad-histories-" + UUID().uuidString
    defer {
      // Nothing depends on the folder being gone.
      try? FileManager.default.removeItem(atPath: folder)
    }
    return try await body(folder)
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
          let words = "seed \(seed): " + problems.joined(separator: "; ")
          if seeds.count == 1 || !problems.isEmpty {
            print(await history.trace.joined(separator: "\n"), words, separator: "\n")
          }
          return problems.isEmpty ? nil : words
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
