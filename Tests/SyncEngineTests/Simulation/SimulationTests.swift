import Synchronization
import Testing

@testable import SyncEngine

/// A day of drops, restarts, lost frames and new tokens ends with a cache equal to the server's. One
/// at a time and giving way after each day: other tests' connections would age past reuse meanwhile.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct SimulationTests {
  static let runs = 1000
  static let blocks = 20
  /// Seeds that once failed.
  static let kept: [Int] = [7, 11, 646, 681]

  @Test(arguments: 0..<blocks)
  func `after a day of bad weather the cache is the server's`(block: Int) async throws {
    var tally: [String: Int] = [:]
    for seed in block * Self.runs / Self.blocks..<(block + 1) * Self.runs / Self.blocks {
      var simulation = try Simulation(seed: seed)
      try simulation.run()
      let differences = try simulation.differences()
      #expect(differences.isEmpty, "seed \(seed): \(differences)")
      tally.merge(simulation.tally) { $0 + $1 }
      await Task.yield()
    }
    // A day without this weather would prove nothing.
    for name in [
      "event", "event lost", "socket lost", "socket silent", "dead peer found", "network lost",
      "server restarted", "client restarted", "token changed", "session ended", "signed in",
      "answer lost", "backlog overflowed", "row check", "id walk page", "round",
    ] {
      #expect(tally[name, default: 0] > 0, "\(name)")
    }
    #expect(tally["connection gave up"] == nil)
  }

  @Test(arguments: kept)
  func `seeds that failed once hold`(seed: Int) throws {
    var simulation = try Simulation(seed: seed)
    try simulation.run()
    let differences = try simulation.differences()
    #expect(differences.isEmpty, "seed \(seed): \(differences)")
  }
}
