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
      let first = try Console([], home: home)
      try first.shows("4 Pipeline", "live")
      // A session that is never ended keeps them as soon as its screens are ready.
      try first.wait(for: "pictures of all screens") { _ in
        try pictures(home, of: "120x40") == screens
      }
      first.child.send(SIGKILL)
      #expect(try first.waitForExit() == 128 + SIGKILL)
      for window in ["80x24", "100x30", "160x45", "200x50"] {
        #expect(try pictures(home, of: window) == screens, "\(window)")
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
