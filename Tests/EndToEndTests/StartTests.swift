import Foundation
import JSONCache
import TestTerminal
import Testing

extension EndToEnd {
  /// What there is to see before the rows have been read.
  @Suite(.timeLimit(.minutes(4)))
  @MainActor
  struct StartTests {
    private func pictures(_ home: Home, of window: String) throws -> Set<String> {
      let folder = home.path + "/cache/quad"
      let name = try #require(
        try FileManager.default.contentsOfDirectory(atPath: folder)
          .first { $0.hasSuffix(".sqlite") })
      let store = try CacheStore(path: "\(folder)/\(name)", makeID: { UUID().uuidString })
      defer { #expect(throws: Never.self) { try store.close() } }
      return Set(
        try store.savedStates(prefix: "picture ").keys
          .filter { $0.hasSuffix(" " + window) }
          .compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) })
    }

    @Test func `screens nobody looked at have a picture at the next start too`() async throws {
      let home = try Home()
      let sandbox = try await Sandboxed()
      try home.logIn("admin", at: sandbox.url)
      let screens = Set("0123456789".map(String.init))
      var kept: Set<String> = []
      // They are made ready between all else, which a session of a moment may not come to.
      for _ in 0..<20 where !kept.isSuperset(of: screens) {
        let console = try Console([], home: home)
        try console.shows("4 Pipeline", "live")
        console.type("q")
        #expect(try console.waitForExit() == 0)
        kept = try pictures(home, of: "80x24")
      }
      #expect(kept.isSuperset(of: screens))
      for window in ["100x30", "120x40", "160x45", "200x50"] {
        kept = try pictures(home, of: window)
        #expect(kept == screens, "\(window)")
      }
      await sandbox.stop()
      let console = try Console(["--offline", "--start", "5"], home: home)
      try console.shows("All contacts", "With open deals")
      #expect(!String(decoding: console.bytes, as: UTF8.self).contains("Reading"))
      console.type("q")
      #expect(try console.waitForExit() == 0)
    }
  }
}
